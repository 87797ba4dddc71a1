"""After a meeting: it counts as held, its chair is asked what came of it, and what was not taken up goes on."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from config.texts import Texts, texts_in
from digests import cards
from digests.agenda import people
from digests.agenda.steps import END, MERGED, SETTLING, occurrence_of
from digests.cards.meeting import meeting_title
from digests.cards.proposal import proposal_title
from digests.cards.words import paragraphs
from digests.markup import escape
from storage import agenda_items
from storage.agenda_items import AgendaItem, Outcome, current
from storage.database import Session
from storage.diary import next_meeting
from storage.meetings import Meeting
from storage.messages import Message
from storage.occurrences import Occurrence
from storage.proposal_stages import ProposalStage


def end(session: Session, meeting: Meeting, occurrence: Occurrence, now: datetime) -> None:
    """It has taken place. The chairs hear which items have no outcome, while they can still give them one."""
    meeting.hold()
    cards.show(session, meeting, now)
    waiting = waiting_on(meeting)
    settling = occurrence_of(session, meeting, SETTLING)
    if settling is not None and settling.due_at <= now:
        occurrence.skip(MERGED)
    elif not waiting:
        occurrence.skip("nothing_new")
    else:
        people.tell_leaders(session, meeting, people.key_of(meeting, END), partial(_asked, meeting, waiting), now)
        occurrence.fire()


def settle(session: Session, meeting: Meeting, occurrence: Occurrence, now: datetime) -> None:
    """What has no outcome goes on by itself, to the next meeting whose list is open, and the rooms are told."""
    waiting = waiting_on(meeting)
    if not waiting:
        occurrence.skip("nothing_new")
        return
    for item in waiting:
        agenda_items.carry_over(session, item, "", now)
    to = next_meeting(session, meeting.group, max(now, meeting.starts_at), still_open=True)
    for item in waiting:
        cards.show(session, item.proposal, now)
    cards.show_agenda(session, meeting, now)
    message = _carried(meeting, waiting, to, texts_in(meeting.group.language))
    cards.post(session, meeting.group, f"{meeting.noun}:carried", message, 1, now)
    occurrence.fire()


def waiting_on(meeting: Meeting) -> list[AgendaItem]:
    """The items of which nobody has said what came of them."""
    found = [item for item in current(meeting) if item.is_waiting]
    for item in found:
        if item.proposal.stage is ProposalStage.WITHDRAWN:
            item.end(Outcome.WITHDRAWN)
    return [item for item in found if item.is_waiting]


def _asked(meeting: Meeting, waiting: Iterable[AgendaItem], texts: Texts) -> Message:
    lines = "\n".join(f"- {escape(proposal_title(item.proposal, texts))}" for item in waiting)
    number = next(str(item.proposal_id) for item in waiting)
    return Message(
        body=paragraphs(texts.say("outcomes-which"), lines, texts.say("outcomes-how", number=number)),
        subject=texts.say("outcomes-asked", meeting=meeting_title(meeting, texts)),
    )


def _carried(meeting: Meeting, waiting: Iterable[AgendaItem], to: Meeting | None, texts: Texts) -> Message:
    named = texts.listed([escape(proposal_title(item.proposal, texts)) for item in waiting])
    subject = texts.say("carried-subject", meeting=meeting_title(meeting, texts))
    if to is None:
        return Message(texts.say("carried-open", proposals=named), subject)
    moment = texts.moment(to.starts_at, to.group.timezone)
    return Message(texts.say("carried-to", proposals=named, number=str(to.id), moment=moment), subject)
