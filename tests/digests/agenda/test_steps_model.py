"""Whatever chairs do and however late the clock is: each step of a meeting is taken when a small model says, once."""

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from agendas import fates, plan, quiet
from chatops import logs
from digests import agenda
from digests.agenda import firing
from digests.workdays import is_working_day
from living import place
from people import ANA
from simulated import Process
from storage import agenda_steps
from storage.agenda_steps import DEFAULTS, Step, Timing
from storage.database import Session
from storage.meetings import Meeting, meeting_numbered

DAY, HOUR, STOCKHOLM = timedelta(days=1), timedelta(hours=1), ZoneInfo("Europe/Stockholm")
MEMORY = Path("/dev/shm")
# Before the spring's clock change, before Easter, before midsummer, before the autumn's, and before Christmas.
STARTS = [datetime(2027, month, day, 9, 30, tzinfo=UTC) for month, day in ((3, 1), (3, 19), (6, 1), (10, 4), (12, 1))]
HOURS = st.sampled_from(["08:00", "00:00", "07:30", "16:00"])
LATENESSES = [-1, 0, 1, 3600, 86400, 5 * 86400]


@dataclass
class Modelled:
    """A meeting as the model sees it: what became of each step, and when the others are due."""

    starts_at: datetime
    is_cancelled: bool = False
    called_at: datetime | None = None
    became: dict[Step, str] = field(default_factory=dict)
    due: dict[Step, datetime] = field(default_factory=dict)

    def plan(self, timings: dict[Step, Timing], now: datetime) -> None:
        for step, timing in timings.items():
            if self.became.get(step) in ("fired", "skipped"):
                continue
            moment = self.moment(step, timing)
            if moment > now:
                self.due[step] = moment
                self.became.pop(step, None)
            elif step not in self.became and self.due.get(step, now + DAY) > now:
                self.pass_by(step, timing, now)

    def pass_by(self, step: Step, timing: Timing, now: datetime) -> None:
        self.due.pop(step, None)
        if step is not Step.AGENDA:
            self.became[step] = "planned_late"
            return
        today = now.astimezone(STOCKHOLM).date()
        mornings = [at(today, timing.hour), at(today + DAY, timing.hour)]
        self.due[step] = next((one for one in mornings if now < one <= self.starts_at - DAY), now)

    def moment(self, step: Step, timing: Timing) -> datetime:
        day, left = self.starts_at.astimezone(STOCKHOLM).date(), timing.days
        while left:
            day -= DAY
            left -= is_working_day(day)
        moment = at(day, timing.hour)
        return min(moment, self.starts_at - DAY) if step is Step.AGENDA else moment

    def tick(self, now: datetime) -> list[Step]:
        """What is done now."""
        done = []
        for step in sorted(self.due, key=lambda one: (self.due[one], list(Step).index(one))):
            if step in self.due and self.due[step] <= now:
                self.became[step] = self.fate(step, now)
                moment = self.due.pop(step)
                done += [step] if self.became[step] == "fired" else []
                if step is Step.AGENDA and self.became[step] == "fired":
                    self.call(now)
                assert moment <= now
        return done

    def fate(self, step: Step, now: datetime) -> str:
        if self.starts_at <= now:
            return "too_late"
        if step is Step.EVE:
            return "merged" if self.called_at and self.called_at >= self.due[step] else "fired"
        order = (Step.CALL, Step.REMINDER, Step.CLOSING, Step.AGENDA)
        later = order[order.index(step) + 1 :]
        come = (one for one in later if self.became.get(one) == "fired" or self.due.get(one, now + DAY) <= now)
        return "merged" if any(come) else "fired"

    def call(self, now: datetime) -> None:
        """Its agenda is out: what should come before it comes no more."""
        self.called_at = now
        for step in (Step.CALL, Step.REMINDER, Step.CLOSING):
            if self.due.pop(step, None):
                self.became[step] = "merged"


def at(day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), STOCKHOLM).astimezone(UTC)


class Meetings(RuleBasedStateMachine):
    """Tuva and the model, side by side."""

    @initialize(start=st.sampled_from(STARTS))
    def settle(self, start: datetime) -> None:
        logs.configure("critical")
        self.folder = tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None)
        Path(self.folder, "tuva.db").write_bytes(quiet())
        self.process = Process(f"sqlite:///{self.folder}/tuva.db")
        self.now = start
        self.timings = dict(DEFAULTS)
        self.meetings: dict[int, Modelled] = {}
        self.done: list[tuple[int, Step]] = []
        acts = {step: self.doing(step) for step in Step}
        self.acting = mock.patch.dict(firing.STEPS, acts)
        self.acting.start()

    def doing(self, step: Step):
        """What happens at a step, without the letters."""

        def do(session: Session, meeting: Meeting, now: datetime) -> None:
            assert now < meeting.starts_at
            self.done.append((meeting.id, step))
            if step is Step.AGENDA:
                agenda.sending.send(session, meeting, now)

        return do

    def teardown(self) -> None:
        if hasattr(self, "process"):
            self.now += 60 * DAY
            self.tick()
            self.acting.stop()
            self.process.close()
            shutil.rmtree(self.folder)

    @property
    def ahead(self) -> list[int]:
        return [number for number, one in self.meetings.items() if not one.is_cancelled and one.starts_at > self.now]

    # --- time ---

    @rule(seconds=st.one_of(st.integers(1, 600), st.integers(3600, 86400), st.integers(86400, 25 * 86400)))
    def let_time_pass(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: any(one.due for one in self.meetings.values()))
    @rule(late=st.sampled_from(LATENESSES), data=st.data())
    def wait_for_a_step(self, late: int, data: st.DataObject) -> None:
        moments = sorted({moment for one in self.meetings.values() for moment in one.due.values()})
        self.now = max(self.now, data.draw(st.sampled_from(moments)) + timedelta(seconds=late))

    @rule()
    def restart(self) -> None:
        self.process.restart()

    @rule()
    def tick(self) -> None:
        self.done.clear()
        self.process.tick(self.now)
        expected = [(number, step) for number, one in self.meetings.items() for step in one.tick(self.now)]
        assert sorted(self.done) == sorted(expected)
        for number, one in self.meetings.items():
            found = fates(self.process.database, number)
            assert {step: found[step] for step in Step} == {step: one.became.get(step, "due") for step in Step}

    # --- what chairs do ---

    @precondition(lambda self: len(self.meetings) < 4)
    @rule(ahead=st.timedeltas(HOUR, 45 * DAY))
    def plan(self, ahead: timedelta) -> None:
        starts_at = (self.now + ahead).replace(second=0, microsecond=0)
        with self.process.database.transaction() as session:
            number = plan(session, starts_at, self.now).id
        self.meetings[number] = Modelled(starts_at)
        self.meetings[number].plan(self.timings, self.now)

    @precondition(lambda self: self.ahead)
    @rule(by=st.timedeltas(-40 * DAY, 40 * DAY), data=st.data())
    def move(self, by: timedelta, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.ahead))
        to = max(self.meetings[number].starts_at + by, self.now + HOUR).replace(second=0, microsecond=0)
        with self.process.database.transaction() as session:
            meeting = self.numbered(session, number)
            meeting.move(to, self.now)
            agenda.changed(session, meeting, self.now)
        self.meetings[number].starts_at = to
        self.meetings[number].plan(self.timings, self.now)

    @precondition(lambda self: self.ahead)
    @rule(data=st.data())
    def skip(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.ahead))
        modelled = self.meetings[number]
        with self.process.database.transaction() as session:
            skipped = agenda.skip_next(session, self.numbered(session, number), self.now)
        order = list(Step)
        expected = min(modelled.due, key=lambda one: (modelled.due[one], order.index(one)), default=None)
        assert skipped == expected
        if expected:
            modelled.due.pop(expected)
            modelled.became[expected] = "skipped"

    @precondition(lambda self: self.ahead)
    @rule(data=st.data())
    def send_now(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.ahead))
        modelled = self.meetings[number]
        if modelled.called_at is None:
            with self.process.database.transaction() as session:
                agenda.send_now(session, self.numbered(session, number), self.now)
            modelled.due.pop(Step.AGENDA, None)
            modelled.became[Step.AGENDA] = "fired"
            modelled.call(self.now)

    @precondition(lambda self: self.ahead)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.ahead))
        with self.process.database.transaction() as session:
            meeting = self.numbered(session, number)
            meeting.cancel(self.now)
            agenda.changed(session, meeting, self.now)
        modelled = self.meetings[number]
        modelled.is_cancelled = True
        modelled.became |= dict.fromkeys(modelled.due, "cancelled")
        modelled.due.clear()

    @rule(days=st.lists(st.integers(1, 20), min_size=5, max_size=5), hours=st.lists(HOURS, min_size=5, max_size=5))
    def choose_other_times(self, days: list[int], hours: list[str]) -> None:
        pairs = sorted(zip(days, hours, strict=True), key=lambda pair: (-pair[0], pair[1]))
        chosen = {step: Timing(*pair) for step, pair in zip(Step, pairs, strict=True)}
        with self.process.database.transaction() as session:
            group = place(session, ANA).group
            for step, timing in chosen.items():
                session.merge(agenda_steps.AgendaStep(group_id=group.id, step=step, days=timing.days, hour=timing.hour))
            session.flush()
            agenda.replan(session, group, self.now)
        self.timings = chosen
        for number in self.ahead:
            self.meetings[number].plan(chosen, self.now)

    def numbered(self, session: Session, number: int) -> Meeting:
        meeting = meeting_numbered(session, number)
        assert meeting is not None
        return meeting


TestMeetings = Meetings.TestCase
TestMeetings.settings = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
if os.environ.get("HYPOTHESIS_PROFILE") != "soak":
    TestMeetings.settings = settings(TestMeetings.settings, max_examples=8, stateful_step_count=30)
