"""The Nth crash, N = 1, 2, 3 … until none is left: nothing committed is lost, nothing else is delivered."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from people import MONDAY
from rig.house import Step, World, letters
from rig.walk import Crash, walk, walk_on
from storage import crash_points, schema
from storage.database import Database
from storage.schema import SchemaState

PROPOSED: Step = ("type", "/propose Solceller")
SHARED: Step = ("type", "/example Cykelpool")
MEETING: Step = ("type", "/möte planera 2027-01-18 13:00 Vårmötet")
# By then its agenda was due, and the reminder of the working day before.
BEFORE_IT: Step = ("type", "time 2027-01-16 12:00")
# By then everybody's letter has been due.
A_WEEK_LATER: Step = ("type", "time 2027-01-18 12:00")
TWO_LETTERS = letters("walk", 2)
ROLLED_BACK: Step = ("roll_back", {f"never:{n}": "never@example.org" for n in range(100)})
ON_THE_WAY = {"database.commit", "database.committed", "console.say", "console.said"} | {
    f"smtp.{name}" for name in ("connect", "connected", "address", "send", "sent", "quit", "gone")
}
SOURCE = Path(crash_points.__file__).parents[1]
# What speaks to the outside, by the name that is called.
OUTSIDE = {"urlopen", "create_connection", "SMTP", "SMTP_SSL", "mail", "rcpt", "docmd", "send", "quit"} | {
    name for client in ("Web", "Webhook") for name in (f"{client}Client", f"Async{client}Client")
}
# And whatever may hold one of Slack's methods, or be said on a websocket.
OUTSIDE |= {"act", "api_call", "ws_connect", "send_str", "ClientSession"}
# Functions with such a call and no point of their own: their callers have it, or nothing is left behind by them.
ELSEWHERE = {
    "checkup.look": "a probe: it asks, and changes nothing",
    "connection.send_here": "send_message",
    **dict.fromkeys(
        ("cards._first", "cards._picture", "cards._reply", "cards.put_signs", "carrier._say", "past.send"),
        "homeserver._call",
    ),
    "effects.run": "no call: it acts on what was heard",
    **dict.fromkeys(("sending.send", "calling.call", "__init__.send_now", "changes._tell"), "no call: it wishes"),
    "smtp._greeted": "connect",
    "smtp._address": "deliver",
    "smtp._send": "deliver",
    "smtp.answers": "a probe: it connects and hangs up",
    "web_api.__init__": "call",
    "xoauth2._ask": "_current",
}


def bad(crashes: list[Crash]) -> list[str]:
    return [f"{crash.point}: {crash.verdict}" for crash in crashes if not crash.verdict.is_good]


def reached(crashes: list[Crash]) -> set[str]:
    return {point for crash in crashes for point in crash.point.split()}


# --- the walk ---

# A card, letters to three readers, and the bulletin in the room.
CAUSED = 5


# Every second, so that a run is short; every one in the long run.
@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.soak)])
def test_no_crash_between_a_proposal_and_its_letters_loses_anything(every: int, world: World, folder: Path) -> None:
    crashes = list(walk(world, folder, (PROPOSED, A_WEEK_LATER), (A_WEEK_LATER,), every=every))
    assert not bad(crashes)
    assert reached(crashes) == ON_THE_WAY
    assert crashes[-1].verdict.acknowledged == CAUSED


# Three invitations and their agendas, the cards and notes: few of the crashes, so that a run is short.
@pytest.mark.parametrize("every", [30, pytest.param(1, marks=pytest.mark.soak)])
def test_no_crash_between_a_meeting_and_its_agenda_loses_anything(every: int, world: World, folder: Path) -> None:
    crashes = list(walk(world, folder, (MEETING, BEFORE_IT), (BEFORE_IT,), "database.committed", every=every))
    assert not bad(crashes)
    assert crashes[-1].verdict.acknowledged == crashes[-1].verdict.attempted > 15


@pytest.mark.soak
def test_no_crash_around_what_is_told_of_a_meeting_loses_anything(world: World, folder: Path) -> None:
    assert not bad(list(walk(world, folder, (MEETING, BEFORE_IT), (BEFORE_IT,), every=3)))


def test_a_second_crash_during_the_restart_loses_nothing(world: World, folder: Path) -> None:
    crashed = world.house(folder / "crashed", "smtp.sent")
    assert crashed.run(TWO_LETTERS, die_at=1, among="smtp.sent").died
    crashes = list(walk_on(crashed, folder, ()))
    assert not bad(crashes)
    assert crashes[-1].verdict.ok == 2


def test_what_a_crash_left_goes_out_before_more_time_passes(world: World, folder: Path) -> None:
    house = world.house(folder)
    house.run(PROPOSED, A_WEEK_LATER, die_at=1, among="smtp.send")
    house.run(("type", "time +14d"))
    assert house.verdict().acknowledged == CAUSED


def test_the_consoles_clock_does_not_go_back_after_a_crash_on_the_way(world: World, folder: Path) -> None:
    house = world.house(folder)
    house.run(PROPOSED, A_WEEK_LATER, die_at=1, among="smtp.send", connections=1)
    house.run()
    assert house.verdict().acknowledged == CAUSED


def test_every_crash_over_a_maildir_leaves_each_letter_once(world: World, folder: Path) -> None:
    mailbox = folder / "mail"
    points = set()
    for n, name in enumerate(("maildir.deliver", "maildir.delivered")):
        house = world.house(folder / name)
        points.add(house.run(TWO_LETTERS, mail=f"maildir:{mailbox}{n}", die_at=2, among=name).point)
        house.run(mail=f"maildir:{mailbox}{n}")
        assert len(list(Path(f"{mailbox}{n}", "new").iterdir())) == 2
    assert points == {"maildir.deliver", "maildir.delivered"}


def test_a_crash_while_the_schema_is_made_leaves_all_of_it_or_nothing(world: World, folder: Path) -> None:
    for point, state in (("database.commit", SchemaState.EMPTY), ("database.committed", SchemaState.CURRENT)):
        house = world.house(folder / point)
        (house.folder / "tuva.db").unlink()
        Database(f"sqlite:///{house.folder}/tuva.db").close()
        ended = house.run(("migrate", ""), die_at=1, among=point, judged=False)
        database = Database(f"sqlite:///{house.folder}/tuva.db")
        assert (ended.point, schema.state_of(database)) == (point, state)
        schema.migrate(database, MONDAY)
        database.close()


def test_what_was_rolled_back_is_never_delivered(world: World, folder: Path) -> None:
    house = world.house(folder)
    house.run(ROLLED_BACK, TWO_LETTERS, ROLLED_BACK, PROPOSED)
    verdict = house.verdict()
    assert verdict.is_good, verdict
    assert len(house.taken()) == 2


def test_everything_to_one_address_goes_out_one_after_another(world: World, folder: Path) -> None:
    house = world.house(folder)
    house.wish("one", ["reader@example.org"] * 5)
    house.run()
    assert house.verdict().ok == 5


@pytest.mark.soak
def test_every_crash_of_a_long_afternoon_loses_nothing(world: World, folder: Path) -> None:
    steps = (PROPOSED, SHARED, letters("walk", 8), ROLLED_BACK, A_WEEK_LATER)
    assert not bad(list(walk(world, folder, steps, (A_WEEK_LATER,))))


@pytest.mark.soak
@pytest.mark.parametrize("among", ["smtp.address", "smtp.send", "smtp.sent", "database.committed"])
@pytest.mark.parametrize("first", [1, 3])
def test_every_second_crash_loses_nothing(world: World, folder: Path, among: str, first: int) -> None:
    crashed = world.house(folder / "crashed", f"{among} {first}")
    assert crashed.run(PROPOSED, letters("walk", 5), die_at=first, among=among).died
    assert not bad(list(walk_on(crashed, folder, (A_WEEK_LATER,))))


# --- every commit and every outside call has its points ---


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for folder in ("chatops", "digests", "storage", "config"):
        for file in (SOURCE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{file.stem}.{node.name}", node


def points_in(function: ast.AST) -> list[str]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "reached"]
    ordered = sorted(named, key=lambda call: call.lineno)
    return [str(call.args[0].value) for call in ordered if isinstance(call.args[0], ast.Constant)]


def calls_in(function: ast.AST) -> set[str]:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}


def test_every_point_in_the_source_is_in_the_list_and_the_other_way_round() -> None:
    found = [point for _, function in functions() for point in points_in(function)]
    assert len(found) == len(set(found))
    assert set(found) == {point for pair in crash_points.PAIRS for point in pair}


def test_every_point_before_has_its_point_after_in_the_same_function() -> None:
    inside = [points_in(function) for _, function in functions()]
    for before, after in crash_points.PAIRS:
        assert any(before in points and after in points[points.index(before) :] for points in inside), before


def test_every_call_to_the_outside_has_its_points() -> None:
    bare = {name for name, function in functions() if calls_in(function) & OUTSIDE and not points_in(function)}
    answers_to_requests = {name for name in bare if name.startswith("http_door.")}
    assert bare - answers_to_requests == set(ELSEWHERE)


def test_every_transaction_that_writes_has_its_points() -> None:
    writes = {
        name for name, function in functions() if calls_in(function) & {"begin", "commit"} and not points_in(function)
    }
    assert writes == {"database.reading"}
