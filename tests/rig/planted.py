"""Planted bugs, by name: each is what somebody might write some day, and the rig must find it. Beside them two traps,
which are no bugs of the program but of the world. They are applied inside a forked run."""

import os
import secrets
import signal
import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import bindparam, update

from digests import mail
from digests.courier.ledger import Done, Ledger
from digests.courier.parcels import Carry, Parcel
from digests.courier.route import Route
from digests.mail.mime import Letter
from storage import database, delivery, outbox
from storage.delivery import OUTBOX
from storage.outbox import OutboxState

POISON = "poison@example.org"


def mark_before_send() -> None:
    """An entry is marked sent, and then sent."""
    carried = Route._carried

    def marked_first(self: Route, carry: Carry, parcel: Parcel) -> Done:
        self._settle(Done(parcel, "early"), None)
        return carried(self, carry, parcel)

    Route._carried = marked_first  # type: ignore[method-assign]


def no_fencing() -> None:
    """Whoever once claimed an entry may go on with it, also when it has become somebody else's."""
    anybodys = update(OUTBOX).where(OUTBOX.c.id == bindparam("number"), bindparam("ours") != "")
    delivery.INTENDED = anybodys.values(intent_at=bindparam("now"), lease_until=bindparam("until"))
    delivery.SENT = anybodys.values(state=OutboxState.SENT, token="", receipt=bindparam("name"))


def no_unique_key() -> None:
    """The same wish may stand there twice."""
    put = outbox.put

    def put_again(session: database.Session, *, key: str, **rest: Any) -> None:
        put(session, key=f"{key}:{secrets.token_hex(4)}", **rest)

    outbox.put = put_again


def intent_not_durable() -> None:
    """That an entry is about to be sent is not stored first."""
    turn = Ledger.turn

    def only_marks(self: Ledger, done: Done | None, parcel: Parcel | None) -> bool:
        if done is not None:
            turn(self, done, None)
        return parcel is not None

    Ledger.turn = only_marks  # type: ignore[method-assign]


def normal_sync() -> None:
    """A commit does not wait for the disk."""
    prepare = database._prepare

    def prepare_and_loosen(connection: Any, record: Any) -> None:
        prepare(connection, record)
        connection.execute("PRAGMA synchronous=NORMAL")

    database._prepare = prepare_and_loosen


def poison() -> None:
    """Trap: one letter kills whoever writes it."""
    written = mail.Mail.written

    def deadly(self: mail.Mail, parcel: Parcel) -> Letter:
        if parcel.address == POISON:
            os.kill(os.getpid(), signal.SIGKILL)
        return written(self, parcel)

    mail.Mail.written = deadly  # type: ignore[method-assign]


def pause_before_intent() -> None:
    """Trap: the process stands still after its first claim, as a suspended computer does."""
    turn = Ledger.turn
    paused = []
    # No other lane may stand in a transaction then: it would keep the database from everybody.
    door = threading.Lock()

    def late(self: Ledger, done: Done | None, parcel: Parcel | None) -> bool:
        with door:
            if not paused:
                paused.append(True)
                signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)
        return turn(self, done, parcel)

    Ledger.turn = late  # type: ignore[method-assign]


BUGS: dict[str, Callable[[], None]] = {
    bug.__name__: bug
    for bug in (
        mark_before_send,
        no_fencing,
        no_unique_key,
        intent_not_durable,
        normal_sync,
        poison,
        pause_before_intent,
    )
}
