"""One route of the courier: its lanes carry what is due there, each a parcel at a time.

A lane's next parcel waits for the mark of its last one. So a crash leaves at most one parcel a lane of which nobody
knows whether it arrived.
"""

import secrets
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from digests.courier.ledger import Done, Ledger
from digests.courier.parcels import Blame, Carrier, Carry, NotDelivered, NotYet, Outcome, Parcel
from digests.courier.tries import fault_after
from digests.metrics import Metrics
from storage import cards, delivery, leases
from storage.contents import Content
from storage.database import Database, DatabaseFault, DiskFull, Row, Session
from storage.delivery import Fault, Postponed
from storage.outbox import OutboxState

LOG = structlog.get_logger()
CONTENTS_AT_HAND = 64
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)
# How soon a mark that could not be stored is tried again.
STORE_AGAIN_SECONDS = 1.0


@dataclass(frozen=True)
class Trouble:
    """Why nothing goes out on a route, since when, and until when it rests, for how long."""

    reason: str
    blame: Blame
    since: datetime
    until: datetime
    pause: timedelta


class Route:
    """Carries what is due on one route."""

    def __init__(
        self,
        name: str,
        carrier: Carrier,
        database: Database,
        now: Callable[[], datetime],
        may_send: Callable[[], bool],
        metrics: Metrics,
    ) -> None:
        self.name = name
        self.trouble: Trouble | None = None
        self._carrier = carrier
        self._database = database
        self._now = now
        self._may_send = may_send
        self._metrics = metrics
        self._chosen = partial(delivery.claim, limit=carrier.batch, urgent=carrier.urgent)
        self._ledger = Ledger(database, now)
        self._hand: deque[Parcel] = deque()
        self._claiming = threading.Lock()
        self._draining = threading.Lock()
        self._stopping = threading.Event()
        self._parts: dict[int, dict[str, Any]] = {}
        self.tokens: set[str] = set()

    def stop(self) -> None:
        """Finish what is in hand and take nothing more."""
        self._stopping.set()

    def resume(self) -> None:
        """Rest no longer. It is in trouble until something has been delivered."""
        if trouble := self.trouble:
            self.trouble = replace(trouble, until=self._now(), pause=timedelta())

    def drain(self) -> None:
        """Carry until nothing is due, the way is blocked, or told to stop; also what another is carrying just now."""
        with self._draining:
            try:
                while self._goes() and (suspects := self._claim(delivery.claim_suspect, suspect=True)):
                    self._carry_alone(suspects[0])
                self._carry_all()
            finally:
                self._give_back()

    def _carry_alone(self, parcel: Parcel) -> None:
        """What was in flight when the process died travels alone, so that a second crash tells the culprit."""
        with self._carrier.open() as carry:
            if self._settle(None, parcel):
                self._settle(self._carried(carry, parcel), None)

    def _carry_all(self) -> None:
        self._hand.extend(self._claim(self._chosen) if self._goes() else ())
        if lanes := min(len(self._hand), self._carrier.lanes):
            with ThreadPoolExecutor(lanes, f"tuva-{self.name}") as threads:
                for lane in [threads.submit(self._lane) for _ in range(lanes)]:
                    lane.result()

    def _lane(self) -> None:
        """Carry one parcel after another. What became of one is stored together with the intent for the next."""
        done: Done | None = None
        with self._carrier.open() as carry:
            while (parcel := self._next()) is not None or done is not None:
                if parcel is None:  # unless the last one kept another back
                    self._settle(done, None)
                    done = None
                    continue
                if pause := self._carrier.pace.wait_for_turn():
                    self._settle(done, None)
                    done = None
                    if self._stopping.wait(pause):
                        break
                done = self._carried(carry, parcel) if self._settle(done, parcel) else None

    def _next(self) -> Parcel | None:
        with self._claiming:
            if not self._goes():
                return None
            try:
                if not self._hand:
                    self._hand.extend(self._claim(self._chosen))
            except (DatabaseFault, DiskFull) as fault:  # what was carried just now must be stored all the same
                LOG.error("outbox.not_claimed", route=self.name, fault=type(fault).__name__)
            return self._hand.popleft() if self._hand else None

    def _settle(self, done: Done | None, parcel: Parcel | None) -> bool:
        """Store it. While that cannot be, nothing more is sent here."""
        while done is not None or parcel is not None:
            try:
                return self._ledger.turn(done, parcel)
            except (DatabaseFault, DiskFull) as fault:
                LOG.error("outbox.not_stored", route=self.name, fault=type(fault).__name__)
                if self._stopping.wait(STORE_AGAIN_SECONDS):
                    break
        return False

    def _carried(self, carry: Carry, parcel: Parcel) -> Done:
        try:
            receipt = carry(parcel)
        except NotYet as pause:
            due_at = self._now() + pause.after
            return Done(parcel, later=Postponed(due_at, parcel.tried_at, pause.others_may_pass, pause.begun))
        except NotDelivered as failure:
            return Done(parcel, fault=self._fault(parcel, failure))
        except Exception as broken:
            LOG.exception("outbox.broken", outbox=parcel.number)
            return Done(parcel, fault=self._fault(parcel, NotDelivered(Outcome.REFUSED, type(broken).__name__)))
        self.trouble = None
        self._metrics.sent(self.name, "sent")
        LOG.debug("outbox.sent", outbox=parcel.number, route=self.name, kind=parcel.kind)
        return Done(parcel, receipt)

    def _fault(self, parcel: Parcel, failure: NotDelivered) -> Fault:
        LOG.warning("outbox.not_delivered", outbox=parcel.number, outcome=failure.outcome, blame=failure.blame)
        self._metrics.sent(self.name, failure.outcome)
        fault = fault_after(parcel.tries, failure, self._now())
        if fault.state is OutboxState.HELD:  # a person is asked, and it keeps nobody else back
            self.trouble = None
        elif failure.blame is not Blame.ENTRY:
            self._rest(failure)
        return fault

    def _rest(self, failure: NotDelivered) -> None:
        """Nothing more goes this way for a while: 5, 10, 20 … seconds, five minutes at most.

        What several lanes meet at the same time counts once.
        """
        now, last = self._now(), self.trouble
        if last and now < last.until:
            return
        longer, since = (2 * last.pause, last.since) if last else (FIRST_PAUSE, now)
        pause = min(max(longer, FIRST_PAUSE), LONGEST_PAUSE)
        self.trouble = Trouble(failure.reason, failure.blame, since, now + pause, pause)
        LOG.error("route.blocked", route=self.name, blame=failure.blame)

    def _goes(self) -> bool:
        resting = self.trouble is not None and self._now() < self.trouble.until
        return not self._stopping.is_set() and not resting and self._may_send()

    def _claim(self, chosen: Callable[..., list[Row[Any]]], *, suspect: bool = False) -> list[Parcel]:
        """Looked for without the writer's lock first: mostly there is nothing."""
        with self._database.reading() as session:
            if not delivery.is_due(session, self.name, self._now(), suspect=suspect):
                return []
        token = secrets.token_hex(8)
        with self._database.transaction() as session:
            rows = chosen(session, self.name, token, self._now())
            parcels = [self._parcel(session, row, token) for row in rows]
        if parcels:
            self.tokens.add(token)
        return parcels

    def _parcel(self, session: Session, row: Row[Any], token: str) -> Parcel:
        posted = cards.card_in(session, row.room_id, row.topic) if row.room_id is not None else None
        return Parcel(
            number=row.id,
            key=row.key,
            kind=row.kind,
            address=row.address,
            topic=row.topic,
            content=row.content_id,
            parts=self._parts_of(session, row.content_id),
            personal=row.personal,
            created_at=row.created_at,
            receipt=posted.receipt if posted else "",
            room=row.room_id,
            token=token,
            tries=row.attempts + 1,
            doubtful=row.possible_duplicate,
            tried_at=row.intent_at,
        )

    def _parts_of(self, session: Session, content: int) -> dict[str, Any]:
        """What is shared by many is read once."""
        if content not in self._parts:
            if len(self._parts) >= CONTENTS_AT_HAND:
                self._parts.clear()
            self._parts[content] = session.get_one(Content, content).parts
        return self._parts[content]

    def _give_back(self) -> None:
        self._hand.clear()
        if self.tokens:
            with self._database.transaction() as session:
                leases.release(session, self.tokens)
            self.tokens.clear()
