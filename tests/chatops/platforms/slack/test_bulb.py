"""A bulb under what somebody wrote: they are asked whether they share it, once, and nobody else hears of it."""

from collections.abc import Iterator
from typing import Any

import pytest

from living import until
from on_slack import CHANNEL, EVE, Running, U, bind, running, whispered, workspace
from people import ANA, BO, CHEN, GUS, INA
from settled import installation
from slackland import Slack
from slackside.sight import Json, Shown, Sighted
from storage.database import Database


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    """One for all tests here: each is about a message of its own. It waits for nobody long."""
    with workspace(ack_seconds=1.0, pace=0.001) as slack:
        yield slack


@pytest.fixture(scope="module", autouse=True)
def tuva(slack: Slack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    settings = installation(tmp_path_factory.mktemp("tuva"))
    database = Database(settings.service.database)
    bind(database)
    database.close()
    with running(settings, slack) as tuva:
        yield tuva


def bulb(slack: Slack, by: str, ts: str, channel: str = CHANNEL) -> None:
    assert slack.react(U[by], channel, ts, "bulb").error is None


def said(slack: Slack, text: str, by: str = BO, **where: str) -> str:
    return str(slack.say(U[by], text, **{"channel": CHANNEL, **where}).ts)


def asked(slack: Slack, address: str, words: str) -> list[Sighted]:
    """What Tuva has said to somebody directly about that."""
    return [seen for seen in slack.direct(U[address]) if seen.user == slack.bot_user and words in seen.words]


def question(slack: Slack, address: str, words: str) -> Sighted:
    return until(lambda: asked(slack, address, words))[-1]


def buttons(question: Sighted) -> list[Json]:
    return list(next(block for block in question.blocks if block["type"] == "actions")["elements"])


def opened(slack: Slack, question: Sighted) -> dict[str, str]:
    """What stands in the form that the question's button opens."""
    button, _ = buttons(question)
    if slack.view(U[BO]):
        slack.close_view(U[BO])
    slack.press(U[BO], question.channel, question.ts, button["action_id"])
    view: Shown = until(lambda: slack.view(U[BO]))
    elements: dict[str, Any] = {block["block_id"]: block["element"] for block in view.blocks}
    return {name: element["initial_value"] for name, element in elements.items() if "initial_value" in element}


def card(slack: Slack, words: str) -> Sighted:
    return until(lambda: next((seen for seen in slack.messages(CHANNEL) if words in seen.words), None))


def test_the_author_is_asked_and_shares_it_from_a_form_that_holds_it(slack: Slack) -> None:
    bulb(slack, CHEN, said(slack, "Cykelpool\nTio cyklar <@U0ANA> &lt;b&gt; <!channel> =SUM(1)"))
    told = question(slack, BO, "Cykelpool")
    assert told.words.startswith("Chen Cho tycker att det du skrev är ett gott exempel")
    assert told.live == []
    assert opened(slack, told) == {"title": "Cykelpool", "body": "Tio cyklar @Ana Ask <b> @channel =SUM(1)"}
    slack.submit(U[BO], {"effect": "Färre bilar"})
    assert "Färre bilar" in card(slack, ": Cykelpool").words


def test_the_author_says_no_and_is_not_asked_again(slack: Slack) -> None:
    ts = said(slack, "Bokbytarhylla")
    bulb(slack, CHEN, ts)
    told = question(slack, BO, "Bokbytarhylla")
    _, no = buttons(told)
    assert no["text"]["text"] == "Nej tack"
    slack.press(U[BO], told.channel, told.ts, no["action_id"])
    assert "frågar inte igen" in whispered(slack, BO)
    bulb(slack, GUS, ts)
    slack.settle()
    slack.open_home(U[BO])
    assert "Bokbytarhylla" not in until(lambda: slack.home(U[BO])).words
    assert len(asked(slack, BO, "Bokbytarhylla")) == 1


def test_it_is_silent_where_it_stands_and_two_ask_once(slack: Slack) -> None:
    ts = said(slack, "Lådcyklar")
    whispers = len(slack.ephemerals(U[ANA]))
    for address in (ANA, GUS, ANA):
        bulb(slack, address, ts)
        slack.unreact(U[address], CHANNEL, ts, "bulb")
    slack.again(times=2)
    slack.settle()
    assert until(lambda: len(asked(slack, BO, "Lådcyklar")) == 1)
    assert len(slack.ephemerals(U[ANA])) == whispers
    assert [seen.user for seen in slack.messages(CHANNEL) if "Lådcyklar" in seen.words] == [U[BO]]


def test_in_a_thread_it_is_that_message_as_it_reads_now(slack: Slack) -> None:
    root = said(slack, "Något annat", by=ANA)
    reply = said(slack, "Solceler", thread=root)
    slack.edit(U[BO], CHANNEL, reply, "Solceller på taket")
    said(slack, "Efteråt", by=ANA)
    bulb(slack, CHEN, reply)
    assert question(slack, BO, "Solceller på taket")


def test_where_tuva_may_not_read_back_the_author_gets_an_empty_form(slack: Slack) -> None:
    slack.take_scope("channels:history")
    before = len(asked(slack, BO, "Chen Cho"))
    bulb(slack, CHEN, said(slack, "Hemligt"))
    slack.give_scope("channels:history")
    told = until(lambda: asked(slack, BO, "Chen Cho")[before:])[-1]
    assert "Hemligt" not in told.words
    assert opened(slack, told) == {}


def test_who_may_not_suggest_and_whom_nobody_may_ask_is_told_privately(slack: Slack) -> None:
    bulb(slack, INA, said(slack, "Bin på taket"))
    assert "Det här får bara" in whispered(slack, INA)
    slack.add_person(EVE, "Eva Ek", "eva@example.org")
    bulb(slack, GUS, str(slack.say(EVE, "Lådcyklar", channel=CHANNEL).ts))
    assert "Eva Ek kan inte dela exempel" in whispered(slack, GUS)
    assert asked(slack, BO, "Bin på taket") == []


def test_what_no_person_wrote_or_no_group_reads_means_nothing(slack: Slack) -> None:
    slack.add_channel("C9", list(U.values()))
    slack.command("/example", "Hönshus", by=U[ANA], channel=CHANNEL)
    elsewhere = str(slack.say(U[BO], "Hönshus", channel="C9").ts)
    command = str(slack.mention(U[ANA], CHANNEL, "föreslå Hönshus").ts)
    whispers = len(slack.ephemerals(U[CHEN]))
    for ts, channel in ((elsewhere, "C9"), (card(slack, ": Hönshus").ts, CHANNEL), (command, CHANNEL)):
        slack.react(U[CHEN], channel, ts, "bulb")
    item = {"type": "message", "channel": CHANNEL, "ts": "1700000000.000100"}
    gone = {"type": "reaction_added", "user": U[CHEN], "reaction": "bulb", "item": item, "item_user": U[BO]}
    slack.happen(gone, CHANNEL)
    slack.settle()
    assert all(event["acknowledged"] for event in slack.events())
    assert len(slack.ephemerals(U[CHEN])) == whispers
    assert asked(slack, BO, "Hönshus") == asked(slack, ANA, "Hönshus") == []


def test_under_a_proposal_its_proposer_is_asked(slack: Slack) -> None:
    slack.command("/propose", "Fjärrvärme\nRören", by=U[BO], channel=CHANNEL)
    bulb(slack, CHEN, card(slack, "Fjärrvärme").ts)
    assert opened(slack, question(slack, BO, "Fjärrvärme")) == {"title": "Fjärrvärme", "body": "Rören"}


def test_while_slack_does_not_answer_it_is_not_acknowledged_and_comes_again(slack: Slack) -> None:
    ts = said(slack, "Återbruk")
    slack.fault("conversations.history", "server_error")
    slack.react(U[CHEN], CHANNEL, ts, "bulb")
    slack.settle()
    assert question(slack, BO, "Återbruk")
