"""Cards in a channel: one for each noun, changed in place; buttons and reactions mean the same."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from slack_sdk import WebClient

from chatops.platforms.slack.carrier import BETWEEN_UPDATES_SECONDS
from config.settings import Settings
from living import propose, until
from on_slack import CHANNEL, Card, Running, U, bind, running, whispered
from people import ANA, BO, CHEN
from running import BRISK
from slackland import Slack
from slackside.sight import Sighted
from storage.database import Database


@pytest.fixture
def proposed(slack: Slack, tuva: Running, card: Card) -> Sighted:
    """The card of Ana's proposal."""
    slack.command("/propose", "Solceller", by=U[ANA], channel=CHANNEL)
    return card("Förslag 1")


@pytest.fixture
def shared(slack: Slack, tuva: Running, card: Card) -> Sighted:
    """The card of Ana's example."""
    slack.command("/example", "Cykelpool", by=U[ANA], channel=CHANNEL)
    return card("Exempel 1")


def becomes(slack: Slack, words: str) -> Sighted:
    """Wait until the first card in the channel says so."""
    return until(lambda: next((seen for seen in slack.messages(CHANNEL)[:1] if words in seen.words), None))


def test_a_button_is_a_stand_and_the_card_changes_in_place(slack: Slack, proposed: Sighted) -> None:
    slack.press(U[BO], CHANNEL, proposed.ts, "support")
    assert becomes(slack, "Stöd: 1").ts == proposed.ts
    assert len(slack.messages(CHANNEL)) == 1


@pytest.mark.parametrize("name", ["+1", "thumbsup", "+1::skin-tone-2", "thumbsup::skin-tone-6"])
def test_a_thumb_up_means_the_same(name: str, slack: Slack, proposed: Sighted) -> None:
    slack.react(U[BO], CHANNEL, proposed.ts, name)
    assert becomes(slack, "Stöd: 1")


@pytest.mark.parametrize("name", ["pray", "heart"])
def test_thanks_are_given_and_taken_back_by_a_reaction(name: str, slack: Slack, shared: Sighted) -> None:
    slack.react(U[BO], CHANNEL, shared.ts, name)
    assert becomes(slack, "Tack: 1")
    slack.unreact(U[BO], CHANNEL, shared.ts, name)
    assert becomes(slack, "Tack: 0")


def test_a_reaction_taken_away_is_neutral(slack: Slack, proposed: Sighted) -> None:
    slack.react(U[BO], CHANNEL, proposed.ts, "+1")
    becomes(slack, "Stöd: 1")
    slack.unreact(U[BO], CHANNEL, proposed.ts, "+1")
    assert becomes(slack, "Stöd: 0")


def test_a_later_word_stands_when_the_reaction_is_taken_away(slack: Slack, proposed: Sighted) -> None:
    slack.react(U[BO], CHANNEL, proposed.ts, "+1")
    slack.press(U[BO], CHANNEL, proposed.ts, "support")
    slack.unreact(U[BO], CHANNEL, proposed.ts, "+1")
    slack.press(U[CHEN], CHANNEL, proposed.ts, "support")
    assert becomes(slack, "Stöd: 2")


def test_a_sign_that_means_nothing_or_stands_elsewhere_changes_nothing(slack: Slack, proposed: Sighted) -> None:
    said = slack.say(U[BO], "Vad tycker ni?", channel=CHANNEL)
    slack.react(U[CHEN], CHANNEL, said.ts, "+1")
    slack.react(U[CHEN], CHANNEL, proposed.ts, "tada")
    slack.settle()
    assert slack.ephemerals(U[CHEN]) == []
    assert "Stöd: 0" in slack.messages(CHANNEL)[0].words


@pytest.fixture
def unhurried(settings: Settings, database: Database, slack: Slack) -> Iterator[Running]:
    """Tuva as it is for people: two seconds between two changes of a card."""
    bind(database)
    with running(settings, slack, replace(BRISK, between=BETWEEN_UPDATES_SECONDS)) as tuva:
        yield tuva


def test_many_changes_are_one_update_in_two_seconds(slack: Slack, unhurried: Running, card: Card) -> None:
    slack.command("/propose", "Solceller", by=U[ANA], channel=CHANNEL)
    proposed = card("Förslag 1")
    for address in (BO, CHEN, ANA):
        for verb in ("support", "neutral", "support"):
            slack.press(U[address], CHANNEL, proposed.ts, verb)
    becomes(slack, "Stöd: 3")
    assert [call.method for call in slack.calls("chat.update")] == ["chat.update"]


def test_a_changed_card_does_not_keep_a_new_one_waiting(slack: Slack, unhurried: Running, card: Card) -> None:
    slack.command("/propose", "Solceller", by=U[ANA], channel=CHANNEL)
    proposed = card("Förslag 1")
    slack.press(U[BO], CHANNEL, proposed.ts, "support")
    began = time.monotonic()
    slack.command("/propose", "Vindkraft", by=U[BO], channel=CHANNEL)
    card("Förslag 2")
    assert slack.calls("chat.update") == []
    assert slack.calls("chat.postMessage")[-1].at - began < 2


def test_a_thumb_down_is_asked_for_its_reason(slack: Slack, proposed: Sighted) -> None:
    slack.react(U[BO], CHANNEL, proposed.ts, "-1::skin-tone-3")
    assert "Vad invänder du mot" in whispered(slack, BO)
    assert "Invändningar: 0" in slack.messages(CHANNEL)[0].words


def test_a_button_of_a_withdrawn_proposal_is_refused_with_a_sentence(slack: Slack, proposed: Sighted) -> None:
    slack.command("/proposal", "1 withdraw", by=U[ANA], channel=CHANNEL)
    becomes(slack, "Återtaget")
    slack.press(U[BO], CHANNEL, proposed.ts, "support", stale_blocks=proposed.blocks)
    assert "inte öppet längre" in whispered(slack, BO)


def test_a_card_of_another_platform_shows_what_was_said_here(
    slack: Slack, tuva: Running, database: Database, card: Card
) -> None:
    number = propose(database, ANA, "Tjäle")
    slack.command("/proposal", f"{number} support", by=U[BO], channel=CHANNEL)
    assert "Stöd: 1" in card("Tjäle").words


def test_a_card_that_somebody_deleted_is_posted_anew(slack: Slack, proposed: Sighted, tuva: Running) -> None:
    WebClient(slack.bot_token, base_url=slack.api_url).chat_delete(channel=CHANNEL, ts=proposed.ts)
    slack.command("/proposal", "1 support", by=U[BO], channel=CHANNEL)
    assert becomes(slack, "Stöd: 1").ts != proposed.ts


def test_what_is_too_long_goes_on_in_the_thread_and_is_replaced_with_the_card(
    slack: Slack, tuva: Running, card: Card
) -> None:
    body = "\n\n".join(f"Stycke {number}. {'& ord ' * 35}" for number in range(10))
    slack.say(U[ANA], f"föreslå Lång\n{body}")
    root = card("Förslag 1: Lång")
    assert "Stöd: 0" in root.words
    thread = until(lambda: len(slack.thread(CHANNEL, root.ts)) > 1 and slack.thread(CHANNEL, root.ts))
    told = "\n".join(part.words for part in thread)
    assert all(f"Stycke {number}." in told for number in range(10))
    assert all(len(part.text) <= 3_000 for part in thread)
    replies = [part.ts for part in thread]
    slack.press(U[BO], CHANNEL, root.ts, "support")
    assert becomes(slack, "Stöd: 1")
    assert [part.ts for part in slack.thread(CHANNEL, root.ts)] == replies


def test_the_content_is_also_in_the_text_for_who_hears_it_read(slack: Slack, proposed: Sighted) -> None:
    said = proposed.text.replace("\n", " ")
    assert all(word in said for word in ("Förslag 1: Solceller", "Idé från Ana Ask", "Stöd: 0"))
