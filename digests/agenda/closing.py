"""The list is closed: what is open goes on the agenda, the chairs see the draft, and missing units are asked."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from config.texts import Texts
from digests.agenda import people, reach, sending
from digests.agenda.steps import next_step, occurrence_of
from digests.cards.agenda import agenda_card, agenda_title
from digests.cards.meeting import answer_buttons, facts_of, meeting_title
from digests.cards.words import paragraphs
from digests.markup import escape
from storage.agenda_steps import Step
from storage.coverage import Coverage, coverage, people_of
from storage.database import Session
from storage.meetings import Meeting
from storage.messages import Action, Message
from storage.organisations import Unit


def close(session: Session, meeting: Meeting, now: datetime) -> None:
    """Close the list, show the chairs what it became, and ask the units from which nobody comes."""
    sending.close(session, meeting, now)
    people.tell_leaders(session, meeting, people.key_of(meeting, Step.CLOSING), partial(draft, session, meeting), now)
    found = coverage(session, meeting)
    for unit in (*found.unsure, *found.missing):
        _ask(session, meeting, unit, now)


def draft(session: Session, meeting: Meeting, texts: Texts) -> Message:
    """The agenda before it is sent, with what the chair should know, and may do."""
    card = agenda_card(meeting, texts)
    return Message(
        body=paragraphs(*outlook(session, meeting, texts), card.body),
        foot=card.foot,
        subject=texts.say("agenda-draft", agenda=agenda_title(meeting, texts)),
        actions=tuple(buttons(session, meeting, texts)),
    )


def buttons(session: Session, meeting: Meeting, texts: Texts) -> Iterator[Action]:
    """What who leads it may press: the agenda goes out now, or the next step of its clock is left out."""
    coming = next_step(session, meeting)
    if meeting.is_ahead and meeting.called_at is None:
        yield Action(texts.say("button-send"), f"agenda {meeting.id} send")
    if meeting.is_ahead and coming is not None:
        label = texts.say("button-skip", step=texts.say(f"step-{coming.step}"))
        yield Action(label, f"agenda {meeting.id} skip step:{coming.step}")


def outlook(session: Session, meeting: Meeting, texts: Texts) -> Iterator[str]:
    """When the agenda goes out, which units will be there, and who will not be reached; Markdown."""
    coming = occurrence_of(session, meeting, Step.AGENDA)
    if meeting.called_at is None and coming is not None and coming.is_due:
        yield texts.say("agenda-goes", moment=texts.soon(coming.due_at, meeting.group.timezone))
    yield from _units(coverage(session, meeting), texts)
    if meeting.called_at is None:
        yield from map(escape, reach.told(reach.forecast(session, meeting.group), meeting.group, texts))


def _units(found: Coverage, texts: Texts) -> Iterator[str]:
    """Nothing where nobody has asked for any unit."""
    for key, units in (
        ("units-coming", found.coming),
        ("units-unsure", found.unsure),
        ("units-missing", found.missing),
    ):
        if units:
            yield texts.say(key, units=escape(texts.listed([unit.name for unit in units])))


def _ask(session: Session, meeting: Meeting, unit: Unit, now: datetime) -> None:
    """Who has not answered is asked to come; where all have said no and name nobody, each of them for a substitute."""
    places = people_of(session, meeting, unit)
    given = [meeting.answer_of(place.person) for place in places]
    silent = [place for place, answer in zip(places, given, strict=True) if answer is None]
    if not silent and any(answer and answer.substitute for answer in given):
        return
    said = partial(_asked, "unit-asked" if silent else "unit-substitute", meeting, unit)
    for place in silent or places:
        people.leave(session, meeting, place.person, people.key_of(meeting, f"unit-{unit.id}"), said, now)


def _asked(key: str, meeting: Meeting, unit: Unit, texts: Texts) -> Message:
    asked = texts.say(f"{key}-about", unit=escape(unit.name), number=str(meeting.id))
    return Message(
        body=paragraphs(asked, facts_of(meeting, texts)),
        subject=texts.say(key, unit=unit.name, meeting=meeting_title(meeting, texts)),
        actions=answer_buttons(meeting, texts),
    )
