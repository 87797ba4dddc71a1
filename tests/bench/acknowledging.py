"""/propose stored and acknowledged over Socket Mode, beside a bare slack-bolt no-op, by turns in the same run."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import quantiles

from bench.figures import Figure, figure
from living import Installation, until
from on_slack import CHANNEL, U, bind, workspace
from people import ANA, BO
from slackland import Slack
from slackside.sight import Outcome

WARM_UP = 20
ALONE = 200
BURSTS = 8
AT_ONCE = 50
# People pause between two commands: the card of the last one is posted by then, and disturbs nobody’s turn.
PAUSE_SECONDS = 0.1
FLOOR = Path(__file__).with_name("bare_bolt.py")
SLACK = """
[slack]
bot_token = "{0.bot_token}"
app_token = "{0.app_token}"
api_url = "{0.api_url}"
"""


class Side:
    """A program on a workspace of its own, and how many seconds it let people wait, over all rounds."""

    def __init__(self, slack: Slack, posts: int) -> None:
        self._slack = slack
        self._posts = posts
        self._numbers = count(1)
        self.alone: list[float] = []
        self.at_once: list[float] = []

    def propose(self) -> float:
        """One proposal."""
        seconds = _waited(self._slack.do("command", **self._said()))
        time.sleep(PAUSE_SECONDS)
        return seconds

    def burst(self) -> list[float]:
        """Many at the same time; what they caused is waited for."""
        before = len(self._slack.calls())
        outcomes = self._slack.at_once([("command", self._said()) for _ in range(AT_ONCE)])
        until(lambda: len(self._slack.calls("chat.postMessage", before)) >= self._posts * AT_ONCE)
        time.sleep(PAUSE_SECONDS)
        return [_waited(outcome) for outcome in outcomes]

    def _said(self) -> dict[str, str]:
        number = next(self._numbers)
        text = f"Solceller {number}\nTaket ligger i söder."
        return {"command": "/propose", "text": text, "by": U[(ANA, BO)[number % 2]], "channel": CHANNEL}


def measure(folder: Path) -> list[Figure]:
    """The middle and the slowest of a hundred, one at a time and many at once."""
    with ExitStack() as held:
        ours, floor = held.enter_context(_tuva(folder)), held.enter_context(_bare_bolt())
        for side in (ours, floor):
            for _ in range(WARM_UP):
                side.propose()
        for _ in range(ALONE):
            for side in (ours, floor):
                side.alone.append(side.propose())
        for _ in range(BURSTS):
            for side in (ours, floor):
                side.at_once += side.burst()
    return [*_rows("one at a time", ours.alone, floor.alone), *_rows("50 at once", ours.at_once, floor.at_once)]


def _rows(how: str, ours: list[float], floor: list[float]) -> Iterator[Figure]:
    for name, place, reach in (("p50", 49, 1.0), ("p99", 98, 1.3)):
        found = ([quantiles(seconds, n=100)[place] * 1000] for seconds in (ours, floor))
        yield figure(f"/propose acknowledged on Slack, {how}, {name}", "ms", *found, reach, at_most=True)


def _waited(outcome: Outcome) -> float:
    assert outcome.error is None, outcome.error
    return outcome.seconds


def join(house: Installation, slack: Slack) -> None:
    """Name the workspace in the settings."""
    with (house.folder / "tuva.toml").open("a", encoding="utf-8") as settings:
        settings.write(SLACK.format(slack))


@contextmanager
def _tuva(folder: Path) -> Iterator[Side]:
    house = Installation(folder, mail="maildir:mail", level="error")
    house.settle_in(datetime.now(UTC) - timedelta(days=1))
    with house.database() as database:
        bind(database)
    with workspace() as slack:
        join(house, slack)
        with house.running("acknowledging"):
            until(lambda: len(slack.connections()) == 2)
            yield Side(slack, posts=1)


@contextmanager
def _bare_bolt() -> Iterator[Side]:
    with workspace() as slack:
        told = (slack.api_url, slack.bot_token, slack.app_token)
        with subprocess.Popen([sys.executable, FLOOR, *told], stderr=subprocess.DEVNULL) as process:
            try:
                until(slack.connections)
                yield Side(slack, posts=0)
            finally:
                process.kill()
