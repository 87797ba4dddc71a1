"""An agenda item: a proposal on the agenda of a meeting.

on the agenda → agreed | not taken up | parked | carried | subgroup | removed
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, Session
from storage.diary import next_meeting
from storage.docket import open_proposals
from storage.meetings import Meeting, MeetingStage
from storage.proposal_stages import ProposalKind, ProposalStage
from storage.proposals import Proposal
from storage.rules import RuleBroken


class Section(StrEnum):
    """The standing sections of an agenda, in their order."""

    ROUND = "round"
    SCAN = "scan"
    DIALOGUE = "dialogue"
    LEARNING = "learning"
    SUBGROUPS = "subgroups"
    REPORTING = "reporting"
    OTHER = "other"


SECTION_OF = {
    ProposalKind.IDEA: Section.DIALOGUE,
    ProposalKind.QUESTION: Section.DIALOGUE,
    ProposalKind.ACTIVITY: Section.DIALOGUE,
    ProposalKind.SCAN: Section.SCAN,
    ProposalKind.LEARNING: Section.LEARNING,
    ProposalKind.INFORMATION: Section.ROUND,
}


class Outcome(StrEnum):
    """What became of an item."""

    AGREED = "agreed"
    DECLINED = "declined"
    PARKED = "parked"
    CARRIED = "carried"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    SUBGROUP = "subgroup"


class AgendaItem(Base):
    """A proposal on an agenda. `minutes` is the time it is given; `outcome_text` says what came of it.

    `carried` is how many times it was put off before, and `carry_reason` why the last time.
    """

    __tablename__ = "agenda_items"
    __table_args__ = (UniqueConstraint("meeting_id", "proposal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), init=False)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), init=False, index=True)
    meeting: Mapped[Meeting] = relationship(back_populates="items", repr=False)
    proposal: Mapped[Proposal] = relationship(back_populates="items", repr=False)
    section: Mapped[Section]
    position: Mapped[int]
    minutes: Mapped[int | None] = mapped_column(default=None)
    carried: Mapped[int] = mapped_column(default=0)
    carry_reason: Mapped[str] = mapped_column(default="")
    outcome: Mapped[Outcome | None] = mapped_column(default=None)
    outcome_text: Mapped[str] = mapped_column(default="")

    @property
    def is_waiting(self) -> bool:
        """Nothing has become of it yet."""
        return self.outcome is None

    def end(self, outcome: Outcome, text: str = "") -> None:
        """This became of it."""
        self.outcome, self.outcome_text = outcome, text


def take_in(session: Session, meeting: Meeting, proposal: Proposal, now: datetime) -> AgendaItem:
    """Put a proposal on the agenda of a meeting; from that of another one ahead it goes over.

    Raises RuleBroken when the meeting has begun or is cancelled, and when the proposal is decided or withdrawn.
    """
    meeting.require_ahead(now)
    before = item_ahead(proposal)
    if before is not None and before.meeting is not meeting:
        take_out(before)
    proposal.schedule()
    found = next((item for item in proposal.items if item.meeting is meeting), None)
    if found is None:
        last = proposal.items[-1] if proposal.items else None
        found = AgendaItem(
            meeting=meeting,
            proposal=proposal,
            section=section_of(proposal) if last is None or proposal.subgroup else last.section,
            position=1 + max((item.position for item in meeting.items), default=0),
            minutes=last.minutes if last else None,
        )
        session.add(found)
    found.outcome, found.outcome_text = None, ""
    found.carried, found.carry_reason = proposal.carried, proposal.carry_reason
    session.flush()
    return found


def section_of(proposal: Proposal) -> Section:
    """Where a proposal stands on an agenda: what a subgroup answers, with the subgroups; else by its kind."""
    return Section.SUBGROUPS if proposal.subgroup else SECTION_OF[proposal.kind]


def take_out(item: AgendaItem) -> None:
    """Take an item off an agenda: it is an open proposal again, and does not come back to this one by itself."""
    item.end(Outcome.REMOVED)
    item.proposal.release()


def take_in_open(session: Session, meeting: Meeting, now: datetime) -> list[AgendaItem]:
    """Put on the agenda what is open and was not taken off it: most supported first, then the oldest."""
    found = coming_in(session, meeting)
    return [take_in(session, meeting, proposal, now) for proposal in found]


def coming_in(session: Session, meeting: Meeting) -> list[Proposal]:
    """What goes on the agenda by itself when its list is closed."""
    known = {item.proposal_id for item in meeting.items}
    found = [one for one in open_proposals(session, meeting.group) if one.stage is ProposalStage.OPEN]
    waiting = (one for one in found if one.id not in known)
    return sorted(waiting, key=lambda one: (-len(one.supporters), one.id))


def item_ahead(proposal: Proposal) -> AgendaItem | None:
    """The agenda on which a proposal stands, of a meeting that is neither held nor cancelled."""
    return next((item for item in proposal.items if item.is_waiting and item.meeting.is_ahead), None)


def item_met(proposal: Proposal, now: datetime) -> AgendaItem | None:
    """The last agenda on which a proposal stood that has been, or goes on."""
    stood = [item for item in proposal.items if item.outcome is not Outcome.REMOVED]
    met = [item for item in stood if item.meeting.has_begun(now) and item.meeting.stage is not MeetingStage.CANCELLED]
    return max(met, key=lambda item: item.meeting.starts_at, default=None)


def carry_over(
    session: Session, item: AgendaItem, reason: str, now: datetime, to: Meeting | None = None
) -> AgendaItem | None:
    """Put an item off, to the meeting named or the next whose list is open; where none is planned it is an open
    proposal again. An agenda that is still ahead shows it no more.
    """
    proposal = item.proposal
    proposal.carry(reason)
    item.end(Outcome.CARRIED if item.meeting.has_begun(now) else Outcome.REMOVED, proposal.carry_reason)
    to = to or next_meeting(session, item.meeting.group, max(now, item.meeting.starts_at), still_open=True)
    if to is None:
        return None
    return take_in(session, to, proposal, now)


def release_all(meeting: Meeting) -> None:
    """The meeting is cancelled: its items are open proposals again."""
    for item in meeting.items:
        if item.is_waiting:
            take_out(item)


def move(meeting: Meeting, item: AgendaItem, place: int, section: Section | None = None) -> None:
    """Put an item at a place (from 1) of its section, or of another."""
    item.section = section or item.section
    others = [one for one in current(meeting, item.section) if one is not item]
    others.insert(max(place - 1, 0), item)
    rest = [one for one in meeting.items if one not in others]
    for position, one in enumerate([*others, *rest], start=1):
        one.position = position
    meeting.items.sort(key=lambda one: one.position)


def current(meeting: Meeting, section: Section | None = None) -> list[AgendaItem]:
    """The items that stand on the agenda, of one section or of all, in their order."""
    order = list(Section)
    chosen = [item for item in meeting.items if item.outcome is not Outcome.REMOVED]
    chosen = [item for item in chosen if section is None or item.section is section]
    return sorted(chosen, key=lambda item: (order.index(item.section), item.position))


def item_on(meeting: Meeting, proposal: Proposal) -> AgendaItem:
    """The item by which a proposal stands on the agenda. Raises RuleBroken when it does not."""
    found = next((item for item in current(meeting) if item.proposal is proposal), None)
    if found is None:
        raise RuleBroken("agenda-without", number=str(proposal.id), meeting=str(meeting.id))
    return found
