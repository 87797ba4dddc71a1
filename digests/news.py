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
from storage.groups import Group, GroupStage
from storage.proposals import Proposal

# What was said a moment before the last letter may have been stored a moment after it, or under a clock that was wrong.
OVERLAP = timedelta(weeks=1)
# What came of a proposal at a meeting: also who was never told that it was new hears of that.
OUTCOMES = ("proposal.agreed", "proposal.decline", "proposal.park", "proposal.carry")
CHANGES = ("proposal.withdraw", *OUTCOMES, "example.edit", "example.retire", "example.reuse", "example.result")
ACTS_OF_SUBGROUPS = ("subgroup.report", "subgroup.close")
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
    """How one subgroup gets on: whether it was formed since, what is new there, and what it has done; of what is new
    there only the number is told.
    """

    group: Group
    is_formed: bool
    examples: tuple[Example, ...]
    proposals: tuple[Proposal, ...]
    acts: tuple[AuditEntry, ...] = ()

    @property
    def is_new(self) -> bool:
        """It is worth a letter of its own."""
        return self.group.task is not None and bool(self.is_formed or self.acts)

    @property
    def nouns(self) -> list[str]:
        """How it is noted that these were told."""
        formed = [f"sub-group:{self.group.id}"] if self.is_formed else []
        new = [*(item.noun for item in self.examples), *(item.noun for item in self.proposals)]
        return [*formed, *(f"sub-{noun}" for noun in new), *map(noun_of, self.acts)]


@dataclass(frozen=True)
class News:
    """What one reader, or the rooms of a group, have not been told yet; the oldest first.

    A letter goes out only for what `is_new`; the rest rides along. `seen` are earlier changes of what is new: whoever
    reads of it now reads it as it is.
    """

    examples: tuple[Example, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    changes: tuple[Change, ...] = ()
    subgroups: tuple[Subgroup, ...] = ()
    seen: tuple[AuditEntry, ...] = ()

    @property
    def items(self) -> list[Item]:
        """Examples and proposals that are new."""
        return [*self.examples, *self.proposals]

    @property
    def is_new(self) -> bool:
        """There is something to send a letter for."""
        return bool(self.items) or any(one.is_new for one in self.subgroups)

    @property
    def titles(self) -> list[str]:
        """What is new, by its titles."""
        tasks = [one.group.task for one in self.subgroups if one.is_new]
        return [*(item.title for item in self.items), *(task.question for task in tasks if task)]

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
    put = (item for item in shared(session, proposals_since, group, since) if not is_made(item))
    proposals = tuple(item for item in put if item.noun not in told)
    new = {item.noun for item in examples} | {item.noun for item in proposals}
    acts = [act for act in shared(session, _changes_since, group, since) if noun_of(act) not in told]
    known = [act for act in acts if act.noun in told or act.action in OUTCOMES]
    others = [act for act in known if act.noun not in new and act.person_id != reader]
    return News(
        examples=examples,
        proposals=proposals,
        changes=tuple(_changes(session, others)),
        subgroups=tuple(_subgroups(session, group, since, told, reader, groups)),
        seen=tuple(act for act in acts if act.noun in new),
    )


def is_made(proposal: Proposal) -> bool:
    """A subgroup's question, put before the group to take up the answer: that is told as the subgroup's."""
    return proposal.subgroup is not None and proposal.subgroup.comes_from is None


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
    session: Session,
    group: Group,
    since: datetime,
    told: Collection[str],
    reader: int | None,
    groups: Collection[int],
) -> list[Subgroup]:
    inside = (one for one in group.inside if one.id not in groups and _is_told_of(one, reader))
    acts = [act for act in shared(session, _acts_of_subgroups, group, since) if act.person_id != reader]
    found = [_subgroup(session, one, since, told, acts) for one in inside]
    return [one for one in found if one.nouns]


def _is_told_of(group: Group, reader: int | None) -> bool:
    """Not before all its rooms are there. Whom it concerns has heard by themselves that it is closed."""
    if group.task is None:
        return group.stage is not GroupStage.CLOSED
    if group.task.is_closed and any(person.id == reader for person in group.task.concerned):
        return False
    return group.task.announced_at is not None


def _acts_of_subgroups(session: Session, group: Group, since: datetime) -> list[AuditEntry]:
    return audit.acts_since(session, group, since, ACTS_OF_SUBGROUPS)


def _subgroup(
    session: Session, group: Group, since: datetime, told: Collection[str], acts: list[AuditEntry]
) -> Subgroup:
    task = group.task
    began = group.created_at if task is None else task.announced_at
    is_formed = began is not None and began >= since and f"sub-group:{group.id}" not in told
    own = tuple(act for act in acts if task and act.noun == task.noun and noun_of(act) not in told)
    if group.stage is GroupStage.CLOSED:
        return Subgroup(group, is_formed and bool(own), (), (), own)
    examples, proposals = shared(session, examples_since, group, since), shared(session, proposals_since, group, since)
    return Subgroup(
        group=group,
        is_formed=is_formed,
        examples=tuple(item for item in examples if f"sub-{item.noun}" not in told),
        proposals=tuple(item for item in proposals if f"sub-{item.noun}" not in told),
        acts=own,
    )
