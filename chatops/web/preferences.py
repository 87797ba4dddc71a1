"""Choose how often the letter comes, when, and how."""

import asyncio
import re
from typing import Any
from zoneinfo import available_timezones

from starlette.requests import Request
from starlette.responses import Response

from chatops.web.pages import form_of, page
from chatops.web.unsubscribe import subscription_behind
from config.texts import LANGUAGES, texts_in
from storage import occurrences
from storage.subscriptions import Interval, Subscription

HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
WEEKDAYS = frozenset("0123456")


async def preferences(request: Request) -> Response:
    """GET shows the choices, POST keeps them. A value that is not offered is passed over."""
    form = await form_of(request) if request.method == "POST" else None
    facts = await asyncio.to_thread(_chosen, request, form)
    return page("preferences", saved=form is not None, action=request.url.path, **facts)


def _chosen(request: Request, form: dict[str, str] | None) -> dict[str, Any]:
    doors = request.app.state.doors
    with doors.database.transaction() if form is not None else doors.database.reading() as session:
        subscription = subscription_behind(request, "preferences", session)
        if form is not None:
            now = doors.now()
            subscription.choose(now, **_choices(form))
            occurrences.cancel(session, subscription.series, now)
        return _facts(subscription)


def _choices(form: dict[str, str]) -> dict[str, Any]:
    choices: dict[str, Any] = {}
    if form.get("interval") in list(Interval):
        choices["interval"] = Interval(form["interval"])
    if form.get("weekday") in WEEKDAYS:
        choices["weekday"] = int(form["weekday"])
    if HOUR.fullmatch(form.get("hour", "")):
        choices["hour"] = form["hour"]
    if form.get("timezone") in _zones():
        choices["timezone"] = form["timezone"]
    if form.get("language") in LANGUAGES:
        choices["language"] = form["language"]
    if form.get("titles") in ("all", "only"):
        choices["titles_only"] = form["titles"] == "only"
    return choices


def _facts(subscription: Subscription) -> dict[str, Any]:
    return {
        "texts": texts_in(subscription.speaks),
        "group": subscription.group.name,
        "chosen": {
            "interval": subscription.interval,
            "weekday": subscription.weekday,
            "hour": subscription.hour,
            "timezone": subscription.zone,
            "language": subscription.speaks,
            "titles": "only" if subscription.titles_only else "all",
        },
        "intervals": list(Interval),
        "zones": sorted({*_zones(), subscription.zone}),
        "languages": LANGUAGES,
    }


def _zones() -> set[str]:
    return {zone for zone in available_timezones() if zone.startswith("Europe/")} | {"UTC"}
