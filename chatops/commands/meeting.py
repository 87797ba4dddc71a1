"""/meeting: plan meetings, answer whether one comes, and take turns at the chair."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chatops.commands import attendance, turns
from chatops.commands.answers import shown, shown_everywhere, shown_whole
from chatops.conversation import Reply, Request
from chatops.verbs import GROUP, READERS, Argument, Command, Kind, Verb, Who
from chatops.when import planning
from chatops.when.hours import hours_in
from chatops.when.planning import Planned
from config.texts import Texts
from digests import agenda, workdays
from digests.cards import line
from digests.schedule import moment_at
from storage import diary, meetings
from storage.database import Session
from storage.groups import Group
from storage.meeting_series import MeetingSeries
from storage.meetings import Meeting, meeting_for
from storage.messages import Message
from storage.people import Person
from storage.rules import RuleBroken

TOLD = ("place", "link", "minutes")


def plan(request: Request, session: Session, texts: Texts) -> Reply:
    """Plan a meeting, or a series: its chairs take turns, and everybody's calendar is told."""
    when = {name: request.arguments.get(name, "") for name in ("day", "hour")}
    if not request.arguments["words"] and not when["day"]:
        return Reply(Message(texts.say("meeting-when-asked")), asks="meeting plan")
    group = request.membership.group
    planned = planning.planned(request.arguments["words"], group.local(request.now), **when)
    told = {name: request.arguments[name] for name in TOLD if request.arguments.get(name)}
    told |= {"title": planned.title or group.name, "minutes": told.get("minutes") or planned.minutes}
    made = [meetings.plan(session, group, at, request.now, slot=slot, **told) for slot, at in _starts(planned, group)]
    _as_series(session, made, planned)
    agenda.take_turns(session, group, request.now)
    agenda.planned(session, made, request.now)
    aside = _remarks(session, made, planned, texts)
    if len(made) == 1:
        return shown_whole(made[0], request, session, texts, aside)
    return replace(_listed(made, "meetings-planned", texts), noted=made[0].noun, aside=aside)


def show(request: Request, session: Session, texts: Texts) -> Reply:  # noqa: ARG001
    """The card."""
    return shown(request.noun, texts)


def list_(request: Request, session: Session, texts: Texts) -> Reply:
    """The meetings ahead, a line each."""
    found = diary.ahead(session, request.membership.group, request.now)
    if not found:
        return Reply(Message(texts.say("meetings-none")))
    return _listed(found, "meetings-ahead", texts)


def move(request: Request, session: Session, texts: Texts) -> Reply:
    """It begins at another moment. Nobody's answer holds for that any more, so everybody is asked again."""
    if not request.arguments["words"]:
        raise RuleBroken("move-when", number=str(request.noun.id))
    meeting: Meeting = request.noun
    if not meeting.move(_moved_to(request.arguments["words"], meeting, request.now), request.now):
        return shown_everywhere(meeting, request, session, texts, texts.say("meeting-unchanged"))
    agenda.take_turns(session, meeting.group, request.now)
    agenda.changed(session, meeting, request.now)
    remarks = (workdays.day_warning(meeting.local.date(), str(meeting.id), texts), _beside(session, [meeting], texts))
    return shown_whole(meeting, request, session, texts, "\n\n".join(filter(None, remarks)))


def change(request: Request, session: Session, texts: Texts) -> Reply:
    """Change what the line names: title, place, link or length."""
    told: dict[str, Any] = {name: request.arguments[name] for name in TOLD if name in request.arguments}
    told |= {"title": request.arguments["words"]} if request.arguments["words"] else {}
    if not told:
        raise RuleBroken("change-what", number=str(request.noun.id))
    if not request.noun.change(told, request.now):
        return shown_everywhere(request.noun, request, session, texts, texts.say("meeting-unchanged"))
    agenda.changed(session, request.noun, request.now)
    return shown_whole(request.noun, request, session, texts)


def begun(session: Session, person: Person, number: int | None, arguments: Mapping[str, Any]) -> Mapping[str, str]:  # noqa: ARG001
    """What stands in the form of a meeting that is changed."""
    if number is None:
        return {}
    meeting = meeting_for(session, person, number)
    told = {"words": meeting.title, "place": meeting.place, "link": meeting.link}
    return told | {"minutes": f"{meeting.minutes} min"}


def cancel(request: Request, session: Session, texts: Texts) -> Reply:
    """It does not take place; its items wait for the next meeting."""
    request.noun.cancel(request.now)
    agenda.take_turns(session, request.noun.group, request.now)
    agenda.changed(session, request.noun, request.now)
    return shown_everywhere(request.noun, request, session, texts)


def usual(session: Session, group: Group, now: datetime) -> Meeting:
    """The group's next meeting. Raises RuleBroken when none is planned."""
    found = diary.next_meeting(session, group, now)
    if found is None:
        raise RuleBroken("meeting-none")
    return found


def meeting_of(session: Session, person: Person, group: Group, number: int) -> Meeting:
    """Meeting `number` of this very group: what may be done to it is judged by the speaker's place there."""
    meeting = meeting_for(session, person, number)
    if meeting.group is not group:
        raise RuleBroken("meeting-unknown", number=str(number))
    return meeting


def _listed(found: list[Meeting], key: str, texts: Texts) -> Reply:
    lines = (f"- {line(meeting, texts)}" for meeting in found)
    return Reply(Message("\n".join(lines), subject=texts.say(key, count=len(found))))


def _starts(planned: Planned, group: Group) -> list[tuple[str, datetime]]:
    """When each begins: on the group's clocks, and as an instant."""
    starts = planned.series.starts if planned.series else (planned.start,)
    moments = (moment_at(start.date(), start.time(), group.timezone) for start in starts)
    return [(moment.key, moment.at) for moment in moments]


def _moved_to(words: str, meeting: Meeting, now: datetime) -> datetime:
    """Another day, another hour, or both: what is left out stays. Raises RuleBroken for anything else."""
    typed, local = words.split(), meeting.local
    hours = hours_in(typed)
    is_hour_alone = hours is not None and hours.end - hours.start == len(typed)
    day = local.date().isoformat() if is_hour_alone else ""
    hour = f"{local:%H:%M}" if hours is None else ""
    found = planning.planned(words, meeting.group.local(now), day=day, hour=hour)
    if found.series or found.title:
        raise RuleBroken("move-where", number=str(meeting.id), word=found.title or words)
    return moment_at(found.start.date(), found.start.time(), meeting.group.timezone).at


def _as_series(session: Session, made: list[Meeting], planned: Planned) -> None:
    """Meetings of one rule are one series in calendars."""
    if planned.series and planned.series.rule:
        series = MeetingSeries(group_id=made[0].group_id, rule=planned.series.rule)
        session.add(series)
        for meeting in made:
            meeting.series = series
        session.flush()


def _remarks(session: Session, made: list[Meeting], planned: Planned, texts: Texts) -> str:
    """What few people like: a holiday, an eve, a day between, two meetings at once; and that a year was meant where
    no end was named.
    """
    last = str(made[-1].id)
    year = texts.say("meetings-a-year", number=last) if planned.series and planned.series.is_a_year else ""
    remarks = [workdays.day_warning(meeting.local.date(), str(meeting.id), texts) for meeting in made]
    return "\n\n".join(filter(None, (year, _beside(session, made, texts), *remarks)))


def _beside(session: Session, made: list[Meeting], texts: Texts) -> str:
    """The other meetings of the group at the same time."""
    others = [one for one in diary.meetings_of(session, made[0].group) if one not in made]
    found = [one for one in others if any(one.overlaps(meeting) for meeting in made)]
    lines = (f"- {line(one, texts)}" for one in found)
    return "\n".join((texts.say("meetings-beside", count=len(found)), "", *lines)) if found else ""


WORDS = Argument("words", Kind.WORDS, asked="meeting")
MOMENT = replace(WORDS, may_begin_with_number=True)
TITLE = Argument("words", Kind.WORDS, asked="meeting-title")
WHEN = (Argument("day", Kind.DAY, keys=("day", "dag")), Argument("hour", Kind.HOUR, keys=("hour", "kl")))
TELLING = (
    Argument("minutes", Kind.LENGTH, keys=("length", "längd"), asked="length"),
    Argument("place", Kind.PHRASE, keys=("place", "plats")),
    Argument("link", Kind.LINK, keys=("link", "länk")),
)
PLANNERS = frozenset({Who.CHAIR, Who.SECRETARY})
LEADERS = PLANNERS | {Who.LEADER}
WHOM = (attendance.WHOM, GROUP)
ANSWER = (attendance.NOBODY_ELSE, GROUP)

MEETING = Command(
    name="meeting",
    words=("möte",),
    noun=meeting_for,
    usual=usual,
    bare="list",
    shown="show",
    people=True,
    verbs=(
        Verb("plan", plan, PLANNERS, ("planera",), arguments=(WORDS, *WHEN, *TELLING, GROUP)),
        Verb("show", show, READERS, ("visa",), arguments=(GROUP,), on_noun=True, changes=False),
        Verb("list", list_, READERS, ("lista",), arguments=(GROUP,), changes=False),
        Verb("coming", attendance.coming, attendance.INVITED, ("kommer",), arguments=ANSWER, on_noun=True),
        Verb(
            "absent",
            attendance.absent,
            attendance.INVITED,
            ("kommer inte", "förhinder", "not coming", "regrets"),
            arguments=ANSWER,
            on_noun=True,
        ),
        Verb("retract", attendance.retract, attendance.INVITED, ("ångra",), arguments=(GROUP,), on_noun=True),
        Verb("substitute", attendance.substitute, attendance.INVITED, ("ersättare",), arguments=WHOM, on_noun=True),
        Verb("move", move, LEADERS, ("flytta",), arguments=(MOMENT, GROUP), on_noun=True),
        Verb("change", change, LEADERS, ("ändra",), arguments=(TITLE, *TELLING, GROUP), on_noun=True, begun=begun),
        Verb("cancel", cancel, LEADERS, ("ställ in",), arguments=(GROUP,), on_noun=True),
        Verb("rota", turns.turns, READERS, ("turordning",), arguments=(GROUP,), changes=False),
        Verb("skip", turns.skip, LEADERS, ("hoppa över",), arguments=(GROUP,), on_noun=True),
        Verb("swap", turns.swap, LEADERS, ("byt",), arguments=(turns.OTHER, GROUP), on_noun=True),
        Verb("chair", turns.stand_in, LEADERS, ("ordförande",), arguments=WHOM, on_noun=True),
    ),
)
