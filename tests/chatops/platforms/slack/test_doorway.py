"""Who goes into a subgroup's channel, and what becomes of the channel: Tuva follows, and tells who must know."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from living import until
from on_slack import CHANNEL, EVE, U, answered, bind, running, workspace
from people import ANA, BO, CHEN, GUS
from settled import installation
from slackland import Slack
from storage.database import Database
from storage.rooms import Room
from storage.subgroups import Subgroup

Deed = Callable[[Slack, str], Any]


@dataclass(frozen=True)
class Town:
    """Where Tuva lives while these tests last. Each has a subgroup of its own."""

    slack: Slack
    database: Database
    numbers: Iterator[int]


@dataclass(frozen=True)
class Corner:
    """A subgroup of Ana and Bo: its number, and its channel, into which all have been invited."""

    slack: Slack
    database: Database
    number: int
    id: str

    def stage(self) -> str:
        """How far the room is."""
        with self.database.reading() as session:
            return str(session.scalar(select(Room.stage).where(Room.address == self.id)))

    def members(self) -> set[str | None]:
        """Who takes care of it."""
        with self.database.reading() as session:
            return {person.email for person in session.get_one(Subgroup, self.number).members}

    def is_told_as_lost(self) -> bool:
        """Its lead has been told that the channel is gone."""
        told = f"Undergrupp {self.number} har inget rum på Slack längre"
        return any(told in note.words for note in self.slack.direct(U[ANA]))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Tuva, connected, with the green group's channel bound."""
    settings = installation(tmp_path_factory.mktemp("town"))
    database = Database(settings.service.database)
    bind(database)
    with workspace() as slack, running(settings, slack):
        yield Town(slack, database, count(1))
    database.close()


@pytest.fixture
def slack(town: Town) -> Slack:
    return town.slack


@pytest.fixture
def corner(town: Town) -> Corner:
    number, slack = next(town.numbers), town.slack
    answered(slack.command("/subgroup", f"start Hörn {number} <@{U[BO]}|bo>", by=U[ANA], channel=CHANNEL))
    channel = until(lambda: furnished(slack, f"horn-{number}"))
    return Corner(slack, town.database, number, str(channel[0]["id"]))


def furnished(slack: Slack, name: str) -> list[dict[str, Any]]:
    """The channel of that name, once all are in it and the mandate is pinned."""
    called = [channel for channel in slack.channels() if channel["name"] == name]
    return [channel for channel in called if {U[ANA], U[BO]} <= {*channel["members"]} and channel["pins"]]


def test_who_goes_in_by_themselves_takes_care_of_it_too_if_they_are_of_the_group(slack: Slack, corner: Corner) -> None:
    slack.add_person(EVE, "Eve Ek", "eve@example.org")
    slack.add_person("U0FALSE", "Gus Gren", GUS, confirmed=False)
    for account in (EVE, "U0FALSE", U[CHEN]):
        slack.enter(corner.id, account)
    until(lambda: corner.members() >= {CHEN})
    assert corner.members() == {ANA, BO, CHEN}
    assert slack.joins().count((corner.id, U[CHEN])) == 1


@pytest.mark.parametrize(
    ("lose", "find"),
    [
        (Slack.kick_bot, Slack.invite_bot),
        (Slack.archive, lambda slack, channel: slack.archive(channel, archived=False)),
    ],
)
def test_a_channel_that_is_closed_by_hand_is_lost_until_it_is_open_again(
    lose: Deed, find: Deed, slack: Slack, corner: Corner
) -> None:
    lose(slack, corner.id)
    until(corner.is_told_as_lost)
    assert corner.stage() == "archived"
    find(slack, corner.id)
    until(lambda: corner.stage() == "open")
    slack.enter(corner.id, U[CHEN])
    until(lambda: "Chen Cho" in slack.messages(corner.id)[0].words)
    assert len(slack.messages(corner.id)) == 1


def test_a_deleted_channel_has_a_successor_when_somebody_asks_for_one(slack: Slack, corner: Corner) -> None:
    slack.delete_channel(corner.id)
    until(corner.is_told_as_lost)
    slack.command("/subgroup", f"{corner.number} rooms", by=U[ANA], channel=CHANNEL)
    assert until(lambda: furnished(slack, f"horn-{corner.number}"))[0]["id"] != corner.id


def test_what_has_happened_since_counts_and_not_what_is_told_late(slack: Slack, corner: Corner) -> None:
    slack.happen({"type": "group_left", "channel": corner.id, "event_ts": "1.0"}, corner.id)
    slack.settle()
    assert corner.stage() == "open"


def test_a_channel_that_tuva_closes_itself_is_not_told_as_lost(slack: Slack, corner: Corner) -> None:
    slack.command("/subgroup", f"{corner.number} close Två ställ", by=U[ANA], channel=CHANNEL)
    until(lambda: corner.stage() == "archived")
    slack.settle()
    assert any(channel["archived"] for channel in slack.channels() if channel["id"] == corner.id)
    assert not corner.is_told_as_lost()
