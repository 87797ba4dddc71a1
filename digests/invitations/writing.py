"""The letter in which an invitation, a change or a cancelling comes."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from config.texts import Texts
from digests import letters, links
from digests.cards.meeting import facts_of, meeting_card, when
from digests.invitations.entries import where
from digests.letters import Item, Letter, Section
from storage.meetings import Meeting


class News(StrEnum):
    """What it tells."""

    INVITED = "invited"
    CHANGED = "changed"
    CANCELLED = "cancelled"


def write(meetings: Sequence[Meeting], news: News, texts: Texts) -> Letter:
    """One meeting with its buttons, or the days of several of one series."""
    first, group = meetings[0], meetings[0].group
    count, title, begins = len(meetings), first.title, when(first, texts)
    is_off = news is News.CANCELLED
    shown = Section("", items=(_item(first, texts),)) if count == 1 else _days(meetings, texts)
    if not is_off:
        shown = replace(shown, more=texts.say("invitation-subscribe"), more_at=links.CALENDAR)
    return letters.notice(
        group.slug,
        group.name,
        texts.say(f"invitation-subject-{news}", count=count, title=title, when=begins),
        texts.say("note-why", group=group.name),
        opening=texts.say(f"invitation-opening-{news}", count=count, group=group.name),
        sections=(shown,),
        invitation="" if is_off else texts.say("invitation-answer", count=count, number=str(first.id)),
    )


def _item(meeting: Meeting, texts: Texts) -> Item:
    return Item(meeting.noun, replace(meeting_card(meeting, texts), body=facts_of(meeting, texts), foot=""))


def _days(meetings: Sequence[Meeting], texts: Texts) -> Section:
    usual = meetings[0]
    lines = (*(_day(meeting, usual, texts) for meeting in meetings), *where(usual, texts))
    return Section(usual.title, lines=lines)


def _day(meeting: Meeting, usual: Meeting, texts: Texts) -> str:
    """When it is and whose turn it is to chair; and where, if that is not the usual place."""
    day = texts.say("invitation-day", number=str(meeting.id), when=when(meeting, texts))
    elsewhere = "" if meeting.place == usual.place else meeting.place
    chair = texts.say("meeting-chair", name=meeting.chair.name) if meeting.chair else ""
    return " · ".join(filter(None, (day, elsewhere, chair)))
