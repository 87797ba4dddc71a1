"""Word to the chair: what is stuck is told once, in plain words, to the right group's chair alone."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from config.texts import texts_in
from digests import stuck
from digests.clock import Clock
from living import place
from people import ANA, BO, MONDAY, ZOE
from storage import outbox
from storage.database import Database
from storage.memberships import Role
from storage.outbox import OutboxEntry, OutboxKind, OutboxState

LATER = MONDAY + timedelta(minutes=5)
Stick = Callable[..., int]


@pytest.fixture
def stick(database: Database) -> Stick:
    """A letter of a group that got stuck; returns its number."""
    keys = iter(range(100))

    def stick(reason: str = "550 5.1.1 no such user", slug: str = "grona", kind: OutboxKind = OutboxKind.LETTER) -> int:
        key = str(next(keys))
        with database.transaction() as session:
            group = place(session, ZOE if slug == "andra" else ANA, slug).group
            parts = {"subject": "Nytt sedan sist", "text": "", "html": ""}
            outbox.put(
                session, key=key, route="mail", kind=kind, address=BO, parts=parts, now=MONDAY, group_id=group.id
            )
            session.flush()
            entry = outbox.unfinished(session)[-1]
            entry.state, entry.reason = OutboxState.PARKED, reason
            return entry.id

    return stick


def notices(database: Database, now: datetime = LATER) -> list[tuple[str, str, str]]:
    """Address, subject and text of every notice after one tick of the clock."""
    Clock(database, lambda: now, lambda: None).tick()
    with database.reading() as session:
        told = [entry for entry in outbox.unfinished(session) if entry.kind is OutboxKind.NOTICE]
        return [(entry.address, entry.content.parts["subject"], entry.content.parts["text"]) for entry in told]


def test_the_chair_gets_a_letter_that_says_what_is_stuck_and_why(database: Database, stick: Stick) -> None:
    number = stick()
    [(address, subject, text)] = notices(database)
    assert (address, subject) == (ANA, "Ett brev kom inte fram")
    assert "adressen finns inte" in text
    assert f"tuva outbox retry {number}" in " ".join(text.split())


def test_nothing_stuck_no_letter(database: Database) -> None:
    assert notices(database) == []


def test_one_letter_names_all_of_it(database: Database, stick: Stick) -> None:
    stick()
    stick("552 5.2.2 over quota")
    [(_, subject, text)] = notices(database)
    assert subject == "2 brev kom inte fram"
    assert "brevlådan är full" in text


def test_what_was_told_is_not_told_again(database: Database, stick: Stick) -> None:
    stick()
    notices(database)
    assert len(notices(database, LATER + timedelta(days=1))) == 1


def test_what_gets_stuck_soon_after_waits_for_the_next_letter(database: Database, stick: Stick) -> None:
    stick()
    notices(database)
    stick()
    assert len(notices(database, LATER + timedelta(minutes=59))) == 1
    assert len(notices(database, LATER + timedelta(minutes=60))) == 2


def test_each_chair_hears_of_their_own_group_alone(database: Database, stick: Stick) -> None:
    stick()
    stick(slug="andra")
    told = notices(database)
    assert sorted(address for address, _, _ in told) == [ANA, ZOE]
    assert {subject for _, subject, _ in told} == {"Ett brev kom inte fram"}


def test_a_notice_that_gets_stuck_causes_no_notice(database: Database, stick: Stick) -> None:
    stick(kind=OutboxKind.NOTICE)
    assert len(notices(database)) == 1


def test_what_is_tried_again_and_gets_stuck_again_is_told_again(database: Database, stick: Stick) -> None:
    number = stick()
    notices(database)
    with database.transaction() as session:
        entry = outbox.entry_numbered(session, number)
        entry.retry(LATER)
        entry.state = OutboxState.PARKED
    assert len(notices(database, LATER + timedelta(hours=2))) == 2


def test_a_notice_has_no_unsubscribe_link(database: Database, stick: Stick) -> None:
    stick()
    [(_, _, text)] = notices(database)
    assert "Sluta få brevet" not in text


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("550 5.1.1 no such user", "adressen finns inte"),
        ("552 5.2.2 full", "brevlådan är full"),
        ("554 5.7.1 relay access denied", "tar inte emot brev från Tuva"),
        ("552 too large", "för stort"),
        ("crashed", "avbröts"),
        ("restored", "säkerhetskopian"),
        ("Connection unexpectedly closed", "svarade inte"),
        ("is_archived", "kanalen eller rummet"),
        ("M_FORBIDDEN", "kanalen eller rummet"),
        ("554 nonsense", "gick inte att skicka"),
    ],
)
def test_every_reason_is_told_in_plain_words(database: Database, stick: Stick, reason: str, words: str) -> None:
    number = stick(reason)
    with database.reading() as session:
        entry: OutboxEntry = outbox.entry_numbered(session, number)
        assert words in stuck.described(entry, texts_in("sv"))


def test_the_chair_sees_it_in_the_status_and_nobody_else_does(
    database: Database, stick: Stick, tell: Callable[..., str]
) -> None:
    stick()
    assert "adressen finns inte" in tell("/tuva läget")
    assert "adressen finns inte" not in tell(f"as {BO}", "/tuva läget")


@pytest.mark.parametrize(
    ("reason", "is_servers"), [("550 5.1.1 no", True), ("Connection reset", False), ("crashed", False)]
)
def test_only_what_the_server_said_is_told_as_its_words(
    database: Database, stick: Stick, reason: str, is_servers: bool
) -> None:
    number = stick(reason)
    with database.reading() as session:
        assert ("servern sa" in stuck.described(outbox.entry_numbered(session, number), texts_in("sv"))) is is_servers


def test_what_is_stuck_in_a_group_without_a_chair_is_told_once_there_is_one(database: Database, stick: Stick) -> None:
    with database.transaction() as session:
        place(session, ANA).role = Role.MEMBER
    stick()
    assert notices(database) == []
    with database.transaction() as session:
        place(session, BO).role = Role.CHAIR
    assert [address for address, _, _ in notices(database)] == [BO]
