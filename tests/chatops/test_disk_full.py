"""A full disk: it is told, nothing is half done, nothing is sent that could not be noted, and it heals by itself.

The disk is a real one of four megabytes. Who may not mount one runs these tests in a namespace of their own.
"""

import contextlib
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from chatops import checkup
from chatops.commands import COMMANDS
from chatops.conversation import House, Invocation, Reply
from chatops.dispatch import Dispatcher
from config.settings import ServiceSettings
from config.texts import texts_in
from living import Installation, clean_environment, place, propose, record, refusal, until
from people import ANA, BO, MONDAY
from storage import backup, outbox, schema
from storage.database import Database, DiskFull
from storage.organisations import Organisation
from storage.outbox import OutboxKind

SIZE = "4m"
LETTERS = 5
MAY_MOUNT = os.geteuid() == 0
mounted = pytest.mark.skipif(not MAY_MOUNT, reason="mounts a small disk; run in a namespace below")


class Disk:
    """A small disk, and the file that fills it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        """Leave not one byte."""
        with (self.folder / "filling").open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(b"x" * 4096):
                pass
        assert shutil.disk_usage(self.folder).free == 0

    def free(self) -> None:
        """Make room again."""
        (self.folder / "filling").unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if (done := subprocess.run(mount, capture_output=True, check=False)).returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.decode().strip()}")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def house(tmp_path: Path, disk: Disk) -> Installation:
    """A settled installation whose database alone lies on the small disk."""
    house = Installation(tmp_path)
    service = ServiceSettings(database=f"sqlite:///{disk.folder}/tuva.db")
    house.settings = house.settings.model_copy(update={"service": service})
    written = (tmp_path / "tuva.toml").read_text("utf-8")
    (tmp_path / "tuva.toml").write_text(written.replace("///tuva.db", "///disk/tuva.db"), "utf-8")
    house.settle_in(datetime.now(UTC) - timedelta(weeks=2))
    return house


@pytest.fixture
def kept(house: Installation) -> Iterator[Database]:
    """Its database, open."""
    with house.database() as database:
        yield database


def add_organisation(database: Database, name: str) -> None:
    with database.transaction() as session:
        session.add(Organisation(name=name))


def say(database: Database, line: str, once: str = "1") -> Reply:
    invocation = Invocation(platform="mail", account=BO, line=line, body="", at=MONDAY, once=once)
    return Dispatcher(database, COMMANDS, House("sv"), lambda: None).answer(invocation)


# --- the database ---


@mounted
def test_what_finds_no_room_changes_nothing_and_the_next_one_is_kept(kept: Database, disk: Disk) -> None:
    assert kept.answers()
    before = record(kept)
    disk.fill()
    with pytest.raises(DiskFull):
        add_organisation(kept, "x")
    assert record(kept) == before
    disk.free()
    add_organisation(kept, "x")
    assert record(kept) != before


@mounted
def test_a_full_disk_is_no_answer_until_there_is_room(kept: Database, disk: Disk) -> None:
    assert kept.answers()
    disk.fill()
    assert not kept.answers()
    assert not kept.keeps()
    disk.free()
    assert kept.answers()
    assert kept.keeps()


def test_a_limit_on_files_is_told_like_a_full_disk(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/tuva.db")
    schema.migrate(database, MONDAY)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (tmp_path.joinpath("tuva.db-wal").stat().st_size, hard))
    try:
        with pytest.raises(DiskFull):
            add_organisation(database, "x")
        assert not database.answers()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert database.answers()
    database.close()


@mounted
def test_a_migration_that_finds_no_room_leaves_the_old(tmp_path: Path, disk: Disk) -> None:
    database = Database(f"sqlite:///{disk.folder}/tuva.db")
    assert schema.state_of(database) is schema.SchemaState.EMPTY
    disk.fill()
    with pytest.raises(DiskFull):
        schema.migrate(database, MONDAY)
    assert schema.state_of(database) is schema.SchemaState.EMPTY
    disk.free()
    schema.migrate(database, MONDAY)
    assert schema.state_of(database) is schema.SchemaState.CURRENT
    database.close()


# --- who writes ---


@mounted
def test_who_writes_is_told_that_the_disk_is_full_and_nothing_changed(kept: Database, disk: Disk) -> None:
    propose(kept, ANA)
    before = record(kept)
    disk.fill()
    reply = say(kept, "proposal 1 support")
    assert "disken är full" in reply.message.body
    assert "Ingenting ändrades" in reply.message.body
    assert reply.refused
    assert record(kept) == before


@mounted
def test_what_was_refused_is_done_when_it_is_said_again(kept: Database, disk: Disk) -> None:
    propose(kept, ANA)
    disk.fill()
    say(kept, "proposal 1 support")
    disk.free()
    assert "Stöd: 1" in say(kept, "proposal 1 support").message.whole


@mounted
def test_what_is_only_read_is_still_answered(kept: Database, disk: Disk) -> None:
    propose(kept, ANA)
    disk.fill()
    assert "Solceller" in say(kept, "proposal 1").message.subject


# --- the command line ---


@mounted
@pytest.mark.parametrize("beside", [True, False])
def test_a_command_that_cannot_be_kept_ends_in_a_sentence(beside: bool, house: Installation, disk: Disk) -> None:
    """Beside another that has the database open, and alone, where not even its journal finds room."""
    other = Database(house.settings.service.database)
    assert other.answers()
    if not beside:
        other.close()
    disk.fill()
    told = refusal(house.tuva("group", "add", "x", "--name", "X"))
    assert "Disken är full" in told
    assert f"{disk.folder}/tuva.db" in told
    if beside:
        other.close()


@mounted
@pytest.mark.parametrize("beside", [True, False])
def test_the_check_up_names_a_full_disk_among_the_rest(beside: bool, house: Installation, disk: Disk) -> None:
    with house.database() as other:
        if beside:
            assert other.answers()
        disk.fill()
        found = checkup.look(house.settings.model_copy(update={"mail": None}), texts_in("sv"))
    assert any("Disken är full" in problem for problem in found.problems)
    assert any("[mail]" in problem for problem in found.problems)


@mounted
def test_a_backup_onto_a_full_disk_is_told_as_such(disk: Disk, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/tuva.db")
    schema.migrate(database, MONDAY)
    disk.fill()
    with pytest.raises(DiskFull):
        backup.write(database, disk.folder / "copy")
    database.close()
    assert [path.name for path in disk.folder.iterdir()] == ["filling"]


@mounted
def test_a_backup_that_finds_no_room_is_told_and_leaves_nothing(house: Installation, disk: Disk) -> None:
    disk.fill()
    before = set(disk.folder.iterdir())
    assert "Disken är full" in refusal(house.tuva("backup", "disk/copy"))
    side_files = {f"tuva.db-{side}" for side in ("wal", "shm", "lock", "use")}
    assert {path.name for path in set(disk.folder.iterdir()) - before} <= side_files


@mounted
def test_a_restore_that_finds_no_room_is_told_and_can_be_done_again(house: Installation, disk: Disk) -> None:
    assert house.tuva("backup", "copy").status == 0
    for file in disk.folder.iterdir():
        file.unlink()
    disk.fill()
    assert "Disken är full" in refusal(house.tuva("restore", "copy"))
    disk.free()
    assert house.tuva("restore", "copy").status == 0


# --- the service ---


@mounted
def test_letters_wait_for_room_and_then_go_once_each(house: Installation, disk: Disk) -> None:
    due = datetime.now(UTC) + timedelta(seconds=5)
    with house.database() as database, database.transaction() as session:
        personal = {"person": str(place(session, BO).person.id), "subscription": "1"}
        for number in range(LETTERS):
            parts = {"subject": "Hej", "text": "Hej", "html": "<p>Hej</p>", "sender": "Gröna", "group": "grona"}
            facts = {"route": "mail", "kind": OutboxKind.LETTER, "address": f"r{number}@example.org", "parts": parts}
            outbox.put(session, key=f"letter-{number}", now=due, personal=personal, **facts)
    with house.running() as running:
        until(lambda: httpx.get(f"{running.base}/readyz").status_code == 200)
        disk.fill()
        assert not httpx.get(f"{running.base}/readyz").json()["database"]["ok"]
        until(lambda: b"disk.full" in running.log.read_bytes())
        assert httpx.get(f"{running.base}/readyz").status_code == 503
        assert httpx.get(f"{running.base}/healthz").status_code == 200
        assert house.letters() == []
        disk.free()
        until(lambda: httpx.get(f"{running.base}/readyz").status_code == 200, 10)
        until(lambda: len(house.letters()) == LETTERS, 10)
        until(lambda: house.tuva("outbox").out == "Allt är skickat.\n")
        sent = 'tuva_send_total{outcome="sent",platform="mail"}'
        assert f"{sent} {float(LETTERS)}" in httpx.get(f"{running.base}/metrics").text
        assert running.stop() == 0


@pytest.mark.skipif(MAY_MOUNT, reason="these tests have run already")
def test_all_this_holds_for_who_may_not_mount() -> None:
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    done = subprocess.run(["unshare", "-rm", *tests], env=clean_environment(), capture_output=True, check=False)
    if b"unshare" in done.stderr:
        pytest.skip(f"no namespace here: {done.stderr.decode().strip()}")
    assert done.returncode == 0, done.stdout.decode()
