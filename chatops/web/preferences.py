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
from storage import choices
from storage.database import Session
from storage.subscriptions import Channel, Interval, Subscription

HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
WEEKDAYS = frozenset("0123456")
# The field of each choice of two, the word for yes and the word for no.
EITHER_OR = {
    "titles_only": ("titles", "only", "all"),
    "with_own": ("own", "with", "without"),
    "with_reacted": ("reacted", "with", "without"),
    "together": ("letters", "together", "apart"),
}


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
            choices.choose(session, subscription, doors.now(), **_choices(form))
        link = doors.links.link("calendar", "", {"person": str(subscription.person_id)})
        return {"calendar": link, **_facts(session, subscription)}


def _choices(form: dict[str, str]) -> dict[str, Any]:
    chosen: dict[str, Any] = {}
    if form.get("interval") in list(Interval):
        chosen["interval"] = Interval(form["interval"])
    if form.get("weekday") in WEEKDAYS:
        chosen["weekday"] = int(form["weekday"])
    if HOUR.fullmatch(form.get("hour", "")):
        chosen["hour"] = form["hour"]
    if form.get("timezone") in _zones():
        chosen["timezone"] = form["timezone"]
    if form.get("language") in LANGUAGES:
        chosen["language"] = form["language"]
    if form.get("channel") in list(Channel):
        chosen["channel"] = Channel(form["channel"])
    offered = {name: form.get(field) for name, (field, _, _) in EITHER_OR.items()}
    return chosen | {name: said == EITHER_OR[name][1] for name, said in offered.items() if said in EITHER_OR[name][1:]}


def _facts(session: Session, subscription: Subscription) -> dict[str, Any]:
    """Where the letters come together, the choices are those of the one that leads."""
    meant = choices.meant(session, subscription)
    lead = next((one for one in meant if one.interval is not Interval.OFF), subscription)
    texts = texts_in(lead.speaks)
    return {
        "texts": texts,
        "group": texts.listed([one.group.name for one in meant]),
        "chosen": {
            "interval": lead.interval,
            "weekday": lead.weekday,
            "hour": lead.hour,
            "timezone": lead.zone,
            "language": lead.speaks,
            "channel": lead.channel,
            "titles": "only" if lead.titles_only else "all",
            "own": "with" if lead.with_own else "without",
            "reacted": "with" if lead.with_reacted else "without",
            "letters": "together" if lead.person.together else "apart",
        },
        "intervals": list(Interval),
        "zones": sorted({*_zones(), lead.zone}),
        "languages": LANGUAGES,
        "channels": list(Channel),
    }


def _zones() -> set[str]:
    return {zone for zone in available_timezones() if zone.startswith("Europe/")} | {"UTC"}
