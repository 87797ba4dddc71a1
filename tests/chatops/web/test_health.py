"""/healthz and /readyz: what a watchman sees of a living Tuva."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from living import Installation, Running, free_port, until

PARTS = {"database", "clock", "mail", "outbox"}


def ready(running: Running) -> httpx.Response:
    return httpx.get(f"{running.base}/readyz", timeout=10)


def settled(folder: Path, **rest: str) -> Installation:
    house = Installation(folder, **rest)
    house.settle_in(datetime.now(UTC))
    return house


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with settled(tmp_path_factory.mktemp("well")).running() as running:
        until(lambda: ready(running).status_code == 200)
        yield running


@pytest.fixture(scope="module")
def without_mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    house = settled(tmp_path_factory.mktemp("ill"), mail=f"smtp://127.0.0.1:{free_port()}")
    with house.running() as running:
        until(lambda: ready(running).json()["clock"]["ok"])
        yield running


def test_it_lives(running: Running) -> None:
    assert httpx.get(f"{running.base}/healthz").status_code == 200


def test_it_is_ready_when_every_part_is(running: Running) -> None:
    answer = ready(running)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert all(part["ok"] is True for part in answer.json().values())


def test_the_parts_are_those_that_are_configured(running: Running) -> None:
    assert set(ready(running).json()) == PARTS


def test_every_part_tells_how_it_is_and_how_old_that_is(running: Running) -> None:
    for part in ready(running).json().values():
        assert set(part) == {"ok", "age_seconds"}
        assert 0 <= part["age_seconds"] < 60


def test_without_its_mail_server_it_lives_but_is_not_ready(without_mail_server: Running) -> None:
    answer = ready(without_mail_server)
    assert answer.status_code == 503
    assert {name for name, part in answer.json().items() if not part["ok"]} == {"mail"}
    assert set(answer.json()) == PARTS
    assert httpx.get(f"{without_mail_server.base}/healthz").status_code == 200


@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_watchman_only_asks(method: str, path: str, running: Running) -> None:
    assert httpx.request(method, running.base + path).status_code == 405


def test_asking_often_is_answered_at_once_and_logs_nothing(running: Running) -> None:
    before = running.log.read_bytes()
    begun = time.monotonic()
    with httpx.Client() as client:
        assert {client.get(f"{running.base}/healthz").status_code for _ in range(50)} == {200}
    assert running.log.read_bytes() == before
    assert time.monotonic() - begun < 20


def test_a_spoilt_database_is_not_ready_and_no_fault_of_the_page(tmp_path: Path) -> None:
    house = settled(tmp_path)
    with house.running() as running:
        until(lambda: ready(running).status_code == 200)
        (tmp_path / "tuva.db").write_bytes(b"spoilt" * 10_000)
        answer = until(lambda: (got := ready(running)).status_code != 200 and got)
        assert answer.status_code == 503
        assert answer.json()["database"]["ok"] is False


def test_metrics_are_served_in_the_form_of_prometheus(running: Running) -> None:
    answer = httpx.get(f"{running.base}/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert "tuva_outbox_oldest_seconds 0.0" in answer.text
