"""From what is said to what is answered: whole or not at all, once, and never with an exception."""

import io
import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from chatops import logs
from chatops.commands import COMMANDS
from chatops.conversation import House, Invocation, Reply
from chatops.dispatch import Dispatcher
from living import LATER, place, propose, record
from people import ANA, BO, CHEN, INA, MONDAY
from storage.audit import AuditEntry
from storage.database import Database
from storage.groups import bind_room, group_called
from storage.organisations import add_unit
from storage.outbox import OutboxEntry
from storage.people import Person
from storage.roster import import_roster

Say = Callable[..., Reply]
SECRET = "Kanariefågel"


@pytest.fixture
def changes() -> list[None]:
    """Grows each time the dispatcher tells that something changed."""
    return []


@pytest.fixture
def say(database: Database, changes: list[None]) -> Say:
    """Say a line, as Bo unless told otherwise; each time anew unless `once` is given."""
    dispatcher = Dispatcher(database, COMMANDS, House("sv"), lambda: changes.append(None))
    count = iter(range(1_000))

    def say(line: str, account: str = BO, once: str = "", **rest: str) -> Reply:
        gesture = once or f"gesture-{next(count)}"
        return dispatcher.answer(
            Invocation(account=account, line=line, at=LATER, once=gesture, platform="console", **rest)
        )

    return say


@pytest.fixture
def broken(database: Database) -> None:
    """A database in which no audit entry can be written: the last step of every change fails."""
    trigger = "CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
    with database.written_alone() as engine, engine.begin() as connection:
        connection.exec_driver_sql(trigger)


def audit(database: Database) -> list[AuditEntry]:
    with database.reading() as session:
        return session.query(AuditEntry).order_by(AuditEntry.id).all()


def also_in_the_other_group(database: Database, address: str = BO) -> None:
    with database.transaction() as session:
        table = f"name,email,unit\nBo Bark,{address},\n".encode()
        import_roster(session, group_called(session, "andra"), table, MONDAY, replace=False)


# --- who and what ---


@pytest.mark.parametrize("line", ["nonsense", "", "  ", "12", "/propose x", "<script>", "a" * 900])
def test_an_unknown_command_is_told_and_changes_nothing(line: str, say: Say, database: Database) -> None:
    before = record(database)
    reply = say(line)
    assert reply.refused
    assert "Jag känner inte till kommandot" in reply.message.body
    assert record(database) == before


@pytest.mark.parametrize("line", ["propose Solceller", "tuva help", "digest off"])
def test_nobody_is_answered_who_is_not_known(line: str, say: Say, database: Database) -> None:
    before = record(database)
    reply = say(line, "stranger@example.org")
    assert reply.refused
    assert "stranger@example" in reply.message.body.replace("\\", "")
    assert record(database) == before


def test_who_has_left_every_group_is_told_so(say: Say, database: Database) -> None:
    with database.transaction() as session:
        place(session, BO).end(MONDAY)
    reply = say("propose Solceller")
    assert reply.refused
    assert "inte med i någon grupp" in reply.message.body


def test_who_has_left_the_group_of_a_proposal_knows_it_no_more(say: Say, database: Database) -> None:
    propose(database, ANA)
    with database.transaction() as session:
        place(session, BO).end(MONDAY)
    assert say("proposal 1").message == say("proposal 1 support").message
    assert say("proposal 1").refused


def test_a_refusal_speaks_the_speakers_language(say: Say) -> None:
    assert "I do not know the command" in say("nonsense", CHEN).message.body
    assert "There is no proposal 99" in say("proposal 99", CHEN).message.body


@pytest.mark.parametrize("line", ["propose", "proposal 1 object", "nonsense <script>", "tuva help *x*"])
def test_every_line_gets_an_answer_with_words(line: str, say: Say, database: Database) -> None:
    propose(database, ANA)
    reply = say(line)
    assert reply.message.body.strip()
    assert "{" not in reply.message.body


@pytest.mark.parametrize(
    "line",
    [
        "a" * 2_501,
        f"proposal 1 {'a' * 2_501}",
        f"propose x kind:{'a' * 2_501}",
        f"propose x group:{'a' * 2_501}",
        f"tuva help {'a' * 2_501}",
        f"digest {'a' * 2_501}",
    ],
    ids=["command", "verb", "value", "group", "about", "argument"],
)
def test_a_word_of_any_length_gets_a_refusal_in_words(line: str, say: Say, database: Database) -> None:
    propose(database, ANA)
    reply = say(line)
    assert reply.refused
    assert "Något gick fel" not in reply.message.body


def test_a_proposal_may_name_every_goal_there_is(say: Say) -> None:
    tags = " ".join([f"#sdg{n}" for n in range(1, 18)] + [f"#miljömål{n}" for n in range(1, 17)])
    reply = say(f"propose Allt på en gång {tags}")
    assert not reply.refused
    assert "Bekämpa klimatförändringarna" in reply.message.whole


def test_a_group_of_55_municipalities_can_be_looked_at(say: Say, database: Database) -> None:
    with database.transaction() as session:
        group = group_called(session, "grona")
        for number in range(55):
            add_unit(session, group, f"Miljö- och byggnadsförvaltningen i kommun {number}", None)
    body = say("tuva members").message.body
    assert "kommun 54" in body


# --- for the speaker alone ---


@pytest.mark.parametrize(
    "line",
    ["digest", "digest preview", "digest off", "tuva members", "tuva status", "tuva members end Bo Bark"],
)
def test_what_touches_rights_and_ones_own_choices_is_said_to_the_speaker_alone(line: str, say: Say) -> None:
    assert say(line, ANA).private


@pytest.mark.parametrize(
    ("line", "account", "why"),
    [
        ("tuva help", "stranger@example.org", "speaker-unknown"),
        ("propose x group:andra", BO, "group-not-yours"),
        ("proposal 1 support", INA, "may-not"),
        ("tuva members add Ny ny@example.org Moln", ANA, "unit-unknown"),
    ],
)
def test_a_refusal_that_tells_who_one_is_is_for_the_speaker_alone(
    line: str, account: str, why: str, say: Say, database: Database
) -> None:
    propose(database, ANA)
    reply = say(line, account)
    assert (reply.why, reply.private) == (why, True)


@pytest.mark.parametrize("line", ["propose Solceller", "proposal 1", "proposal 99", "tuva help", "nonsense"])
def test_what_the_whole_group_may_hear_is_not_private(line: str, say: Say, database: Database) -> None:
    propose(database, ANA)
    assert not say(line).private


# --- which group ---


@pytest.mark.parametrize("line", ["propose Solceller", "example Cykelpool", "proposal list", "digest", "tuva members"])
def test_who_is_in_two_groups_is_asked_which(line: str, say: Say, database: Database) -> None:
    also_in_the_other_group(database)
    before = record(database)
    reply = say(line)
    assert reply.refused
    assert "grona, andra" in reply.message.body
    assert record(database) == before


@pytest.mark.parametrize(("word", "slug"), [("group:grona", "grona"), ("grupp:andra", "andra")])
def test_the_group_that_is_named_is_meant(word: str, slug: str, say: Say, database: Database) -> None:
    also_in_the_other_group(database)
    assert "Solceller" in say(f"propose Solceller {word}").message.subject
    with database.reading() as session:
        assert group_called(session, slug).id == audit(database)[0].group_id


def test_the_group_of_the_room_is_meant_without_a_word(say: Say, database: Database) -> None:
    also_in_the_other_group(database)
    with database.transaction() as session:
        bind_room(session, group_called(session, "andra"), "console", "here")
    assert not say("propose Solceller", room="here").refused
    with database.reading() as session:
        assert group_called(session, "andra").id == audit(database)[0].group_id


def test_a_group_that_is_not_ones_own_is_refused(say: Say, database: Database) -> None:
    reply = say("propose Solceller group:andra")
    assert reply.refused
    assert say("propose Solceller group:nowhere").message.body.replace("nowhere", "andra") == reply.message.body
    assert audit(database) == []


def test_help_needs_no_group(say: Say, database: Database) -> None:
    also_in_the_other_group(database)
    assert not say("tuva hjälp").refused


def test_a_number_needs_no_group(say: Say, database: Database) -> None:
    also_in_the_other_group(database)
    propose(database, ANA)
    assert "Stöd: 1" in say("proposal 1 support").message.whole


# --- once ---


@pytest.mark.parametrize(
    "line", ["propose Solceller", "example Cykelpool", "proposal 1 support", "proposal 1 object Dyrt", "digest off"]
)
def test_the_same_gesture_twice_has_one_effect(line: str, say: Say, database: Database) -> None:
    propose(database, ANA)
    assert not say(line, once="same").refused
    before = record(database)
    assert "redan gjort" in say(line, once="same").message.body
    assert record(database) == before


def test_the_same_words_in_two_gestures_have_two_effects(say: Say) -> None:
    assert [say("propose Solceller").about for _ in range(2)] == ["proposal:1", "proposal:2"]


def test_a_refused_gesture_may_be_repeated_once_it_is_allowed(say: Say, database: Database) -> None:
    assert say("proposal 1 support", once="same").refused
    propose(database, ANA)
    assert "Stöd: 1" in say("proposal 1 support", once="same").message.whole


def test_the_same_gesture_on_two_platforms_is_two(database: Database) -> None:
    dispatcher = Dispatcher(database, COMMANDS, House("sv"), lambda: None)
    for platform in ("console", "mail"):
        reply = dispatcher.answer(Invocation(platform, BO, "propose Solceller", LATER, "same"))
        assert not reply.refused
        assert reply.about


def test_only_a_change_wakes_the_courier(say: Say, changes: list[None]) -> None:
    for line in ("nonsense", "proposal list", "tuva help", "proposal 99 support"):
        say(line)
    assert changes == []
    say("propose Solceller")
    assert len(changes) == 1


# --- when something goes wrong ---


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("line", ["propose Solceller", "example Cykelpool", "proposal 1 support", "digest off"])
def test_what_goes_wrong_changes_nothing_and_carries_a_reference(line: str, say: Say, database: Database) -> None:
    propose(database, ANA)
    before = record(database)
    out = io.StringIO()
    logs.configure("error", out)
    reply = say(line)
    assert reply.refused
    assert "ingenting ändrades" in reply.message.body
    assert json.loads(out.getvalue())["reference"] in reply.message.body
    assert record(database) == before


@pytest.mark.usefixtures("broken")
def test_what_went_wrong_can_be_said_again(say: Say, database: Database) -> None:
    assert say("propose Solceller", once="same").refused
    with database.written_alone() as engine, engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER broken")
    assert say("propose Solceller", once="same").about == "proposal:1"


def test_the_log_of_what_goes_wrong_tells_no_text(say: Say, database: Database) -> None:
    for table in ("proposals", "inbox"):
        with database.written_alone() as engine, engine.begin() as connection:
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        out = io.StringIO()
        logs.configure("debug", out)
        assert say(f"propose {SECRET}titel", body=f"{SECRET}kropp").refused
        logs.configure("error")
        assert out.getvalue()
        assert SECRET not in out.getvalue()
        assert BO not in out.getvalue()


# --- the audit ---

CHANGES = {
    f"propose {SECRET}": ("propose.make", "proposal:2"),
    f"example {SECRET}": ("example.share", "example:1"),
    "proposal 1 support": ("proposal.support", "proposal:1"),
    f"proposal 1 object {SECRET}": ("proposal.object", "proposal:1"),
    "proposal 1 neutral": ("proposal.neutral", "proposal:1"),
    "digest off": ("digest.choose", ""),
}
LOOKS = [
    "proposal 1",
    "proposal list",
    "example list",
    "digest",
    "digest preview",
    "tuva help",
    "tuva members",
    "tuva status",
]


@pytest.mark.parametrize("line", CHANGES)
def test_every_change_leaves_an_audit_entry(line: str, say: Say, database: Database) -> None:
    propose(database, ANA)
    assert not say(line).refused
    (entry,) = audit(database)
    assert (entry.action, entry.noun) == CHANGES[line]
    assert (entry.platform, entry.at) == ("console", LATER)
    with database.reading() as session:
        assert session.get_one(Person, entry.person_id).email == BO


@pytest.mark.parametrize("line", LOOKS)
def test_looking_leaves_no_trace(line: str, say: Say, database: Database) -> None:
    propose(database, ANA)
    before = record(database)
    assert not say(line).refused
    assert record(database) == before


def test_a_refusal_leaves_no_audit_entry(say: Say, database: Database) -> None:
    propose(database, ANA)
    assert say("proposal 1 support", INA).refused
    assert audit(database) == []


def test_being_asked_for_a_reason_is_no_act(say: Say, database: Database) -> None:
    propose(database, ANA)
    assert say("proposal 1 object").asks
    assert audit(database) == []


def test_the_audit_holds_no_text(say: Say, database: Database) -> None:
    propose(database, ANA)
    for line in CHANGES:
        say(line, body=f"{SECRET}kropp")
    with database.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT * FROM audit").all()
    assert len(rows) == len(CHANGES)
    assert SECRET not in str(rows)
    assert BO not in str(rows)


def test_a_moment_of_the_audit_is_when_it_was_said(database: Database) -> None:
    dispatcher = Dispatcher(database, COMMANDS, House("sv"), lambda: None)
    said_at = LATER + timedelta(hours=3)
    dispatcher.answer(Invocation("console", BO, "propose Solceller", said_at, "x"))
    assert audit(database)[0].at == said_at


def test_how_a_re_use_went_is_told_once_however_often_it_is_said(database: Database) -> None:
    dispatcher = Dispatcher(database, COMMANDS, House("sv"), lambda: None)
    lines = [(ANA, "exempel Cykelpool"), (BO, "exempel 1 återanvänd Fem"), *[(BO, "exempel 1 resultat Bra")] * 2]
    for second, (account, line) in enumerate(lines):
        at = LATER + timedelta(seconds=second)
        dispatcher.answer(Invocation(account=account, line=line, at=at, once=f"{second}", platform="console"))
    with database.reading() as session:
        keys = [entry.key for entry in session.query(OutboxEntry)]
    assert len([key for key in keys if key.startswith("note:result:")]) == 1
