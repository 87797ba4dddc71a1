"""How an outbox entry is delivered: claimed, intended, sent, marked.

Claim and intent are durable before the outside hears of it, so a crash leaves behind what was claimed (nobody has
heard of it: ready again) and what was intended (nobody knows: sent again, flagged). Every step carries the token of
its claim: who has lost an entry to somebody else can neither send nor mark it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import BindParameter, Exists, Row, Select, Table, and_, bindparam, exists, or_, select, update
from sqlalchemy.orm import aliased

from storage import digest_items
from storage.database import Session
from storage.outbox import UNDER_WAY, WAITING, OutboxEntry, OutboxKind, OutboxState

LEASE = timedelta(seconds=60)
BATCH = 50
# The table, not the class: thousands of entries pass here, and none is needed as an object.
OUTBOX = cast(Table, OutboxEntry.__table__)
# Built once: these run for every entry.
IS_DUE = (
    select(OUTBOX.c.id)
    .where(OUTBOX.c.route == bindparam("way"), OUTBOX.c.due_at <= bindparam("by_now"), OUTBOX.c.state.in_(WAITING))
    .limit(1)
)
SUSPECT_IS_DUE = IS_DUE.where(OUTBOX.c.suspected)
OURS = update(OUTBOX).where(OUTBOX.c.id == bindparam("number"), OUTBOX.c.token == bindparam("ours"))
INTENDED = OURS.values(intent_at=bindparam("now"), lease_until=bindparam("until"), attempts=OUTBOX.c.attempts + 1)
SENT = OURS.values(
    state=OutboxState.SENT, token="", lease_until=None, suspected=False, reason="", receipt=bindparam("name")
)


@dataclass(frozen=True)
class Fault:
    """Why a claimed entry was not delivered, what becomes of it, and whether it may have arrived all the same.

    `charged`: the try counts against the entry; else the fault is the way's, not the entry's.
    """

    state: OutboxState
    reason: str
    due_at: datetime
    ambiguous: bool
    charged: bool


@dataclass(frozen=True)
class Postponed:
    """A claimed entry of which nothing was tried: when it is due, and the intent of the try before, if any.

    `others_may_pass`: younger entries to the same address need not wait for it. `begun`: a part of it has arrived.
    """

    due_at: datetime
    intent_at: datetime | None
    others_may_pass: bool
    begun: bool = False


def is_due(session: Session, route: str, now: datetime, *, suspect: bool = False) -> bool:
    """Something on this route may be claimed, unless an older entry to the same address keeps it back.

    `suspect` asks only for what was in flight when the process died.
    """
    asked = {"way": route, "by_now": now}
    return session.scalar(SUSPECT_IS_DUE if suspect else IS_DUE, asked) is not None


def claim(
    session: Session,
    route: str,
    token: str,
    now: datetime,
    limit: int = BATCH,
    urgent: Sequence[OutboxKind] = (),
) -> list[Row[Any]]:
    """Take what is due, at most one entry an address. What comes too late expires instead.

    While something of an `urgent` kind is due, nothing else is taken. What has never been tried goes first: an entry
    that makes the way rest, again and again, then holds up nobody.
    """
    rows: list[Row[Any]] = []
    for kinds in (*((kind,) for kind in urgent), tuple(OutboxKind)):
        for state in (OutboxState.READY, OutboxState.RETRY):
            if len(rows) < limit:
                asked = {"way": route, "state_is": state, "by_now": now, "suspect": False, "kinds": kinds}
                rows += session.execute(_due(), {**asked, "most": limit - len(rows)}).all()
        if rows:
            break
    return _take(session, rows, token, now)


def claim_suspect(session: Session, route: str, token: str, now: datetime) -> list[Row[Any]]:
    """Take one entry that was in flight when the process died: it travels alone, so that the culprit is found.

    It is ready, and not to be tried again, when it was claimed once more and not intended, or a person said so.
    """
    for state in WAITING:
        asked = {"way": route, "state_is": state, "by_now": now, "suspect": True, "kinds": tuple(OutboxKind), "most": 1}
        if row := session.execute(_due(), asked).one_or_none():
            return _take(session, [row], token, now)
    return []


def intend(session: Session, claims: list[tuple[int, str]], now: datetime) -> set[int]:
    """Note that these claimed entries (number, token) are about to be sent. Returns those that are still ours."""
    rows = [{"number": number, "ours": token, "now": now, "until": now + LEASE} for number, token in claims]
    numbers = {number for number, _ in claims}
    if session.connection().execute(INTENDED, rows).rowcount == len(rows):
        return numbers
    held = select(OUTBOX.c.id).where(OUTBOX.c.id.in_(numbers), OUTBOX.c.token.in_({token for _, token in claims}))
    return set(session.scalars(held))


def mark_sent(session: Session, receipts: list[tuple[int, str, str]]) -> int:
    """Note that these entries (number, token, receipt) were delivered. What is no longer ours stays as it is.

    Returns how many were ours.
    """
    rows = [{"number": number, "ours": token, "name": receipt} for number, token, receipt in receipts]
    return session.connection().execute(SENT, rows).rowcount


def mark_fault(session: Session, number: int, token: str, fault: Fault) -> bool:
    """Note why an entry was not delivered. False when it is no longer ours."""
    assert token, "an entry that nobody has claimed"
    stated = (
        update(OUTBOX)
        .where(OUTBOX.c.id == number, OUTBOX.c.token == token)
        .values(
            state=fault.state,
            token="",
            lease_until=None,
            suspected=False,
            reason=fault.reason,
            due_at=fault.due_at,
            possible_duplicate=OUTBOX.c.possible_duplicate | fault.ambiguous,
            attempts=OUTBOX.c.attempts if fault.charged else OUTBOX.c.attempts - 1,
        )
    )
    return session.connection().execute(stated).rowcount == 1


def postpone(session: Session, number: int, token: str, postponed: Postponed) -> None:
    """Give an entry back untried, as it was, until a later time. What is no longer ours stays as it is.

    What was replaced while it was in our hands ends here, unless it may have arrived.
    """
    as_before = {"token": "", "lease_until": None, "intent_at": postponed.intent_at, "attempts": OUTBOX.c.attempts - 1}
    as_before["possible_duplicate"] = OUTBOX.c.possible_duplicate | postponed.begun
    state = OutboxState.READY if postponed.others_may_pass else OutboxState.RETRY
    ours = update(OUTBOX).where(OUTBOX.c.id == number, OUTBOX.c.token == token)
    if session.connection().execute(ours.values(state=state, due_at=postponed.due_at, **as_before)).rowcount:
        replaced = update(OUTBOX).where(OUTBOX.c.id == number, ~OUTBOX.c.possible_duplicate, _has_newer())
        session.connection().execute(replaced.values(state=OutboxState.EXPIRED, reason="superseded"))


@cache
def _due() -> Select[Any]:
    """Built once: building takes ten times as long as asking."""
    row = OUTBOX.c
    facts = (row.id, row.key, row.kind, row.address, row.topic, row.personal, row.created_at, row.attempts)
    more = (row.not_after, row.content_id, row.room_id, row.possible_duplicate, row.intent_at)
    due = select(*facts, *more).where(row.route == bindparam("way"), row.state == bindparam("state_is"))
    asked = (row.suspected == bindparam("suspect"), row.kind.in_(bindparam("kinds", expanding=True)))
    now: BindParameter[Any] = bindparam("by_now")
    chosen = due.where(row.due_at <= now, *asked, ~_waits_for_older(now)).order_by(row.due_at, row.id)
    return chosen.limit(bindparam("most"))


def _has_newer() -> Exists:
    row, newer = OUTBOX.c, aliased(OutboxEntry)
    there = (newer.route == row.route, newer.address == row.address, newer.topic == row.topic, newer.id > row.id)
    return exists().where(*there, row.topic != "", newer.state.in_(WAITING))


def _waits_for_older(now: BindParameter[Any]) -> Exists:
    """To one address one entry goes after the other. What has a later time of its own keeps only its topic back.

    So does what a person is asked about and may have arrived: nobody knows yet what the next one would replace. And so
    does that next one, which waits for the person too.
    """
    row, older = OUTBOX.c, aliased(OutboxEntry)
    same_topic = older.topic == row.topic
    keeps_back = or_(
        older.state.in_((OutboxState.SENDING, OutboxState.RETRY)),
        and_(older.state == OutboxState.READY, or_(same_topic, and_(older.due_at <= now, ~_waits_for_a_person(older)))),
        and_(older.state == OutboxState.HELD, older.possible_duplicate, same_topic, row.topic != ""),
    )
    there = (older.route == row.route, older.address == row.address, older.id < row.id)
    return exists().where(*there, older.state.in_((*UNDER_WAY, OutboxState.HELD)), keeps_back)


def _waits_for_a_person(row: type[OutboxEntry]) -> Exists:
    held = aliased(OutboxEntry)
    there = (held.route == row.route, held.address == row.address, held.topic == row.topic, held.id < row.id)
    return exists().where(*there, row.topic != "", held.state == OutboxState.HELD, held.possible_duplicate)


def _take(session: Session, rows: list[Row[Any]], token: str, now: datetime) -> list[Row[Any]]:
    late = {row.id for row in rows if row.not_after is not None and now > row.not_after}
    for numbers, values in (
        (late, {"state": OutboxState.EXPIRED, "reason": "too_late"}),
        (
            {row.id for row in rows} - late,
            {"state": OutboxState.SENDING, "token": token, "intent_at": None, "lease_until": now + LEASE},
        ),
    ):
        if numbers:
            session.execute(update(OUTBOX).where(OUTBOX.c.id.in_(numbers)).values(**values))
    for row in rows:
        if row.id in late and "letter" in row.personal and not _comes_otherwise(session, row):
            digest_items.untell(session, int(row.personal["person"]), int(row.personal["letter"]))
    return [row for row in rows if row.id not in late]


def _comes_otherwise(session: Session, row: Row[Any]) -> bool:
    """A letter that goes two ways has been told when it comes by one of them."""
    states = select(OUTBOX.c.state).where(OUTBOX.c.key == row.personal.get("beside", ""))
    return session.scalar(states) not in (None, OutboxState.EXPIRED)
