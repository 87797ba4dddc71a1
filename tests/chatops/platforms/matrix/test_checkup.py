"""The check-up of Matrix: what a real homeserver answers about the account and its rooms is told with its cure."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from chatops import checkup as whole_checkup
from chatops.platforms.matrix import checkup
from config.settings import MatrixSettings, Settings
from config.texts import texts_in
from gateway import Gateway, without_version_12
from homeserver import Synapse
from living import free_port, until
from on_matrix import matrix_settings, running, settle
from people import ANA, BO
from storage import outbox
from storage.database import Database
from storage.groups import bind_room, group_called
from storage.rooms import RoomStage, room_at
from town import Town

ENCRYPTION = {"algorithm": "m.megolm.v1.aes-sha2"}
Found = tuple[list[str], list[str]]


def found(settings: MatrixSettings, *rooms: str) -> Found:
    """What the check-up finds, in Swedish."""
    return asyncio.run(checkup.look(settings, rooms, texts_in("sv")))


def problem(settings: MatrixSettings, *rooms: str) -> str:
    """The only thing that is wrong."""
    _, (problem,) = found(settings, *rooms)
    assert settings.access_token.get_secret_value() not in problem
    return problem


@pytest.fixture
def here(town: Town) -> MatrixSettings:
    """The settings of Tuva's account in the town, which has come into its room."""
    town.tuva.join(town.room)
    return matrix_settings(town)


def limit(town: Town, **levels: Any) -> None:
    """Other power levels in the town's room."""
    before = town[ANA].state(town.room)["m.room.power_levels", ""]
    town[ANA].set_state(town.room, "m.room.power_levels", before | levels)


# --- the homeserver ---


class Somebody:
    """Whoever answers at an address: by path, a status and a body."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[str] = []
        self.answers: dict[str, tuple[int, Any]] = {"/_matrix/client/versions": (404, "<html>")}

    def is_called(self, elsewhere: Any) -> None:
        """It tells where the homeserver of that name is."""
        self.answers["/.well-known/matrix/client"] = (200, elsewhere)

    def settings(self) -> MatrixSettings:
        """The settings that lead to it."""
        account = {"user_id": "@tuva:example.org", "access_token": "not-to-be-shown"}
        return MatrixSettings.model_validate({"homeserver": self.url, **account})


@pytest.fixture
def somebody() -> Iterator[Somebody]:
    """Somebody on loopback who is no homeserver."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            somebody.asked.append(self.headers.get("Authorization", ""))
            status, told = somebody.answers.get(self.path.partition("?")[0], (404, "<html>"))
            self.send_response(status)
            if status == 301:
                self.send_header("Location", told)
            self.end_headers()
            self.wfile.write((told if isinstance(told, str) else json.dumps(told)).encode())

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        somebody = Somebody(f"http://127.0.0.1:{server.server_port}")
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        yield somebody
        server.shutdown()
        serving.join()


def test_a_homeserver_that_is_not_there_is_told_with_the_reason(somebody: Somebody) -> None:
    somebody.url = f"http://127.0.0.1:{free_port()}"
    told = problem(somebody.settings(), "!a:example.org")
    assert f"på {somebody.url}: " in told
    assert "refused" in told or "Connect call failed" in told


def test_a_homeserver_that_says_nothing_is_not_waited_for(somebody: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "PATIENCE", aiohttp.ClientTimeout(total=0.05))
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        somebody.url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        assert "TimeoutError" in problem(somebody.settings())
        assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "answer", [(200, "<html>"), (404, "<html>"), (502, "busy"), (200, {}), (200, []), (200, {"versions": 1})]
)
def test_somebody_who_is_no_homeserver_gets_no_token(somebody: Somebody, answer: tuple[int, Any]) -> None:
    somebody.answers["/_matrix/client/versions"] = answer
    assert f"{somebody.url} (HTTP {answer[0]}), men det är ingen hemserver" in problem(somebody.settings())
    assert not any(somebody.asked)


def test_who_sends_clients_on_is_no_homeserver(somebody: Somebody, here: MatrixSettings) -> None:
    somebody.answers["/_matrix/client/versions"] = (301, f"{here.homeserver}/_matrix/client/versions")
    assert "HTTP 301" in problem(somebody.settings())


def test_a_servers_name_given_as_homeserver_leads_to_the_homeserver(somebody: Somebody) -> None:
    somebody.is_called({"m.homeserver": {"base_url": "https://matrix.example.org/"}})
    assert "finns på https://matrix.example.org: skriv det i matrix.homeserver" in problem(somebody.settings())


@pytest.mark.parametrize(
    "junk", [[], {"m.homeserver": "x"}, {"m.homeserver": {}}, {"m.homeserver": {"base_url": "ftp://x"}}, "<html>"]
)
def test_a_servers_name_that_tells_junk_leads_nowhere(somebody: Somebody, junk: Any) -> None:
    somebody.is_called(junk)
    assert "ingen hemserver" in problem(somebody.settings())


# --- the account ---


def test_when_all_is_well_nothing_is_said(here: MatrixSettings, town: Town) -> None:
    assert found(here, town.room) == ([], [])


def test_a_token_that_is_refused_is_named(here: MatrixSettings, town: Town) -> None:
    wrong = here.model_copy(update={"access_token": SecretStr("syt_not_to_be_shown")})
    assert "matrix.access_token (M_UNKNOWN_TOKEN)" in problem(wrong, town.room)


def test_a_device_that_was_logged_out_is_told(here: MatrixSettings, town: Town) -> None:
    town.tuva.ask("POST", "/_matrix/client/v3/logout", json={})
    assert "Enheten kan ha loggats ut" in problem(here, town.room)


def test_a_token_that_has_run_out_is_told_apart(somebody: Somebody) -> None:
    """As Synapse answers when `session_lifetime` is over."""
    somebody.answers["/_matrix/client/versions"] = (200, {"versions": ["v1.11"]})
    over = {"errcode": "M_UNKNOWN_TOKEN", "error": "Access token has expired", "soft_logout": True}
    somebody.answers["/_matrix/client/v3/account/whoami"] = (401, over)
    assert "har gått ut (M_UNKNOWN_TOKEN)" in problem(somebody.settings())


def test_a_homeserver_that_is_busy_is_told_as_it_is(somebody: Somebody) -> None:
    somebody.answers["/_matrix/client/versions"] = (200, {"versions": ["v1.11"]})
    somebody.answers["/_matrix/client/v3/account/whoami"] = (200, {"user_id": "@tuva:example.org"})
    somebody.answers["/_matrix/client/v3/joined_rooms"] = (429, {"errcode": "M_LIMIT_EXCEEDED"})
    assert "M_LIMIT_EXCEEDED på joined_rooms" in problem(somebody.settings(), "!a:example.org")


def test_the_token_of_another_account_is_told(here: MatrixSettings, town: Town) -> None:
    wrong = here.model_copy(update={"access_token": SecretStr(town[BO].token)})
    told = problem(wrong, town.room)
    assert town[BO].user_id in told
    assert here.user_id in told


def test_the_token_of_another_device_is_told_with_what_to_write(here: MatrixSettings) -> None:
    _, (device, room) = found(here.model_copy(update={"device_id": "TUVA"}), "!nowhere")
    assert f'device_id = "{here.device_id}"' in device
    assert "!nowhere" in room


# --- the rooms ---


def test_a_room_that_tuva_is_invited_to_is_no_problem(town: Town) -> None:
    (note,), problems = found(matrix_settings(town), town.room)
    assert problems == []
    assert town.room in note


@pytest.mark.parametrize("room", ["!nowhere:hem.example", "!nowhere"])
def test_a_room_that_tuva_is_not_in_is_told(here: MatrixSettings, room: str) -> None:
    assert f"inte med i Matrix-rummet {room}, eller så finns det inte" in problem(here, room)


def test_a_room_that_tuva_was_removed_from_is_told(here: MatrixSettings, town: Town) -> None:
    town[ANA].kick(town.room, here.user_id)
    assert f"Bjud in {here.user_id} dit igen" in problem(here, town.room)


@pytest.mark.parametrize(
    ("kind", "deed"),
    [("m.room.message", "skriva"), ("m.reaction", "reagera"), ("m.room.redaction", "ta bort det den själv")],
)
def test_what_tuva_may_not_do_in_a_room_is_told(here: MatrixSettings, town: Town, kind: str, deed: str) -> None:
    limit(town, events={kind: 20})
    told = problem(here, town.room)
    assert f"får Tuva inte {deed}" in told
    assert f"Ge {here.user_id} behörighetsnivån 20" in told
    assert f"Gröna gruppen ({town.room})" in told


def test_a_room_where_only_some_may_speak_is_told_in_one_sentence(here: MatrixSettings, town: Town) -> None:
    limit(town, events_default=50)
    told = problem(here, town.room)
    assert all(deed in told for deed in ("skriva", "reagera", "ta bort"))
    limit(town, events_default=50, users={here.user_id: 50})
    assert found(here, town.room) == ([], [])


def test_an_encrypted_room_is_told(here: MatrixSettings, town: Town) -> None:
    town[ANA].set_state(town.room, "m.room.encryption", ENCRYPTION)
    assert "är krypterat" in problem(here, town.room)


def test_a_room_that_has_moved_is_told_with_where_it_is(here: MatrixSettings, town: Town) -> None:
    room = town[ANA].upgrade(town.room, "12")
    assert f"fortsätter i {room}" in problem(here, town.room)


def test_all_rooms_are_told_of_at_once(here: MatrixSettings, town: Town) -> None:
    town[ANA].set_state(town.room, "m.room.encryption", ENCRYPTION)
    assert len(found(here, "!nowhere", town.room, "!elsewhere")[1]) == 3


# --- the whole ---


def test_the_whole_check_up_asks_about_the_rooms_that_are_not_closed(
    here: MatrixSettings, town: Town, settings: Settings, database: Database
) -> None:
    settle(database, town)
    with database.transaction() as session:
        bind_room(session, group_called(session, "grona"), "matrix", "!closed")
        closed = room_at(session, "matrix", "!closed")
        assert closed is not None
        closed.stage = RoomStage.ARCHIVED
    town[ANA].set_state(town.room, "m.room.encryption", ENCRYPTION)
    told = whole_checkup.look(settings.model_copy(update={"matrix": here}), texts_in("sv")).problems
    assert [problem for problem in told if "Matrix" in problem] == [
        texts_in("sv").say("check-matrix-room-encrypted", room=f"Gröna gruppen ({town.room})")
    ]


def test_a_homeserver_without_lasting_makers_of_rooms_is_good_to_know(here: MatrixSettings, gateway: Gateway) -> None:
    gateway.twist = without_version_12
    notes, problems = found(here.model_copy(update={"homeserver": gateway.url}))
    assert (notes, problems) == ([texts_in("sv").say("check-matrix-version", version="12", usual="11")], [])


def test_who_has_no_account_on_matrix_is_counted_where_the_group_has_a_room(
    settings: Settings, database: Database
) -> None:
    def notes() -> list[str]:
        return whole_checkup.look(settings, texts_in("sv")).notes

    assert not any("Matrix" in note for note in notes())
    with database.transaction() as session:
        bind_room(session, group_called(session, "grona"), "matrix", "!a:example.org")
    assert any(note.startswith("Gröna gruppen: 0 av 5 har ett konto på Matrix") for note in notes())


def test_matrix_without_mail_is_no_problem_but_good_to_know(
    here: MatrixSettings, settings: Settings, database: Database
) -> None:
    told = whole_checkup.look(settings.model_copy(update={"matrix": here, "mail": None}), texts_in("sv"))
    assert texts_in("sv").say("check-mail-left-out") in told.notes
    assert not any("nästa brev" in note for note in told.notes)
    assert not any("[mail]" in problem for problem in told.problems)


def test_a_homeserver_that_encrypts_whatever_is_made_is_told(
    tmp_path: Path, settings: Settings, database: Database
) -> None:
    """What is for one person waits, and nobody is asked into a room where Tuva could not speak with them."""
    with Synapse(tmp_path / "secretive", encryption_enabled_by_default_for_room_type="invite") as secretive:
        town = Town(secretive)
        settle(database, town)
        with running(settings, town):
            town[BO].say(town.room, "!utskick")
            town[ANA].say(town.room, "!undergrupp starta Var ska cykelställen stå? @Bo")
            until(lambda: len(stuck(database)) == 2)
        assert set(stuck(database)) == {"encryption_forced"}
        assert town[BO].invitations() == []
        assert town.tuva.rooms() == [town.room]
        here = settings.model_copy(update={"matrix": matrix_settings(town)})
        told = whole_checkup.look(here, texts_in("sv")).problems
        assert any("encryption_enabled_by_default_for_room_type" in problem for problem in told)


def stuck(database: Database) -> list[str]:
    """Why something waits for a person."""
    with database.reading() as session:
        return [entry.reason for entry in outbox.unfinished(session) if entry.state in outbox.STUCK]
