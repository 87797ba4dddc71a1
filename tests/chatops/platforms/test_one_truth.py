"""One truth behind both: a group that talks on Slack and in two rooms on Matrix, and its letters."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from homeserver import Synapse
from living import until
from matrix_person import Person
from on_matrix import answered_to, card, is_direct, matrix_settings, said_by, settle
from on_slack import CHANNEL, EVE, U, answered, bind, slack_settings, workspace
from people import ANA, BO, CHEN
from running import Running
from settled import installation
from slackland import Slack
from storage import occurrences
from storage.bulletins import bulletin_of
from storage.database import Database
from storage.groups import bind_room, group_called
from storage.memberships import Role, memberships_of
from storage.people import person_known_as
from town import Town

CODE = re.compile(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b")
GUEST = "U0GUEST"
NORA = "U0NORA"


@dataclass(frozen=True)
class Both:
    """The group on both, and where it is heard."""

    slack: Slack
    town: Town
    tuva: Running
    second: str

    @property
    def database(self) -> Database:
        """The record."""
        return self.tuva.service.database

    def on_slack(self, words: str) -> Any:
        """The card in the channel that holds these words, once it is there."""
        return until(lambda: next((seen for seen in self.slack.messages(CHANNEL) if words in seen.words), None))

    def shows(self, title: str, counts: str) -> None:
        """Wait until all three cards say so."""
        for room in (self.town.room, self.second):
            until(lambda room=room: counts in card(self.town, title, room)["content"]["body"])
        until(lambda: counts in self.on_slack(title).words)

    def proposed(self, title: str) -> int:
        """Ana proposes; returns its number when its card is everywhere."""
        self.tuva.say(f"propose {title}", ANA)
        number = re.search(r"Förslag (\d+)", self.on_slack(title).words)
        assert number
        self.shows(title, "Stöd: 0 · Invändningar: 0")
        return int(number[1])


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, homeserver: Synapse) -> Iterator[Both]:
    settings = installation(tmp_path_factory.mktemp("both"))
    town, database = Town(homeserver), Database(settings.service.database)
    second = town.gather("Gröna gruppens andra rum")
    settle(database, town)
    bind(database)
    with database.transaction() as session:
        bind_room(session, group_called(session, "grona"), "matrix", second)
    database.close()
    with workspace() as slack:
        platforms = {"slack": slack_settings(slack), "matrix": matrix_settings(town)}
        slack.add_person(NORA, "Nora Nord", "nora@example.org", locale="sv-SE")
        slack.add_person(GUEST, "Gäst", "gast@elsewhere.example", restricted=True)
        slack.add_channel(CHANNEL, [*U.values(), EVE, NORA, GUEST])
        tuva = Running(settings.model_copy(update=platforms))
        try:
            until(lambda: tuva.hears("matrix") and len(slack.connections()) == 2)
            yield Both(slack, town, tuva, second)
        finally:
            tuva.stop()


SAID: dict[str, Callable[[Both, str], object]] = {
    "slack": lambda both, line: both.slack.command("/tuva", line, by=U[BO], channel=CHANNEL),
    "matrix": lambda both, line: both.town[BO].say(both.town.room, f"!{line}"),
    "letter": lambda both, line: both.tuva.say(line, BO),
}


@pytest.mark.parametrize("where", SAID)
@pytest.mark.parametrize("word", ["föreslå", "exempel"])
def test_what_is_made_anywhere_becomes_a_card_in_every_room(word: str, where: str, both: Both) -> None:
    title = f"{word} på {where}"
    SAID[where](both, f"{word} {title}\nMed brödtext.")
    shown = both.on_slack(title).words
    assert "Med brödtext." in shown
    for room in (both.town.room, both.second):
        assert "Med brödtext." in card(both.town, title, room)["content"]["body"]


def test_a_stand_taken_on_slack_shows_on_matrix(both: Both) -> None:
    both.proposed("Solceller")
    both.slack.press(U[BO], CHANNEL, both.on_slack("Solceller").ts, "support")
    both.shows("Solceller", "Stöd: 1 · Invändningar: 0")


@pytest.mark.parametrize("place", ["first", "second"])
def test_a_stand_taken_on_matrix_shows_on_slack_and_in_the_other_room(place: str, both: Both) -> None:
    title = f"Vindkraft {place}"
    both.proposed(title)
    room = both.town.room if place == "first" else both.second
    both.town[BO].react(room, card(both.town, title, room)["event_id"], "👍")
    both.shows(title, "Stöd: 1 · Invändningar: 0")


def test_an_answer_on_slack_shows_on_the_matrix_card_and_the_other_way_round(both: Both) -> None:
    day = (both.tuva.now() + timedelta(days=90)).date()
    both.tuva.say(f"meeting plan {day} 13:00 Vårmötet", ANA)
    both.tuva.say("agenda send", ANA)
    both.shows("Möte 1: Vårmötet", "Kommer: 0 · Kommer inte: 0")
    both.slack.press(U[BO], CHANNEL, both.on_slack("Dagordning till möte 1").ts, "coming")
    both.shows("Möte 1: Vårmötet", "Kommer: 1 · Kommer inte: 0")
    both.town[CHEN].react(both.second, card(both.town, "Dagordning till möte 1", both.second)["event_id"], "👎")
    both.shows("Dagordning till möte 1", "Kommer: 1 · Kommer inte: 1")


def test_one_person_has_one_voice_and_the_last_word_wins(both: Both) -> None:
    number = both.proposed("Laddstolpar")
    both.slack.command("/proposal", f"{number} support", by=U[BO], channel=CHANNEL)
    both.shows("Laddstolpar", "Stöd: 1 · Invändningar: 0")
    both.town[BO].say(both.second, f"!förslag {number} invänd Vem betalar?")
    both.shows("Laddstolpar", "Stöd: 0 · Invändningar: 1")
    both.tuva.say(f"proposal {number} support", BO)
    both.shows("Laddstolpar", "Stöd: 1 · Invändningar: 0")


def test_two_people_on_two_platforms_have_two_voices(both: Both) -> None:
    both.proposed("Bikupor")
    both.slack.press(U[BO], CHANNEL, both.on_slack("Bikupor").ts, "support")
    both.town[CHEN].react(both.town.room, card(both.town, "Bikupor")["event_id"], "👍")
    both.shows("Bikupor", "Stöd: 2 · Invändningar: 0")


def test_a_sign_taken_away_on_matrix_leaves_a_word_said_on_slack(both: Both) -> None:
    number = both.proposed("Fladdermöss")
    there = card(both.town, "Fladdermöss")["event_id"]
    sign = both.town[BO].react(both.town.room, there, "👍")
    both.shows("Fladdermöss", "Stöd: 1 · Invändningar: 0")
    both.slack.command("/proposal", f"{number} object Dyrt", by=U[BO], channel=CHANNEL)
    both.shows("Fladdermöss", "Stöd: 0 · Invändningar: 1")
    both.town[BO].redact(both.town.room, sign)
    both.town[CHEN].react(both.town.room, there, "👍")
    both.shows("Fladdermöss", "Stöd: 1 · Invändningar: 1")


def test_a_sign_taken_away_on_matrix_is_taken_away_everywhere(both: Both) -> None:
    both.proposed("Pollinerare")
    sign = both.town[BO].react(both.second, card(both.town, "Pollinerare", both.second)["event_id"], "👍")
    both.shows("Pollinerare", "Stöd: 1 · Invändningar: 0")
    both.town[BO].redact(both.second, sign)
    both.shows("Pollinerare", "Stöd: 0 · Invändningar: 0")


# --- one person on both ---


def in_the_room(both: Both, localpart: str) -> Person:
    """Somebody whom nobody knows, in the group's room."""
    person = both.town.newcomer(localpart)
    both.town[ANA].invite(both.town.room, person.user_id)
    person.join(both.town.room)
    person.listen()
    return person


def hears(both: Both, person: Person, line: str) -> tuple[str, str]:
    """What somebody on Matrix is answered, and in which room."""
    said = person.say(both.town.room, line)
    heard = answered_to(both.town, person, said, said)
    return str(heard["content"]["body"]), str(heard["room_id"])


def code_in(told: str) -> str:
    """The code that somebody was told."""
    found = CODE.search(told)
    assert found, told
    return found[0]


def heard_in_rooms(both: Both) -> str:
    """All that Tuva said where others hear it."""
    on_matrix = [event for room in (both.town.room, both.second) for event in both.town[ANA].timeline(room)]
    in_rooms = [str(event["content"]["body"]) for event in said_by(on_matrix, both.town.tuva.user_id)]
    return "\n".join([*in_rooms, *(said.words for said in both.slack.messages(CHANNEL))])


def test_a_stranger_on_matrix_is_who_the_code_from_slack_tells(both: Both) -> None:
    both.slack.command("/tuva", "members add Nora Nord nora@example.org Torget", by=U[ANA], channel=CHANNEL)
    stranger = in_the_room(both, "nora")
    assert "känner inte igen dig" in hears(both, stranger, "!föreslå Okänt")[0]
    code = code_in(answered(both.slack.command("/tuva", "länka", by=NORA, channel=CHANNEL)))
    assert "Nora Nord" in hears(both, stranger, f"!tuva länka {code}")[0]
    assert "Norras idé" in hears(both, stranger, "!föreslå Norras idé")[0]
    assert "Idé från Nora Nord, Torget" in both.on_slack("Norras idé").words


def test_a_stranger_who_guesses_is_told_so_and_stays_one(both: Both) -> None:
    stranger = in_the_room(both, "guesser")
    assert "Den koden finns inte" in hears(both, stranger, "!tuva länka AAAA-AAAA")[0]
    with both.database.reading() as session:
        assert person_known_as(session, "matrix", stranger.user_id) is None


def test_a_code_is_told_in_the_direct_room_alone(both: Both) -> None:
    both.town[CHEN].listen()
    told, room = hears(both, both.town[CHEN], "!tuva link")
    assert is_direct(both.town, both.town[CHEN], room)
    assert code_in(told) not in heard_in_rooms(both)


def test_a_guest_whom_slack_made_is_the_member_who_is_known_on_matrix(both: Both) -> None:
    both.slack.command("/propose", "Gästens idé", by=GUEST, channel=CHANNEL)
    assert role_on_slack(both, GUEST) == ("Gäst", Role.GUEST)
    both.town[BO].listen()
    code = code_in(hears(both, both.town[BO], "!tuva länka")[0])
    assert "Bo Bark" in answered(both.slack.command("/tuva", f"länka {code}", by=GUEST, channel=CHANNEL))
    assert role_on_slack(both, GUEST) == ("Bo Bark", Role.MEMBER)


def role_on_slack(both: Both, account: str) -> tuple[str, Role] | None:
    """Who has an account on Slack, and as what they are in their group."""
    with both.database.reading() as session:
        person = person_known_as(session, "slack", account, "T1")
        return (person.name, memberships_of(session, person)[0].role) if person else None


def test_thanks_and_questions_about_an_example_are_counted_from_both(both: Both) -> None:
    both.tuva.say("example Fladdermusholkar", ANA)
    shown, event = both.on_slack("Fladdermusholkar"), card(both.town, "Fladdermusholkar")["event_id"]
    both.slack.react(U[BO], CHANNEL, shown.ts, "pray")
    both.slack.say(U[BO], "Vad kostade de?", channel=CHANNEL, thread=shown.ts)
    both.town[CHEN].react(both.town.room, event, "🙏")
    both.town[CHEN].say(both.town.room, "Where do they hang?", event)
    both.shows("Fladdermusholkar", "Tack: 2 · Frågor: 2 · Gör likadant: 0")


def test_the_bulletin_comes_into_every_room_once(both: Both) -> None:
    begins = both.tuva.now()
    both.proposed("Fågelholkar")
    with both.database.transaction() as session:
        bulletin = bulletin_of(session, group_called(session, "grona"))
        bulletin.began_at = bulletin.watermark = begins
        occurrences.plan(session, bulletin.series, "2026-01-05T08:00", both.tuva.now())
    for _ in range(2):
        both.tuva.service.clock.tick()
    both.tuva.service.courier.wake()
    assert "Fågelholkar" in both.on_slack("Nytt vecka 2: ").words
    both.shows("Nytt vecka 2: ", "Fågelholkar")
    assert [seen.words for seen in both.slack.messages(CHANNEL) if "Nytt vecka" in seen.words][1:] == []
