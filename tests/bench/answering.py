"""`!propose` stored and answered on Matrix, beside a raw client that echoes on the same homeserver, by turns.

Alone, a person waits from writing until the first answer is on their screen. In a burst the times are the homeserver's
own: from the first thing said to the answer to the last.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

from bench.figures import Figure, figure
from homeserver import Synapse
from living import Installation, until
from matrix_person import Json
from on_matrix import settle
from people import ANA, BO, CHEN, GUS
from town import Town

WARM_UP = 10
ALONE = 110
BURSTS = 3
SENDERS = (ANA, BO, CHEN, GUS)
EACH = 50
# Nobody writes the next proposal before all that the last one caused is there.
PAUSE_SECONDS = 0.4
# A homeserver that shows nothing new for so long has nothing more to show.
QUIET_SECONDS = 2.0
PATIENCE_SECONDS = 180.0
FLOOR = Path(__file__).with_name("bare_echo.py")
MATRIX = """
[matrix]
homeserver = "{0.homeserver.url}"
user_id = "{0.tuva.user_id}"
device_id = "{0.tuva.device_id}"
access_token = "{0.tuva.token}"
"""


class Side:
    """A program in a town of its own, and what people said to it, alone and in bursts."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.town[ANA].listen()
        self.alone: list[float] = []
        self.bursts: list[list[str]] = []
        self._numbers = count(1)

    def propose(self) -> None:
        """One proposal, and time for all that it causes."""
        self.town[ANA].news(0)
        began = time.perf_counter()
        said = self._say(ANA)
        while not self._sees_answer(said):
            assert time.perf_counter() - began < PATIENCE_SECONDS, "waited in vain"
        self.alone.append((time.perf_counter() - began) * 1000)
        time.sleep(PAUSE_SECONDS)

    def burst(self) -> None:
        """Everybody at once."""
        with ThreadPoolExecutor(len(SENDERS)) as threads:
            self.bursts.append(list(threads.map(self._say, SENDERS * EACH)))
        until(self._is_quiet, PATIENCE_SECONDS)

    def waits(self) -> dict[str, tuple[int, int]]:
        """When each thing that was said was sent, and when the first event of ours about it was (ms)."""
        events = self.town[ANA].timeline(self.town.room)
        sent = {event["event_id"]: event["origin_server_ts"] for event in events}
        answered: dict[str, tuple[int, int]] = {}
        for event in events:
            about = _about(event)
            if event["sender"] == self.town.tuva.user_id and about in sent:
                answered.setdefault(about, (sent[about], event["origin_server_ts"]))
        return answered

    def _sees_answer(self, said: str) -> bool:
        timeline = self.town[ANA].news(1.0).get("join", {}).get(self.town.room, {}).get("timeline", {"events": []})
        return any(_about(event) == said for event in timeline["events"] if event["sender"] == self.town.tuva.user_id)

    def _say(self, address: str) -> str:
        return self.town[address].say(self.town.room, f"!propose Solceller {next(self._numbers)}\nTaket är stort.")

    def _is_quiet(self) -> bool:
        before = self._last()
        time.sleep(QUIET_SECONDS)
        return self._last() == before

    def _last(self) -> str:
        page = self.town[ANA].ask("GET", f"/_matrix/client/v3/rooms/{quote(self.town.room)}/messages?dir=b&limit=1")
        return str(page["chunk"][0]["event_id"])


def measure(folder: Path) -> list[Figure]:
    """The middle and the slowest of a hundred, one at a time; a burst from its first word to its last answer."""
    with ExitStack() as held:
        homeserver = held.enter_context(Synapse(folder / "homeserver"))
        ours, floor = held.enter_context(_tuva(folder, homeserver)), held.enter_context(_bare_echo(homeserver))
        for _ in range(ALONE):
            for side in (ours, floor):
                side.propose()
        for _ in range(BURSTS):
            for side in (ours, floor):
                side.burst()
        return [*_alone(ours, floor), *_bursts(ours, floor)]


def _alone(ours: Side, floor: Side) -> Iterator[Figure]:
    for name, place, reach in (("p50", 49, 1.2), ("p99", 98, 1.5)):
        middles = ([quantiles(side.alone[WARM_UP:], n=100)[place]] for side in (ours, floor))
        yield figure(f"!propose answered on Matrix, one at a time, {name}", "ms", *middles, reach, at_most=True)


def _bursts(ours: Side, floor: Side) -> Iterator[Figure]:
    """Also how much of them was answered at all."""
    took, answered = zip(*(_burst(side) for side in (ours, floor)), strict=True)
    yield figure("a burst of 200 from 4 senders on Matrix, answered", "s", *took, 1.2, at_most=True)
    yield Figure("answered of these bursts", "", *answered, 1.0, at_most=False)


def _burst(side: Side) -> tuple[list[float], int]:
    waits = side.waits()
    found = [[waits[said] for said in burst if said in waits] for burst in side.bursts]
    took = [(max(answered for _, answered in burst) - min(sent for sent, _ in burst)) / 1000 for burst in found]
    return took, sum(map(len, found))


def _about(event: Json) -> str:
    relation = event["content"].get("m.relates_to") or {}
    return str(relation.get("event_id") or (relation.get("m.in_reply_to") or {}).get("event_id", ""))


@contextmanager
def _tuva(folder: Path, homeserver: Synapse) -> Iterator[Side]:
    house, town = Installation(folder, mail="maildir:mail", level="error"), Town(homeserver)
    house.settle_in(datetime.now(UTC) - timedelta(days=1))
    with house.database() as database:
        settle(database, town)
    with (house.folder / "tuva.toml").open("a", encoding="utf-8") as settings:
        settings.write(MATRIX.format(town))
    with house.running("answering"):
        until(lambda: town.room in town.tuva.rooms())
        yield Side(town)


@contextmanager
def _bare_echo(homeserver: Synapse) -> Iterator[Side]:
    town = Town(homeserver)
    told = (homeserver.url, town.tuva.token, town.tuva.user_id)
    with subprocess.Popen([sys.executable, FLOOR, *told]) as process:
        try:
            until(lambda: town.room in town.tuva.rooms())
            yield Side(town)
        finally:
            process.kill()
