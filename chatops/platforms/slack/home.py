"""The Home tab: the next meeting, what waits for me, what I have put forward and shared, my letters, and how to begin.

Slack keeps one view for each person; it is written anew whenever they look (docs.slack.dev/surfaces/app-home).
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

import structlog

from chatops.commands.digest import INTERVALS, WEEKDAYS, chosen
from chatops.commands.meeting import PLANNERS
from chatops.conversation import Invocation, Reply
from chatops.platforms.slack import limits, waiting
from chatops.platforms.slack.blocks import plain, posts
from chatops.platforms.slack.record import PLATFORM, SlackRecord
from chatops.platforms.slack.voice import Voice
from chatops.platforms.slack.web_api import WebApi
from chatops.verbs import CONTRIBUTORS, MEMBERS, Who
from config.texts import LANGUAGES, Texts, texts_in
from digests import subgroups
from digests.agenda import people
from digests.cards import Item, line, title
from digests.cards.meeting import answer_buttons, facts_of
from digests.cards.subgroup import days_left
from digests.cards.subgroup import facts_of as facts_of_subgroup
from digests.cards.words import lines
from digests.courier.parcels import NotDelivered, NotYet
from digests.markup import escape
from storage.bank import examples_of
from storage.database import Session
from storage.diary import next_meeting
from storage.docket import open_proposals, proposals_of
from storage.meetings import Meeting
from storage.memberships import Membership, memberships_of
from storage.messages import Action, Message
from storage.people import person_known_as
from storage.proposals import Proposal
from storage.subgroups import Subgroup
from storage.subscriptions import Interval, Subscription, subscription_of

LOG = structlog.get_logger()
WAITING_AT_MOST = 10
MINE_AT_MOST = 10
HOURS = ("07:00", "08:00", "09:00", "12:00", "15:00", "17:00")
# Asks for nothing but to be recognised, and to hear what can be said.
HELP = "tuva help"
STANDS = ("support", "object", "neutral")
# What can be begun here: the name of each title, the line of its form, and who may.
BEGINNINGS = (
    ("form-propose-make", "propose", CONTRIBUTORS),
    ("form-example-share", "example share", CONTRIBUTORS),
    ("form-subgroup-start", "subgroup start", MEMBERS),
    ("form-meeting-plan", "meeting plan", PLANNERS),
)
Json = dict[str, Any]
Ask = Callable[[Invocation], Awaitable[Reply]]


class Home:
    """Writes the page. `ask` answers an invocation, as if the person had typed it."""

    def __init__(self, api: WebApi, record: SlackRecord, voice: Voice, ask: Ask, now: Callable[[], datetime]) -> None:
        self._api = api
        self._record = record
        self._voice = voice
        self._ask = ask
        self._now = now
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def publish(self, tenant: str, user: str, note: str = "") -> None:
        """Write the page of `user`, with a `note` above when there is something to tell them.

        One after the other: an older page never comes to stand in place of a newer.
        """
        turn = self._turns.setdefault(user, asyncio.Lock())
        async with turn:
            await self._publish(tenant, user, note)

    async def _publish(self, tenant: str, user: str, note: str) -> None:
        once = secrets.token_hex(12)
        help_ = await self._ask(Invocation(PLATFORM, user, HELP, self._now(), once, tenant=tenant))
        blocks = await self._record.read(lambda session: self._blocks(session, tenant, user, help_, note))
        view = {"type": "home", "blocks": blocks}
        try:
            await self._api.call("views_publish", repeatable=True, user_id=user, view=view)
        except (NotDelivered, NotYet) as failure:
            LOG.warning("slack.home_not_shown", reason=str(failure))

    def _blocks(self, session: Session, tenant: str, user: str, help_: Reply, note: str) -> list[Json]:
        texts = texts_in(help_.language)
        blocks = _shown(Message(escape(note)), texts) if note else []
        person = person_known_as(session, PLATFORM, user, tenant)
        places = memberships_of(session, person) if person else []
        for membership in places:
            own = membership.group.task
            told = _of_subgroup(session, own, membership, self._now(), texts) if own else None
            blocks += told or _of_group(session, membership, self._now(), texts)
        below = [*_beginnings(places, texts), *(block for post in self._voice.posts(help_) for block in post.blocks)]
        return [*blocks[: limits.VIEW_BLOCKS - len(below)], *below]


def _of_group(session: Session, membership: Membership, now: datetime, texts: Texts) -> Iterator[Json]:
    person, group = membership.person, membership.group
    of_examples = list(waiting.waiting(session, membership, now, texts))
    proposals_waiting = [
        item for item in open_proposals(session, group) if membership.takes_stands and item.awaits(person)
    ]
    proposals = proposals_of(session, group, open_only=False, by=person)
    examples = examples_of(session, group, by=person)
    yield from _shown(Message("", subject=group.name), texts)
    meeting = next_meeting(session, group, now)
    yield from _meeting(meeting, membership, texts) if meeting else ()
    if proposals_waiting or not of_examples:
        yield from _waiting(proposals_waiting, texts)
    for message in of_examples:
        yield from _shown(message, texts)
    yield {"type": "divider"}
    yield from _list("home-proposals", proposals, texts)
    yield from _list("home-examples", examples, texts)
    if person.email:
        yield from _letters(session, subscription_of(session, person, group), texts)
    yield {"type": "divider"}


def _of_subgroup(
    session: Session, subgroup: Subgroup, membership: Membership, now: datetime, texts: Texts
) -> Iterator[Json]:
    """What it is to do, how long it has, and its next meeting. Its letters come with those of the group it is of."""
    told = lines(facts_of_subgroup(subgroup, texts), days_left(subgroup, subgroup.group.local(now).date(), texts))
    actions = subgroups.buttons(session, subgroup, membership.person, texts)
    yield from _shown(Message(told, subject=title(subgroup, texts), actions=actions), texts)
    meeting = next_meeting(session, subgroup.team, now)
    yield from _meeting(meeting, membership, texts) if meeting else ()
    yield {"type": "divider"}


def _meeting(meeting: Meeting, membership: Membership, texts: Texts) -> list[Json]:
    """The next one: when and where it is, what oneself has answered, and the buttons to answer by."""
    answer, asked = meeting.answer_of(membership.person), people.is_invited(membership)
    said = texts.say("home-answer", answer=texts.say(f"answer-{answer.position if answer else 'none'}"))
    told = (f"**{texts.say('letter-meeting')}**", escape(title(meeting, texts)), facts_of(meeting, texts))
    body = lines(*told, said if asked else "")
    return _shown(Message(body, actions=answer_buttons(meeting, texts) if asked else ()), texts)


def _waiting(proposals: list[Proposal], texts: Texts) -> Iterator[Json]:
    yield from _shown(Message(_heading("home-waiting", proposals, texts)), texts)
    for item in proposals[:WAITING_AT_MOST]:
        actions = tuple(Action(texts.say(f"button-{verb}"), f"proposal {item.id} {verb}") for verb in STANDS)
        yield from _shown(Message(waiting.described(item, texts), actions=actions), texts)
    yield from _more(len(proposals) - WAITING_AT_MOST, texts)


def _heading(key: str, items: Sequence[Item], texts: Texts) -> str:
    said = texts.say(key, count=len(items))
    return f"**{said}**" if items else said


def _list(key: str, items: Sequence[Item], texts: Texts) -> Iterator[Json]:
    listed = [f"- {line(item, texts)}" for item in items[:MINE_AT_MOST]]
    yield from _shown(Message("\n".join([_heading(key, items, texts), "", *listed])), texts)
    yield from _more(len(items) - MINE_AT_MOST, texts)


def _more(count: int, texts: Texts) -> list[Json]:
    return _shown(Message(texts.say("letter-more", count=count)), texts) if count > 0 else []


def _letters(session: Session, subscription: Subscription, texts: Texts) -> Iterator[Json]:
    heading = f"**{texts.say('page-preferences-title')}**"
    yield from _shown(Message(f"{heading}\n\n{chosen(session, subscription, texts)}"), texts)
    said = f"digest choose group:{subscription.group.slug}"
    intervals = {name: texts.say(f"page-interval-{name}") for name in INTERVALS}
    selects = [_select("interval", f"{said} {{}}", intervals, subscription.interval, texts)]
    if subscription.interval is not Interval.OFF:
        days = {WEEKDAYS[number][0]: texts.weekday(int(number)).capitalize() for number in WEEKDAYS}
        hours = dict.fromkeys(sorted({*HOURS, subscription.hour}))
        languages = {name: texts.say(f"language-{name}").capitalize() for name in LANGUAGES}
        selects += [
            _select("weekday", f"{said} {{}}", days, WEEKDAYS[str(subscription.weekday)][0], texts),
            _select("hour", f"{said} {{}}", {hour: hour for hour in hours}, subscription.hour, texts),
            _select("language", f"{said} language:{{}}", languages, subscription.speaks, texts),
        ]
    yield {"type": "actions", "elements": selects}


def _beginnings(places: Sequence[Membership], texts: Texts) -> Iterator[Json]:
    mine = {Who(one) for place in places for one in (place.role, *place.duties) if one in set(Who)}
    buttons = [
        {"type": "button", "action_id": f"line-{key}", "text": plain(texts.say(key)), "value": begins}
        for key, begins, who in BEGINNINGS
        if mine & who
    ]
    yield from [{"type": "actions", "elements": buttons}] if buttons else ()


def _select(name: str, said: str, choices: dict[Any, str], current: str, texts: Texts) -> Json:
    """A choice, each of whose values is the command line that makes it."""
    options = {value: {"text": plain(label), "value": said.format(value)} for value, label in choices.items()}
    placeholder = plain(texts.say(f"page-{name}"))
    shown = {"type": "static_select", "action_id": f"line-{name}", "placeholder": placeholder}
    return shown | {"options": list(options.values()), "initial_option": options[current]}


def _shown(message: Message, texts: Texts) -> list[Json]:
    return [block for post in posts(message, texts) for block in post.blocks]
