"""Whom a meeting is about, and how each of them is told: by letter, and in chat who has no address."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from config.texts import Texts, texts_in
from digests import letters, notes
from digests.agenda.steps import series_of
from digests.at_hand import once
from digests.cards import title
from digests.cards.meeting import answer_buttons
from digests.invitations import thread_of
from digests.letters import Letter
from digests.notes import Note
from storage import outbox
from storage.database import Session
from storage.meetings import Meeting
from storage.memberships import Membership, Role, members_of, membership_of
from storage.messages import Message
from storage.outbox import OutboxKind
from storage.people import Person
from storage.rota import chairs_of
from storage.subscriptions import subscription_of

# Writes the letter in one language, for who is invited, or else for who only reads.
Write = Callable[[Texts, bool], Letter]


def invited_to(session: Session, meeting: Meeting) -> list[Membership]:
    """Who may come: everybody but those who are informed."""
    return [place for place in members_of(session, meeting.group) if is_invited(place)]


def is_invited(place: Membership) -> bool:
    """Somebody who answers whether they come."""
    return place.role is not Role.INFORMED


def is_asked(session: Session, meeting: Meeting, person: Person) -> bool:
    """Somebody of the group who answers whether they come."""
    place = membership_of(session, person, meeting.group)
    return place is not None and is_invited(place)


def leaders_of(session: Session, meeting: Meeting) -> list[Person]:
    """Whose turn it is to chair, and then the other chairs."""
    chairs = [place.person for place in chairs_of(session, meeting.group)]
    return [*([meeting.chair] if meeting.chair else []), *(chair for chair in chairs if chair is not meeting.chair)]


def unanswered(session: Session, meeting: Meeting) -> list[Membership]:
    """Who has not said whether they come."""
    return [place for place in invited_to(session, meeting) if meeting.answer_of(place.person) is None]


def tell_leaders(
    session: Session, meeting: Meeting, key: str, write: Callable[[Texts], Message], now: datetime
) -> None:
    """Leave a note to everybody who leads the meeting, once for each key."""
    for person in leaders_of(session, meeting):
        leave(session, meeting, person, key, write, now)


def leave(
    session: Session,
    meeting: Meeting,
    person: Person,
    key: str,
    write: Callable[[Texts], Message],
    now: datetime,
) -> bool:
    """Leave a note about a meeting, once for each key. False when nobody knows a way to them."""

    def written(texts: Texts) -> Note:
        return Note(key, write(texts), meeting.noun, title(meeting, texts))

    until = None if meeting.has_begun(now) else meeting.starts_at
    return notes.leave(session, person, meeting.group, written, now, until)


def send(
    session: Session,
    meeting: Meeting,
    key: str,
    places: Sequence[Membership],
    write: Write,
    now: datetime,
    topic: str = "",
) -> None:
    """A letter to each of these, once for each key, and a note in chat to who has no address.

    Until the meeting begins it is of use. Where a moment is to tell how it went, that is its `topic`.
    """
    for place in places:
        if place.person.email is None:
            leave(session, meeting, place.person, key, partial(_said, meeting, place, write), now)
        else:
            _put(
                session,
                meeting,
                letter_key(key, place.person.id),
                place,
                _parts(session, key, place, write),
                now,
                topic,
            )


def in_chat(session: Session, meeting: Meeting, key: str, place: Membership, write: Write, now: datetime) -> bool:
    """The same as a note in chat, once for each key. False for who has no account there."""
    if notes.way_in_chat(session, place.person, meeting.group) is None:
        return False
    return leave(session, meeting, place.person, key, partial(_said, meeting, place, write), now)


def key_of(meeting: Meeting, name: str) -> str:
    """`agenda:3:call`: what is said of it is said once."""
    return series_of(meeting, name)


def keys_of(meeting: Meeting) -> tuple[str, str]:
    """How the keys of all that is said of a meeting begin, by mail and in chat."""
    begins = series_of(meeting, "")
    return begins, f"note:{begins}"


def letter_key(key: str, person: int) -> str:
    """How the outbox knows a letter of ours to somebody."""
    return f"{key}:{person}"


def note_key(key: str, person: int) -> str:
    """How the outbox knows a note of ours to somebody."""
    return f"note:{key}:{person}"


def _put(
    session: Session, meeting: Meeting, key: str, place: Membership, parts: dict[str, Any], now: datetime, topic: str
) -> None:
    assert place.person.email is not None
    outbox.put(
        session,
        key=key,
        route="mail",
        kind=OutboxKind.LETTER,
        address=place.person.email,
        parts=parts,
        now=now,
        not_after=meeting.starts_at,
        topic=topic,
        personal={"person": str(place.person.id), **thread_of(session, meeting, place.person)},
        group_id=meeting.group_id,
    )


def _parts(session: Session, key: str, place: Membership, write: Write) -> dict[str, Any]:
    """Readers of one language and one kind get the very same parts."""
    texts, invited = texts_in(subscription_of(session, place.person, place.group).speaks), is_invited(place)
    return once(session, (key, texts.language, invited), lambda: letters.as_parts(write(texts, invited), texts))


def _said(meeting: Meeting, place: Membership, write: Write, texts: Texts) -> Message:
    """What a letter says, in chat."""
    invited = is_invited(place)
    return replace(letters.as_message(write(texts, invited)), actions=answer_buttons(meeting, texts) if invited else ())
