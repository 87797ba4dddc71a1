"""The rig is believed because it finds what was planted, and because it finds nothing where nothing was."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from people import MONDAY
from rig import power_cut
from rig.checker import Verdict
from rig.house import House, Step, World, letters, world
from rig.walk import walk
from storage.delivery import LEASE

THREE_LETTERS = letters("planted", 3)
# As by a cause that does not know whether its wish was stored.
WISHED_AGAIN = (THREE_LETTERS, THREE_LETTERS)
CARRY: Step = ("carry", "")


def first_bad(world: World, folder: Path, *bugs: str) -> Verdict | None:
    """Walk over every moment just before and just after a letter is out, until something is bad."""
    walks = (walk(world, folder, WISHED_AGAIN, among=point, bugs=list(bugs)) for point in ("smtp.send", "smtp.sent"))
    verdicts = (crash.verdict for crash in chain.from_iterable(walks))
    return next((verdict for verdict in verdicts if not verdict.is_good), None)


def after_a_long_pause(world: World, folder: Path, *bugs: str) -> Verdict:
    """A service stands still after its claim; another takes over when the lease has ended; the first goes on."""
    house = world.house(folder)
    house.wish("planted", [f"reader{n}@example.org" for n in range(6)])
    paused = house.run(CARRY, bugs=["pause_before_intent", *bugs])
    assert paused.paused
    house.run(CARRY, now=MONDAY + 2 * LEASE, bugs=list(bugs))
    house.resume(paused)
    return house.verdict()


def after_a_power_cut(world: World, house: House, notes: Path, *bugs: str) -> Verdict:
    """The power goes when the first letter is out."""
    house.run(("type", "/propose Solceller"), THREE_LETTERS, die_at=1, among="smtp.sent", judged=False, bugs=list(bugs))
    power_cut.cut(house.folder / "tuva.db-wal", notes)
    house.crashed()
    house.run()
    return house.verdict()


def test_without_a_bug_the_walk_finds_nothing(world: World, folder: Path) -> None:
    assert first_bad(world, folder) is None


def test_marking_before_sending_loses_letters(world: World, folder: Path) -> None:
    verdict = first_bad(world, folder, "mark_before_send")
    assert verdict is not None
    assert verdict.lost, verdict


def test_an_intent_that_is_not_durable_makes_doubles_that_nobody_sees(world: World, folder: Path) -> None:
    verdict = first_bad(world, folder, "intent_not_durable")
    assert verdict is not None
    assert verdict.unflagged, verdict


def test_a_wish_without_a_unique_key_is_found(world: World, folder: Path) -> None:
    verdict = first_bad(world, folder, "no_unique_key")
    assert verdict is not None
    assert verdict.unexpected, verdict


def test_who_stood_still_too_long_sends_nothing(world: World, folder: Path) -> None:
    verdict = after_a_long_pause(world, folder)
    assert verdict.is_good, verdict
    assert (verdict.ok, verdict.extra) == (6, 0)


def test_without_fencing_who_stood_still_sends_once_more(world: World, folder: Path) -> None:
    verdict = after_a_long_pause(world, folder, "no_fencing")
    assert verdict.unflagged, verdict


# --- the power cut ---


@pytest.fixture(scope="module")
def notes(rig_folder: Path) -> Path:
    """Where the syncs of the world below are noted."""
    return power_cut.notes_in(rig_folder)


@pytest.fixture(scope="module")
def world_of_a_disk(rig_folder: Path, notes: Path) -> Iterator[World]:
    """A nursery whose syncs are noted."""
    if power_cut.COMPILER is None:
        pytest.skip("no C compiler here, and without one nobody sees what a sync covers")
    (rig_folder / "disk").mkdir()
    with world(rig_folder / "disk", **power_cut.environment(rig_folder)) as disk:
        yield disk


def test_a_power_cut_takes_nothing_that_was_told(world_of_a_disk: World, folder: Path, notes: Path) -> None:
    verdict = after_a_power_cut(world_of_a_disk, world_of_a_disk.house(folder), notes)
    assert verdict.is_good, verdict


def test_without_full_sync_a_power_cut_takes_what_was_told(world_of_a_disk: World, folder: Path, notes: Path) -> None:
    verdict = after_a_power_cut(world_of_a_disk, world_of_a_disk.house(folder), notes, "normal_sync")
    assert verdict.lost, verdict
