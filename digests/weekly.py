"""The weekly letter: gather what is new to one reader, write it in their language, send it once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar, cast

from config.texts import Texts, texts_in
from digests import letters
from digests.cards import Item, card
from digests.letters import Letter, Section
from digests.schedule import Moment, Rhythm, next_moment
from storage import digest_items, memberships, occurrences, outbox, subscriptions
from storage.bank import examples_since
from storage.database import Session
from storage.examples import Example
from storage.groups import Group
from storage.memberships import Membership, Role
from storage.occurrences import Occurrence
from storage.outbox import OutboxKind
from storage.proposals import Proposal, open_proposals, proposals_since
from storage.subscriptions import Interval, Subscription

SERIES = subscriptions.SERIES
LATE_AT_MOST = timedelta(days=3)
# What was said a moment before the last letter may have been stored a moment after it, or under a clock that was wrong.
OVERLAP = timedelta(weeks=1)
WAITING_AT_MOST = 10
PREHEADER_LENGTH = 100
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True)
class Weekly:
    """What one reader is told: what is new, the oldest first, and what waits for them."""

    examples: list[Example]
    proposals: list[Proposal]
    waiting: list[Proposal]

    @property
    def items(self) -> list[Item]:
        """What is new. A letter goes out only for that."""
        return [*self.examples, *self.proposals]


def lacks_moments(session: Session) -> bool:
    """Somebody's next letter has no moment yet."""
    return bool(subscriptions.unplanned(session, 1))


def plan(session: Session, limit: int, after: int = 0) -> int | None:
    """Give at most so many subscriptions over number `after` their next moment. Returns the last one's number."""
    unplanned = subscriptions.unplanned(session, limit, after)
    for subscription in unplanned:
        moment = next_letter(session, subscription)
        occurrences.plan(session, subscription.series, moment.key, moment.at)
    return unplanned[-1].id if unplanned else None


def fire(session: Session, occurrence: Occurrence, now: datetime) -> None:
    """Send the letter of one moment, or skip it with its reason."""
    subscription = subscriptions.subscription_numbered(session, int(occurrence.series.removeprefix(SERIES)))
    assert subscription is not None
    membership = memberships.membership_of(session, subscription.person, subscription.group)
    if membership is None:
        occurrence.skip("left")
    elif subscription.interval is Interval.OFF:
        occurrence.skip("off")
    elif _is_followed(session, subscription, occurrence, now):
        occurrence.skip("merged")
    elif now - occurrence.due_at > LATE_AT_MOST:
        occurrence.skip("too_late")
    else:
        _send(session, subscription, membership, occurrence, now)


def next_letter(session: Session, subscription: Subscription) -> Moment:
    """When the letter after the last one comes. The subscription must not be off."""
    last = occurrences.last_past(session, subscription.series)
    return _coming(session, subscription, last)


def gather(session: Session, subscription: Subscription, membership: Membership) -> Weekly:
    """What the reader has not been told yet, and what waits for them."""
    person, group = subscription.person, subscription.group
    since = max(subscription.joined_at, subscription.watermark - OVERLAP)
    told = digest_items.told(session, person)
    examples = _shared(session, examples_since, group, since)
    proposals = [one for one in _shared(session, proposals_since, group, since) if one.noun not in told]
    others = _shared(session, open_proposals, group) if membership.takes_stands else []
    new = {proposal.id for proposal in proposals}
    return Weekly(
        examples=[example for example in examples if example.noun not in told],
        proposals=proposals,
        waiting=[one for one in others if one.id not in new and one.awaits(person)],
    )


def write(weekly: Weekly, subscription: Subscription, membership: Membership, texts: Texts) -> Letter:
    """The letter in one language."""
    group, brief = subscription.group, subscription.titles_only
    examples, proposals = len(weekly.examples), len(weekly.proposals)
    counts: dict[str, str | int] = {
        "examples": examples,
        "proposals": proposals,
        "examples_word": texts.say("number", count=examples),
        "proposals_word": texts.say("number", count=proposals),
    }
    titles = [item.title for item in weekly.items]
    chosen = (
        Section(texts.say("letter-examples"), _items(weekly.examples, texts, brief=brief)),
        Section(
            texts.say("letter-proposals"),
            _items(weekly.proposals, texts, brief=brief, mute=not membership.takes_stands),
        ),
        _waiting(weekly.waiting, texts),
    )
    return Letter(
        group=group.slug,
        sender=group.name,
        subject=texts.say("letter-subject", **counts),
        preheader=_cut(" · ".join(titles), PREHEADER_LENGTH),
        heading=texts.say("letter-heading"),
        opening=texts.say("letter-opening", group=group.name, **counts),
        sections=tuple(section for section in chosen if section.items),
        invitation="" if membership.role is Role.INFORMED else texts.say("letter-invitation"),
        why=texts.say("letter-why", role=texts.say(f"role-{membership.role}"), group=group.name),
    )


def preview(session: Session, subscription: Subscription, membership: Membership) -> Letter | None:
    """The letter as it would be sent now; None when there is nothing new. Moves no watermark."""
    weekly = gather(session, subscription, membership)
    return write(weekly, subscription, membership, texts_in(subscription.speaks)) if weekly.items else None


def _send(
    session: Session, subscription: Subscription, membership: Membership, occurrence: Occurrence, now: datetime
) -> None:
    weekly = gather(session, subscription, membership)
    person = subscription.person
    if not weekly.items:
        occurrence.skip("nothing_new")
    elif person.email is None:
        occurrence.skip("no_address")
    else:
        texts = texts_in(subscription.speaks)
        outbox.put(
            session,
            key=f"{occurrence.series}:{occurrence.key}",
            route="mail",
            kind=OutboxKind.LETTER,
            address=person.email,
            parts=_written(session, weekly, subscription, membership, texts),
            now=now,
            not_after=occurrence.due_at + LATE_AT_MOST,
            personal={"person": str(person.id), "subscription": str(subscription.id)},
            group_id=subscription.group_id,
        )
        digest_items.tell(session, person, [item.noun for item in weekly.items], now)
        subscription.watermark = now
        occurrence.fire()


def _shared(session: Session, read: Callable[..., list[T]], group: Group, *rest: Any) -> list[T]:
    """What many readers have in common."""
    return _once(session, (read, group.id, *rest), lambda: read(session, group, *rest))


def _written(
    session: Session, weekly: Weekly, subscription: Subscription, membership: Membership, texts: Texts
) -> dict[str, Any]:
    """The letter's parts. Readers who are told the same, in the same way, get the very same ones."""
    nouns = tuple(tuple(item.noun for item in items) for items in (weekly.examples, weekly.proposals, weekly.waiting))
    same = (subscription.group_id, membership.role, subscription.titles_only, texts.language, nouns)
    return _once(session, same, lambda: letters.as_parts(write(weekly, subscription, membership, texts), texts))


def _once(session: Session, key: tuple[Any, ...], make: Callable[[], R]) -> R:
    """Made once for all readers of one transaction: whoever fires adds no items."""
    at_hand = session.info.setdefault("weekly", {})
    if key not in at_hand:
        at_hand[key] = make()
    return cast(R, at_hand[key])


def _is_followed(session: Session, subscription: Subscription, occurrence: Occurrence, now: datetime) -> bool:
    """A later moment has come too: the two are merged into the later one."""
    return _coming(session, subscription, occurrence).at <= now


def _coming(session: Session, subscription: Subscription, last: Occurrence | None) -> Moment:
    """The moment after the last one and after the choice. On the clocks of another zone a key may come once more."""
    after = max(subscription.chosen_at, last.due_at) if last else subscription.chosen_at
    rhythm, day = _rhythm(subscription), date.fromisoformat(last.key[:10]) if last else None
    moment = next_moment(rhythm, after, day)
    while last and (moment.key == last.key or occurrences.has_passed(session, last.series, moment.key)):
        moment = next_moment(rhythm, moment.at, day)
    return moment


def _rhythm(subscription: Subscription) -> Rhythm:
    hour = time.fromisoformat(subscription.hour)
    return Rhythm(subscription.interval, subscription.weekday, hour, subscription.zone)


def _waiting(proposals: list[Proposal], texts: Texts) -> Section:
    more = len(proposals) - WAITING_AT_MOST
    items = _items(proposals[:WAITING_AT_MOST], texts, brief=True)
    return Section(texts.say("letter-waiting"), items, texts.say("letter-more", count=more) if more > 0 else "")


def _items(items: Sequence[Item], texts: Texts, *, brief: bool, mute: bool = False) -> tuple[letters.Item, ...]:
    """`brief` items show their titles alone; `mute` ones have no buttons, for readers who may not press them."""
    cards = ((item.noun, card(item, texts)) for item in items)
    return tuple(letters.Item(noun, replace(shown, actions=()) if mute else shown, brief) for noun, shown in cards)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
