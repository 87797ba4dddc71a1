"""The Nth crash on Slack, N = 1, 2, 3 … until none is left: nothing said there or shown there is lost or doubled."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from on_slack import U, workspace
from people import ANA, BO, CHEN
from rig.house import settle
from rig.nursery import Nursery
from rig.slack_house import Gesture, SlackHouse, Story
from slack_outbox import LONG
from slackland import Slack

House = Callable[[], SlackHouse]
MEMORY = Path("/dev/shm")


@pytest.fixture(scope="module")
def rig_folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="tuva-rig-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    """A workspace that waits for nobody long."""
    with workspace(pace=0.002, ack_seconds=0.4) as slack:
        yield slack


@pytest.fixture(scope="module")
def nursery(rig_folder: Path) -> Iterator[Nursery]:
    nursery = Nursery(settle(rig_folder / "settled.db"))
    yield nursery
    nursery.close()


@pytest.fixture
def house(nursery: Nursery, slack: Slack, rig_folder: Path, request: pytest.FixtureRequest) -> House:
    """A fresh house each time."""

    def house() -> SlackHouse:
        number = len(list(rig_folder.glob(f"{request.node.name}-*")))
        return SlackHouse(nursery, slack, rig_folder / f"{request.node.name}-{number}")

    return house


def story(house: SlackHouse) -> Story:
    """A long card from inside; somebody proposes in each way there is, and two take a stand on the long card."""
    house.wish("Lång", LONG)
    bot = house.slack.bot_user

    def proposing() -> list[Gesture]:
        here = {"channel": house.channel}
        return [
            ("command", {"command": "/propose", "text": "Med kommando", "by": U[ANA], **here}, "Med kommando"),
            ("say", {"text": f"<@{bot}> propose Med namnet", "by": U[BO], **here}, "Med namnet"),
        ]

    def standing() -> list[Gesture]:
        card = {"channel": house.channel, "ts": long_card(house)[0]}
        return [
            ("press", {"by": U[BO], "action_id": "support", **card}, f"proposal:1 {BO}"),
            ("react", {"by": U[CHEN], "name": "+1", **card}, f"proposal:1 {CHEN}"),
        ]

    return Story(house, [(house.hears, proposing), (lambda: len(long_card(house)) == 3, standing)])


def long_card(house: SlackHouse) -> list[str]:
    """The messages of the long card."""
    seen = house.slack.messages(house.channel)
    roots = [one.ts for one in seen if one.words.startswith("Förslag 1")]
    return [one.ts for one in seen if {one.ts, one.thread_ts} & set(roots)]


def crash(house: SlackHouse, n: int, among: str = "") -> bool:
    """Die at the Nth point of those `among`, live again, and be judged. False when there is no Nth."""
    told = story(house)
    told.play(house.start(die_at=n, among=among))
    if house.deaths:
        told.play(house.start())
    assert house.faults() == [], f"N={n} {among} {house.deaths}"
    return bool(house.deaths)


def test_every_crash_at_a_call_or_an_answer_loses_and_doubles_nothing(house: House) -> None:
    n = 1
    while crash(house(), n, "slack"):
        n += 1
    assert n > 20


def test_every_crash_at_a_commit_loses_and_doubles_nothing(house: House) -> None:
    n = 1
    while crash(house(), n, "database"):
        n += 1
    assert n > 20
