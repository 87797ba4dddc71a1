"""The Nth crash on Slack, N = 1, 2, 3 … until none is left: nothing said there or shown there is lost or doubled."""

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from on_slack import U, workspace
from people import ANA, BO, CHEN, GUS
from rig import telling
from rig.gathering import ABOUT_ROOMS
from rig.nursery import Nursery
from rig.slack_house import Gesture, SlackHouse, Story
from slack_outbox import LONG
from slackland import Slack
from storage import crash_points

House = Callable[[], SlackHouse]
Tells = Callable[[SlackHouse], Story]
Day = Callable[[SlackHouse, int], list[Gesture]]
TRANSFERS = {"slack.transfer", "slack.transferred"}


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    """A workspace that waits for nobody long."""
    with workspace(pace=0.002, ack_seconds=0.5) as slack:
        slack.switches(gives_up_when_cut=True)
        yield slack


@pytest.fixture
def house(nursery: Nursery, slack: Slack, rig_folder: Path) -> House:
    """A fresh house each time."""
    return partial(SlackHouse, nursery, slack, rig_folder)


def story(house: SlackHouse) -> Story:
    """A long card from inside; somebody proposes in each way there is, and two take a stand on the long card."""
    house.wish("Lång", LONG)

    def standing() -> list[Gesture]:
        card = {"channel": house.channel, "ts": long_card(house)[0]}
        return [
            ("press", {"by": U[BO], "action_id": "support", **card}, f"proposal:1 {BO}"),
            ("press", {"by": U[GUS], "action_id": "support", **card}, ""),
            ("react", {"by": U[CHEN], "name": "+1", **card}, f"proposal:1 {CHEN}"),
        ]

    return Story(house, [(house.hears, partial(proposing, house)), (lambda: len(long_card(house)) == 3, standing)])


def full_story(house: SlackHouse) -> Story:
    """The same, while somebody hears something alone, shares an example with a picture, or answers under an agenda."""
    house.meet()
    (is_time, proposed), *rest = story(house).acts
    begun = (is_time, lambda: [*proposed(), *sharing(house, 1), *leaving(house, 1)])
    return Story(house, [begun, *rest, (lambda: agenda_card(house), partial(coming, house))])


def agenda_card(house: SlackHouse) -> list[str]:
    """The message of the agenda."""
    return [one.ts for one in house.slack.messages(house.channel) if one.words.startswith("Dagordning till möte 1")]


def coming(house: SlackHouse) -> list[Gesture]:
    """Somebody comes, by a sign under the agenda."""
    [card] = agenda_card(house)
    return [("react", {"by": U[BO], "name": "+1", "channel": house.channel, "ts": card}, f"meeting:1 {BO}")]


def sharing(house: SlackHouse, number: int) -> list[Gesture]:
    """An example with a picture."""
    return [house.show(f"Ställ {number}")]


def leaving(house: SlackHouse, number: int) -> list[Gesture]:
    """Somebody hears something alone, which nobody has asked for."""
    house.tell(str(number))
    return []


def proposing(house: SlackHouse, mark: str = "") -> list[Gesture]:
    """With a command, and with Tuva's name."""
    bot, by_command, by_name = house.slack.bot_user, f"Kommando{mark}", f"Namn{mark}"
    return [
        ("command", {"command": "/propose", "text": by_command, "by": U[ANA], "channel": house.channel}, by_command),
        ("say", {"text": f"<@{bot}> propose {by_name}", "by": U[BO], "channel": house.channel}, by_name),
    ]


def gathering(house: SlackHouse) -> Story:
    """A subgroup is formed, and closed when all are in its channel."""
    gathered = house.gather()
    return Story(house, [(gathered.is_whole, gathered.close)])


def busy_day(house: SlackHouse, number: int) -> list[Gesture]:
    """Two proposals, and somebody likes the oldest card that they have not seen yet."""
    liked = [
        ("react", {"by": U[CHEN], "name": "+1", "channel": house.channel, "ts": seen.ts}, f"proposal:{which} {CHEN}")
        for seen in house.slack.messages(house.channel)
        if (which := seen.words.partition("Förslag ")[2].partition(":")[0]) and not seen.reactions
    ]
    return [*proposing(house, f" {number}"), *liked[:1]]


def full_busy_day(house: SlackHouse, number: int) -> list[Gesture]:
    """The same, with a note and a picture."""
    return [*busy_day(house, number), *sharing(house, number), *leaving(house, number)]


def long_card(house: SlackHouse) -> list[str]:
    """The messages of the long card."""
    seen = house.slack.messages(house.channel)
    roots = [one.ts for one in seen if one.words.startswith("Förslag 1")]
    return [one.ts for one in seen if {one.ts, one.thread_ts} & set(roots)]


def crash(house: SlackHouse, n: int, among: str, tells: Tells, carrying: str = "") -> str:
    """Die at the Nth point of those `among`, live again, and be judged. Returns the point; empty without an Nth."""
    told = tells(house)
    told.play(house.start(die_at=n, among=among, carrying=carrying))
    if house.deaths:
        told.play(house.start())
    assert house.faults() == [], f"N={n} {among} {house.deaths}"
    return "".join(house.deaths)


def walked(house: House, among: str, every: int, tells: Tells, carrying: str = "") -> Counter[str]:
    """Die at every one of them, or at every second: how often at which."""
    points: Counter[str] = Counter()
    while point := crash(house(), points.total() * every + 1, among, tells, carrying):
        points[point] += 1
    return points


# Every fourth, so that a run is short; every one in the long run.
@pytest.mark.parametrize(("every", "tells"), [(4, story), pytest.param(1, full_story, marks=pytest.mark.soak)])
def test_no_crash_around_what_slack_is_told_loses_or_doubles_anything(every: int, tells: Tells, house: House) -> None:
    points = walked(house, "slack", every, tells)
    assert points.total() > 20 // every
    # Much happens side by side, so that the Nth point is not the same in every run: what was missed is walked by name.
    named = {point for pair in crash_points.PAIRS for point in pair if point.startswith("slack.")}
    assert all(crash(house(), 1, point, tells) for point in named - TRANSFERS - set(points))


# Who dies before a commit leaves what was there before: the point before that is walked already.
@pytest.mark.parametrize(
    ("among", "every", "tells"),
    [
        ("database.committed", 4, story),
        pytest.param("database.committed", 1, full_story, marks=pytest.mark.soak),
        pytest.param("database.commit", 1, full_story, marks=pytest.mark.soak),
    ],
)
def test_no_crash_at_a_commit_loses_or_doubles_anything(house: House, among: str, every: int, tells: Tells) -> None:
    assert walked(house, among, every, tells).total() > 20 // every


# One life after the other, each of which dies at the next point of what is wished for in it, and first of all ends what
# the one before has left. Every point in the long run.
@pytest.mark.parametrize("every", [12, pytest.param(1, marks=pytest.mark.soak)])
def test_no_crash_around_a_note_or_a_picture_loses_or_doubles_anything(house: House, every: int) -> None:
    lived = house()
    for number in count(1):
        acts = [(lived.is_calm, partial(sharing, lived, number)), (lambda: True, partial(leaving, lived, number))]
        Story(lived, acts).play(lived.start(die_at=1 + every * (number - 1), carrying=telling.about(number)))
        if len(lived.deaths) < number:
            break
    assert lived.faults() == [], lived.deaths
    assert len(lived.deaths) >= 27 // every


# Every twenty-fifth, so that a run is short; every one, also around the commits, in the long run.
@pytest.mark.parametrize("every", [25, pytest.param(1, marks=pytest.mark.soak)])
def test_no_crash_around_the_channel_of_a_subgroup_leaves_it_half_made_or_makes_a_second(
    every: int, house: House
) -> None:
    assert walked(house, "", every, gathering, ABOUT_ROOMS).total() >= 30 // every


@pytest.mark.soak
def test_every_second_crash_loses_and_doubles_nothing(house: House) -> None:
    for first in range(1, 100, 7):
        for second in range(1, 100, 5):
            twice = house()
            told = full_story(twice)
            for n in (first, second, 0):
                told.play(twice.start(die_at=n))
            assert twice.faults() == [], f"N={first}, {second} {twice.deaths}"


@pytest.mark.parametrize(("kills", "day"), [(15, busy_day), pytest.param(300, full_busy_day, marks=pytest.mark.soak)])
def test_kills_at_random_lose_and_double_nothing(house: House, kills: int, day: Day) -> None:
    seed = os.environ.get("RIG_SEED") or str(random.SystemRandom().randrange(10**6))
    chance = random.Random(seed)
    killed = house()
    told = Story(killed)
    for number in range(kills):
        told.acts.append((killed.hears, partial(day, killed, number)))
        told.play(killed.start(kill_after=chance.uniform(0.05, 0.6)), dies=True)
    killed.retry_parked()
    told.play(killed.start())
    assert killed.faults() == [], f"RIG_SEED={seed}"
    assert len(killed.deaths) == kills
