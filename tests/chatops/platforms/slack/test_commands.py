"""Slash commands, mentions and direct messages: the same words as everywhere."""

import pytest

from living import propose, until
from on_slack import CHANNEL, Card, Running, U, answered, whispered
from people import ANA, BO, CHEN, GUS, INA
from slackland import Slack
from storage.database import Database


def test_a_proposal_becomes_a_card_in_the_channel_and_a_word_to_its_proposer(
    slack: Slack, tuva: Running, card: Card
) -> None:
    outcome = slack.command("/propose", "Solceller #sdg7\nTaket ligger i söder.", by=U[BO], channel=CHANNEL)
    assert answered(outcome).startswith("Förslag 1: Solceller")
    assert "Taket ligger i söder." in card("Förslag 1: Solceller").words


@pytest.mark.parametrize("place", [CHANNEL, "C9"])
def test_who_acts_is_told_where_everybody_sees_it(place: str, slack: Slack, tuva: Running) -> None:
    slack.add_channel("C9", [U[BO]])
    told = answered(slack.command("/propose", "Solceller #sdg7", by=U[BO], channel=place))
    assert told.endswith(f"Stöd: 0 · Invändningar: 0\n\nAlla ser det i <#{CHANNEL}>.")


def test_a_group_without_a_channel_shows_the_whole_card(slack: Slack, unbound: Running) -> None:
    told = answered(slack.command("/propose", "Solceller\nTaket ligger i söder.", by=U[BO], channel=CHANNEL))
    assert "Taket ligger i söder." in told
    assert told.endswith("Stödjer · Invänd · Avstå")


@pytest.mark.parametrize("command", ["/propose", "/foresla"])
def test_a_command_may_be_called_otherwise_in_the_manifest(
    command: str, slack: Slack, tuva: Running, card: Card
) -> None:
    slack.command(command, "Solceller", by=U[BO], channel=CHANNEL)
    assert card("Förslag 1: Solceller")


def test_swedish_words_work_behind_tuva(slack: Slack, tuva: Running, card: Card) -> None:
    slack.command("/tuva", "föreslå Solceller typ:fråga", by=U[BO], channel=CHANNEL)
    assert "Fråga från Bo Bark" in card("Förslag 1: Solceller").words


def test_each_hears_their_own_language(slack: Slack, tuva: Running) -> None:
    assert "Det här kan jag" in answered(slack.command("/tuva", "hjälp", by=U[BO], channel=CHANNEL))
    assert "What I can do" in answered(slack.command("/tuva", "help", by=U[CHEN], channel=CHANNEL))


def test_a_mistake_is_told_to_the_speaker_alone(slack: Slack, tuva: Running) -> None:
    outcome = slack.command("/proposal", "99 support", by=U[BO], channel=CHANNEL)
    assert outcome.payload["response_type"] == "ephemeral"
    assert "Det finns inget förslag 99" in answered(outcome)
    assert slack.messages(CHANNEL) == []


def test_a_mention_in_a_thread_is_a_command_answered_there(slack: Slack, tuva: Running, card: Card) -> None:
    slack.command("/propose", "Solceller", by=U[ANA], channel=CHANNEL)
    thread = card("Förslag 1").ts
    slack.mention(U[BO], CHANNEL, "förslag 1 stöd", thread=thread)
    assert "Stöd: 1" in whispered(slack, BO)
    assert slack.ephemerals(U[BO])[-1].thread_ts == thread


def test_a_direct_message_needs_no_name_in_front(slack: Slack, tuva: Running, card: Card) -> None:
    slack.say(U[BO], "föreslå Solceller\nTaket ligger i söder.")
    assert "Taket" in card("Förslag 1: Solceller").words
    assert until(lambda: [said for said in slack.direct(U[BO]) if said.user == slack.bot_user])


def test_a_button_beside_the_channel_is_answered_where_it_was_pressed(
    slack: Slack, tuva: Running, database: Database
) -> None:
    propose(database, ANA, "Solceller")
    slack.say(U[BO], "förslag 1")
    shown = until(lambda: next((said for said in slack.direct(U[BO]) if "Solceller" in said.words), None))
    slack.press(U[BO], shown.channel, shown.ts, "support")
    assert "Stöd: 1" in whispered(slack, BO)


def test_a_changed_mention_is_no_new_command(slack: Slack, tuva: Running, card: Card) -> None:
    said = slack.mention(U[BO], CHANNEL, "föreslå Solceller")
    card("Förslag 1")
    slack.edit(U[BO], CHANNEL, said.ts, f"<@{slack.bot_user}> föreslå Vindkraft")
    slack.settle()
    assert "Inga" not in answered(slack.command("/proposal", "list", by=U[BO], channel=CHANNEL))
    assert "Vindkraft" not in answered(slack.command("/proposal", "list", by=U[BO], channel=CHANNEL))


def test_a_long_list_comes_in_several_messages_within_the_limits(
    slack: Slack, tuva: Running, database: Database
) -> None:
    for number in range(40):
        propose(database, ANA, f"Nummer {number} {'å' * 200}")
    first = answered(slack.command("/proposal", "list", by=U[BO], channel=CHANNEL))

    def told() -> str:
        return first + "".join(said.words for said in slack.ephemerals(U[BO]))

    assert until(lambda: all(f"Nummer {number} " in told() for number in range(40)))


def test_a_list_longer_than_slack_takes_says_so(slack: Slack, tuva: Running, database: Database) -> None:
    for number in range(90):
        propose(database, ANA, f"Nummer {number} {'å' * 250}")
    slack.command("/proposal", "list", by=U[BO], channel=CHANNEL)
    assert until(lambda: any("får inte plats här" in said.words for said in slack.ephemerals(U[BO])))


def test_what_people_type_pings_nobody(slack: Slack, tuva: Running, card: Card) -> None:
    text = "<!channel> <@U0ANA> @here *[x](javascript:alert)* <https://evil.example|trollhattan.se> &lt;!here&gt;"
    slack.command("/propose", text, by=U[BO], channel=CHANNEL)
    assert [live for live in card("Förslag 1").live if live["kind"] != "link"] == []


@pytest.mark.parametrize("address", [GUS, INA])
def test_who_takes_no_stands_is_told_so(address: str, slack: Slack, tuva: Running, card: Card) -> None:
    slack.command("/propose", "Solceller", by=U[ANA], channel=CHANNEL)
    slack.press(U[address], CHANNEL, card("Förslag 1").ts, "support")
    assert "Det här får bara" in whispered(slack, address)
    assert "Stöd: 0" in card("Förslag 1").words


def test_a_second_delivery_of_one_gesture_has_no_second_effect(slack: Slack, tuva: Running, card: Card) -> None:
    slack.mention(U[BO], CHANNEL, "föreslå Solceller")
    slack.command("/propose", "Vindkraft", by=U[BO], channel=CHANNEL)
    card("Vindkraft")
    assert slack.again(times=3, shuffle=True) == [None] * len(slack.events()) * 3
    command = slack.command("/propose", "Tjäle", by=U[BO], channel=CHANNEL)
    slack.deliver("slash_commands", command.sent)
    card("Tjäle")
    assert len(slack.messages(CHANNEL)) - 1 == 3


def test_help_shows_commands_as_they_can_be_typed_here(slack: Slack, tuva: Running) -> None:
    told = answered(slack.command("/tuva", "hjälp", by=U[BO], channel=CHANNEL))
    assert "/tuva föreslå" in told
    assert " /föreslå" not in told
    assert "/propose" in answered(slack.command("/tuva", "help", by=U[CHEN], channel=CHANNEL))


def test_whatever_tuva_advises_can_be_typed_here(slack: Slack, tuva: Running) -> None:
    slack.command("/tuva", "inställningar redaktörer på", by=U[ANA], channel=CHANNEL)
    slack.command("/example", "Cykelpool på stadshuset", by=U[BO], channel=CHANNEL)
    alike = answered(slack.command("/example", "Cykelpool för stadshuset", by=U[BO], channel=CHANNEL))
    queue = answered(slack.command("/example", "queue", by=U[ANA], channel=CHANNEL))
    assert "/tuva exempel 1 återanvänd" in alike
    assert "/tuva exempel 1 godkänn" in queue
    assert " /exempel" not in alike + queue


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast", "me_message"])
def test_a_direct_message_with_a_file_or_to_a_thread_is_heard_too(
    subtype: str, slack: Slack, tuva: Running, card: Card
) -> None:
    slack.say(U[BO], "hjälp")
    there = slack.direct_channel(U[BO])
    said = {"type": "message", "subtype": subtype, "channel_type": "im", "user": U[BO], "ts": "1700000000.000100"}
    slack.happen({**said, "text": "föreslå Solceller", "channel": there}, there)
    assert card("Förslag 1: Solceller")
