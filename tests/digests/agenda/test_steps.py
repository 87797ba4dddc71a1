"""The steps of the agenda clock: each in its time, once, whatever becomes of the meeting meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from agendas import (
    CALL,
    CLOSING,
    DAY,
    ENDS,
    EVE,
    MINUTE,
    REMINDER,
    SECOND,
    SENT,
    SETTLED,
    STARTS,
    changing,
    due_at,
    fates,
    moved,
    planned,
    session_of,
    tick,
)
from digests import agenda
from people import MONDAY
from storage import agenda_steps
from storage.agenda_steps import Step, Timing
from storage.database import Database
from storage.rules import RuleBroken

STEPS = ["call", "reminder", "closing", "agenda", "eve"]
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def became(database: Database, number: int) -> list[str]:
    """What came of the five steps, in their order."""
    found = fates(database, number)
    return [found[step] for step in STEPS]


def test_each_step_comes_so_many_working_days_before_at_eight(database: Database) -> None:
    number = planned(database)
    assert [due_at(database, number, step) for step in STEPS] == [CALL, REMINDER, CLOSING, SENT, EVE]
    assert [due_at(database, number, name) for name in ("end", "settling")] == [ENDS, SETTLED]


def test_holidays_and_eves_are_no_working_days(database: Database) -> None:
    number = planned(database, datetime(2027, 4, 1, 11, tzinfo=UTC))  # the Thursday after Easter Monday
    assert due_at(database, number, "agenda") == datetime(2027, 3, 23, 7, tzinfo=UTC)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_at_its_moment_and_not_before(database: Database, step: str) -> None:
    number = planned(database)
    moment = due_at(database, number, step)
    tick(database, moment - SECOND)
    assert fates(database, number)[step] == "due"
    tick(database, moment, moment + MINUTE)
    assert fates(database, number)[step] == "fired"


def test_a_group_chooses_when_its_steps_come(database: Database) -> None:
    number = planned(database)
    with changing(database, number) as meeting:
        agenda_steps.choose(session_of(meeting), meeting.group, Step.CLOSING, Timing(7, "16:00"))
        agenda.replan(session_of(meeting), meeting.group, MONDAY)
    assert due_at(database, number, "closing") == datetime(2027, 3, 1, 15, tzinfo=UTC)


def test_the_agenda_goes_a_day_before_at_the_latest(database: Database) -> None:
    number = planned(database)
    with changing(database, number) as meeting:
        session = session_of(meeting)
        agenda_steps.choose(session, meeting.group, Step.EVE, Timing(1, "16:00"))
        agenda_steps.choose(session, meeting.group, Step.AGENDA, Timing(1, "15:00"))
        agenda.replan(session, meeting.group, MONDAY)
    assert due_at(database, number, "agenda") == STARTS - DAY


# --- planned late ---


def test_what_had_passed_when_the_meeting_was_planned_does_not_come(database: Database) -> None:
    number = planned(database, now=REMINDER + HOUR)
    assert became(database, number) == ["planned_late", "planned_late", "due", "due", "due"]


@pytest.mark.parametrize(("now", "goes"), [(SENT + DAY, SENT + 2 * DAY), (SENT + 3 * DAY, SENT + 5 * DAY)])
def test_an_agenda_planned_late_goes_on_the_next_working_morning(
    now: datetime, goes: datetime, database: Database
) -> None:
    number = planned(database, now=now)
    assert due_at(database, number, "agenda") == goes
    tick(database, goes)
    assert became(database, number) == ["planned_late", "planned_late", "planned_late", "fired", "due"]


def test_an_agenda_planned_later_than_a_day_before_the_last_morning_goes_at_once(database: Database) -> None:
    now = STARTS - DAY - HOUR
    number = planned(database, now=now)
    tick(database, now)
    assert became(database, number)[3] == "fired"


# --- missed ---


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        (REMINDER + MINUTE, ["merged", "fired", "due", "due", "due"]),
        (CLOSING + MINUTE, ["merged", "merged", "fired", "due", "due"]),
        (SENT + MINUTE, ["merged", "merged", "merged", "fired", "due"]),
        (EVE + MINUTE, ["merged", "merged", "merged", "fired", "merged"]),
        (STARTS - SECOND, ["merged", "merged", "merged", "fired", "merged"]),
        (STARTS, ["too_late"] * 5),
        (STARTS + WEEK, ["too_late"] * 5),
    ],
    ids=str,
)
def test_of_steps_missed_together_the_latest_useful_one_goes(
    database: Database, back: datetime, expected: list[str]
) -> None:
    number = planned(database)
    tick(database, back)
    assert became(database, number) == expected


def test_the_word_of_the_day_before_comes_though_the_agenda_went_out_in_time(database: Database) -> None:
    number = planned(database)
    tick(database, SENT, EVE)
    assert became(database, number)[3:] == ["fired", "fired"]


# --- moved ---


@pytest.mark.parametrize("to", [STARTS + 60 * DAY, STARTS + DAY], ids=str)
def test_steps_follow_a_meeting_and_what_was_done_is_not_done_again(database: Database, to: datetime) -> None:
    number = planned(database)
    tick(database, CALL, REMINDER)
    moved(database, number, to, REMINDER + HOUR)
    before = [fates(database, number)[step] for step in ("call", "reminder")]
    assert before == ["fired", "fired"]
    tick(database, *(to - number * DAY for number in range(59, 0, -1) if to - number * DAY > REMINDER + HOUR))
    assert became(database, number) == ["fired"] * 5


def test_a_meeting_moved_nearer_than_its_agenda_still_has_one(database: Database) -> None:
    number = planned(database)
    tick(database, CALL)
    moved(database, number, CALL + 2 * DAY + HOUR, CALL + HOUR)
    assert became(database, number) == ["fired", "planned_late", "planned_late", "due", "due"]
    tick(database, CALL + DAY)
    assert became(database, number)[3:] == ["fired", "merged"]


def test_a_step_that_is_late_already_is_not_lost_by_a_change(database: Database) -> None:
    number = planned(database)
    with changing(database, number) as meeting:
        meeting.change({"place": "Parken"}, CALL + MINUTE)
        agenda.changed(session_of(meeting), meeting, CALL + MINUTE)
    tick(database, CALL + MINUTE)
    assert became(database, number)[0] == "fired"


def test_what_was_too_early_for_one_date_comes_before_the_next(database: Database) -> None:
    number = planned(database, now=CALL + HOUR)
    assert became(database, number)[0] == "planned_late"
    moved(database, number, STARTS + 30 * DAY, CALL + 2 * HOUR)
    assert became(database, number)[0] == "due"


# --- skipped and cancelled ---


def test_the_chair_skips_the_next_step_and_it_stays_skipped(database: Database) -> None:
    number = planned(database)
    with changing(database, number) as meeting:
        assert agenda.skip_next(session_of(meeting), meeting, MONDAY) is Step.CALL
        assert agenda.skip_next(session_of(meeting), meeting, MONDAY) is Step.REMINDER
    moved(database, number, STARTS + WEEK, MONDAY)
    tick(database, CALL + WEEK, REMINDER + WEEK)
    assert became(database, number) == ["skipped", "skipped", "due", "due", "due"]


def test_a_button_skips_the_step_it_names_once(database: Database) -> None:
    number = planned(database)
    with changing(database, number) as meeting:
        pressed = [agenda.skip_next(session_of(meeting), meeting, MONDAY, Step.CALL) for _ in range(2)]
    assert pressed == [Step.CALL, None]
    assert became(database, number)[:2] == ["skipped", "due"]


def test_when_no_step_is_left_there_is_none_to_skip(database: Database) -> None:
    number = planned(database)
    tick(database, CALL, REMINDER, CLOSING, SENT, EVE)
    with changing(database, number) as meeting:
        assert agenda.skip_next(session_of(meeting), meeting, EVE) is None


def test_nothing_of_a_cancelled_meeting_happens_any_more(database: Database) -> None:
    number = planned(database)
    tick(database, CALL)
    with changing(database, number) as meeting:
        meeting.cancel(CALL + HOUR)
        agenda.changed(session_of(meeting), meeting, CALL + HOUR)
    tick(database, SETTLED + WEEK)
    assert set(fates(database, number).values()) == {"fired", "cancelled"}
    assert became(database, number) == ["fired", *["cancelled"] * 4]


# --- sent by the chair ---


def test_an_agenda_sent_now_is_not_sent_again_and_what_comes_before_it_is_not_asked_any_more(
    database: Database,
) -> None:
    number = planned(database)
    with changing(database, number) as meeting:
        agenda.send_now(session_of(meeting), meeting, CALL - HOUR)
    assert became(database, number) == ["merged", "merged", "merged", "fired", "due"]
    tick(database, CALL, REMINDER, CLOSING, SENT)
    assert became(database, number) == ["merged", "merged", "merged", "fired", "due"]
    with changing(database, number) as meeting, pytest.raises(RuleBroken, match="agenda-sent-before"):
        agenda.send_now(session_of(meeting), meeting, SENT)
