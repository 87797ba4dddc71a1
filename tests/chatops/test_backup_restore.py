"""tuva backup and tuva restore: what comes back, what is told, and that nothing is sent again by itself."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from digests.mail.maildir import letters_in
from living import Installation, propose, record, refusal, said, subscription, tuva, until
from people import ANA, BO, CHEN
from storage import backup, outbox, schema
from storage.outbox import OutboxKind, OutboxState
from storage.schema import SchemaState
from storage.subscriptions import subscription_numbered
from storage.tokens import live_tokens

NOW = datetime.now(UTC)
TWO_WEEKS_AGO = NOW - timedelta(weeks=2)


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    """A settled installation, on real time."""
    (tmp_path / "old").mkdir()
    house = Installation(tmp_path / "old")
    house.settle_in(TWO_WEEKS_AGO)
    return house


@pytest.fixture
def new_house(tmp_path: Path) -> Installation:
    """Another one, with no database yet."""
    (tmp_path / "new").mkdir()
    return Installation(tmp_path / "new")


def write_letters(house: Installation, **states: OutboxState) -> None:
    """Letters that wait or have ended, each with its name for a key."""
    with house.database() as database, database.transaction() as session:
        for number, (key, state) in enumerate(states.items()):
            parts = {"subject": key, "text": "Hej", "html": "<p>Hej</p>", "sender": "Gröna", "group": "grona"}
            facts = {"route": "mail", "kind": OutboxKind.LETTER, "address": f"{key}@example.org", "parts": parts}
            outbox.put(session, key=key, now=NOW, **facts)
            session.flush()
            outbox.entry_numbered(session, number + 1).state = state


def make_due(house: Installation, address: str) -> None:
    """One reader has a letter coming since an hour ago; nobody else has any."""
    due = (NOW - timedelta(hours=1)).astimezone(ZoneInfo("Europe/Stockholm"))
    with house.database() as database:
        propose(database, CHEN, now=NOW - timedelta(days=1))
        numbers = {reader: subscription(database, reader).id for reader in (ANA, BO, CHEN)}
        with database.transaction() as session:
            for reader, number in numbers.items():
                found = subscription_numbered(session, number)
                if reader == address:
                    found.choose(TWO_WEEKS_AGO, weekday=due.weekday(), hour=f"{due:%H:%M}")
                else:
                    found.stop(TWO_WEEKS_AGO)


def moved(old: Installation, new: Installation) -> str:
    """What `tuva restore` says, of a backup of the old house in the new one."""
    keep(old, new.folder / "copy")
    return said(new.tuva("restore", "copy"))


def keep(house: Installation, file: Path) -> None:
    """A backup, without the program around it."""
    with house.database() as database:
        backup.write(database, file)


def content(house: Installation) -> list[str]:
    with house.database() as database:
        return record(database)


def test_a_restored_record_is_the_one_that_was_kept(house: Installation, new_house: Installation) -> None:
    with house.database() as database:
        propose(database, ANA)
        database_before = record(database)
    moved(house, new_house)
    # What comes next is planned anew.
    planned = ("occurrences", "bulletins")
    rows = (database_before, content(new_house))
    before, after = ([row for row in some if not any(name in row for name in planned)] for some in rows)
    assert after == before


def test_a_restored_database_needs_no_migrate(house: Installation, new_house: Installation) -> None:
    moved(house, new_house)
    assert "grona\t" in said(new_house.tuva("group", "list"))


def test_links_of_letters_work_after_a_restore(house: Installation, new_house: Installation) -> None:
    moved(house, new_house)
    with house.database() as old, new_house.database() as new, old.reading() as before, new.reading() as after:
        link = live_tokens(before).make("unsubscribe", "1")
        assert live_tokens(after).read("unsubscribe", link) == "1"


def test_what_was_sent_or_had_ended_stays_so(house: Installation, new_house: Installation) -> None:
    ended = [state for state in OutboxState if state not in outbox.UNFINISHED]
    write_letters(house, **{state.value: state for state in ended})
    assert len(moved(house, new_house).splitlines()) == 1
    with new_house.database() as database, database.reading() as session:
        assert [outbox.entry_numbered(session, number + 1).state for number in range(len(ended))] == ended


def test_everything_that_was_not_sent_is_held_and_listed(house: Installation, new_house: Installation) -> None:
    write_letters(house, **{state.value: state for state in outbox.UNFINISHED})
    told = moved(house, new_house)
    listed = said(new_house.tuva("outbox"))
    assert told.endswith(listed)
    assert len(told.splitlines()) == 1 + len(outbox.UNFINISHED)
    rows = json.loads(said(new_house.tuva("outbox", "list", "--json")))
    assert {(row["state"], row["reason"]) for row in rows} == {("held", "restored")}


def test_nothing_is_sent_by_itself_after_a_restore(house: Installation, new_house: Installation) -> None:
    write_letters(house, ready=OutboxState.READY, sending=OutboxState.SENDING)
    make_due(house, BO)
    moved(house, new_house)
    with new_house.running() as running:
        until(lambda: httpx.get(f"{running.base}/readyz").json()["clock"]["ok"])
        until(lambda: letters_in(new_house.folder / "mail"))
        assert said(new_house.tuva("outbox")).count("\theld\t") == 3
        running.stop()
    told = [recipient for _, recipient, _ in letters_in(new_house.folder / "mail")]
    assert told == [ANA]  # the chair, of what is held


def test_a_letter_whose_moment_came_after_the_backup_is_held_too(house: Installation, new_house: Installation) -> None:
    make_due(house, BO)
    assert f"held\tletter\t{BO}\trestored" in moved(house, new_house)


def test_a_held_letter_is_sent_once_when_a_person_says_so(house: Installation, new_house: Installation) -> None:
    make_due(house, BO)
    moved(house, new_house)
    said(new_house.tuva("outbox", "retry", "1"))
    with new_house.running() as running:
        until(new_house.letters)
        running.stop()
    assert len(new_house.letters()) == 1
    assert said(new_house.tuva("outbox")) == "Allt är skickat.\n"


def test_a_backup_is_taken_beside_a_running_service(house: Installation, new_house: Installation) -> None:
    with house.running() as running:
        assert "copy" in said(house.tuva("backup", "../copy"))
        assert running.stop() == 0
    said(new_house.tuva("restore", "../copy"))


@pytest.mark.parametrize(
    ("file", "told"),
    [("tuva.toml", "finns redan"), ("tuva.db", "själva databasen"), ("nowhere/copy", "nowhere"), ("/sys/copy", "/sys")],
)
def test_a_backup_is_refused_in_a_sentence(file: str, told: str, house: Installation) -> None:
    assert told in refusal(house.tuva("backup", file))


def test_a_backup_of_nothing_is_refused_with_its_cure(new_house: Installation) -> None:
    assert "tuva migrate" in refusal(new_house.tuva("backup", "copy"))
    assert not (new_house.folder / "copy").exists()


def test_a_restore_over_a_record_is_refused_and_says_how_to_go_on(house: Installation) -> None:
    keep(house, house.folder / "copy")
    before = content(house)
    told = refusal(house.tuva("restore", "copy"))
    assert f"mv {house.folder}/tuva.db* undan/" in told
    assert content(house) == before


def test_the_way_that_the_refusal_names_leads_on(house: Installation) -> None:
    keep(house, house.folder / "copy")
    (house.folder / "undan").mkdir()
    for file in house.folder.glob("tuva.db*"):
        file.rename(house.folder / "undan" / file.name)
    assert said(house.tuva("restore", "copy"))


def test_a_restore_beside_a_running_service_is_refused(house: Installation) -> None:
    keep(house, house.folder / "copy")
    with house.running():
        assert "Stoppa tuva run" in refusal(house.tuva("restore", "copy"))


@pytest.mark.parametrize("file", ["nowhere", "tuva.toml", "."])
def test_a_restore_of_what_is_no_backup_is_refused(file: str, new_house: Installation) -> None:
    assert file in refusal(new_house.tuva("restore", file))
    with new_house.database() as database:
        assert schema.state_of(database) is SchemaState.EMPTY


@pytest.mark.parametrize("words", [["backup"], ["restore"], ["backup", "a", "b"]])
def test_wrong_usage_is_status_2(words: list[str], tmp_path: Path) -> None:
    assert tuva(*words, folder=tmp_path).status == 2
