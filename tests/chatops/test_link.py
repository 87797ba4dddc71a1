"""/tuva link: one person, one voice, whichever the platform; a code tells it, and nobody guesses one."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from chatops.commands import COMMANDS
from chatops.conversation import House, Invocation, Reply
from chatops.dispatch import Dispatcher
from living import LATER, place, propose, record
from people import ANA, BO, CHEN, GUS, INA, MONDAY, ZOE
from storage.audit import AuditEntry
from storage.database import Database
from storage.groups import bind_room, group_called
from storage.link_codes import GUESSES, LinkGuess
from storage.meetings import Meeting
from storage.memberships import Role
from storage.outbox import OutboxEntry
from storage.people import Person, person_known_as, person_with_mail
from storage.profiles import Profile
from storage.proposals import Proposal
from storage.roster import enter

Say = Callable[..., Reply]
CODE = re.compile(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b")
EVE = "@eve:example.org"
WRONG = "tuva link AAAA-AAAA"
OPERATOR = "ops@example.org"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def changes() -> list[None]:
    """Grows each time the dispatcher tells that something changed."""
    return []


@pytest.fixture
def say(database: Database, changes: list[None]) -> Say:
    """Say a line: who has a mail address at the console, others on Matrix, which has been asked who they are."""
    house = House("sv", operators=frozenset({OPERATOR}))
    dispatcher = Dispatcher(database, COMMANDS, house, lambda: changes.append(None))
    count = iter(range(10_000))

    def say(line: str, account: str = EVE, at: datetime = LATER, **rest: object) -> Reply:
        platform = "matrix" if account.startswith("@") else "console"
        facts = {"once": f"gesture-{next(count)}", "profile": Profile("Eve") if platform == "matrix" else None} | rest
        return dispatcher.answer(Invocation(platform, account, line, at, **facts))  # type: ignore[arg-type]

    return say


def code_of(reply: Reply) -> str:
    found = CODE.search(reply.message.body)
    assert found, reply.message.body
    return found[0]


def known(database: Database, account: str = EVE) -> Person | None:
    with database.reading() as session:
        return person_known_as(session, "matrix", account)


def joins_the_group(database: Database, account: str, role: Role = Role.MEMBER) -> None:
    """Somebody without a mail address, known on Matrix, is in the green group."""
    with database.transaction() as session:
        person = Person(name="Eve Ek", email=None)
        person.known_as("matrix", account)
        session.add(person)
        session.flush()
        enter(session, group_called(session, "grona"), person, role, MONDAY)


# --- the code ---


@pytest.mark.parametrize("account", [ANA, BO, GUS, INA, ZOE])
def test_whoever_is_known_gets_a_code_for_themselves_alone(account: str, say: Say) -> None:
    reply = say("tuva länka", account)
    assert (reply.private, reply.refused, bool(code_of(reply))) == (True, False, True)


def test_a_code_needs_no_group(say: Say, database: Database) -> None:
    with database.transaction() as session:
        session.add(Person(name="Olle Operatör", email=OPERATOR))
        place(session, BO).end(MONDAY)
    assert code_of(say("tuva link", OPERATOR))
    assert code_of(say("tuva link", BO))


def test_the_code_typed_elsewhere_makes_the_account_ones_own(say: Say, database: Database) -> None:
    reply = say(f"tuva länka {code_of(say('tuva länka', BO))}")
    assert reply.message.body == "Klart: på Matrix och i breven är du nu en och samma person, Bo Bark."
    assert (reply.changed, reply.private) == (True, True)
    person = known(database)
    assert person is not None
    assert person.email == BO


def test_one_person_has_one_voice_and_the_last_word_wins(say: Say, database: Database) -> None:
    propose(database, ANA)
    say(f"tuva link {code_of(say('tuva link', BO))}")
    assert "Stöd: 1 · Invändningar: 0" in say("proposal 1 support", BO).message.whole
    assert "Stöd: 0 · Invändningar: 1" in say("proposal 1 object Dyrt", EVE).message.whole


@pytest.mark.parametrize("typed_by", [BO, EVE])
def test_two_people_become_one_whichever_types(typed_by: str, say: Say, database: Database) -> None:
    joins_the_group(database, EVE)
    number = propose(database, ANA)
    for account in (BO, EVE):
        say(f"proposal {number} support", account)
    maker = EVE if typed_by == BO else BO
    assert "Bo Bark" in say(f"tuva link {code_of(say('tuva link', maker))}", typed_by).message.body
    assert "Stöd: 1 ·" in say(f"proposal {number}", EVE).message.whole
    assert "Eve Ek" not in say("tuva members", BO).message.body


def test_a_card_that_counts_less_now_is_written_anew_in_the_groups_rooms(say: Say, database: Database) -> None:
    joins_the_group(database, EVE)
    number = propose(database, ANA)
    with database.transaction() as session:
        bind_room(session, group_called(session, "grona"), "slack", "C1")
    for account in (BO, EVE):
        say(f"proposal {number} support", account)
    say(f"tuva link {code_of(say('tuva link', BO))}")
    with database.reading() as session:
        revision = session.get_one(Proposal, number).revision
        keys = [entry.key for entry in session.query(OutboxEntry)]
    assert any(key.startswith(f"card:proposal:{number}:") and key.endswith(f":{revision}") for key in keys)


def test_two_answers_to_a_meeting_are_one_and_the_card_follows(say: Say, database: Database) -> None:
    joins_the_group(database, EVE)
    with database.transaction() as session:
        bind_room(session, group_called(session, "grona"), "slack", "C1")
    say("meeting plan 2027-03-10 13:00", ANA)
    say("meeting 1 coming", BO)
    say("meeting 1 absent", EVE, LATER + MINUTE)
    say(f"tuva link {code_of(say('tuva link', BO))}", at=LATER + 2 * MINUTE)
    assert "Kommer: 0 · Kommer inte: 1" in say("meeting 1", EVE).message.whole
    with database.reading() as session:
        *_, card = session.query(OutboxEntry).filter_by(topic="meeting:1", route="slack").order_by(OutboxEntry.id)
        assert card.content.parts["foot"] == "**Kommer: 0 · Kommer inte: 1**"


def test_two_who_took_turns_at_the_chair_have_one_turn(say: Say, database: Database) -> None:
    joins_the_group(database, EVE, Role.CHAIR)
    with database.transaction() as session:
        place(session, BO).become(Role.CHAIR, MONDAY)
    for month in ("03", "04", "05", "06"):
        say(f"meeting plan 2027-{month}-10 13:00", ANA)
    say(f"tuva link {code_of(say('tuva link', BO))}")
    with database.reading() as session:
        led = [meeting.chair and meeting.chair.email for meeting in session.query(Meeting).order_by(Meeting.id)]
    assert led == [ANA, BO, ANA, BO]


def test_the_audit_notes_who_joined_what_and_where(say: Say, database: Database) -> None:
    joins_the_group(database, EVE)
    gone = known(database)
    assert gone
    say(f"tuva link {code_of(say('tuva link', BO))}")
    say(f"tuva link {code_of(say('tuva link', ANA))}", "@ana:example.org")
    with database.reading() as session:
        acts = [(entry.action, entry.platform, entry.noun, entry.person_id) for entry in session.query(AuditEntry)]
        bo, ana = (person_with_mail(session, address) for address in (BO, ANA))
    assert bo
    assert ana
    assert acts == [
        ("tuva.link", "console", "", bo.id),
        ("tuva.link", "matrix", f"person:{gone.id}", bo.id),
        ("tuva.link", "console", "", ana.id),
        ("tuva.link", "matrix", "account:2", ana.id),
    ]


def test_the_answer_speaks_the_language_of_whom_one_is_now(say: Say) -> None:
    reply = say(f"tuva link {code_of(say('tuva link', CHEN))}")
    assert reply.message.body.startswith("Done: on Matrix")
    assert reply.language == "en"


def test_another_account_of_ones_own_on_the_platform_counts_no_longer_and_that_is_told(
    say: Say, database: Database
) -> None:
    for account in ("@old:example.org", EVE):
        reply = say(f"tuva link {code_of(say('tuva link', BO))}", account)
    assert reply.message.body.endswith("Kontot som du hade på Matrix förut känner jag inte igen längre.")
    assert known(database, "@old:example.org") is None


# --- strangers ---


def test_a_stranger_is_told_where_to_get_a_code(say: Say, database: Database) -> None:
    before = record(database)
    reply = say("tuva link")
    assert (reply.refused, reply.private, reply.why) == (True, True, "link-stranger")
    assert "`/tuva länka KOD`" in reply.message.body
    assert record(database) == before


@pytest.mark.parametrize("line", ["tuva help", "propose Solceller", "proposal 1 support", "tuva status", "digest"])
def test_a_stranger_may_say_nothing_else_and_is_shown_the_way(line: str, say: Say, database: Database) -> None:
    propose(database, ANA)
    before = record(database)
    reply = say(line)
    assert (reply.refused, reply.private, reply.why) == (True, True, "speaker-unnamed")
    assert "`/tuva länka`" in reply.message.body
    assert record(database) == before


def test_nobody_is_a_stranger_before_the_platform_was_asked_who_they_are(say: Say, database: Database) -> None:
    reply = say(f"tuva link {code_of(say('tuva link', BO))}", profile=None)
    assert reply.why == "speaker-unnamed"
    assert known(database) is None


def test_whom_the_platform_vouches_for_is_joined_as_who_they_are(say: Say, database: Database) -> None:
    joins_the_group(database, EVE)
    told = say(f"tuva link {code_of(say('tuva link'))}", "@bo:example.org", profile=Profile("Bo", email=BO))
    assert "Bo Bark" in told.message.body
    person = known(database, "@bo:example.org")
    assert person is not None
    assert person.email == BO


def test_a_mail_address_that_nobody_has_is_nobodys(say: Say) -> None:
    assert say(f"tuva link {code_of(say('tuva link', BO))}", "new@example.org").why == "speaker-unknown"


# --- refusals ---


def test_ones_own_code_is_for_the_other_side_and_still_good_there(say: Say, database: Database) -> None:
    code = code_of(say("tuva link", BO))
    assert say(f"tuva link {code}", BO).why == "link-own"
    assert say(f"tuva link {code}").changed


@pytest.mark.parametrize("after", [timedelta(0), 11 * MINUTE])
def test_a_used_code_is_refused(after: timedelta, say: Say) -> None:
    code = code_of(say("tuva link", BO))
    say(f"tuva link {code}")
    assert say(f"tuva link {code}", "@other:example.org", LATER + after).why == "link-code-used"


def test_an_expired_code_and_one_that_a_newer_replaced_are_refused(say: Say) -> None:
    code = code_of(say("tuva link", BO))
    assert say(f"tuva link {code}", at=LATER + 10 * MINUTE).why == "link-code-over"
    code_of(say("tuva link", BO))
    assert say(f"tuva link {code}").why == "link-code-over"


def test_two_people_of_the_roster_are_not_joined_and_the_code_is_not_spent(say: Say, database: Database) -> None:
    code = code_of(say("tuva link", BO))
    before = record(database)
    assert say(f"tuva link {code}", CHEN).why == "link-two-people"
    assert record(database) == before
    assert say(f"tuva link {code}").changed


def test_a_wrong_code_changes_nothing_but_is_counted(say: Say, database: Database, changes: list[None]) -> None:
    reply = say(WRONG)
    assert (reply.refused, reply.changed, reply.private, reply.why) == (True, False, True, "link-code-wrong")
    with database.reading() as session:
        assert session.query(LinkGuess).count() == 1
        assert session.query(AuditEntry).count() == 0
    assert changes == []
    assert known(database) is None


@pytest.mark.parametrize("account", [EVE, GUS])
def test_who_guesses_too_often_is_refused_also_with_the_right_code(account: str, say: Say, database: Database) -> None:
    code = code_of(say("tuva link", BO))
    for _ in range(GUESSES):
        assert say(WRONG, account).why == "link-code-wrong"
    before = record(database)
    assert say(f"tuva link {code}", account).why == "link-guesses"
    assert record(database) == before
    new = code_of(say("tuva link", BO, LATER + 10 * MINUTE))
    assert say(f"tuva link {new}", account, LATER + 10 * MINUTE).why != "link-guesses"


def test_a_wrong_code_that_is_delivered_twice_counts_once(say: Say, database: Database) -> None:
    for _ in range(2):
        say(WRONG, once="same")
    with database.reading() as session:
        assert session.query(LinkGuess).count() == 1


def test_no_code_that_still_works_stands_anywhere_in_the_record(say: Say, database: Database) -> None:
    code = code_of(say("tuva link", BO))
    say(f"tuva link {code}", BO)
    say(f"tuva link {code}", CHEN)
    for _ in range(GUESSES):
        say(WRONG)
    say(f"tuva link {code}")
    assert not [line for line in record(database) if code in line or code.replace("-", "") in line]


def test_help_tells_of_it_in_both_languages(say: Say) -> None:
    assert "/tuva länka KOD" in say("tuva hjälp tuva", BO).message.body
    assert "/tuva link CODE" in say("tuva help tuva", CHEN).message.body
