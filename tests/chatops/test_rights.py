"""Who may do what: every verb of the table, for every role."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from chatops.commands import COMMANDS
from chatops.conversation import Attachment, House, Invocation, Reply
from chatops.dispatch import Dispatcher
from chatops.verbs import Command, Kind, Verb, Who
from config.settings import Settings
from digests.agenda import steps
from living import LATER, place, propose, record
from people import ANA, BO, CHEN, GUS, INA, MONDAY, ZOE
from settled import installation
from storage import examples, meetings, rota, subgroups
from storage.agenda_items import take_in
from storage.database import Database, Session
from storage.groups import bind_room, group_called
from storage.memberships import Role
from storage.proposals import Proposal
from storage.roster import import_roster
from storage.subgroups import Mandate
from storage.tips import Tip, is_new

Say = Callable[[str, str], Reply]
SAM = "sam@example.org"
PEOPLE = {Role.CHAIR: ANA, Role.MEMBER: BO, Role.SUBSTITUTE: SAM, Role.GUEST: GUS, Role.INFORMED: INA}
VERBS = [(command, verb) for command in COMMANDS for verb in command.verbs]
ON_NOUNS = [(command, verb) for command, verb in VERBS if verb.on_noun]
MAY_NOT = "Det här får bara"
# What some verbs need to be told, in a room of the group.
TOLD = {
    "add-member": "members add Ny Nilsson ny@example.org",
    "end-member": "members end Sam Sten",
    "setup": "setup grona",
    "link": "link",
    "suggest": "suggest Bo Bark propose",
    "decline": "decline tip:{tip}",
    "plan": "plan 3 mars kl. 13",
    "swap": "swap 2",
    "steps": "settings agenda 5",
}
# What some verbs need to be told about their noun.
ABOUT = {
    "meeting": {"substitute": "Chen", "move": "3 mars", "swap": "2", "chair": "Bo", "coming": "", "absent": ""},
    "proposal": {"schedule": "1", "park": "1 mars"},
    "subgroup": {"invite": "Chen", "lead": "Chen", "due": "1 mars", "report": "Ja.", "close": "Ja."},
    "agenda": {"move": "1 first", "remove": "1", "add": "Budgetläget"},
}
ROOM = "here"


def share(database: Database, address: str) -> int:
    with database.transaction() as session:
        return examples.share(session, place(session, address), "Cykelpool", "", [], MONDAY).id


def tip_of(session: Session, address: str) -> int:
    author = place(session, address)
    tip = Tip(
        group=author.group, author=author.person, finder=author.person, title="Cykelpool", body="", given_at=MONDAY
    )
    is_new(session, tip)
    return tip.id


def named(pair: object) -> str:
    return pair.name if isinstance(pair, Command | Verb) else str(pair)


def line_of(command: Command, verb: Verb, number: int = 1) -> str:
    """A line that means the verb: its number where it takes one, and a word where it takes a text."""
    if verb.name in TOLD and not verb.on_noun:
        return f"{command.name} {TOLD[verb.name]}"
    takes_text = any(argument.kind in (Kind.TITLE, Kind.WORDS) for argument in verb.arguments)
    about = ABOUT.get(command.name, {}).get(verb.name, "propose" if takes_text else "")
    return f"{command.name} {number if verb.on_noun else ''} {verb.name} {about}"


def meet(session: Session) -> None:
    """Meeting 3 has been, with proposal 1 on its agenda; 1 and 2 are ahead, and the first has it on its own."""
    group, proposal = group_called(session, "grona"), session.get_one(Proposal, 1)
    starts = (LATER + timedelta(days=30), LATER + timedelta(days=60), MONDAY + timedelta(minutes=1))
    first, second, held = (meetings.plan(session, group, at, MONDAY, title="Vårmöte") for at in starts)
    take_in(session, held, proposal, MONDAY)
    held.hold()
    take_in(session, first, proposal, LATER)
    rota.assign(session, group, LATER)
    for meeting in (first, second):
        steps.plan(session, meeting, LATER)


def divide(session: Session) -> None:
    """Everybody is in subgroup 1, which Chen leads."""
    lead, mandate = place(session, CHEN), Mandate("Cykelställ", "", LATER.date() + timedelta(days=90))
    made = subgroups.start(session, lead, mandate, lead, None, MONDAY)
    for address in PEOPLE.values():
        subgroups.join(session, made, place(session, address), MONDAY)
    made.activate(MONDAY)


@cache
def prepared() -> tuple[bytes, dict[str, int]]:
    """A group where Chen has put forward proposal 1 and shared example 1, and whom the tips are for.

    Everybody was tipped, so that they can decline.
    """
    with TemporaryDirectory() as folder:
        with closing(Database(installation(Path(folder)).service.database)) as database:
            with database.transaction() as session:
                tips = prepare(session)
            propose(database, CHEN)
            with database.transaction() as session:
                meet(session)
                divide(session)
        return Path(folder, "tuva.db").read_bytes(), tips


def prepare(session: Session) -> dict[str, int]:
    group = group_called(session, "grona")
    table = f"name,email,unit,role\nSam Sten,{SAM},,ersättare\nCia Cell,cia@example.org,,ordförande\n".encode()
    import_roster(session, group, table, MONDAY, replace=False)
    example = examples.share(session, place(session, CHEN), "Cykelpool", "", [], MONDAY)
    for address in PEOPLE.values():  # who has not can tell no result
        example.reuse(place(session, address), "Vi med", MONDAY)
    bind_room(session, group, "console", ROOM)
    return {address: tip_of(session, address) for address in PEOPLE.values()}


@pytest.fixture
def database(settings: Settings, tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "tuva.db").write_bytes(prepared()[0])
    with closing(Database(settings.service.database)) as database:
        yield database


@pytest.fixture
def say(database: Database) -> Say:
    """Say a line as somebody."""
    tips = prepared()[1]
    dispatcher = Dispatcher(database, COMMANDS, House("sv"), lambda: None)
    count = iter(range(1_000))
    sent = (Attachment("F1"),)  # who sends no picture can give none

    def said(line: str, account: str) -> Reply:
        room = ROOM if "setup" in line else None
        once = f"{next(count)}"
        line = line.format(tip=tips.get(account))
        return dispatcher.answer(Invocation("console", account, line, LATER, once, room=room, attachments=sent))

    return said


def test_every_role_has_somebody_to_ask_for_it() -> None:
    assert set(PEOPLE) == set(Role)


def test_every_verb_says_who_may() -> None:
    assert all(verb.who for _, verb in VERBS)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("command", "verb"), VERBS, ids=named)
def test_the_table_decides(command: Command, verb: Verb, role: Role, say: Say, database: Database) -> None:
    before = record(database)
    reply = say(line_of(command, verb), PEOPLE[role])
    allowed = bool({Who(role), Who.ANYBODY} & verb.who)
    assert (MAY_NOT in reply.message.body) is not allowed
    assert reply.refused is not allowed
    if not allowed or not verb.changes:
        assert record(database) == before


@pytest.mark.parametrize(("command", "verb"), ON_NOUNS, ids=named)
def test_who_is_in_another_group_finds_no_such_number(
    command: Command, verb: Verb, say: Say, database: Database
) -> None:
    before = record(database)
    theirs, none = say(line_of(command, verb, 1), ZOE), say(line_of(command, verb, 999), ZOE)
    assert theirs.refused
    assert theirs.message.body == none.message.body.replace("999", "1")
    assert "någon av dina grupper" in theirs.message.body
    assert record(database) == before


@pytest.mark.parametrize(("command", "verb"), [pair for pair in VERBS if Who.AUTHOR in pair[1].who], ids=named)
@pytest.mark.parametrize("role", Role)
def test_whoever_wrote_it_may_do_what_the_table_gives_to_the_author(
    role: Role, command: Command, verb: Verb, say: Say, database: Database
) -> None:
    number = (propose if command.name == "proposal" else share)(database, PEOPLE[role])
    assert not say(line_of(command, verb, number), PEOPLE[role]).refused


# --- the rules as the design tells them, whatever the table says ---


@pytest.mark.parametrize("line", ["proposal 1 support", "proposal 1 object Dyrt", "proposal 1 neutral"])
def test_only_members_take_stands(line: str, say: Say) -> None:
    asked = {role: say(line, address).refused for role, address in PEOPLE.items()}
    assert {role for role, refused in asked.items() if refused} == {Role.GUEST, Role.INFORMED}


@pytest.mark.parametrize("line", ["propose Vindkraft", "example Cykelbana"])
def test_a_guest_may_propose_and_share_and_the_informed_only_read(line: str, say: Say) -> None:
    asked = {role: say(line, address).refused for role, address in PEOPLE.items()}
    assert {role for role, refused in asked.items() if refused} == {Role.INFORMED}


def test_only_the_chair_withdraws_what_others_proposed(say: Say) -> None:
    asked = {role: say("proposal 1 withdraw", address).refused for role, address in reversed(PEOPLE.items())}
    assert {role for role, refused in asked.items() if not refused} == {Role.CHAIR}


@pytest.mark.parametrize("line", ["proposal 1", "proposal list", "example 1", "example list", "digest", "tuva members"])
def test_everybody_in_the_group_reads(line: str, say: Say) -> None:
    assert not any(say(line, address).refused for address in PEOPLE.values())


def test_a_refusal_names_who_may_and_who_one_is(say: Say) -> None:
    body = say("proposal 1 support", GUS).message.body
    assert "ordföranden, ledamöter och ersättare" in body
    assert "adjungerad" in body


@pytest.mark.parametrize(("word", "role"), [("adjungerad", Role.GUEST), ("ledamot", Role.MEMBER)])
def test_a_new_role_counts_from_the_next_word_on(word: str, role: Role, say: Say, database: Database) -> None:
    with database.transaction() as session:
        place(session, BO).role = role
    assert say("proposal 1 support", BO).refused is (role is Role.GUEST)


def test_no_room_gives_a_right_that_the_person_has_not(say: Say, database: Database) -> None:
    dispatcher = Dispatcher(database, COMMANDS, House("sv"), lambda: None)
    with database.transaction() as session:
        bind_room(session, group_called(session, "grona"), "console", "x")
    reply = dispatcher.answer(Invocation("console", ZOE, "propose Vindkraft", LATER, "z", room="x"))
    assert reply.refused
    assert "grona" in reply.message.body
