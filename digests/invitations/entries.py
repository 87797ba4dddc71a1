"""What calendars are told of meetings: each by itself, or a series as one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from config.texts import Texts
from digests import links
from digests.calendar import HOST, Entry
from digests.calendar.patterns import Pattern, pattern
from storage import diary
from storage.database import Session
from storage.meeting_series import MeetingSeries
from storage.meetings import Meeting, MeetingStage


def series_of(session: Session, meeting: Meeting) -> MeetingSeries | None:
    """The series as part of which calendars know a meeting; None for one that they know by itself."""
    series = meeting.series
    return series if series and _pattern(series, diary.meetings_in(session, series)) else None


def entry_of(meeting: Meeting, texts: Texts, stamp: datetime) -> Entry:
    """A meeting by itself."""
    return Entry(
        uid=f"m-{meeting.id}@{HOST}",
        sequence=meeting.sequence,
        stamp=stamp,
        start=meeting.starts_at,
        minutes=meeting.minutes,
        zone=meeting.group.timezone,
        title=_title(meeting, texts),
        organiser=meeting.group.name,
        place=meeting.place,
        link=meeting.link,
        notes="\n".join(_notes(meeting, texts)),
        is_cancelled=meeting.stage is MeetingStage.CANCELLED,
    )


def entry_within(series: MeetingSeries, meeting: Meeting, texts: Texts, stamp: datetime) -> Entry:
    """A meeting as part of its series: named by when it was to begin."""
    return replace(entry_of(meeting, texts, stamp), uid=_uid(series), slot=datetime.fromisoformat(meeting.slot))


def entries_of(series: MeetingSeries, meetings: Sequence[Meeting], texts: Texts, stamp: datetime) -> list[Entry]:
    """These meetings of a series, in its order, as one: the series, and what was changed in some of them."""
    usual = min(meetings, key=lambda meeting: meeting.sequence)
    first = datetime.fromisoformat(meetings[0].slot).replace(tzinfo=ZoneInfo(usual.group.timezone))
    whole = replace(
        entry_of(usual, texts, stamp),
        uid=_uid(series),
        start=first,
        notes="\n".join([*where(usual, texts), texts.say("calendar-answer-series")]),
        pattern=_pattern(series, meetings),
    )
    changed = (meeting for meeting in meetings if meeting.sequence > usual.sequence)
    return [whole, *(entry_within(series, meeting, texts, stamp) for meeting in changed)]


def _title(meeting: Meeting, texts: Texts) -> str:
    """Whoever is in several groups sees which one meets."""
    group, title = meeting.group.name, meeting.title
    return title if group in title else texts.say("calendar-title", group=group, title=title)


def _uid(series: MeetingSeries) -> str:
    return f"s-{series.id}@{HOST}"


def _pattern(series: MeetingSeries, meetings: Sequence[Meeting]) -> Pattern | None:
    slots = [datetime.fromisoformat(meeting.slot) for meeting in meetings]
    return pattern(series.rule, slots, meetings[0].group.timezone)


def _notes(meeting: Meeting, texts: Texts) -> Iterator[str]:
    yield from where(meeting, texts)
    if meeting.stage is MeetingStage.CANCELLED:
        return
    if meeting.chair:
        yield texts.say("meeting-chair", name=meeting.chair.name)
    yield texts.say("calendar-answer", link=links.reading(meeting.noun))


def where(meeting: Meeting, texts: Texts) -> Iterator[str]:
    """Its place and its link, a line of plain text each."""
    if meeting.place:
        yield texts.say("meeting-place", place=meeting.place)
    if meeting.link:
        yield texts.say("meeting-link", link=meeting.link)
