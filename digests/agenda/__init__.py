"""The agenda clock: what follows for people and rooms from a meeting, its agenda and what is said of them."""

from collections.abc import Sequence
from datetime import datetime

from config.texts import Texts, texts_in
from digests import cards, invitations
from digests.agenda import changes, closing, letter, people, resting, sending, steps
from digests.agenda.firing import fire
from digests.agenda.steps import SERIES
from digests.cards.meeting import facts_of, meeting_title
from digests.letters import Letter
from storage import agenda_items, outbox, rota
from storage.agenda_steps import Step
from storage.database import Session
from storage.diary import ahead
from storage.groups import Group
from storage.meetings import Meeting, MeetingStage
from storage.memberships import Membership, members_of
from storage.messages import Message
from storage.proposals import Proposal
from storage.rules import RuleBroken

__all__ = ["SERIES", "fire"]


def planned(session: Session, meetings: Sequence[Meeting], now: datetime) -> None:
    """Meetings were planned, together: their steps get their moments, and the first is shown in the rooms."""
    for meeting in meetings:
        steps.plan(session, meeting, now)
    meetings[0].announced_at = now
    cards.show(session, meetings[0], now)
    invitations.invite(session, meetings, now)


def changed(session: Session, meeting: Meeting, now: datetime) -> None:
    """Its time, place, length or title is another, or it is cancelled: calendars and rooms hear it at once, each change
    once.
    """
    if meeting.stage is MeetingStage.CANCELLED:
        _cancelled(session, meeting, now)
    else:
        steps.plan(session, meeting, now)
    cards.show(session, meeting, now)
    message = _told(meeting, texts_in(meeting.group.language))
    cards.post(session, meeting.group, f"{meeting.noun}:changed:{meeting.sequence}", message, 1, now)
    invitations.invite(session, [meeting], now)


def items_changed(session: Session, meeting: Meeting, now: datetime) -> None:
    """Its items are others, or stand in another order. Once the agenda was sent, that is told in a while."""
    cards.show_agenda(session, meeting, now)
    changes.expect(session, meeting, now)


def take_turns(session: Session, group: Group, now: datetime) -> None:
    """The chairs or the meetings are others: who leads the meetings ahead follows, and their cards."""
    for meeting in rota.assign(session, group, now):
        cards.show(session, meeting, now)


def people_changed(session: Session, group: Group, now: datetime) -> None:
    """Who is in the group, or as what, is another: answers of who is invited no longer count no longer."""
    invited = {place.person_id for place in members_of(session, group) if people.is_invited(place)}
    for meeting in ahead(session, group, now):
        named = [person for answer in meeting.answers for person in (answer.person, answer.substitute)]
        gone = [person for person in named if person and person.id not in invited]
        for person in gone:
            meeting.forget(person)
        if gone:
            cards.show(session, meeting, now)
    take_turns(session, group, now)


def replan(session: Session, group: Group, now: datetime) -> None:
    """The steps of a group's clock come at other times."""
    for meeting in ahead(session, group, now):
        steps.plan(session, meeting, now)


def send_now(session: Session, meeting: Meeting, now: datetime) -> None:
    """The agenda goes out before its time. Raises RuleBroken when it was sent, and for a meeting not ahead."""
    meeting.require_ahead(now)
    if meeting.called_at is not None:
        raise RuleBroken("agenda-sent-before", number=str(meeting.id))
    sending.send(session, meeting, now)
    steps.sent(session, meeting, now)


def skip_next(session: Session, meeting: Meeting, now: datetime, only: Step | None = None) -> Step | None:
    """The chair leaves out the next step of the clock, if it is the one meant. Returns it; None where none is left.

    Raises RuleBroken for a meeting that is not ahead.
    """
    meeting.require_ahead(now)
    return steps.skip_next(session, meeting, only)


def outlook(session: Session, meeting: Meeting, now: datetime, texts: Texts) -> list[str]:
    """What the chair should know beside the agenda, as Markdown."""
    return [] if meeting.has_begun(now) else list(closing.outlook(session, meeting, texts))


def preview(session: Session, meeting: Meeting, place: Membership, texts: Texts) -> Letter:
    """The agenda letter as it would be sent now to somebody in the group. Changes nothing."""
    coming_in = [] if meeting.closed_at else agenda_items.coming_in(session, meeting)
    return letter.write(meeting, texts, people.is_invited(place), coming_in)


def parked(session: Session, proposal: Proposal) -> None:
    """A proposal rests: it wakes on its day."""
    resting.plan(session, proposal)


def _cancelled(session: Session, meeting: Meeting, now: datetime) -> None:
    """Nothing of it happens any more, and its items wait for another meeting."""
    steps.cancel(session, meeting)
    outbox.let_be(session, people.keys_of(meeting))
    agenda_items.release_all(meeting)
    for item in meeting.items:
        cards.show(session, item.proposal, now)


def _told(meeting: Meeting, texts: Texts) -> Message:
    key = "meeting-cancelled-told" if meeting.stage is MeetingStage.CANCELLED else "meeting-changed-told"
    return Message(facts_of(meeting, texts), texts.say(key, meeting=meeting_title(meeting, texts)))
