"""What one reader is told of one group: its news as they chose to have them, and what waits for them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from digests import news
from digests.agenda import steps
from digests.at_hand import once, shared
from digests.cards import Item
from digests.followups import ASKED_AFTER
from digests.news import OVERLAP, News
from storage import bank, digest_items
from storage.database import Session
from storage.diary import next_meeting
from storage.docket import open_proposals
from storage.examples import Example
from storage.groups import GroupKind
from storage.meetings import Meeting
from storage.memberships import Membership, editors_of, membership_of, memberships_of
from storage.proposals import Proposal
from storage.reuses import Reuse
from storage.subscriptions import Subscription
from storage.tips import Tip, unused_tips


@dataclass(frozen=True)
class Waiting:
    """What waits for the reader: proposals without their stand, tips they have not shared, re-uses of theirs without a
    result, and for editors what is to be read. Who took up no tip in three months does not want to.
    """

    proposals: tuple[Proposal, ...] = ()
    tips: tuple[Tip, ...] = ()
    reuses: tuple[Reuse, ...] = ()
    queue: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Part:
    """What a letter tells of one group. `passed` is what the reader chose not to be told: it is no news any more.

    The next `meeting` rides along, with the moment until when something can be proposed for it.
    """

    membership: Membership
    news: News
    passed: News
    waiting: Waiting
    meeting: Meeting | None = None
    closes_at: datetime | None = None

    @property
    def is_silent_team(self) -> bool:
        """A team without anything to tell has no part in the letter of the larger group."""
        is_team = self.membership.group.kind is GroupKind.SUBGROUP
        return is_team and not (self.news.nouns or self.passed.nouns or self.meeting) and self.waiting == Waiting()

    @property
    def same(self) -> tuple[Any, ...]:
        """Readers for whom this is the same are told the same."""
        waiting = self.waiting
        ids = tuple(tuple(one.id for one in some) for some in (waiting.tips, waiting.reuses, waiting.queue))
        nouns = (*self.news.nouns, "", *(proposal.noun for proposal in waiting.proposals))
        meeting = (self.meeting.id, self.closes_at) if self.meeting else None
        return self.membership.group_id, self.membership.role, nouns, ids, meeting


def gather_all(session: Session, subscriptions: list[Subscription], now: datetime) -> list[Part]:
    """What the reader of these has not been told yet, group by group."""
    told = digest_items.told(session, subscriptions[0].person)
    places = ((one, membership_of(session, one.person, one.group)) for one in subscriptions)
    parts = [gather(session, one, place, told, now) for one, place in places if place]
    return [part for part in parts if part is parts[0] or not part.is_silent_team]


def gather(
    session: Session, subscription: Subscription, membership: Membership, told: Collection[str], now: datetime
) -> Part:
    """What the reader has not been told yet of one group."""
    person, group = subscription.person, subscription.group
    since = max(subscription.joined_at, subscription.watermark - OVERLAP)
    groups = {place.group_id for place in memberships_of(session, person)} if group.inside else ()
    found = news.gather(session, group, since, told, person.id, groups)
    wanted, passed = _as_chosen(found, subscription)
    waiting = _waiting(session, membership, {item.noun for item in found.items}, now)
    meeting = shared(session, next_meeting, group, now)
    closes_at = once(
        session, (steps.closes_at, group.id), lambda: steps.closes_at(session, meeting) if meeting else None
    )
    return Part(membership, wanted, passed, waiting, meeting, closes_at)


def _as_chosen(found: News, subscription: Subscription) -> tuple[News, News]:
    """What the reader wants to be told, and what passes by."""
    if subscription.with_own and subscription.with_reacted:
        return found, News()
    passes = {item.noun for item in found.items if _passes(item, subscription)}
    wanted = replace(
        found,
        examples=tuple(item for item in found.examples if item.noun not in passes),
        proposals=tuple(item for item in found.proposals if item.noun not in passes),
        seen=tuple(act for act in found.seen if act.noun not in passes),
    )
    passed = News(
        examples=tuple(item for item in found.examples if item.noun in passes),
        proposals=tuple(item for item in found.proposals if item.noun in passes),
        seen=tuple(act for act in found.seen if act.noun in passes),
    )
    return wanted, passed


def _passes(item: Item, subscription: Subscription) -> bool:
    reader = subscription.person_id
    is_own = item.author.id == reader
    return (is_own and not subscription.with_own) or (_has_answered(item, reader) and not subscription.with_reacted)


def _has_answered(item: Item, reader: int) -> bool:
    """A stand, thanks or a re-use: they know of it."""
    if isinstance(item, Proposal):
        return any(stand.person_id == reader for stand in item.stands)
    return any(one.person_id == reader for one in item.thanks) or any(one.person_id == reader for one in item.reuses)


def _waiting(session: Session, membership: Membership, new: Collection[str], now: datetime) -> Waiting:
    person, group = membership.person, membership.group
    others = shared(session, open_proposals, group) if membership.takes_stands else []
    long_ago = now - ASKED_AFTER
    tips = shared(session, unused_tips, group, long_ago)
    reuses = shared(session, bank.results_awaited, group, long_ago)
    queue = shared(session, bank.waiting_for_editors, group)
    is_editor = bool(queue) and any(place is membership for place in shared(session, editors_of, group))
    return Waiting(
        proposals=tuple(one for one in others if one.noun not in new and one.awaits(person)),
        tips=tuple(tip for tip in tips if tip.author_id == person.id),
        reuses=tuple(reuse for reuse in reuses if reuse.person_id == person.id),
        queue=tuple(queue) if is_editor else (),
    )
