"""The Nth crash on Matrix, N = 1, 2, 3 … until none is left: nothing said there or shown there is lost or doubled."""

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any

import pytest

from digests.clock import real_time
from homeserver import Synapse
from people import ANA, BO, CHEN
from rig import telling
from rig.matrix_house import Day, MatrixHouse
from rig.nursery import Nursery
from town import Town

House = Callable[[], MatrixHouse]
Acts = Iterator[Callable[[], Any]]
IN_SPRING = (real_time() + timedelta(days=90)).date()
# The outbox keys of what is wished for in a subgroup's rooms.
ROOMS = r"^(room|invite|remove):|^card:subgroup:\d+:brief"
ADay = Callable[[MatrixHouse, int], Acts]


@pytest.fixture(scope="module")
def house(nursery: Nursery, homeserver: Synapse, rig_folder: Path) -> House:
    """A fresh house each time, in one town."""
    if not homeserver.running:
        homeserver.start()
    return partial(MatrixHouse, nursery, Town(homeserver), rig_folder)


def a_day(house: MatrixHouse, number: int) -> Acts:
    """Somebody proposes, somebody shares an example; one likes it, one objects and gives the reason when asked."""
    title, example = f"Solceller {number}", f"Cykelpool {number}"
    yield house.is_in
    house.say(ANA, f"!föreslå {title}\nPå skolans tak.", title)
    house.say(BO, f"!exempel {example}\nTio cyklar.", example)
    yield lambda: house.cards(title) and house.cards(example)
    house.react(BO, title, "👍🏽", "proposal.support")
    house.react(CHEN, title, "👎")
    house.react(ANA, example, "❤️", "example.thank")
    yield lambda: house.is_asked_about(title)
    house.give_reason(CHEN, title, "proposal.object")
    yield house.has_settled


def a_full_day(house: MatrixHouse, number: int) -> Acts:
    """The same, while somebody hears something alone, somebody shares an example with a picture, and a meeting is
    planned.
    """
    yield from leaving_and_sharing(house, number)
    yield from meeting(house, f"Vårmöte {number}")
    yield from a_day(house, number)


def meeting(house: MatrixHouse, title: str) -> Acts:
    """Somebody plans a meeting, and somebody comes."""
    house.say(ANA, f"!möte planera {IN_SPRING} 13:00 {title}", title)
    yield lambda: house.cards(title)
    house.react(BO, title, "👍", "meeting.coming")


def leaving_and_sharing(house: MatrixHouse, number: int) -> Acts:
    """Somebody hears something alone, and somebody shares an example with a picture."""
    yield house.is_calm
    house.tell(str(number))
    house.show(ANA, f"Ställ {number}")


def a_subgroup(house: MatrixHouse, number: int) -> Acts:
    """A few take care of a question, one of them no longer, and it is answered."""
    question = f"Var ska ställ {number} stå?"
    yield house.is_calm
    house.form(question)
    yield house.has_settled
    house.order(BO, question, "lämna")
    yield house.has_settled
    house.order(ANA, question, "avsluta Klart.")
    yield house.has_settled


def crash(house: MatrixHouse, day_of: ADay, **how: Any) -> str:
    """Die, live again, and be judged. Returns where it died; empty when it came to its end."""
    day = Day(day_of(house, 0))
    ended = house.live(day, **how)
    if ended.died:
        house.live(day)
    assert house.faults() == [], f"{how} {house.deaths}"
    house.leave_names()
    return ended.point


def walked(house: House, among: str, step: int, day_of: ADay) -> Counter[str]:
    """Die at every one of them, or at every `step`th: how often at which."""
    points: Counter[str] = Counter()
    while point := crash(house(), day_of, die_at=1 + step * points.total(), among=among):
        points[point] += 1
    return points


@pytest.mark.parametrize(
    ("step", "day_of"),
    [
        (29, a_day),
        pytest.param(1, a_full_day, marks=pytest.mark.soak),
        pytest.param(1, a_subgroup, marks=pytest.mark.soak),
    ],
)
def test_a_crash_around_any_call_to_the_homeserver_loses_and_doubles_nothing(
    house: House, step: int, day_of: ADay
) -> None:
    assert walked(house, "matrix", step, day_of).total() * step > 60


# One life after the other, each of which dies at the next point of what is wished for in it, and first of all ends what
# the one before has left. Every point in the long run.
@pytest.mark.parametrize("step", [10, pytest.param(1, marks=pytest.mark.soak)])
def test_a_crash_around_a_note_or_a_picture_loses_and_doubles_nothing(house: House, step: int) -> None:
    lived = house()
    for number in count(1):
        day = Day(chain(leaving_and_sharing(lived, number), [lived.has_settled]))
        if not lived.live(day, die_at=1 + step * (number - 1), carrying=telling.about(number)).died:
            break
    assert lived.faults() == [], lived.deaths
    assert len(lived.deaths) >= 20 // step


# In the same way, just after a subgroup's room is made; at every point of its life in the long run, above.
def test_a_crash_around_a_room_of_a_subgroup_leaves_no_half_and_no_second_room(house: House) -> None:
    lived = house()
    for number, die_at in enumerate((20, 0)):
        lived.live(Day(a_subgroup(lived, number)), die_at=die_at, carrying=ROOMS)
    assert lived.faults() == [], lived.deaths
    assert len(lived.deaths) == 1


# Who dies before a commit leaves what was there before: the point before that is walked already.
@pytest.mark.parametrize(
    ("among", "step", "day_of"),
    [
        ("database.committed", 17, a_day),
        pytest.param("database.committed", 1, a_full_day, marks=pytest.mark.soak),
        pytest.param("database.committed", 1, a_subgroup, marks=pytest.mark.soak),
        pytest.param("database.commit", 1, a_full_day, marks=pytest.mark.soak),
    ],
)
def test_a_crash_at_any_commit_loses_and_doubles_nothing(house: House, among: str, step: int, day_of: ADay) -> None:
    assert walked(house, among, step, day_of).total() * step > 40


@pytest.mark.parametrize(("kills", "day_of"), [(8, a_day), pytest.param(150, a_full_day, marks=pytest.mark.soak)])
def test_kills_at_random_lose_and_double_nothing(house: House, kills: int, day_of: ADay) -> None:
    seed = os.environ.get("RIG_SEED") or str(random.SystemRandom().randrange(10**6))
    chance, killed, numbers = random.Random(seed), house(), count()
    day = Day(day_of(killed, next(numbers)))
    while len(killed.deaths) < kills:
        killed.live(day, kill_after=chance.uniform(0.1, 0.9))
        day = day if day.waits_for else Day(day_of(killed, next(numbers)))
    killed.retry_parked()
    killed.live(day)
    assert killed.faults() == [], f"RIG_SEED={seed}"


@pytest.mark.parametrize("ending", [Synapse.kill, pytest.param(Synapse.stop, marks=pytest.mark.soak)])
def test_a_homeserver_that_goes_and_comes_back_loses_and_doubles_nothing(
    house: House, homeserver: Synapse, ending: Callable[[Synapse], None]
) -> None:
    def acts() -> Acts:
        for number, waits_for in enumerate(a_day(lived, 0)):
            if number == 2:  # what was just said is on its way in, and out
                ending(homeserver)
                homeserver.restart()
            yield waits_for

    lived = house()
    day = Day(acts())
    while lived.live(day, die_at=25 + 10 * len(lived.deaths), among="matrix").died:
        pass
    assert lived.deaths
    assert lived.faults() == []
