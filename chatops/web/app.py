"""Which address leads where."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from chatops.conversation import Invocation, Reply
from chatops.web import buttons, calendar, forward, health, pictures, preferences, unsubscribe
from chatops.web.health import Probe
from chatops.web.pages import notice
from config.texts import texts_in
from digests.links import Links
from storage.database import Database, DiskFull
from storage.tokens import Tokens

LOG = structlog.get_logger()


@dataclass(frozen=True)
class Doors:
    """What the web needs of the rest: the record, the links, the answer, the time, probes and metrics.

    `sender` is who Tuva is in mail. `others` are ASGI applications, by the path at which they are reached.
    """

    database: Database
    links: Links
    sender: str
    answer: Callable[[Invocation], Awaitable[Reply]]
    now: Callable[[], datetime]
    probes: Mapping[str, Probe]
    metrics: Callable[[], bytes]
    language: str
    others: Mapping[str, ASGIApp]

    @property
    def tokens(self) -> Tokens:
        """What proves the links."""
        return self.links.tokens


def web_app(doors: Doors) -> Starlette:
    """The whole web door, as an ASGI application."""

    async def missing(_request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        key = "page-unknown" if fault.status_code == 404 else "page-refused"
        answer = notice(key, texts_in(doors.language), fault.status_code)
        answer.headers.update(fault.headers or {})
        return answer

    async def broken(request: Request, _fault: Exception) -> Response:
        LOG.error("web.failed", door=request.url.path.split("/")[1])
        return notice("page-broken", texts_in(doors.language), 500)

    async def full(_request: Request, _fault: Exception) -> Response:
        return notice("page-full", texts_in(doors.language), 503)

    get_and_post = ["GET", "POST"]
    app = Starlette(
        routes=[
            Route("/healthz", health.live),
            Route("/readyz", health.ready),
            Route("/metrics", health.metrics),
            Route("/unsubscribe/{token}", unsubscribe.unsubscribe, methods=get_and_post),
            Route("/unsubscribe/{token}/undo", unsubscribe.undo, methods=["POST"]),
            Route("/preferences/{token}", preferences.preferences, methods=get_and_post),
            Route("/p/{token}", buttons.read),
            Route("/picture/{token}", pictures.picture),
            Route("/calendar/{token}.ics", calendar.feed),
            Route("/forward/{token}", forward.forward),
            Route("/do/{token}", buttons.press, methods=get_and_post),
            *(Route(path, app, methods=["POST"]) for path, app in doors.others.items()),
        ],
        exception_handlers={HTTPException: missing, DiskFull: full, Exception: broken},
    )
    app.state.doors = doors
    # A redirect would name the host that the request named.
    app.router.redirect_slashes = False
    return app
