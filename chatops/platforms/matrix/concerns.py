"""What concerns Tuva of all that is said in its rooms. Nothing else is kept, not even for a moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from chatops.platforms.matrix import signs, words
from chatops.platforms.matrix.heard import DEPARTURE, GAP, INVITATION, PLATFORM, Heard
from chatops.platforms.matrix.words import Names
from chatops.verbs import Command
from storage import cards, direct_rooms, inbox, outbox, questions, rooms
from storage.database import DatabaseFault, Session
from storage.outbox import OutboxKind

LOG = structlog.get_logger()


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
            if one.name and self._is_readable(session, one, kept):
                kept.setdefault(one.key, one)
        return list(kept.values())

    def _is_readable(self, session: Session, heard: Heard, just_now: dict[str, Heard]) -> bool:
        """It concerns us, and can be read: one event that cannot must not keep back all that comes behind it."""
        try:
            return self._concerns(session, heard, just_now)
        except DatabaseFault:
            raise
        except Exception as fault:
            LOG.error("matrix.not_readable", kind=heard.kind, fault=type(fault).__name__)
            return False

    def _concerns(self, session: Session, heard: Heard, just_now: dict[str, Heard]) -> bool:
        match heard.kind:
            case "m.room.message":
                return self._message(session, heard, just_now)
            case "m.reaction":
                return _is_sign_to_us(session, heard, just_now)
            case "m.room.redaction":
                return _is_known(session, heard.redacts, just_now) or _is_card(session, heard.redacts)
            case "m.room.member":
                return bool(direct_rooms.account_in(session, PLATFORM, heard.room))
            case "m.room.encrypted" | "m.room.tombstone":
                return _is_read(session, heard.room)
            case _:
                return heard.kind in ("m.room.encryption", INVITATION, DEPARTURE, GAP)

    def _message(self, session: Session, heard: Heard, just_now: dict[str, Heard]) -> bool:
        if replaced := words.replaces(heard.content):
            return _is_known(session, replaced, just_now)
        said = words.said(heard.content, self.names)
        if said is None:
            return False
        if direct_rooms.account_in(session, PLATFORM, heard.room) == heard.sender:
            return True
        if said.addressed is not None:
            return words.is_meant_for_us(said.addressed, self.commands)
        where = (PLATFORM, heard.room, said.thread, heard.sender, self.now())
        return bool(questions.question_to(session, *where))


def _is_known(session: Session, event: str, just_now: dict[str, Heard]) -> bool:
    key = f"{PLATFORM}:{event}"
    return key in just_now or inbox.heard_as(session, key) is not None


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
    return outbox.may_have_arrived(session, PLATFORM, reaction.room, OutboxKind.CARD)


def _is_read(session: Session, room: str) -> bool:
    return rooms.is_open(session, PLATFORM, room) or bool(direct_rooms.account_in(session, PLATFORM, room))
