"""Tuva on Slack, for tests: the cast in a workspace, and a service that lives in a thread beside the test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from chatops.platforms.slack import Patience
from chatops.platforms.slack.manifest import events, scopes
from config.settings import Settings, SlackSettings
from digests.clock import real_time
from living import until
from people import ANA, BO, CHEN, GUS, INA
from running import BRISK, Running
from slackland import Slack as Workspace
from slackside.sight import Outcome, Sighted
from storage.database import Database
from storage.groups import bind_room, group_called

CHANNEL = "C1"
U = {ANA: "U0ANA", BO: "U0BO", CHEN: "U0CHEN", GUS: "U0GUS", INA: "U0INA"}
NAMES = {ANA: "Ana Ask", BO: "Bo Bark", CHEN: "Chen Cho", GUS: "Gus Gren", INA: "Ina Is"}
# Somebody else in the channel, whom each test makes what it needs.
EVE = "U0EVE"
# Waits for the message in the channel that holds these words.
Card = Callable[[str], Sighted]


def workspace(**told: Any) -> Workspace:
    """A workspace with the cast in it, all in the channel of the green group."""
    slack = Workspace(scopes=" ".join(scopes(history=True)), events=" ".join(events(history=True)), **told)
    for address, account in U.items():
        slack.add_person(account, NAMES[address], address, locale="en-GB" if address == CHEN else "sv-SE")
    slack.add_channel(CHANNEL, [*U.values(), EVE])
    return slack


def bind(database: Database, channel: str = CHANNEL, slug: str = "grona") -> None:
    """Make a channel a group's."""
    with database.transaction() as session:
        bind_room(session, group_called(session, slug), "slack", channel)


def slack_settings(slack: Workspace, **more: Any) -> SlackSettings:
    """The settings for a workspace."""
    secrets = {"bot_token": slack.bot_token, "app_token": slack.app_token, "signing_secret": slack.signing_secret}
    return SlackSettings.model_validate({**secrets, "api_url": slack.api_url, **more})


@contextmanager
def running(
    settings: Settings,
    slack: Workspace,
    patience: Patience = BRISK,
    now: Callable[[], datetime] = real_time,
    **more: Any,
) -> Iterator[Running]:
    """Tuva on that workspace, connected."""
    tuva = Running(settings.model_copy(update={"slack": slack_settings(slack, **more)}), patience, now=now)
    try:
        if more.get("mode") != "http":
            until(lambda: len(slack.connections()) == 2)
        yield tuva
    finally:
        tuva.stop()


def whispered(slack: Workspace, address: str) -> str:
    """What was last whispered to somebody."""
    return str(until(lambda: slack.ephemerals(U[address]))[-1].words)


def answered(outcome: Outcome) -> str:
    """What a command was answered with."""
    assert outcome.payload, outcome.error
    return str(outcome.payload["text"])
