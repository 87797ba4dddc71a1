"""Invitations: what the calendars of a group's people are told of its meetings, by mail.

Each person gets a letter of their own, once for each version of a meeting; a whole series comes in one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config.texts import Texts, texts_in
from digests import letters
from digests.at_hand import once
from digests.calendar import Entry
from digests.invitations.entries import entries_of, entry_of, entry_within, series_of
from digests.invitations.writing import News, write
from storage import diary, outbox, sent
from storage.database import Session
from storage.meeting_series import MeetingSeries
from storage.meetings import Meeting, MeetingStage
from storage.memberships import Membership, Role, members_of
from storage.outbox import OutboxKind
from storage.people import Person
from storage.subscriptions import subscription_of

TOPIC = "invitation:"


@dataclass(frozen=True)
class Matter:
    """What one letter is about: a meeting, or several of a `series`. None: calendars know no series."""

    meetings: tuple[Meeting, ...]
    series: MeetingSeries | None

    @property
    def noun(self) -> str:
        """`meeting:3`, or `series:1`."""
        assert len(self.meetings) == 1 or self.series
        return f"series:{self.series.id}" if self.series and len(self.meetings) > 1 else self.meetings[0].noun

    @property
    def version(self) -> int:
        """It grows with every change that calendars must know."""
        return sum(meeting.sequence for meeting in self.meetings)

    def entries(self, texts: Texts, stamp: datetime) -> list[Entry]:
        """The same for calendars."""
        if self.series is None:
            return [entry_of(self.meetings[0], texts, stamp)]
        if len(self.meetings) == 1:
            return [entry_within(self.series, self.meetings[0], texts, stamp)]
        return entries_of(self.series, self.meetings, texts, stamp)


def invite(session: Session, meetings: Sequence[Meeting], now: datetime) -> None:
    """Wish that people's calendars learn that these meetings are planned, changed or cancelled.

    All in the group but the informed are invited. A second wish for the same version changes nothing, and a newer one
    replaces what is still waiting.
    """
    for matter in _matters(session, meetings, _is_all_of):
        is_off = matter.meetings[0].stage is MeetingStage.CANCELLED
        news = News.CANCELLED if is_off else News.CHANGED if matter.version else News.INVITED
        for place in members_of(session, matter.meetings[0].group):
            _put(session, matter, news, place, now)


def invite_newcomer(session: Session, place: Membership, now: datetime) -> None:
    """Wish that who has come to the group at this moment is invited to its coming meetings; nothing for others."""
    if place.since == now:
        for matter in _matters(session, diary.ahead(session, place.group, now), lambda *_: True):
            _put(session, matter, News.INVITED, place, now)


def thread_of(session: Session, meeting: Meeting, person: Person) -> dict[str, str]:
    """What a later letter's `personal` says so that it stands under the invitation; nothing when none was sent."""
    nouns = [meeting.noun, *([f"series:{meeting.series_id}"] if meeting.series_id else [])]
    key = sent.first_sent(session, "mail", person.email or "", [TOPIC + noun for noun in nouns])
    return {"thread": key} if key else {}


def _matters(
    session: Session, meetings: Sequence[Meeting], is_whole: Callable[[Session, MeetingSeries, list[Meeting]], bool]
) -> Iterator[Matter]:
    """The meetings of a series together, where they are the whole of it."""
    sorts: dict[tuple[int | None, bool], list[Meeting]] = {}
    for meeting in sorted(meetings, key=lambda one: (one.slot, one.starts_at)):
        sorts.setdefault((meeting.series_id, meeting.stage is MeetingStage.CANCELLED), []).append(meeting)
    for some in sorts.values():
        series = series_of(session, some[0])
        if series and is_whole(session, series, some):
            yield Matter(tuple(some), series)
        else:
            yield from (Matter((meeting,), series) for meeting in some)


def _is_all_of(session: Session, series: MeetingSeries, meetings: list[Meeting]) -> bool:
    """Nothing of the series stands beside these."""
    standing = {meeting.id for meeting in diary.meetings_in(session, series) if meeting.stage != MeetingStage.CANCELLED}
    return standing <= {meeting.id for meeting in meetings}


def _put(session: Session, matter: Matter, news: News, place: Membership, now: datetime) -> None:
    person, group = place.person, place.group
    if place.role is Role.INFORMED or person.email is None:
        return
    texts, topic = texts_in(subscription_of(session, person, group).speaks), TOPIC + matter.noun
    same = (topic, matter.version, news, texts.language)
    outbox.put(
        session,
        key=f"{topic}:{matter.version}:{person.id}",
        route="mail",
        kind=OutboxKind.LETTER,
        address=person.email,
        parts=once(session, same, lambda: _parts(matter, news, texts, now)),
        now=now,
        not_after=matter.meetings[-1].ends_at,
        topic=topic,
        personal={"person": str(person.id), **thread_of(session, matter.meetings[0], person)},
        group_id=group.id,
    )


def _parts(matter: Matter, news: News, texts: Texts, now: datetime) -> dict[str, Any]:
    from digests.calendar import ics  # noqa: PLC0415 -- a start is spared its library

    entries = matter.entries(texts, now)
    off = news is News.CANCELLED
    written = ics.cancel(entries[0]) if off else ics.request(*entries)
    letter = letters.as_parts(write(matter.meetings, news, texts), texts)
    return {**letter, "calendar": {"method": "CANCEL" if off else "REQUEST", "text": written}}
