"""Voice: what Tuva is to say to one person on Matrix, written in the transaction of its cause.

A sign under what they wrote, and the words in a thread there; what is for them alone, in the direct room with them.
"""

from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

from chatops.conversation import Reply
from chatops.platforms.in_short import in_short
from chatops.platforms.matrix.heard import PLATFORM
from config.texts import texts_in
from storage import outbox, questions
from storage.database import Session
from storage.messages import Message
from storage.outbox import OutboxKind
from storage.people import person_known_as

DONE, REFUSED = "✅", "⛔"
# An answer that comes the day after is none.
ANSWER_WITHIN = timedelta(hours=12)


@dataclass(frozen=True)
class Whereto:
    """Where somebody can be answered.

    `event` is what they wrote, under which a sign may stand; `thread` is where the words go. Both are empty in a direct
    room. A stranger has none, and is answered where they spoke. `calls`: they do not look there by themselves.
    """

    room: str
    account: str
    event: str = ""
    thread: str = ""
    is_stranger: bool = False
    calls: bool = False

    @property
    def address(self) -> str:
        """The room, and the thread in it."""
        return f"{self.room} {self.thread}".strip()


def say(session: Session, reply: Reply, to: Whereto, once: str, now: datetime) -> None:
    """Wish that somebody is answered. What they are asked, their next words there answer."""
    if to.is_stranger and reply.refused:  # who is unknown is told so once a day, and makes us say nothing else
        once = f"stranger:{to.account}:{now.date()}"
    elif to.event and not reply.asks:
        sign(session, to.room, to.event, REFUSED if reply.refused else DONE, once, now)
    is_private = reply.private and not to.is_stranger and bool(to.thread)
    address = to.account if is_private else to.address
    say_words(session, _message_of(reply), address, reply.language, once, now, to.account if to.calls else "")
    if reply.asks:
        questions.ask(session, PLATFORM, to.room, to.thread, to.account, reply.asks, now)


def _message_of(reply: Reply) -> Message:
    """What there is to say; a question says how it is answered here, and a stranger hears how one becomes known."""
    texts = texts_in(reply.language)
    if reply.why == "speaker-unnamed":
        return Message(texts.say("link-stranger"))
    if not reply.asks:
        return in_short(reply)
    verb, number = reply.asked
    return Message(texts.say(f"matrix-why-{verb}", number=number))


def say_words(
    session: Session, message: Message, address: str, language: str, once: str, now: datetime, calls: str = ""
) -> None:
    """Wish that a message is said at `ROOM`, `ROOM THREAD` or `@account`. `calls` is whom it is to call."""
    parts: dict[str, Any] = {"subject": message.subject, "body": message.body, "foot": message.foot}
    parts |= {"actions": [astuple(action) for action in message.actions], "language": language}
    parts |= {"calls": calls, "called": _name_of(session, calls)}
    _wish(session, OutboxKind.ANSWER, f"answer:{once}", address, parts, now)


def _name_of(session: Session, account: str) -> str:
    person = person_known_as(session, PLATFORM, account) if account else None
    return person.name if person else account


def sign(session: Session, room: str, event: str, mark: str, once: str, now: datetime) -> None:
    """Wish that a sign stands under an event."""
    _wish(session, OutboxKind.SIGN, f"sign:{once}:{mark}", f"{room} {event} {mark}", _sign(mark, stands=True), now)


def take_away(session: Session, room: str, event: str, mark: str, once: str, now: datetime) -> None:
    """Wish that a sign of ours no longer stands under an event."""
    _wish(session, OutboxKind.SIGN, f"away:{once}:{mark}", f"{room} {event} {mark}", _sign(mark, stands=False), now)


def _sign(mark: str, *, stands: bool) -> dict[str, Any]:
    return {"subject": mark, "stands": stands}


def enter(session: Session, room: str, via: str, once: str, now: datetime) -> None:
    """Wish that we go into a room; `via` is a homeserver that is in it."""
    _wish(session, OutboxKind.ENTRANCE, f"enter:{once}", room, {"subject": "enter", "via": via}, now)


def decline(session: Session, room: str, reason: str, once: str, now: datetime) -> None:
    """Wish that we are out of a room."""
    _wish(session, OutboxKind.ENTRANCE, f"leave:{once}", room, {"subject": "leave", "reason": reason}, now)


def _wish(session: Session, kind: OutboxKind, key: str, address: str, parts: dict[str, Any], now: datetime) -> None:
    outbox.put(
        session,
        key=f"{PLATFORM}:{key}",
        route=PLATFORM,
        kind=kind,
        address=address,
        parts=parts,
        now=now,
        not_after=now + ANSWER_WITHIN,
    )
