"""What one letter told as new, to be passed on: without a personal link, a button or anybody's name but a contact's."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from chatops.web.pages import not_found, page
from config.texts import Texts, texts_in
from digests import markup, news, weekly
from digests.cards import Item, forwardable
from storage import digest_items
from storage.database import Session
from storage.memberships import Membership, membership_of
from storage.messages import Message
from storage.proposals import Proposal
from storage.subscriptions import Subscription, subscription_numbered

# What every mail program takes from a link.
MAILTO_LIMIT = 1500
# In a mailto link (RFC 6068, section 5).
LINE_END = "\r\n"
KINDS = ("example", "proposal")


@dataclass(frozen=True)
class Passed:
    """What is passed on, and how a new letter with a short version of it begins."""

    heading: str
    shown: tuple[Message, ...]
    mailto: str
    texts: Texts


async def forward(request: Request) -> Response:
    """The news of one letter, to copy or to mail."""
    passed = await asyncio.to_thread(_passed, request)
    return page("forward", passed.texts, passed=passed)


def _passed(request: Request) -> Passed:
    doors = request.app.state.doors
    number, _, letter = (doors.tokens.read("forward", request.path_params["token"]) or "").partition(":")
    with doors.database.reading() as session:
        subscription = subscription_numbered(session, int(number)) if number else None
        place = membership_of(session, subscription.person, subscription.group) if subscription else None
        if subscription is None or place is None:
            raise not_found()
        texts = texts_in(subscription.speaks)
        items = [
            item for item in _told(session, subscription, letter, doors.now()) if _may_go(session, item, subscription)
        ]
        groups = texts.listed(list(dict.fromkeys(item.group.name for item in items)) or [subscription.group.name])
        shown = tuple(forwardable(item, texts) for item in items)
        heading = _heading(place, groups, texts)
        return Passed(heading, shown, _mailto(heading, texts.say("forward-hello", groups=groups), shown, texts), texts)


def _told(session: Session, subscription: Subscription, letter: str, now: datetime) -> list[Item]:
    """What a letter told as new; without one, what the next would tell."""
    if not letter:
        return weekly.coming_news(session, subscription, now)
    nouns = digest_items.told_in(session, subscription.person, int(letter))
    return [news.item_named(session, noun) for kind in KINDS for noun in nouns if noun.startswith(f"{kind}:")]


def _may_go(session: Session, item: Item, subscription: Subscription) -> bool:
    """It still holds, and its group is still the reader's."""
    holds = item.is_open if isinstance(item, Proposal) else item.is_current
    return holds and membership_of(session, subscription.person, item.group) is not None


def _heading(place: Membership, groups: str, texts: Texts) -> str:
    if place.unit is None:
        return texts.say("page-forward", groups=groups)
    return texts.say("page-forward-unit", unit=place.unit.name, groups=groups)


def _mailto(subject: str, hello: str, items: Sequence[Message], texts: Texts) -> str:
    """As many of the items as a link may hold."""
    for count in range(len(items), -1, -1):
        more = [texts.say("letter-more", count=len(items) - count)] if count < len(items) else []
        lines = [hello, "", *(f"– {_in_short(item)}" for item in items[:count]), *more]
        link = f"mailto:?subject={quote(subject)}&body={quote(LINE_END.join(lines))}"
        if len(link) <= MAILTO_LIMIT:
            break
    return link


def _in_short(item: Message) -> str:
    """Its title and the first line under it."""
    first = markup.text(item.body).strip().partition("\n")[0]
    return f"{item.subject} ({first})" if first else item.subject
