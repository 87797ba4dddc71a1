"""The walk: the Nth crash, N = 1, 2, 3 … until none is left; each on a fresh copy, restarted, and judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from rig.checker import Verdict
from rig.house import House, Step, World


@dataclass(frozen=True)
class Crash:
    """One crash of the walk: the point, and the verdict after the restart. A run that came to its end has no point."""

    point: str
    verdict: Verdict


def walk(
    world: World,
    folder: Path,
    steps: Sequence[Step],
    restart: Sequence[Step] = (),
    among: str = "",
    *,
    every: int = 1,
    **rest: Any,
) -> Iterator[Crash]:
    """Die at every point of those `among`, or at every second, third …; restart, and judge.

    Lanes run side by side, so that the Nth point is not the same in every run: what the walk came to and never died
    at is walked by its name.
    """
    missed: set[str] = set()
    died_at: set[str] = set()
    for n in count(1, every):
        house = world.house(folder / f"{among}{n}", f"N={n} {among}")
        ended = house.run(*steps, die_at=n, among=among, **rest)
        if ended.died:
            house.run(*restart, **rest)
        yield Crash(ended.point, house.verdict())
        died_at.add(ended.point)
        if not ended.died:
            missed = set() if among else set(ended.points) - died_at
            break
    for name in missed:
        yield from walk(world, folder, steps, restart, name, every=every, **rest)


def walk_on(crashed: House, folder: Path, restart: Sequence[Step]) -> Iterator[Crash]:
    """Die at every point of the restart after a crash, and restart again."""
    for n in count(1):
        house = crashed.copied(folder / str(n))
        ended = house.run(*restart, die_at=n)
        if ended.died:
            house.run(*restart)
        yield Crash(ended.point, house.verdict())
        if not ended.died:
            return
