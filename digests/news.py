"""News of a group: what is new since a moment, what has changed of what was told, and how its subgroups get on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.at_hand import shared
from digests.cards import Item
from storage import audit
from storage.audit import AuditEntry
from storage.bank import examples_since
from storage.database import Session
from storage.docket import proposals_since
from storage.examples import Example
from storage.groups import Group
from storage.proposals import Proposal

# What was said a moment before the last letter may have been stored a moment after it, or under a clock that was wrong.
OVERLAP = timedelta(weeks=1)
# What came of a proposal at a meeting: also who was never told that it was new hears of that.
OUTCOMES = ("proposal.agreed", "proposal.decline", "proposal.park", "proposal.carry")
CHANGES = ("proposal.withdraw", *OUTCOMES, "example.edit", "example.retire", "example.reuse", "example.result")
LAST_CHANGES = frozenset({"proposal.withdraw", "example.retire"})


@dataclass(frozen=True)
class Change:
    """What became of one item that was told before: the entries of the audit, in order."""

    item: Item
    acts: tuple[AuditEntry, ...]

    @property
    def actions(self) -> list[str]:
        """`example.edit`, each once. After an end nothing else is worth telling."""
        named = list(dict.fromkeys(act.action for act in self.acts))
        return [action for action in named if action in LAST_CHANGES] or named


@dataclass(frozen=True)
class Subgroup:
    """How one subgroup gets on: whether it was formed since, and what is new there; only the number of that is told."""

    group: Group
    is_formed: bool
    examples: tuple[Example, ...]
    proposals: tuple[Proposal, ...]

    @property
    def nouns(self) -> list[str]:
        """How it is noted that these were told."""
        formed = [f"sub-group:{self.group.id}"] if self.is_formed else []
        new = [*(item.noun for item in self.examples), *(item.noun for item in self.proposals)]
        return [*formed, *(f"sub-{noun}" for noun in new)]


@dataclass(frozen=True)
class News:
    """What one reader, or the rooms of a group, have not been told yet; the oldest first.

    `seen` are earlier changes of what is new: whoever reads of it now reads it as it is.
    """

    examples: tuple[Example, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    changes: tuple[Change, ...] = ()
    subgroups: tuple[Subgroup, ...] = ()
    seen: tuple[AuditEntry, ...] = ()

    @property
    def items(self) -> list[Item]:
        """What is new. A letter goes out only for that; the rest rides along."""
        return [*self.examples, *self.proposals]

    @property
    def nouns(self) -> list[str]:
        """How it is noted that all this was told."""
        acts = [*(act for change in self.changes for act in change.acts), *self.seen]
        subgroups = (noun for subgroup in self.subgroups for noun in subgroup.nouns)
        return [*(item.noun for item in self.items), *map(noun_of, acts), *subgroups]


def noun_of(act: AuditEntry) -> str:
    """How it is noted that a change was told."""
    return f"change:{act.id}"


def gather(
    session: Session,
    group: Group,
    since: datetime,
    told: Collection[str],
    reader: int | None = None,
    groups: Collection[int] = (),
) -> News:
    """What is new to somebody who was `told` this much. A `reader` (a person's number) is not told of their own
    changes; what is new in the reader's other `groups` is told in the letters of those.
    """
    examples = tuple(item for item in shared(session, examples_since, group, since) if item.noun not in told)
    proposals = tuple(item for item in shared(session, proposals_since, group, since) if item.noun not in told)
    new = {item.noun for item in examples} | {item.noun for item in proposals}
    acts = [act for act in shared(session, _changes_since, group, since) if noun_of(act) not in told]
    known = [act for act in acts if act.noun in told or act.action in OUTCOMES]
    others = [act for act in known if act.noun not in new and act.person_id != reader]
    return News(
        examples=examples,
        proposals=proposals,
        changes=tuple(_changes(session, others)),
        subgroups=tuple(_subgroups(session, group, since, told, groups)),
        seen=tuple(act for act in acts if act.noun in new),
    )


def _changes_since(session: Session, group: Group, since: datetime) -> list[AuditEntry]:
    return audit.acts_since(session, group, since, CHANGES)


def _changes(session: Session, acts: list[AuditEntry]) -> list[Change]:
    """One for each item, in the order of its first change."""
    by_noun: dict[str, list[AuditEntry]] = {}
    for act in acts:
        by_noun.setdefault(act.noun, []).append(act)
    return [Change(item_named(session, noun), tuple(acts)) for noun, acts in by_noun.items()]


def item_named(session: Session, noun: str) -> Item:
    """The item behind `example:3`, which must be there."""
    kind, _, number = noun.partition(":")
    if kind == "proposal":
        return session.get_one(Proposal, int(number))
    return session.get_one(Example, int(number))


def _subgroups(
    session: Session, group: Group, since: datetime, told: Collection[str], groups: Collection[int]
) -> list[Subgroup]:
    found = [_subgroup(session, one, since, told) for one in group.subgroups if one.id not in groups]
    return [one for one in found if one.nouns]


def _subgroup(session: Session, group: Group, since: datetime, told: Collection[str]) -> Subgroup:
    examples, proposals = shared(session, examples_since, group, since), shared(session, proposals_since, group, since)
    return Subgroup(
        group=group,
        is_formed=group.created_at >= since and f"sub-group:{group.id}" not in told,
        examples=tuple(item for item in examples if f"sub-{item.noun}" not in told),
        proposals=tuple(item for item in proposals if f"sub-{item.noun}" not in told),
    )
