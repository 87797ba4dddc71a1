"""Stop getting the letter, in one click, and change one's mind (RFC 8058)."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from chatops.web.pages import not_found, notice, page
from config.texts import texts_in
from storage import choices
from storage.database import Session
from storage.subscriptions import Subscription, subscription_numbered

Change = Callable[[Session, Subscription, datetime], None]


async def unsubscribe(request: Request) -> Response:
    """GET shows the question and changes nothing (mail scanners follow links). POST stops, however often."""
    stop = choices.stop if request.method == "POST" else None
    facts = await asyncio.to_thread(_carry_out, request, "unsubscribe", stop)
    return page("unsubscribed" if stop else "unsubscribe", action=request.url.path, **facts)


async def undo(request: Request) -> Response:
    """POST brings the letters back as they were."""
    facts = await asyncio.to_thread(_carry_out, request, "unsubscribe", choices.resume)
    return notice("page-resumed", facts["texts"], group=facts["group"])


def _carry_out(request: Request, purpose: str, change: Change | None) -> dict[str, Any]:
    doors = request.app.state.doors
    with doors.database.transaction() if change else doors.database.reading() as session:
        subscription = subscription_behind(request, purpose, session)
        if change:
            change(session, subscription, doors.now())
        texts = texts_in(subscription.speaks)
        groups = [one.group.name for one in choices.meant(session, subscription)]
        return {"texts": texts, "group": texts.listed(groups)}


def subscription_behind(request: Request, purpose: str, session: Session) -> Subscription:
    """The subscription that the token in the address is about. Raises HTTPException 404 for any other token."""
    number = request.app.state.doors.tokens.read(purpose, request.path_params["token"])
    subscription = subscription_numbered(session, int(number)) if number else None
    if subscription is None:
        raise not_found()
    return subscription
