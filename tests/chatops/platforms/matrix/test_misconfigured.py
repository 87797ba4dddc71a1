"""The program itself where Matrix is set up wrongly: it starts, says so, and everything else goes on."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from digests.clock import real_time
from homeserver import Synapse
from living import Installation, free_port, refusal, until

TOKEN = "syt_not_to_be_shown"


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    """An installation without Matrix yet."""
    house = Installation(tmp_path)
    house.settle_in(real_time())
    return house


def speak_matrix(house: Installation, homeserver: str, token: str = TOKEN, account: str = "@tuva:hem.example") -> None:
    """Write the section on Matrix."""
    with (house.folder / "tuva.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[matrix]\nhomeserver = "{homeserver}"\nuser_id = "{account}"\naccess_token = "{token}"\n')


def readiness(base: str) -> dict[str, Any]:
    """What `/readyz` tells."""
    answer = httpx.get(f"{base}/readyz")
    return {"status": answer.status_code, **answer.json()}


def test_a_homeserver_that_is_down_is_told_and_holds_nothing_else_up(house: Installation) -> None:
    speak_matrix(house, f"http://127.0.0.1:{free_port()}")
    with house.running() as running:
        until(lambda: "homeserver_unreachable" in running.log.read_text("utf-8"))
        told = until(lambda: (told := readiness(running.base))["clock"]["ok"] and told)
        assert (told["status"], told["matrix"]["ok"], told["mail"]["ok"]) == (503, False, True)
        assert running.stop() == 0
        assert running.out.read_text("utf-8").count("\n") == 1


def test_a_token_that_is_refused_is_told_and_asked_about_seldom(house: Installation, homeserver: Synapse) -> None:
    speak_matrix(house, homeserver.url)
    with house.running() as running:
        log = until(lambda: "M_UNKNOWN_TOKEN" in (log := running.log.read_text("utf-8")) and log)
        assert '"pause": 60.0' in log
        assert TOKEN not in log
        told = readiness(running.base)
        assert (told["status"], told["matrix"]["ok"]) == (503, False)
        assert running.stop() == 0


def test_matrix_alone_is_enough_to_run(house: Installation, homeserver: Synapse) -> None:
    tuva = homeserver.person("tuva-alone")
    written = (house.folder / "tuva.toml").read_text("utf-8").partition("[mail]")[0]
    (house.folder / "tuva.toml").write_text(written, "utf-8")
    speak_matrix(house, homeserver.url, tuva.token, tuva.user_id)
    with house.running() as running:
        told = until(lambda: (told := readiness(running.base))["status"] == 200 and told)
        assert told["matrix"]["ok"]
        assert "mail" not in told
        assert running.stop() == 0


def test_what_cannot_work_is_refused_without_showing_the_token(house: Installation) -> None:
    speak_matrix(house, "matrix.example.org", f"{TOKEN} ", "tuva")
    told = refusal(house.tuva("run"))
    assert all(name in told for name in ("matrix.homeserver", "matrix.user_id", "matrix.access_token"))
    assert TOKEN not in told
