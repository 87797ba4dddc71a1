"""Subgroups, for tests: formed, answered and closed as the commands do it; and what came of their moments."""

from datetime import date, datetime

from sqlalchemy import select

from digests import subgroups as hub
from digests.subgroups.reminders import SERIES
from living import place
from people import ANA, MONDAY
from storage import audit, subgroups
from storage.bulletins import bulletin_of
from storage.database import Database, Session
from storage.occurrences import Occurrence
from storage.proposals import Proposal
from storage.rooms import RoomStage
from storage.subgroups import Mandate, Subgroup
from storage.subscriptions import Interval

QUESTION, ANSWER = "Var ska cykelställen stå?", "Tre ställ vid Stortorget."


def start(
    session: Session,
    due: date,
    *members: str,
    lead: str = ANA,
    proposal: Proposal | None = None,
    now: datetime = MONDAY,
    question: str = QUESTION,
) -> Subgroup:
    """A subgroup of the green group that Ana starts; its rooms are wished for."""
    mandate = Mandate(question, "Titta på torget.", due)
    made = subgroups.start(session, place(session, ANA), mandate, place(session, lead), proposal, now)
    for address in members:
        subgroups.join(session, made, place(session, address), now)
    hub.started(session, made, now)
    return made


def form(session: Session, due: date, *members: str, now: datetime = MONDAY, **told) -> Subgroup:
    """The same, and its rooms are there."""
    made = start(session, due, *members, now=now, **told)
    for room in [room for room in made.team.rooms if room.stage is RoomStage.OPENING]:
        hub.opened(session, room.id, f"!{made.team.slug}:example.org", f"https://matrix.to/#/{room.id}", now)
    return made


def formed(database: Database, due: date, *members: str, **told) -> int:
    """The number of one, whose rooms get no digest."""
    with database.transaction() as session:
        made = form(session, due, *members, **told)
        bulletin_of(session, made.team).choose(MONDAY, interval=Interval.OFF)
        return made.id


def found(session: Session, number: int) -> Subgroup:
    subgroup = subgroups.subgroup_numbered(session, number)
    assert subgroup is not None
    return subgroup


def noted(
    session: Session, subgroup: Subgroup, verb: str, now: datetime, words: str = ANSWER, by: str = ANA
) -> int | None:
    """Somebody says `report` or `close`. Returns the number of the meeting that takes the question up."""
    who = place(session, by)
    if verb == "report":
        subgroup.answer(words, now)
        meeting = hub.answered(session, subgroup, now)
    else:
        subgroup.close(words, now)
        meeting = hub.closed(session, subgroup, who.person, now)
    what = {"action": f"subgroup.{verb}", "noun": subgroup.noun, "platform": "console"}
    audit.note(session, at=now, person_id=who.person_id, group_id=subgroup.group_id, **what)
    return meeting.id if meeting else None


def answered(database: Database, number: int, now: datetime, words: str = ANSWER) -> int | None:
    """The answer is handed in. Returns the number of the meeting at which it is taken up."""
    with database.transaction() as session:
        return noted(session, found(session, number), "report", now, words)


def extended(database: Database, number: int, due: date, now: datetime) -> None:
    """A chair gives it more time."""
    with database.transaction() as session:
        subgroup = found(session, number)
        subgroup.extend(due)
        hub.extended(session, subgroup, now)


def closed(database: Database, number: int, now: datetime, words: str = "Vi bygger.", by: str = ANA) -> int | None:
    """It is closed. Returns the number of the meeting that still decides."""
    with database.transaction() as session:
        return noted(session, found(session, number), "close", now, words, by)


def fates(database: Database, number: int) -> list[tuple[str, str]]:
    """The day of each moment of its clock, and what came of it."""
    with database.reading() as session:
        chosen = select(Occurrence).filter_by(series=f"{SERIES}{number}").order_by(Occurrence.id)
        return [(one.key[:10], one.reason or one.state.value) for one in session.scalars(chosen)]
