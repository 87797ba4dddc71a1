"""A year with eight meetings, across both clock changes; and two clocks that tick at the same moments."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

from agendas import CALL, CLOSING, ENDS, EVE, MINUTE, REMINDER, SECOND, SENT, SETTLED, fates, plan, planned, wishes
from config.settings import Settings
from digests.schedule import moment_at
from digests.workdays import working_days_before
from living import propose
from people import ANA, BO, MONDAY
from simulated import Process
from storage.agenda_steps import DEFAULTS, Step
from storage.database import Database

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# The Tuesdays and Thursdays of a group: the fourth has its steps across the spring's clock change, the seventh across
# the autumn's; around Easter, Ascension Day, midsummer and Christmas there are free days between.
DAYS = [date(2027, *day) for day in ((1, 26), (3, 2), (4, 8), (5, 11), (6, 29), (9, 7), (11, 9), (12, 28))]
PREFIXES = {
    "agenda:{}:call:": Step.CALL,
    "note:agenda:{}:reminder:": Step.REMINDER,
    "note:agenda:{}:closing:": Step.CLOSING,
    "agenda:{}:agenda:": Step.AGENDA,
    "note:agenda:{}:eve:": Step.EVE,
}
READERS = {Step.CALL: 4, Step.REMINDER: 4, Step.CLOSING: 1, Step.AGENDA: 5, Step.EVE: 4}


def test_a_year_of_meetings_has_each_step_once_on_its_working_day_at_eight(
    settings: Settings, database: Database
) -> None:
    with database.transaction() as session:
        starts = [datetime.combine(day, time(13), STOCKHOLM).astimezone(UTC) for day in DAYS]
        numbers = [
            plan(session, at, datetime(2027, 1, 1, tzinfo=UTC), f"Möte {day}").id
            for at, day in zip(starts, DAYS, strict=True)
        ]
    process = Process(settings.service.database)
    for number in range(365):
        process.tick(moment_at(date(2027, 1, 1) + timedelta(days=number), time(8), "Europe/Stockholm").at)
    process.close()
    for number, day in zip(numbers, DAYS, strict=True):
        for prefix, step in PREFIXES.items():
            sent = Counter(entry.created_at for entry in wishes(database, under=prefix.format(number)))
            moment = moment_at(working_days_before(day, DEFAULTS[step].days), time(8), "Europe/Stockholm").at
            assert sent == {moment: READERS[step]}, (day, step)


def test_two_clocks_that_tick_at_the_same_moments_miss_nothing_and_double_nothing(
    settings: Settings, database: Database
) -> None:
    numbers = [planned(database, title=f"Möte {n}") for n in range(3)]
    propose(database, BO, "Solceller", now=MONDAY)
    times = [
        at + late
        for at in (CALL, REMINDER, CLOSING, SENT, SENT + 10 * MINUTE, EVE, ENDS, SETTLED)
        for late in (-SECOND, 0 * SECOND)
    ]
    together = Barrier(2)

    def live() -> None:
        process = Process(settings.service.database)
        for now in times:
            together.wait(30)
            process.tick(now)
        process.close()

    with ThreadPoolExecutor(2) as threads:
        for life in [threads.submit(live) for _ in range(2)]:
            life.result()
    for number in numbers:
        found = fates(database, number)
        assert {found.pop(step) for step in Step} == {"fired"}
        assert found["delivery"] == "fired"
        assert len(wishes(database, under=f"agenda:{number}:agenda:")) == 5
        assert [entry.address for entry in wishes(database, under=f"note:agenda:{number}:closing:")] == [ANA]
