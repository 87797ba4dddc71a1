"""Parity: whatever is said means the same at the console, on Slack and on Matrix, and has the same effect."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Column, select

from chatops.commands import COMMANDS
from homeserver import Synapse
from illustrating import illustrate
from living import place, propose, until
from parity.case import Case
from parity.cases import CASES
from parity.worlds import World, three_worlds, undressed
from people import ANA, BO, MONDAY
from storage import examples, meetings, outbox, rota, subgroups
from storage.database import Base, Database, UtcDateTime
from storage.groups import GroupStage, group_called
from storage.subgroups import Mandate
from storage.tips import Tip, is_new

MEETING_AT = datetime(2028, 5, 16, 11, 0, tzinfo=UTC)
VERBS = {f"{command.name}.{verb.name}": verb for command in COMMANDS for verb in command.verbs}
# Where people are and how they are reached: what differs between platforms, or is only on the way. The clock of a
# service makes the bulletins of a new group in its own time.
ELSEWHERE = {
    *(
        "accounts",
        "bulletins",
        "cards",
        "contents",
        "direct_rooms",
        "inbox",
        "installation",
        "link_codes",
        "link_guesses",
    ),
    *("occurrences", "outbox", "picture_copies", "questions", "readers", "rooms", "spaces", "token_keys"),
}
# Where something was said; and how soon the rooms of a subgroup are there, which shows in its stage.
PLACE_OR_PACE = {("audit", "id"), ("audit", "platform"), ("groups", "stage"), ("subgroups", "revision")}
ASKED = re.compile(
    r"[Ii]nvänd|[Oo]bject|Hur gick|Vad gör ni|We do the same|What do you do|När är|Planera|Vad (kom|har|blev)"
    r"|Vilken fråga|Starta"
)
COUNTS = re.compile(r"(Stöd|Support|Tack|Thanks|Kommer|Coming): \d")
CARD = re.compile(r"(Förslag|Proposal|Exempel|Example|Möte|Meeting|Undergrupp|Subgroup) \d+: ")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory, homeserver: Synapse) -> Iterator[dict[str, World]]:
    with three_worlds(tmp_path_factory.mktemp("worlds"), homeserver) as worlds:
        yield worlds


def test_every_verb_of_every_command_is_said() -> None:
    assert {case.verb for case in CASES} == set(VERBS)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_means_the_same_everywhere(case: Case, worlds: dict[str, World]) -> None:
    numbers = [planted(world.database, case) for world in worlds.values()][-1]
    told = {name: happens(case, numbers, world) for name, world in worlds.items()}
    for name in ("slack", "matrix"):
        assert told[name] == told["console"], name
    said, effect = told["console"]
    assert case.answer.format(**numbers) in "\n".join(said)
    assert bool(effect) == (VERBS[case.verb].changes and not case.refused)


def happens(case: Case, numbers: dict[str, int], world: World) -> tuple[list[str], Counter[str]]:
    """What was heard, and what is new in the record."""
    for who, line in case.before:
        world.say(who, line.format(**numbers))
    if case.verb == "tuva.status":
        until(lambda: is_all_sent(world.database))
    before = record(world.database)
    said = world.say(case.who, case.line.format(**numbers), case.body)
    if case.then:
        assert record(world.database) == before
        assert ASKED.search(said)
        said = world.reply(case.who, case.then)
    return meaning(undressed(said), case), record(world.database) - before


def meaning(said: list[str], case: Case) -> list[str]:
    """Where everybody sees the card, its first line and its counts are enough."""
    if VERBS[case.verb].changes and CARD.match(said[0]):
        return [said[0], *filter(COUNTS.match, said)]
    return said


def is_all_sent(database: Database) -> bool:
    """Nothing that was said before is on its way."""
    with database.reading() as session:
        return not outbox.unfinished(session)


def planted(database: Database, case: Case) -> dict[str, int]:
    """A proposal and an example of Ana's, and a tip for her, where the case needs them."""
    numbers: dict[str, int] = {}
    end_subgroups(database)
    told = f"{case.line} {case.answer} {case.before}"
    if "{proposal}" in told:
        numbers["proposal"] = propose(database, ANA, "Solceller", "Taket ligger i söder.")
    if "{example}" in told:
        with database.transaction() as session:
            shared = examples.share(session, place(session, ANA), "Cykelpool", "Tio cyklar.", [], MONDAY)
            numbers["example"] = shared.id
    if "{pictured}" in told:
        with database.transaction() as session:
            shared = examples.share(session, place(session, ANA), "Cykelpool", "Tio cyklar.", [], MONDAY)
            numbers["pictured"] = illustrate(session, shared).example.id
    if "{meeting}" in told:
        with database.transaction() as session:
            ana = place(session, ANA)
            meeting = meetings.plan(session, ana.group, MEETING_AT, MONDAY, title="Vårmöte")
            meeting.close(MONDAY)
            meeting.announced_at = MONDAY
            rota.assign(session, ana.group, MONDAY)
            numbers["meeting"] = meeting.id
    if "{subgroup}" in told:
        with database.transaction() as session:
            mandate = Mandate("Cykelställ", "Minst tre.", MEETING_AT.date())
            made = subgroups.start(session, place(session, ANA), mandate, place(session, ANA), None, MONDAY)
            subgroups.join(session, made, place(session, BO), MONDAY)
            made.activate(MONDAY)
            numbers["subgroup"] = made.id
    if "{tip}" in told:
        with database.transaction() as session:
            ana = place(session, ANA)
            tip = Tip(
                group=ana.group, author=ana.person, finder=ana.person, title="Cykelpool", body="", given_at=MONDAY
            )
            is_new(session, tip)
            numbers["tip"] = tip.id
    return numbers


def end_subgroups(database: Database) -> None:
    """What earlier cases have started is told no more: on Slack a long list goes on in a thread."""
    with database.transaction() as session:
        for one in subgroups.open_subgroups(session, group_called(session, "grona")):
            one.team.stage = GroupStage.CLOSED


def record(database: Database) -> Counter[str]:
    """What the group's record holds, and who did what; no moments."""
    held: Counter[str] = Counter()
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.columns if is_compared(table.name, column)]
            rows = session.execute(select(*columns)) if columns else ()
            held.update(f"{table.name} {row}" for row in rows)
    return held


def is_compared(table: str, column: Column[Any]) -> bool:
    """It tells what the group holds."""
    return (
        table not in ELSEWHERE
        and not isinstance(column.type, UtcDateTime)
        and (table, column.name) not in PLACE_OR_PACE
    )
