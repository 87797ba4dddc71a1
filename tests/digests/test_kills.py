"""kill -9 at random moments, over and over on one installation: nothing is lost, and every double is flagged."""

import os
import random
import time
from pathlib import Path

import pytest

from digests.clock import real_time
from living import Installation, until
from rig.house import House, Step, World, letters
from rig.life import CONNECTIONS
from rig.planted import POISON
from storage import outbox
from storage.database import Database
from storage.leases import CRASHES_LIMIT

LETTERS = 300
# Where every start was killed before it came to its letters, the last one has all of them.
PATIENCE_SECONDS = 120.0


def steps(number: int) -> tuple[Step, ...]:
    """What one run does: it proposes and shares, wishes and takes back wishes, and lets a week pass."""
    return (
        ("type", f"/propose Förslaget i omgång {number}"),
        letters(f"kills:{number}", 12),
        ("roll_back", {f"never:{number}:{n}": "never@example.org" for n in range(3)}),
        ("type", f"/example Exemplet i omgång {number}"),
        ("type", "time +7d"),
    )


def kill(house: House, chance: random.Random, kills: int) -> None:
    """Run after run, each killed at any moment of the time that one takes."""
    number, whole = 1, house.run(*steps(1)).seconds
    while house.crashes < kills:
        number += 1
        house.run(*steps(number), kill_after=chance.uniform(0.01, whole))
    house.run(*steps(number + 1))


def kill_the_program(house: House, server: str, chance: random.Random, kills: int) -> None:
    """The same with `tuva run`, and at last its orderly end."""
    installation = Installation(house.folder, mail=server)
    with (house.folder / "tuva.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"connections = {CONNECTIONS}\n")
    for number in range(kills):
        house.wish(f"kills:{number}", [f"reader{n}@example.org" for n in range(LETTERS)], real_time())
        with installation.running():
            time.sleep(chance.uniform(0.0, 0.5))
        house.crashed()
    with installation.running() as running, installation.database() as database:
        until(lambda: not unfinished(database), PATIENCE_SECONDS)
        assert running.stop() == 0


def unfinished(database: Database) -> int:
    """How many wishes have not come to their end."""
    with database.reading() as session:
        return len(outbox.unfinished(session))


def seeded() -> tuple[str, random.Random]:
    """The seed that `RIG_SEED` asks for, else any; and its chance."""
    seed = os.environ.get("RIG_SEED") or str(random.SystemRandom().randrange(10**6))
    return f"RIG_SEED={seed}", random.Random(seed)


@pytest.mark.parametrize("kills", [30, pytest.param(500, marks=pytest.mark.soak)])
def test_kills_at_random_lose_nothing(world: World, folder: Path, kills: int) -> None:
    seed, chance = seeded()
    house = world.house(folder, seed)
    kill(house, chance, kills)
    verdict = house.verdict()
    print(verdict)
    assert verdict.is_good, verdict
    assert verdict.recovered


@pytest.mark.parametrize("kills", [2, pytest.param(40, marks=pytest.mark.soak)])
def test_kills_of_the_whole_program_lose_nothing(world: World, folder: Path, kills: int) -> None:
    seed, chance = seeded()
    house = world.house(folder, seed)
    kill_the_program(house, world.mail, chance, kills)
    verdict = house.verdict()
    print(verdict)
    assert verdict.is_good, verdict
    assert verdict.attempted == kills * LETTERS


def test_a_letter_that_kills_its_carrier_is_parked_and_stops_no_other(world: World, folder: Path) -> None:
    house = world.house(folder)
    house.wish("kills", [f"reader{n}@example.org" if n != 500 else POISON for n in range(1000)])
    while house.run(bugs=["poison"]).died:
        assert house.crashes <= CRASHES_LIMIT + 1
    verdict = house.verdict()
    assert verdict.is_good, verdict
    assert (verdict.attempted, verdict.ok, verdict.parked) == (1000, 999, ["kills:500"])
