"""What concerns Tuva of all that is said in its rooms. Nothing else is kept, not even for a moment.

But for one thing: a change of a message does not tell where that stands. If it now asks something, its name and its
writer are put down, to be looked up; never its words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from chatops.platforms import asking
from chatops.platforms.matrix import batches, signs, words
from chatops.platforms.matrix.heard import DEPARTURE, GAP, INVITATION, PLATFORM, QUESTION, Heard
from chatops.platforms.matrix.words import Names, Said
from chatops.verbs import Command
from storage import cards, direct_rooms, inbox, outbox, questions, rooms, teams
from storage.database import DatabaseFault, Session
from storage.outbox import OutboxKind

LOG = structlog.get_logger()
MESSAGE = "m.room.message"


@dataclass(frozen=True)
class Concerns:
    """Tells it by the record."""

    names: Names
    commands: Sequence[Command]
    now: Callable[[], datetime]

    def among(self, session: Session, heard: Sequence[Heard]) -> list[Heard]:
        """Those of them that concern us, in their order. What we said ourselves is not among what is handed in."""
        kept: dict[str, Heard] = {}
        for one in heard:
            if one.name and (told := self._told(session, one, kept)):
                kept.setdefault(told.key, told)
        return list(kept.values())

    def _told(self, session: Session, heard: Heard, just_now: dict[str, Heard]) -> Heard | None:
        """What is put down of it; None of what does not concern us.

        One event that cannot be read must not keep back all that comes behind it.
        """
        try:
            if heard.kind == MESSAGE and (replaced := words.replaces(heard.content)):
                return self._rewritten(session, heard, replaced, just_now)
            return heard if self._concerns(session, heard, just_now) else self._question(session, heard)
        except DatabaseFault:
            raise
        except Exception as fault:
            LOG.error("matrix.not_readable", kind=heard.kind, fault=type(fault).__name__)
            return None

    def _concerns(self, session: Session, heard: Heard, just_now: dict[str, Heard]) -> bool:
        match heard.kind:
            case "m.room.message":
                return self._message(session, heard)
            case "m.reaction":
                return _is_sign_to_us(session, heard, just_now)
            case "m.room.redaction":
                return _is_known(session, heard.redacts, just_now) or _is_card(session, heard.redacts)
            case "m.room.member":
                is_arrival = batches.is_arrival(heard.event) and teams.have_room(session, PLATFORM, heard.room)
                return is_arrival or bool(direct_rooms.account_in(session, PLATFORM, heard.room))
            case "m.room.encrypted" | "m.room.tombstone":
                return _is_read(session, heard.room)
            case _:
                return heard.kind in ("m.room.encryption", INVITATION, DEPARTURE, GAP)

    def _message(self, session: Session, heard: Heard) -> bool:
        said = words.said(heard.content, self.names)
        if said is None:
            return False
        if direct_rooms.account_in(session, PLATFORM, heard.room) == heard.sender:
            return True
        if said.addressed is not None:
            return words.is_meant_for_us(said.addressed, self.commands)
        where = (PLATFORM, heard.room, said.thread, heard.sender, self.now())
        return bool(questions.question_to(session, *where))

    def _rewritten(self, session: Session, heard: Heard, replaced: str, just_now: dict[str, Heard]) -> Heard | None:
        """A message in other words: what was said to us is mended, and what others ask is asked, or no longer.

        Only whoever asked can change it. What was no question is put down as if it had been one from the beginning.
        """
        first = _heard_as(session, replaced, just_now)
        if first and first.kind != QUESTION:
            return heard
        asks = _asks(words.said(heard.content.get("m.new_content") or {}, self.names))
        if first:
            under, is_theirs = first.event["under"], first.sender == heard.sender
            return heard.as_question(replaced, under, asks=asks) if is_theirs or not under else None
        is_asked = asks and rooms.is_open(session, PLATFORM, heard.room)
        return replace(heard.as_question(replaced, "", asks=True), name=replaced) if is_asked else None

    def _question(self, session: Session, heard: Heard) -> Heard | None:
        """Somebody asks another something under the card of an example, also one that is just being posted."""
        said = words.said(heard.content, self.names) if heard.kind == MESSAGE else None
        under = said.under if said else ""
        if not (under and _asks(said)):
            return None
        noun = cards.noun_posted(session, PLATFORM, under)
        is_ours = asking.is_about_an_example(noun) if noun else _may_be_a_card(session, heard.room)
        is_counted = is_ours and rooms.is_open(session, PLATFORM, heard.room)
        return heard.as_question(heard.name, under, asks=True) if is_counted else None


def _asks(said: Said | None) -> bool:
    """It asks others something."""
    return said is not None and said.addressed is None and asking.is_question(said.text)


def _heard_as(session: Session, event: str, just_now: dict[str, Heard]) -> Heard | None:
    key = f"{PLATFORM}:{event}"
    entry = None if key in just_now else inbox.heard_as(session, key)
    return Heard.from_payload(entry.payload) if entry else just_now.get(key)


def _is_known(session: Session, event: str, just_now: dict[str, Heard]) -> bool:
    return _heard_as(session, event, just_now) is not None


def _is_card(session: Session, event: str) -> bool:
    return bool(event and cards.noun_posted(session, PLATFORM, event))


def _is_sign_to_us(session: Session, reaction: Heard, just_now: dict[str, Heard]) -> bool:
    """It stands under a card, also one that is just being posted, or under what somebody said to us.

    That something is a good example is said to us under whatever stands in a group's room.
    """
    meaning = signs.meaning(reaction.sign)
    if meaning is None or (meaning == signs.IDEA and rooms.is_open(session, PLATFORM, reaction.room)):
        return meaning is not None
    target = reaction.reacts_to
    if _is_known(session, target, just_now) or _is_card(session, target):
        return True
    return _may_be_a_card(session, reaction.room)


def _may_be_a_card(session: Session, room: str) -> bool:
    """We are posting cards there just now."""
    return outbox.may_have_arrived(session, PLATFORM, room, OutboxKind.CARD)


def _is_read(session: Session, room: str) -> bool:
    return rooms.is_open(session, PLATFORM, room) or bool(direct_rooms.account_in(session, PLATFORM, room))
