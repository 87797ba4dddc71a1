"""The program itself on Slack: a process with a settings file, as an operator runs it."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from digests.clock import real_time
from living import Installation, free_port, refusal, until
from on_slack import CHANNEL, U, answered, bind
from people import BO
from slackland import Slack

SECRET = "kanariefågel"


@pytest.fixture
def house(tmp_path: Path, slack: Slack) -> Installation:
    """An installation on the workspace, whose log tells all it ever tells."""
    house = Installation(tmp_path, level="debug")
    house.settle_in(real_time())
    with (tmp_path / "tuva.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[slack]\nbot_token = "{slack.bot_token}"\napp_token = "{slack.app_token}"\n')
        settings.write(f'api_url = "{slack.api_url}"\n')
    with house.database() as database:
        bind(database)
    return house


@pytest.fixture
def base(house: Installation, slack: Slack) -> Iterator[str]:
    """Where it listens, once Slack is connected."""
    with house.running() as running:
        until(slack.connections)
        yield running.base
        assert running.stop() == 0


def test_it_is_ready_when_slack_is(base: str, slack: Slack) -> None:
    told = until(lambda: (answer := httpx.get(f"{base}/readyz")).status_code == 200 and answer.json())
    assert told["slack"]["ok"]
    assert told["slack"]["age_seconds"] < 60


def test_a_proposal_goes_in_and_its_card_comes_out(base: str, slack: Slack) -> None:
    assert "Förslag 1" in answered(slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL))
    assert until(lambda: slack.messages(CHANNEL))[0].words.startswith("Förslag 1: Solceller")


def test_the_log_tells_no_text_no_name_and_no_token(house: Installation, slack: Slack) -> None:
    with house.running() as running:
        until(slack.connections)
        slack.command("/propose", f"{SECRET} titel\n{SECRET} text", by=U[BO], channel=CHANNEL)
        slack.mention(U[BO], CHANNEL, f"föreslå {SECRET}")
        slack.say(U[BO], f"nonsens {SECRET}")
        slack.fault("chat.postMessage", "garbage")
        slack.deliver("events_api", {"type": "event_callback", "event_id": SECRET, "event": {"type": SECRET}})
        until(lambda: slack.messages(CHANNEL))
        slack.disconnect(grace=0.1)
        slack.revoke_token()
        slack.command("/proposal", f"1 invänd {SECRET}", by=U[BO], channel=CHANNEL)
        running.stop()
        log = running.log.read_text("utf-8")
    for word in (SECRET, "Bo Bark", BO, slack.bot_token, slack.app_token, "ticket="):
        assert word not in log


def test_check_says_that_all_is_well_or_what_is_not(house: Installation, slack: Slack) -> None:
    assert "Slack" not in house.tuva("check").err
    slack.kick_bot(CHANNEL)
    assert "/invite @Tuva" in house.tuva("check").err
    slack.revoke_token()
    assert "token_revoked" in house.tuva("check").err


def test_a_token_of_another_kind_is_refused_without_showing_it(house: Installation, slack: Slack) -> None:
    told = refusal(house.tuva("run", TUVA_SLACK__BOT_TOKEN="xapp-geheim"))
    assert "xoxb-" in told
    assert "geheim" not in told


def test_a_homeserver_that_is_down_holds_nothing_up_on_slack(house: Installation, slack: Slack) -> None:
    with (house.folder / "tuva.toml").open("a", encoding="utf-8") as settings:
        account = 'user_id = "@tuva:example.org"\naccess_token = "syt_x"\n'
        settings.write(f'[matrix]\nhomeserver = "http://127.0.0.1:{free_port()}"\n{account}')
    with house.running() as running:
        until(slack.connections)
        slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
        assert until(lambda: slack.messages(CHANNEL))[0].words.startswith("Förslag 1: Solceller")
        told = httpx.get(f"{running.base}/readyz").json()
        assert (told["slack"]["ok"], told["matrix"]["ok"]) == (True, False)
