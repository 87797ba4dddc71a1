"""Invitations and feeds, read back by two libraries that know nothing of each other."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.rrule import rrulestr

from digests.calendar import ATTENDEE, HOST, Entry, ics
from digests.calendar.patterns import pattern
from digests.calendar.zones import DESCRIBED

STOCKHOLM = "Europe/Stockholm"
GAPS = {"attendee": "bo@example.org", "organiser": "tuva@example.org", "host": "example.org"}
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
# The first Tuesday of each month at 13:00, without July: through winter, summer and both changes of the clocks.
TUESDAYS = [
    datetime.fromisoformat(f"2027-{month:02}-{day:02}T13:00")
    for month, day in ((1, 5), (2, 2), (3, 2), (4, 6), (5, 4), (6, 1), (8, 3), (9, 7), (10, 5), (11, 2), (12, 7))
]


def entry(local: datetime = TUESDAYS[0], zone: str = STOCKHOLM, **facts: Any) -> Entry:
    """A meeting at a wall-clock time."""
    start = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    given = {"uid": f"m-3@{HOST}", "title": "Möte", "organiser": "Gröna gruppen", "minutes": 120, "sequence": 0}
    return Entry(**given | {"stamp": NOW, "start": start, "zone": zone} | facts)


def series(zone: str = STOCKHOLM, **facts: Any) -> Entry:
    """The Tuesdays as one series."""
    found = pattern("FREQ=MONTHLY;BYDAY=1TU;BYMONTH=1,2,3,4,5,6,8,9,10,11,12;COUNT=11", TUESDAYS, zone)
    return entry(zone=zone, uid=f"s-1@{HOST}", pattern=found, **facts)


def sent(written: str) -> bytes:
    return ics.filled(written, lambda purpose, argument: GAPS.get(purpose, f"https://x/{purpose}/{argument}"))


def by_icalendar(raw: bytes) -> Iterator[datetime]:
    """When meetings begin, expanded on the clocks that the file itself describes."""
    read = icalendar.Calendar.from_ical(raw)
    zones = {str(zone["TZID"]): zone.to_tz(lookup_tzid=False) for zone in read.timezones}
    for event in read.events:
        start = event["DTSTART"].dt
        zone = zones.get(event["DTSTART"].params.get("TZID"), UTC)
        moments = [start.replace(tzinfo=None)]
        if "RRULE" in event:
            rule = event["RRULE"].to_ical().decode()
            until = re.search(r"UNTIL=(\w+)", rule)
            assert until
            local = datetime.strptime(until[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(zone)
            rule = rule.replace(until[1], f"{local:%Y%m%dT%H%M%S}")
            left_out = event.get("EXDATE", [])
            out = {one.dt.replace(tzinfo=None) for each in _list(left_out) for one in each.dts}
            moments = [at for at in rrulestr(rule, dtstart=moments[0]) if at not in out]
        yield from (at.replace(tzinfo=zone).astimezone(UTC) for at in moments)


def by_vobject(raw: bytes) -> Iterator[datetime]:
    for event in vobject.readOne(raw.decode()).vevent_list:
        moments = event.getrruleset(addRDate=True) if hasattr(event, "rrule") else [event.dtstart.value]
        zone = event.dtstart.value.tzinfo
        yield from ((at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC) for at in moments)


def _list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]


def event_of(raw: bytes) -> icalendar.Event:
    [event] = icalendar.Calendar.from_ical(raw).events
    return event


READERS = pytest.mark.parametrize("read", [by_icalendar, by_vobject])
Read = Callable[[bytes], Iterator[datetime]]


@READERS
@pytest.mark.parametrize("day", ["2027-01-12", "2027-03-27", "2027-03-28", "2027-07-06", "2027-10-30", "2027-10-31"])
def test_a_meeting_is_read_at_its_moment(day: str, read: Read) -> None:
    for zone in DESCRIBED:
        invited = entry(datetime.fromisoformat(f"{day}T13:00"), zone)
        assert list(read(sent(ics.request(invited)))) == [invited.start], zone


@READERS
@pytest.mark.parametrize("zone", ["Europe/Stockholm", "Europe/Helsinki", "Europe/Oslo", "Europe/Copenhagen"])
def test_a_series_is_read_at_its_moments_across_both_changes(zone: str, read: Read) -> None:
    moments = [local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for local in TUESDAYS]
    assert list(read(sent(ics.request(series(zone))))) == moments


@READERS
def test_every_hour_around_the_changes_is_read_at_its_moment(read: Read) -> None:
    for change in (datetime(2027, 3, 27, 22, tzinfo=UTC), datetime(2027, 10, 30, 22, tzinfo=UTC)):
        for half_hours in range(12):
            start = change + timedelta(minutes=30 * half_hours)
            invited = Entry(**vars(entry()) | {"start": start})
            assert list(read(sent(ics.request(invited)))) == [start]


def test_a_zone_is_described_as_it_is() -> None:
    raw = sent(ics.request(entry()))
    [described] = icalendar.Calendar.from_ical(raw).timezones
    zone = described.to_tz(lookup_tzid=False)
    at = datetime.fromisoformat("2027-01-01")
    while at.year < 2029:
        if at.replace(tzinfo=ZoneInfo(STOCKHOLM)).astimezone(UTC).astimezone(ZoneInfo(STOCKHOLM)).hour == at.hour:
            assert zone.utcoffset(at) == ZoneInfo(STOCKHOLM).utcoffset(at), at
        at += timedelta(minutes=30)


def test_a_zone_has_rules_and_no_list_of_dates() -> None:
    raw = sent(ics.request(series()))
    assert raw.count(b"RRULE:FREQ=YEARLY") == 2
    assert b"RDATE" not in raw
    assert b"DTSTART:19810329T020000" in raw
    assert b"DTSTART:19961027T030000" in raw


@READERS
def test_in_a_zone_of_other_rules_a_meeting_is_in_utc(read: Read) -> None:
    invited = entry(zone="America/New_York")
    raw = sent(ics.request(invited))
    assert b"DTSTART:20270105T180000Z" in raw
    assert list(read(raw)) == [invited.start]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=5TU",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=1TU,3TU",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1",
        "FREQ=YEARLY;BYMONTH=1;BYDAY=1TU",
        "FREQ=SECONDLY",
        "FREQ=MONTHLY;BYDAY=2TU",
    ],
)
def test_what_some_program_would_read_otherwise_is_no_series(rule: str) -> None:
    assert pattern(f"{rule};COUNT=11", TUESDAYS, STOCKHOLM) is None
    assert pattern("FREQ=MONTHLY;BYDAY=1TU", TUESDAYS, "America/New_York") is None


def test_months_are_left_out_day_by_day_and_the_end_is_a_moment() -> None:
    event = event_of(sent(ics.request(series())))
    assert event["RRULE"].to_ical() == b"FREQ=MONTHLY;UNTIL=20271207T120000Z;BYDAY=1TU"
    assert [one.dt for one in event["EXDATE"].dts] == [datetime(2027, 7, 6, 13, tzinfo=ZoneInfo(STOCKHOLM))]


def test_one_meeting_of_a_series_is_named_by_when_it_was_to_begin() -> None:
    moved = entry(datetime.fromisoformat("2027-04-07T09:00"), uid=f"s-1@{HOST}", slot=TUESDAYS[3], sequence=1)
    for raw in (sent(ics.request(moved)), sent(ics.cancel(moved))):
        assert b"RECURRENCE-ID;TZID=Europe/Stockholm:20270406T130000" in raw
        assert (event_of(raw)["UID"], event_of(raw)["SEQUENCE"], "RRULE" in event_of(raw)) == (
            "s-1@example.org",
            1,
            False,
        )
    parsed = vobject.readOne(sent(ics.request(moved)).decode()).vevent
    assert parsed.recurrence_id.value.astimezone(UTC) == datetime(2027, 4, 6, 11, tzinfo=UTC)


def test_an_invitation_names_one_attendee_and_who_invites() -> None:
    event = event_of(sent(ics.request(entry())))
    assert event["ATTENDEE"] == "mailto:bo@example.org"
    assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == ("mailto:tuva@example.org", "Gröna gruppen")
    assert {name: event["ATTENDEE"].params[name] for name in ("PARTSTAT", "RSVP", "ROLE")} == {
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "FALSE",
        "ROLE": "REQ-PARTICIPANT",
    }


@pytest.mark.parametrize(
    ("write", "method", "status"),
    [(ics.request, "REQUEST", "CONFIRMED"), (ics.cancel, "CANCEL", "CANCELLED")],
)
def test_a_calendar_says_what_it_is_for(write: Callable[..., str], method: str, status: str) -> None:
    raw = sent(write(entry(sequence=4)))
    event = event_of(raw)
    assert icalendar.Calendar.from_ical(raw)["METHOD"] == method
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == (status, 4, "m-3@example.org")
    assert event["DTSTAMP"].dt == NOW


def test_a_feed_has_a_name_a_pace_reminders_and_no_attendees() -> None:
    raw = sent(ics.feed("Tuva: möten", [entry(), entry(TUESDAYS[1], uid="m-4@x", is_cancelled=True)]))
    read = icalendar.Calendar.from_ical(raw)
    assert (read["METHOD"], read["NAME"], read["X-WR-CALNAME"]) == ("PUBLISH", "Tuva: möten", "Tuva: möten")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in raw
    assert b"X-PUBLISHED-TTL:PT1H" in raw
    assert [str(event["STATUS"]) for event in read.events] == ["CONFIRMED", "CANCELLED"]
    assert [str(event["TRANSP"]) for event in read.events] == ["OPAQUE", "TRANSPARENT"]
    assert [len(event.subcomponents) for event in read.events] == [1, 0]
    assert b"ATTENDEE" not in raw


HOSTILE = [
    "x\r\nATTENDEE:mailto:evil@example.org",
    "x\nEND:VEVENT\nBEGIN:VEVENT",
    "a;b,c\\nd:\"e\" 'f'",
    "🎉 Åäö " * 60,
    "ö" * 300,
    "\x00\x07\x1b\u2028x",
    "=?utf-8?q?x?=",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_written_stays_text(text: str) -> None:
    facts = dict.fromkeys(("title", "organiser", "place", "link", "notes"), text)
    raw = sent(ics.request(entry(**facts)))
    event = event_of(raw)
    one_line = " ".join(re.split("[\x00-\x1f\u2028]+", text))
    assert (event["SUMMARY"], event["ATTENDEE"]) == (one_line, "mailto:bo@example.org")
    assert vobject.readOne(raw.decode()).vevent.summary.value == one_line
    assert event.get("LOCATION", "") == one_line
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f]", raw)


@pytest.mark.parametrize("text", HOSTILE)
def test_lines_are_short_and_no_letter_is_cut(text: str) -> None:
    lines = sent(ics.request(entry(title=text, notes=text))).split(b"\r\n")
    assert lines.pop() == b""
    assert all(0 < len(line) <= 75 and b"\n" not in line and line.decode() for line in lines)


def test_notes_keep_their_lines() -> None:
    notes = "Rådhuset\n\nSvara här: https://tuva.example.org/p/x"
    raw = sent(ics.request(entry(notes=notes)))
    assert event_of(raw)["DESCRIPTION"] == vobject.readOne(raw.decode()).vevent.description.value == notes


def test_a_gap_is_filled_wherever_the_line_was_folded() -> None:
    for width in range(40, 80):
        raw = sent(ics.request(entry(title="x" * width + ATTENDEE)))
        assert event_of(raw)["SUMMARY"] == "x" * width + "bo@example.org"
