"""What single people hear of a subgroup without having asked."""

from collections.abc import Callable
from datetime import datetime

from config.texts import Texts, texts_in
from digests import cards, notes
from digests.cards.subgroup import facts_of, subgroup_title
from digests.cards.words import actions, one_line, paragraphs
from digests.markup import escape
from digests.notes import Note
from storage import rota
from storage.database import Session
from storage.memberships import Membership
from storage.messages import Message
from storage.people import Person
from storage.rooms import Room
from storage.subgroups import Subgroup

Write = Callable[[Texts], Message]


def welcome(session: Session, subgroup: Subgroup, place: Membership, now: datetime) -> None:
    """Who can be in none of its rooms gets the mandate as a letter, but for whoever has just written it."""
    if place.person is not subgroup.starter and notes.way_in_chat(session, place.person, subgroup.team) is None:

        def told(texts: Texts) -> Message:
            subject = texts.say("subgroup-welcome", **_named(subgroup))
            about = texts.say("subgroup-welcome-about" if subgroup.team.rooms else "subgroup-welcome-roomless")
            body = paragraphs(subgroup.mandate, facts_of(subgroup, texts), about)
            return Message(body, subject, actions(f"subgroup {subgroup.id}", ("report",), texts))

        _leave(session, subgroup, place.person, f"welcome:{place.id}", told, now)


def remind(session: Session, subgroup: Subgroup, sentence: str, key: str, now: datetime) -> bool:
    """Whoever leads is asked for the answer. False when nobody knows a way to them."""
    return _leave(session, subgroup, subgroup.lead, key, lambda texts: _asked(subgroup, sentence, texts), now)


def warn_chairs(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """The answer is late: whoever chairs hears so once for each day by which it should have come."""
    for chair in chairs_of(session, subgroup):
        if chair is not subgroup.lead:
            _leave(session, subgroup, chair, f"late:{subgroup.due}", lambda texts: _late(subgroup, texts), now)


def inherited(session: Session, subgroup: Subgroup, before: Person, now: datetime) -> None:
    """Whoever led it has left the group: who leads now hears so."""

    def told(texts: Texts) -> Message:
        subject = texts.say("subgroup-inherited", **_named(subgroup))
        body = texts.say("subgroup-inherited-about", name=escape(before.name), number=str(subgroup.id))
        return Message(paragraphs(body, facts_of(subgroup, texts)), subject)

    _leave(session, subgroup, subgroup.lead, f"inherited:{before.id}", told, now)


def room_lost(session: Session, subgroup: Subgroup, room: Room, now: datetime) -> None:
    """A room is gone, or Tuva was put out of it."""

    def told(texts: Texts) -> Message:
        platform = texts.say(f"platform-{room.platform}")
        subject = texts.say("subgroup-room-lost", platform=platform, **_named(subgroup))
        body = texts.say("subgroup-room-lost-about", platform=platform)
        return Message(body, subject, actions(f"subgroup {subgroup.id}", ("rooms",), texts))

    for person in {one.id: one for one in (subgroup.lead, *chairs_of(session, subgroup))}.values():
        _leave(session, subgroup, person, f"lost:{room.id}:{now.isoformat()}", told, now)


def closed(session: Session, subgroup: Subgroup, by: Person, now: datetime) -> None:
    """Whom it concerns hears what came of it."""

    def told(texts: Texts) -> Message:
        subject = texts.say("subgroup-ended", **_named(subgroup))
        return Message(paragraphs(texts.say("subgroup-ended-about"), subgroup.outcome), subject)

    for person in subgroup.concerned:
        if person is not by:
            _leave(session, subgroup, person, "ended", told, now)


def goodbye(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """The last that is said in its own rooms."""
    texts = texts_in(subgroup.team.language)
    subject = texts.say("subgroup-ended", **_named(subgroup))
    body = paragraphs(subgroup.outcome, texts.say("subgroup-goodbye"))
    cards.post(session, subgroup.team, f"{subgroup.noun}:goodbye", Message(body, subject), 1, now)


def chairs_of(session: Session, subgroup: Subgroup) -> list[Person]:
    """Who chairs the group that asks."""
    return [place.person for place in rota.chairs_of(session, subgroup.group)]


def _asked(subgroup: Subgroup, sentence: str, texts: Texts) -> Message:
    body = texts.say(f"{sentence}-about", number=str(subgroup.id), day=texts.day(subgroup.due))
    return Message(
        body, texts.say(sentence, **_named(subgroup)), actions(f"subgroup {subgroup.id}", ("report",), texts)
    )


def _named(subgroup: Subgroup) -> dict[str, str]:
    """How a sentence names it."""
    return {"number": str(subgroup.id), "question": subgroup.question}


def _late(subgroup: Subgroup, texts: Texts) -> Message:
    subject = texts.say("subgroup-late-chair", **_named(subgroup))
    facts = {"name": escape(subgroup.lead.name), "day": texts.day(subgroup.due), "number": str(subgroup.id)}
    return Message(one_line(texts.say("subgroup-late-chair-about", **facts)), subject)


def _leave(session: Session, subgroup: Subgroup, person: Person, key: str, write: Write, now: datetime) -> bool:
    """A note about it, once for each key."""

    def written(texts: Texts) -> Note:
        return Note(f"{subgroup.noun}:{key}", write(texts), subgroup.noun, subgroup_title(subgroup, texts))

    return notes.leave(session, person, subgroup.group, written, now)
