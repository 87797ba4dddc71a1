"""Who goes into a subgroup's channel, and what becomes of the channel: Tuva follows, and tells who must know."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from living import until
from on_slack import CHANNEL, EVE, Running, U, answered
from people import ANA, BO, CHEN, GUS
from slack_subgroups import SLUG
from slackland import Slack
from storage.database import Database
from storage.rooms import Room
from storage.subgroups import Subgroup

Deed = Callable[[Slack, str], Any]
START = f"start Cykelställ <@{U[BO]}|bo>"


@pytest.fixture
def channel(tuva: Running, slack: Slack) -> str:
    """The channel of a subgroup of Ana and Bo, into which all have been invited."""
    answered(slack.command("/subgroup", START, by=U[ANA], channel=CHANNEL))
    until(lambda: any({U[ANA], U[BO]} <= {*one["members"]} for one in slack.channels() if one["name"] == SLUG))
    found = slack.channel_called(SLUG)
    until(lambda: slack.channel_called(SLUG)["pins"])
    return str(found["id"])


@pytest.fixture
def stage(database: Database, channel: str) -> Callable[[], str]:
    """How far the room is."""

    def stage() -> str:
        with database.reading() as session:
            return str(session.scalar(select(Room.stage).where(Room.address == channel)))

    return stage


def members(database: Database) -> set[str | None]:
    """Who takes care of it."""
    with database.reading() as session:
        return {person.email for person in session.get_one(Subgroup, 1).members}


def test_who_goes_in_by_themselves_takes_care_of_it_too_if_they_are_of_the_group(
    slack: Slack, channel: str, database: Database
) -> None:
    slack.add_person(EVE, "Eve Ek", "eve@example.org")
    slack.add_person("U0FALSE", "Gus Gren", GUS, confirmed=False)
    for account in (EVE, "U0FALSE", U[CHEN]):
        slack.enter(channel, account)
    until(lambda: members(database) >= {CHEN})
    assert members(database) == {ANA, BO, CHEN}
    assert [join for join in slack.joins() if join[1] == U[CHEN]] == [(channel, U[CHEN])]


@pytest.mark.parametrize(
    ("lose", "find"),
    [
        (Slack.kick_bot, Slack.invite_bot),
        (Slack.archive, lambda slack, channel: slack.archive(channel, archived=False)),
    ],
)
def test_a_channel_that_is_closed_by_hand_is_lost_until_it_is_open_again(
    lose: Deed, find: Deed, slack: Slack, channel: str, stage: Callable[[], str]
) -> None:
    lose(slack, channel)
    until(lambda: stage() == "archived")
    assert until(lambda: [note for note in slack.direct(U[ANA]) if "har tappat sitt rum" in note.words])
    find(slack, channel)
    until(lambda: stage() == "open")
    slack.enter(channel, U[CHEN])
    assert until(lambda: [seen for seen in slack.messages(channel) if "Chen Cho" in seen.words])
    assert len(slack.messages(channel)) == 1


def test_a_deleted_channel_has_a_successor_when_somebody_asks_for_one(
    slack: Slack, channel: str, tuva: Running
) -> None:
    slack.delete_channel(channel)
    until(lambda: any("har tappat sitt rum" in note.words for note in slack.direct(U[ANA])))
    slack.command("/subgroup", "1 rooms", by=U[ANA], channel=CHANNEL)
    until(lambda: any(one["name"] == SLUG and U[BO] in one["members"] and one["pins"] for one in slack.channels()))
    assert slack.channel_called(SLUG)["id"] != channel


def test_what_has_happened_since_counts_and_not_what_is_told_late(
    slack: Slack, channel: str, stage: Callable[[], str]
) -> None:
    slack.happen({"type": "group_left", "channel": channel, "event_ts": "1.0"}, channel)
    slack.settle()
    assert stage() == "open"


def test_a_channel_that_tuva_closes_itself_is_not_told_as_lost(
    slack: Slack, channel: str, stage: Callable[[], str]
) -> None:
    slack.command("/subgroup", "1 close Två ställ", by=U[ANA], channel=CHANNEL)
    until(lambda: slack.channel_called(SLUG)["archived"] and stage() == "archived")
    slack.settle()
    assert not any("har tappat sitt rum" in note.words for note in slack.direct(U[ANA]))
