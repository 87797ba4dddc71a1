"""Somebody's meetings as a feed, which calendar programs read again and again."""

import asyncio
import hashlib
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from chatops.web.pages import not_found
from digests.invitations.feeds import feed_of
from storage.people import person_numbered

SHOWN_FOR = timedelta(days=365)
HEADERS = {"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff", "X-Robots-Tag": "noindex"}


async def feed(request: Request) -> Response:
    """The meetings of whom the token was made for; 304 when they are known already, 404 without a group."""
    written = await asyncio.to_thread(_feed, request)
    headers = HEADERS | {"ETag": f'"{hashlib.sha256(written).hexdigest()[:32]}"'}
    if headers["ETag"] in _known(request):
        return Response(status_code=304, headers=headers)
    return Response(written, media_type="text/calendar", headers=headers)


def _feed(request: Request) -> bytes:
    doors = request.app.state.doors
    number = doors.tokens.read("calendar", request.path_params["token"])
    with doors.database.reading() as session:
        person = person_numbered(session, int(number)) if number else None
        since = doors.now() - SHOWN_FOR
        written = feed_of(session, person, since, doors.links, doors.sender) if person else None
    if written is None:
        raise not_found()
    return written


def _known(request: Request) -> list[str]:
    """What a program says it has; on the way it may have been marked as weak (RFC 9110, 13.1.2)."""
    return [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
