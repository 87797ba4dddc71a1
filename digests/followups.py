"""A re-use, followed up: the sharer hears of it at once, and who re-uses is asked after three months how it went."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.texts import Texts
from digests import notes
from digests.cards import title
from digests.cards.words import named
from digests.markup import escape
from digests.notes import Note, about
from digests.schedule import moment_at
from storage import occurrences
from storage.database import Session
from storage.memberships import membership_of
from storage.messages import Action, Message
from storage.occurrences import Occurrence
from storage.reuses import Reuse, reuse_numbered

SERIES = "reuse:"
ASKED_AFTER = timedelta(weeks=13)
HOUR = time(9)
SATURDAY, WEEK = 5, 7
# Who was away hears of it when they are back.
LATE_AT_MOST = timedelta(days=30)


def follow(session: Session, reuse: Reuse, now: datetime) -> bool:
    """Tell the sharer, and plan the question to who re-uses: 09:00 on a working day on the group's clocks.

    False when the sharer cannot be told.
    """
    group = reuse.example.group
    day = (now + ASKED_AFTER).astimezone(ZoneInfo(group.timezone)).date()
    day += timedelta(days=WEEK - day.weekday() if day.weekday() >= SATURDAY else 0)
    moment = moment_at(day, HOUR, group.timezone)
    occurrences.plan(session, f"{SERIES}{reuse.id}", moment.key, moment.at)
    return _tell_sharer(session, reuse, f"reuse:{reuse.id}", "reuse-told", reuse.note, now)


def tell_result(session: Session, reuse: Reuse, now: datetime) -> None:
    """Tell the sharer how it went."""
    _tell_sharer(session, reuse, f"result:{reuse.id}:{now.isoformat()}", "result-told", reuse.result, now)


def fire(session: Session, occurrence: Occurrence, now: datetime) -> None:
    """Ask how it went, unless they have told so, or the question is of no use any more."""
    reuse = reuse_numbered(session, int(occurrence.series.removeprefix(SERIES)))
    if reuse is None or not reuse.example.is_current:
        occurrence.skip("retired")
    elif reuse.result:
        occurrence.skip("told")
    elif membership_of(session, reuse.person, reuse.example.group) is None:
        occurrence.skip("left")
    elif now - occurrence.due_at > LATE_AT_MOST:
        occurrence.skip("too_late")
    elif _ask(session, reuse, now):
        occurrence.fire()
    else:
        occurrence.skip("no_address")


def _tell_sharer(session: Session, reuse: Reuse, key: str, subject: str, words: str, now: datetime) -> bool:
    example = reuse.example

    def told(texts: Texts) -> Note:
        said = texts.say("reuse-told-by", who=escape(named(reuse.person, reuse.unit)), note=words)
        return about(example, key, Message(said, texts.say(subject, example=title(example, texts))), texts)

    return notes.leave(session, example.sharer, example.group, told, now)


def _ask(session: Session, reuse: Reuse, now: datetime) -> bool:
    example = reuse.example

    def asked(texts: Texts) -> Note:
        subject = texts.say("reuse-asked", example=title(example, texts))
        body = texts.say("reuse-asked-about", note=reuse.note)
        answer = Action(texts.say("button-result"), f"example {example.id} result")
        return about(example, f"asked:{reuse.id}", Message(body, subject, (answer,)), texts)

    return notes.leave(session, reuse.person, example.group, asked, now)
