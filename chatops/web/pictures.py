"""The picture of a good example, where a letter or a page shows it."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from chatops.web.pages import not_found
from storage.database import Database
from storage.pictures import picture_numbered

# Another picture has another address. No cache that several share may keep it.
HEADERS = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


async def picture(request: Request) -> Response:
    """The JPEG that the token is about; 404 when it is gone, or its example is retired."""
    doors = request.app.state.doors
    number = doors.tokens.read("picture", request.path_params["token"])
    content = await asyncio.to_thread(_content, doors.database, int(number)) if number else None
    if content is None:
        raise not_found()
    return Response(content, media_type="image/jpeg", headers=HEADERS)


def _content(database: Database, number: int) -> bytes | None:
    with database.reading() as session:
        found = picture_numbered(session, number)
        return found.content if found and found.example.is_current else None
