"""A re-use, followed up: the sharer hears of it at once, and who re-uses is asked after three months how it went."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.texts import Texts
from digests import notes
from digests.cards import title
from digests.markup import escape
from digests.notes import Note, about
from digests.schedule import moment_at
from storage import occurrences
from storage.database import Session
from storage.memberships import membership_of
from storage.messages import Action, Message
from storage.occurrences import Occurrence
from storage.people import Person
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

    def told(texts: Texts) -> Note:
        subject = texts.say("reuse-told", example=title(reuse.example, texts))
        body = texts.say("reuse-told-by", who=escape(_who(reuse)), note=reuse.note)
        return about(reuse.example, f"reuse:{reuse.id}", Message(body, subject), texts)

    hears = notes.leave(session, reuse.example.sharer, group, told, now)
    day = (now + ASKED_AFTER).astimezone(ZoneInfo(group.timezone)).date()
    day += timedelta(days=WEEK - day.weekday() if day.weekday() >= SATURDAY else 0)
    moment = moment_at(day, HOUR, group.timezone)
    occurrences.plan(session, f"{SERIES}{reuse.id}", moment.key, moment.at)
    return hears


def tell_result(session: Session, reuse: Reuse, now: datetime) -> None:
    """Tell the sharer how it went."""

    def told(texts: Texts) -> Note:
        subject = texts.say("result-told", example=title(reuse.example, texts))
        body = texts.say("reuse-told-by", who=escape(_who(reuse)), note=reuse.result)
        return about(reuse.example, f"result:{reuse.id}:{now.isoformat()}", Message(body, subject), texts)

    notes.leave(session, reuse.example.sharer, reuse.example.group, told, now)


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
    elif _ask(session, reuse, reuse.person, now):
        occurrence.fire()
    else:
        occurrence.skip("no_address")


def _ask(session: Session, reuse: Reuse, person: Person, now: datetime) -> bool:
    def asked(texts: Texts) -> Note:
        example = reuse.example
        subject = texts.say("reuse-asked", example=title(example, texts))
        body = texts.say("reuse-asked-about", note=reuse.note)
        answer = Action(texts.say("button-result"), f"example {example.id} result")
        return about(example, f"asked:{reuse.id}", Message(body, subject, (answer,)), texts)

    return notes.leave(session, person, reuse.example.group, asked, now)


def _who(reuse: Reuse) -> str:
    return f"{reuse.person.name}, {reuse.unit.name}" if reuse.unit else reuse.person.name
