"""One subgroup on both platforms, from a proposal on Slack until what came of it is read everywhere."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, unquote

import pytest
from sqlalchemy import select

from config.settings import Settings
from digests.courier import route, tries
from gateway import Gateway
from housed import State, faults, made, name_of, pins
from living import until
from matrix_person import Json
from on_matrix import card, matrix_settings, said_by, settle, thread_of
from on_slack import CHANNEL, U, answered, bind, slack_settings, workspace
from people import ANA, BO, CHEN, GUS
from running import Running
from slackland import Slack
from storage.database import Database
from storage.outbox import OutboxEntry
from storage.people import person_numbered
from town import Town

CYCLES, SLUG = "Var får cyklarna plats?", "var-far-cyklarna-plats"
NAME = CYCLES.rstrip("?")
NORA = "U0NORA"


@dataclass(frozen=True)
class Both:
    """The group on both. Ana, Bo and Gus are on both, Chen on Matrix alone and Nora, who joined today, on Slack."""

    slack: Slack
    town: Town
    tuva: Running
    gateway: Gateway

    def ask(self, line: str, by: str = ANA) -> str:
        """What a command on Slack is answered."""
        return answered(self.slack.command("/tuva", line, by=U[by], channel=CHANNEL))

    @property
    def channel(self) -> Json:
        """The subgroup's channel; empty while there is none."""
        return next((one for one in self.slack.channels() if one["name"] == SLUG), {})

    @property
    def room(self) -> str:
        """The subgroup's room; empty while there is none."""
        return next((room for room, state in made(self.town.tuva).items() if name_of(state) == NAME), "")

    @property
    def state(self) -> State:
        """How the subgroup's room stands."""
        return self.town.tuva.state(self.room)

    def said(self) -> Iterator[tuple[str, str]]:
        """What Tuva says in the rooms of both, but for answers, and where."""
        for channel in filter(None, (CHANNEL, self.channel.get("id"))):
            yield from ((channel, said.words) for said in self.slack.messages(channel))
        for room in filter(None, (self.town.room, self.room)):
            events = said_by(self.town.tuva.timeline(room), self.town.tuva.user_id)
            yield from ((room, event["content"]["body"]) for event in events if not thread_of(event))

    def read(self, words: str) -> list[str]:
        """Where something stands that begins with these words, each place as often as it stands there."""
        return [place for place, said in self.said() if said.startswith(words)]

    def stands(self, words: str, *, in_the_groups: bool = False, in_its_own: bool = False) -> None:
        """Wait until something stands once in each room of the group or of the subgroup, and nowhere else."""
        wanted = [CHANNEL, self.town.room] * in_the_groups + [self.channel["id"], self.room] * in_its_own
        until(lambda: len(self.read(words)) >= len(wanted))
        assert sorted(self.read(words)) == sorted(wanted)


@pytest.fixture
def both(
    settings: Settings, database: Database, town: Town, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Both]:
    monkeypatch.setattr(route, "LONGEST_PAUSE", timedelta(seconds=0.3))
    monkeypatch.setattr(tries, "LONGEST_WAIT", timedelta(seconds=0.3))
    settle(database, town)
    bind(database)
    with workspace() as slack:
        platforms = {"slack": slack_settings(slack), "matrix": matrix_settings(town, homeserver=gateway.url)}
        slack.change_person(U[CHEN], deleted=True)
        slack.add_person(NORA, "Nora Nord", "nora@example.org", locale="sv-SE")
        tuva = Running(settings.model_copy(update=platforms))
        try:
            until(lambda: tuva.hears("matrix") and len(slack.connections()) == 2)
            yield Both(slack, town, tuva, gateway)
        finally:
            gateway.mend()
            tuva.stop()


def test_a_subgroup_on_both_is_formed_fills_answers_and_ends(both: Both) -> None:
    asked = bo_asks_and_chen_supports(both)
    it_forms_while_matrix_is_away(both)
    both.gateway.mend()
    it_is_whole_once_matrix_is_there(both, asked)
    who_goes_in_by_themselves_is_invited_on_the_other_side(both)
    what_it_says_stays_in_its_rooms(both)
    its_answer_is_read_in_the_groups_rooms(both)
    when_it_ends_its_rooms_say_so_and_close(both)
    who_asked_hears_once_what_came_of_it(both)


def bo_asks_and_chen_supports(both: Both) -> str:
    """The event of the proposal's card."""
    both.ask("medlemmar lägg till Nora Nord nora@example.org Torget")
    both.ask(f"föreslå {CYCLES}", BO)
    asked = str(card(both.town, CYCLES)["event_id"])
    both.town[CHEN].react(both.town.room, asked, "👍")
    until(lambda: any("Stöd: 1" in said.words for said in both.slack.messages(CHANNEL)))
    return asked


def it_forms_while_matrix_is_away(both: Both) -> None:
    both.gateway.fault("cut")
    both.ask(f"undergrupp starta förslag:1 @Chen <@{NORA}|nora> sammankallande:@Nora")
    until(lambda: both.channel)
    until(lambda: any(one.fault for one in both.gateway.asked))
    assert "Bildas" in both.ask("undergrupp 1")
    assert (both.read("Undergrupp 1"), both.channel["members"], both.room) == ([], [both.slack.bot_user], "")


def it_is_whole_once_matrix_is_there(both: Both, asked: str) -> None:
    chen, ana = (both.town[who].user_id for who in (CHEN, ANA))
    until(lambda: both.room and not list(faults(both.town.tuva, {NAME: {ana, chen}})))
    until(lambda: both.channel["pins"] and {U[ANA], NORA} <= {*both.channel["members"]})
    both.stands("Undergrupp 1: ", in_the_groups=True, in_its_own=True)
    assert len(both.slack.calls("conversations.create")) == 1
    [brief] = both.slack.messages(both.channel["id"])
    [pinned] = [event for event in both.town.tuva.timeline(both.room) if [event["event_id"]] == pins(both.state)]
    on_slack, on_matrix = json.dumps(brief.blocks), pinned["content"]["formatted_body"]
    assert f"channel={CHANNEL}&message_ts=" in on_slack
    assert f"/{quote(asked, safe='')}" in on_matrix
    assert f"#{SLUG}:" in unquote(on_slack)
    assert f"channel={both.channel['id']}" in on_matrix


def who_goes_in_by_themselves_is_invited_on_the_other_side(both: Both) -> None:
    both.town[GUS].join(both.room)
    until(lambda: U[GUS] in both.channel["members"])
    assert "Gus Gren" in both.ask("undergrupp 1")


def what_it_says_stays_in_its_rooms(both: Both) -> None:
    both.town[CHEN].join(both.room)
    both.town[CHEN].say(both.room, "!föreslå Tak över ställen")
    both.stands("Förslag 2: Tak över ställen", in_its_own=True)


def its_answer_is_read_in_the_groups_rooms(both: Both) -> None:
    both.town[CHEN].say(both.room, "!undergrupp rapport Tre ställ vid stationen.")
    both.stands(f"Svar från undergrupp 1: {CYCLES}", in_the_groups=True)


def when_it_ends_its_rooms_say_so_and_close(both: Both) -> None:
    both.town[ANA].say(both.town.room, "!undergrupp 1 avsluta Vi bygger tre.")
    until(lambda: both.channel["archived"])
    until(lambda: both.state["m.room.power_levels", ""]["events_default"] == 100)
    both.stands(f"Så gick det för undergrupp 1: {CYCLES}", in_its_own=True)
    both.stands("Undergrupp 1: ", in_the_groups=True, in_its_own=True)
    until(lambda: len([said for _, said in both.said() if re.match("Undergrupp 1: .*Vi bygger tre", said, re.S)]) == 4)


def who_asked_hears_once_what_came_of_it(both: Both) -> None:
    with both.tuva.service.database.reading() as session:
        told = session.scalars(select(OutboxEntry).where(OutboxEntry.topic == "note:subgroup:1:ended")).all()
        people = Counter(str(person_numbered(session, int(one.personal["person"])).email) for one in told)
    assert people == Counter([BO, CHEN, GUS, "nora@example.org"])
