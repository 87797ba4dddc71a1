"""The call, the reminder and the word of the working day before: a card in the rooms, and word to each."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from config.texts import Texts, texts_in
from digests import cards
from digests.agenda import people
from digests.agenda.letter import about_meeting
from digests.agenda.steps import closes_at
from digests.cards.meeting import answer_buttons, answers_of, facts_of, meeting_title
from digests.cards.words import bold, paragraphs
from digests.letters import Letter
from storage.agenda_items import current
from storage.agenda_steps import Step
from storage.database import Session
from storage.meetings import Meeting
from storage.memberships import Membership
from storage.messages import Message


def call(session: Session, meeting: Meeting, now: datetime) -> None:
    """Everybody who may come is told of the meeting, and asked what they want to bring up."""
    said = partial(_call, meeting, closes_at(session, meeting))

    def write(texts: Texts, _: bool) -> Letter:
        return about_meeting(meeting, said(texts), texts)

    _post(session, meeting, Step.CALL, said, now)
    people.send(session, meeting, people.key_of(meeting, Step.CALL), people.invited_to(session, meeting), write, now)


def remind(session: Session, meeting: Meeting, now: datetime) -> None:
    """The rooms hear until when one can propose, and who has not answered is asked whether they come."""
    said = partial(_reminder, meeting, closes_at(session, meeting))
    _post(session, meeting, Step.REMINDER, said, now)
    _leave(session, meeting, Step.REMINDER, people.unanswered(session, meeting), said, now)


def tell_eve(session: Session, meeting: Meeting, now: datetime) -> None:
    """The rooms hear that it is near, and so does everybody who has not said no."""
    absent = {person.id for person in meeting.absent}
    said = partial(_eve, meeting)
    _post(session, meeting, Step.EVE, said, now)
    places = [place for place in people.invited_to(session, meeting) if place.person_id not in absent]
    _leave(session, meeting, Step.EVE, places, said, now)


def _call(meeting: Meeting, closing: datetime | None, texts: Texts) -> Message:
    return _message("agenda-call", meeting, texts, _until(meeting, closing, texts), texts.say("agenda-answer"))


def _reminder(meeting: Meeting, closing: datetime | None, texts: Texts) -> Message:
    return _message("agenda-reminder", meeting, texts, _until(meeting, closing, texts), texts.say("agenda-answer"))


def _eve(meeting: Meeting, texts: Texts) -> Message:
    items = texts.say("agenda-items", count=sum(item.is_waiting for item in current(meeting)))
    return _message("agenda-eve", meeting, texts, items, bold(answers_of(meeting, texts)))


def _message(key: str, meeting: Meeting, texts: Texts, *words: str) -> Message:
    return Message(
        body=paragraphs(facts_of(meeting, texts), *words),
        subject=texts.say(key, meeting=meeting_title(meeting, texts)),
        actions=answer_buttons(meeting, texts),
    )


def _until(meeting: Meeting, closing: datetime | None, texts: Texts) -> str:
    """How to propose something, and until when; nothing when the list is closed."""
    if closing is None:
        return ""
    return texts.say("agenda-propose-until", moment=texts.soon(closing, meeting.group.timezone))


def _post(session: Session, meeting: Meeting, step: Step, said: partial[Message], now: datetime) -> None:
    message = said(texts_in(meeting.group.language))
    cards.post(session, meeting.group, f"{meeting.noun}:{step}", message, 1, now)


def _leave(
    session: Session,
    meeting: Meeting,
    step: Step,
    places: Sequence[Membership],
    said: partial[Message],
    now: datetime,
) -> None:
    for place in places:
        people.leave(session, meeting, place.person, people.key_of(meeting, step), said, now)
