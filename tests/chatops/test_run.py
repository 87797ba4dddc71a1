"""tuva run: how it starts, what it says, what it does by itself, and how it stops."""

import asyncio
import json
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from chatops.service import STOP_WITHIN_SECONDS
from living import (
    PROGRAM,
    Done,
    Installation,
    Running,
    clean_environment,
    open_door,
    propose,
    subscription,
    tuva,
    until,
)
from people import ANA, BO, CHEN, GUS, INA
from storage.subscriptions import subscription_numbered

NOW = datetime.now(UTC)
TWO_WEEKS_AGO = NOW - timedelta(weeks=2)
TITLE, BODY = "Kanariefågel4711", "Kanariekropp4712"
READERS = (ANA, BO, CHEN, GUS, INA)
# The same program, that waits two seconds for what is in hand when it is told to stop.
HURRIED = [
    sys.executable,
    "-c",
    "from chatops import commandline, service; service.STOP_WITHIN_SECONDS = 2; commandline.main()",
]


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    house = Installation(tmp_path)
    house.settle_in(TWO_WEEKS_AGO)
    return house


def make_due(house: Installation, *addresses: str) -> None:
    """Everybody named has had a weekly letter coming since an hour ago; a proposal is one day old."""
    due = (NOW - timedelta(hours=1)).astimezone(ZoneInfo("Europe/Stockholm"))
    with house.database() as database:
        propose(database, ANA, TITLE, BODY, NOW - timedelta(days=1))
        for address in addresses:
            number = subscription(database, address).id
            with database.transaction() as session:
                found = subscription_numbered(session, number)
                assert found is not None
                found.choose(TWO_WEEKS_AGO, weekday=due.weekday(), hour=f"{due:%H:%M}")
        with database.transaction() as session:
            for address in set(READERS) - set(addresses):
                found = subscription_numbered(session, subscription(database, address).id)
                assert found is not None
                found.stop(TWO_WEEKS_AGO)


def refused(house: Installation, **environment: str) -> Done:
    """`tuva run`, ended by itself."""
    done = house.tuva("run", **environment)
    assert done.status == 1
    assert done.out == ""
    assert "Traceback" not in done.err
    return done


# --- starting and stopping ---


def test_standard_output_says_only_where_it_listens(house: Installation) -> None:
    with house.running() as running:
        assert httpx.get(f"{running.base}/healthz").status_code == 200
        running.stop()
    assert running.base.startswith("http://127.0.0.1:")
    assert running.out.read_text("utf-8") == f"Tuva listens on {running.base}\n"


def test_every_line_of_the_log_is_json(house: Installation) -> None:
    make_due(house, BO)
    with house.running() as running:
        until(house.letters)
        httpx.get(f"{running.base}/nowhere")
        running.stop()
    lines = [json.loads(line) for line in running.log.read_text("utf-8").splitlines()]
    assert {"service.started", "service.stopped"} <= {line["event"] for line in lines}


def test_a_page_that_fails_is_logged_as_json_too(house: Installation) -> None:
    with house.database() as database:
        propose(database, ANA)
        with open_door(house.settings) as door:
            link = door.items_link("p", BO, "proposal:1")
    with house.running() as running:
        with closing(sqlite3.connect(house.folder / "tuva.db")) as connection:
            connection.execute("ALTER TABLE proposals RENAME TO elsewhere")
        assert httpx.get(running.base + link).status_code == 500
        running.stop()
    for line in running.log.read_text("utf-8").splitlines():
        assert isinstance(json.loads(line), dict)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_when_told(told: signal.Signals, house: Installation) -> None:
    with house.running() as running:
        until(lambda: b"service.started" in running.log.read_bytes())
        running.process.send_signal(told)
        assert running.process.wait(20) == 0


def test_it_stops_cleanly_also_when_told_right_after_its_greeting(house: Installation) -> None:
    command = [*PROGRAM, "run"]
    with subprocess.Popen(
        command, cwd=house.folder, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline()
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        finally:
            process.kill()


def test_it_stops_also_while_somebody_holds_a_line_open(house: Installation) -> None:
    with house.running() as running:
        port = int(running.base.rpartition(":")[2])
        with closing(socket.create_connection(("127.0.0.1", port))) as line:
            line.sendall(b"POST /preferences/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhal")
            assert httpx.get(f"{running.base}/healthz").status_code == 200
            assert running.stop() == 0


def test_it_can_be_started_again_after_it_was_killed(house: Installation) -> None:
    with house.running("first") as running:
        running.process.kill()
        running.process.wait(10)
    with house.running("second") as running:
        until(lambda: httpx.get(f"{running.base}/readyz").status_code == 200)
        assert running.stop() == 0


# --- refusing ---


def test_a_database_that_is_not_migrated_is_refused_naming_migrate(tmp_path: Path) -> None:
    assert "tuva migrate" in refused(Installation(tmp_path)).err


def test_with_nothing_configured_it_is_refused(house: Installation) -> None:
    (house.folder / "tuva.toml").write_text('[service]\ndatabase = "sqlite:///tuva.db"\n', "utf-8")
    assert "[mail]" in refused(house).err


def test_without_any_settings_it_says_what_to_do_and_names_demo(tmp_path: Path) -> None:
    done = tuva("run", folder=tmp_path)
    assert (done.status, done.out) == (1, "")
    assert "tuva.toml" in done.err
    assert "tuva demo" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_a_newer_version_is_refused_in_words(house: Installation) -> None:
    with closing(sqlite3.connect(house.folder / "tuva.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "nyare Tuva" in refused(house).err
    assert house.tuva("migrate").status == 1


def test_a_port_that_is_taken_is_refused_in_words(house: Installation) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        told = refused(house, TUVA_SERVICE__LISTEN=address).err
    assert address in told
    assert "service.listen" in told


def test_a_host_that_is_not_there_is_refused_in_words(house: Installation) -> None:
    assert "nowhere.invalid:8080" in refused(house, TUVA_SERVICE__LISTEN="nowhere.invalid:8080").err


# --- what it does by itself ---


def test_a_letter_that_is_due_is_sent_without_being_asked(house: Installation) -> None:
    make_due(house, BO)
    with house.running() as running:
        (path,) = until(house.letters)
        running.stop()
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert letter["To"] == BO
    assert letter["Subject"].endswith(": ett förslag")
    assert TITLE in letter.get_body(("plain",)).get_content()


def test_the_links_of_a_letter_lead_to_the_door_that_sent_it(house: Installation) -> None:
    make_due(house, BO)
    with house.running() as running:
        (path,) = until(house.letters)
        text = message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",)).get_content()
        links = [line.strip() for line in text.splitlines() if line.strip().startswith(running.base)]
        assert len(links) >= 4
        assert {httpx.get(link).status_code for link in links} == {200}


def test_a_letter_is_sent_once_however_often_it_starts(house: Installation) -> None:
    make_due(house, BO, ANA)
    for name in ("first", "second"):
        with house.running(name) as running:
            until(lambda: len(house.letters()) == 2)
            until(lambda: httpx.get(f"{running.base}/readyz").json()["clock"]["ok"])
            running.stop()
    assert len(house.letters()) == 2


def test_the_log_tells_no_title_body_name_or_address(tmp_path: Path) -> None:
    house = Installation(tmp_path, level="debug")
    house.settle_in(TWO_WEEKS_AGO)
    make_due(house, *READERS)
    with house.running() as running:
        until(lambda: len(house.letters()) == len(READERS))
        text = message_from_bytes(house.letters()[0].read_bytes(), policy=policy.default).get_body(("plain",))
        links = [line.strip() for line in text.get_content().splitlines() if line.strip().startswith("http")]
        for link in links:
            httpx.get(link)
            httpx.post(link, data={"reason": BODY})
        running.stop()
    log = running.log.read_text("utf-8")
    assert "outbox.sent" in log
    tokens = [link.rpartition("/")[2] for link in links]
    for secret in (TITLE, BODY, "Ana Ask", "Bo Bark", "Gröna gruppen", *READERS, *tokens):
        assert secret not in log


def test_a_letter_that_is_refused_logs_no_address_either(tmp_path: Path) -> None:
    with mail_server(tmp_path, refuse=b"550 no such person: bo@example.org"):
        house = Installation(tmp_path, mail=f"smtp://127.0.0.1:{port_in(tmp_path)}", level="debug")
        house.settle_in(TWO_WEEKS_AGO)
        make_due(house, BO)
        with house.running() as running:
            until(lambda: b"outbox.not_delivered" in running.log.read_bytes())
            running.stop()
    assert BO not in running.log.read_text("utf-8")


# --- two at once ---


def sends(running: Running) -> int:
    """How many letters this process has sent."""
    told = httpx.get(f"{running.base}/metrics").text.splitlines()
    line = 'tuva_send_total{outcome="sent",platform="mail"} '
    return sum(int(float(one.removeprefix(line))) for one in told if one.startswith(line))


def test_two_at_once_send_one_letter(house: Installation) -> None:
    make_due(house, BO, ANA, CHEN)
    with house.running("first") as first, house.running("second") as second:
        for running in (first, second):
            until(lambda base=running.base: httpx.get(f"{base}/readyz").json()["clock"]["ok"])
        until(lambda: len(house.letters()) == 3)
        until(lambda: house.tuva("outbox").out == "Allt är skickat.\n")
        assert sends(first) + sends(second) == 3
        assert BO not in httpx.get(f"{first.base}/metrics").text
        assert (first.stop(), second.stop()) == (0, 0)


def test_one_that_starts_while_another_is_sending_does_not_send_the_same_again(tmp_path: Path) -> None:
    with mail_server(tmp_path, takes=4.0) as arrived:
        house = Installation(tmp_path, mail=f"smtp://127.0.0.1:{port_in(tmp_path)}")
        house.settle_in(TWO_WEEKS_AGO)
        make_due(house, BO)
        with house.running("first"):
            until(lambda: "DATA" in arrived)
            with house.running("second") as second:
                until(lambda: b"service.started" in second.log.read_bytes())
                until(lambda: json.loads(house.tuva("outbox", "list", "--json").out) == [])
    assert arrived.count("letter") == 1


def test_what_is_in_hand_has_ten_seconds_to_end() -> None:
    assert STOP_WITHIN_SECONDS == 10


def test_a_mail_server_that_says_nothing_does_not_keep_it_from_stopping(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        house = Installation(tmp_path, mail=f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        house.settle_in(TWO_WEEKS_AGO)
        make_due(house, BO)
        with house.running(program=HURRIED) as running:
            until(
                lambda: any(row["state"] == "sending" for row in json.loads(house.tuva("outbox", "list", "--json").out))
            )
            assert running.stop() == 0


# --- a mail server ---


def port_in(folder: Path) -> int:
    """Where the mail server of this folder listens."""
    return int((folder / "port").read_text("utf-8"))


@contextmanager
def mail_server(folder: Path, takes: float = 0.0, refuse: bytes = b"") -> Iterator[list[str]]:
    """A mail server that takes its time over each letter; gives the list of what happened to it."""
    happened: list[str] = []
    loop = asyncio.new_event_loop()
    ended = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).strip().upper():
            answer = refuse if refuse and line.startswith(b"RCPT") else b"250 ok"
            if line == b"DATA":
                happened.append("DATA")
                writer.write(b"354 go\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                await asyncio.sleep(takes)
                happened.append("letter")
            writer.write(b"221 bye\r\n" if line == b"QUIT" else answer + b"\r\n")
        writer.close()

    async def serve() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        (folder / "port").write_text(str(server.sockets[0].getsockname()[1]), "utf-8")
        await ended.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    thread = threading.Thread(target=loop.run_until_complete, args=[serve()])
    thread.start()
    try:
        until((folder / "port").exists)
        yield happened
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
