"""Calendars written. The only door to the library `icalendar`."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vDuration, vRecur, vText
from icalendar.parser import Contentline

from digests.calendar import ATTENDEE, ORGANISER, Entry
from digests.calendar.zones import vtimezone
from digests.links import GAP

# Outlook's own, where nobody has chosen another.
REMINDER = timedelta(minutes=15)
READ_AGAIN_AFTER = timedelta(hours=1)
FOLD = "\r\n "
NOT_IN_LINES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
NOT_IN_TEXT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+")


def request(*entries: Entry) -> str:
    """An invitation of one attendee, or its next version. Several entries are a series and what differs in it.

    It asks for no reply: a calendar's reply goes to the sender's mailbox, where it would count for nothing.
    """
    return _written(_calendar("REQUEST", entries, (_invitation(entry) for entry in entries)))


def cancel(entry: Entry) -> str:
    """Word to one attendee that it does not take place."""
    return _written(_calendar("CANCEL", [entry], [_invitation(replace(entry, is_cancelled=True))]))


def feed(name: str, entries: Sequence[Entry]) -> str:
    """All of somebody's meetings, under a name (RFC 7986)."""
    calendar = _calendar("PUBLISH", entries, (_published(entry) for entry in entries))
    for property_name in ("NAME", "X-WR-CALNAME"):
        calendar.add(property_name, vText(_line(name)))
    calendar.add("REFRESH-INTERVAL", READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(READ_AGAIN_AFTER))
    return _written(calendar)


def filled(calendar: str, fill: Callable[[str, str], str]) -> bytes:
    """A calendar as it is sent: its gaps, each a purpose and an argument, filled; lines of at most 75 octets."""
    whole = GAP.sub(lambda gap: fill(gap[1], gap[2] or ""), calendar.replace(FOLD, ""))
    return b"".join(Contentline(line).to_ical() + b"\r\n" for line in whole.split("\r\n")[:-1])


def _calendar(method: str, entries: Iterable[Entry], events: Iterable[Event]) -> Calendar:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Tuva//Tuva//SV")
    calendar.add("METHOD", method)
    described = filter(None, (vtimezone(zone) for zone in sorted({entry.zone for entry in entries})))
    for component in (*map(Timezone.from_ical, described), *events):
        calendar.add_component(component)
    return calendar


def _written(calendar: Calendar) -> str:
    written: bytes = calendar.to_ical(sorted=False)
    return written.decode()


def _invitation(entry: Entry) -> Event:
    event = _event(entry)
    attendee = vCalAddress(f"mailto:{ATTENDEE}")
    asked = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
    attendee.params.update(asked)
    event.add("ATTENDEE", attendee)
    return event


def _published(entry: Entry) -> Event:
    """Programs that read a feed remind of nothing unless it says so."""
    event = _event(entry)
    if not entry.is_cancelled:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", _line(entry.title))
        alarm.add("TRIGGER", -REMINDER)
        event.add_component(alarm)
    return event


def _event(entry: Entry) -> Event:
    clocks, event = _clocks(entry), Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.stamp.astimezone(UTC))
    event.add("DTSTART", entry.start.astimezone(clocks))
    event.add("DTEND", _end(entry).astimezone(clocks))
    if entry.slot:
        event.add("RECURRENCE-ID", entry.slot.replace(tzinfo=ZoneInfo(entry.zone)))
    if entry.pattern:
        event.add("RRULE", vRecur.from_ical(entry.pattern.rule))
        for left_out in entry.pattern.left_out:
            event.add("EXDATE", left_out.replace(tzinfo=clocks))
    organiser = vCalAddress(f"mailto:{ORGANISER}")
    organiser.params["CN"] = _line(entry.organiser).replace('"', "'")
    event.add("ORGANIZER", organiser)
    event.add("SUMMARY", _line(entry.title))
    if where := entry.place or entry.link:
        event.add("LOCATION", _line(where))
    if entry.notes:
        event.add("DESCRIPTION", NOT_IN_TEXT.sub("", entry.notes))
    event.add("STATUS", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    event.add("CLASS", "PUBLIC")
    return event


def _clocks(entry: Entry) -> tzinfo:
    """Those on which it is written. In the hour that comes twice, a time says which one only in UTC."""
    zone = ZoneInfo(entry.zone)
    doubtful = not entry.pattern and any(at.astimezone(zone).fold for at in (entry.start, _end(entry)))
    return UTC if doubtful or vtimezone(entry.zone) is None else zone


def _end(entry: Entry) -> datetime:
    return entry.start + timedelta(minutes=entry.minutes)


def _line(text: str) -> str:
    return NOT_IN_LINES.sub(" ", text)
