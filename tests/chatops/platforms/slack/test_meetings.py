"""Meetings and agendas on Slack: their cards, answers under them, the forms, and the chair's own agenda."""

from collections.abc import Iterator

import pytest

from agendas import changing, plan, planned
from config.settings import Settings
from digests.clock import real_time
from living import place, until
from on_slack import CHANNEL, Card, Running, U, answered, bind, running, whispered
from people import ANA, BO, CHEN, MONDAY
from slack_posts import squeezed
from slackland import Slack
from storage import outcomes
from storage.agenda_items import current
from storage.database import Database
from storage.proposal_stages import ProposalKind
from storage.proposals import propose

LONG_ENOUGH = 280


@pytest.fixture
def tuva(settings: Settings, database: Database, slack: Slack) -> Iterator[Running]:
    """Tuva in a certain January, connected, with the green group's channel bound."""
    bind(database)
    since = real_time() - MONDAY
    with running(settings, slack, now=lambda: real_time() - since) as tuva:
        yield tuva


def agenda_of(database: Database, tuva: Running, titles: list[str]) -> None:
    """A meeting with these proposals on its agenda, and its card in the channel."""
    with database.transaction() as session:
        meeting = plan(session, now=tuva.now())
        for title in titles:
            proposal = propose(session, place(session, ANA), title, "", ProposalKind.IDEA, ["sdg:7"], tuva.now())
            outcomes.schedule(session, proposal, meeting, tuva.now())
    tuva.service.courier.wake()


def order(database: Database) -> list[int]:
    """The proposals on the agenda, as it takes them up."""
    with changing(database, 1) as meeting:
        return [item.proposal_id for item in current(meeting)]


def planning(slack: Slack, where: str = "line-form-meeting-plan") -> None:
    """Ana opens the form, from her own page."""
    slack.open_home(U[ANA])
    until(lambda: (page := slack.home(U[ANA])) and "Planera möten" in page.words)
    slack.press_home(U[ANA], where)
    until(lambda: slack.view(U[ANA]))


# --- the chair's own agenda ---


def test_the_chair_moves_an_item_up_by_choosing_it_again_and_again(
    slack: Slack, tuva: Running, database: Database
) -> None:
    agenda_of(database, tuva, ["Solceller", "Cykelpool", "Tjäle"])
    assert "Flytta upp" in answered(slack.command("/agenda", "", by=U[ANA], channel=CHANNEL))
    for _ in range(2):
        slack.press_ephemeral(U[ANA], "line-move", selected="agenda move 3 upp meeting:1")
    until(lambda: order(database) == [3, 1, 2])
    until(lambda: whispered(slack, ANA).find("Tjäle") < whispered(slack, ANA).find("Solceller"))
    assert len(slack.ephemerals(U[ANA])) == 1


def test_a_long_agenda_is_whole_in_the_channel_and_for_its_chair(
    slack: Slack, tuva: Running, database: Database, card: Card
) -> None:
    agenda_of(database, tuva, [f"Nummer {n} {'å' * LONG_ENOUGH}" for n in range(25)])
    slack.command("/agenda", "", by=U[ANA], channel=CHANNEL)
    until(lambda: "Nummer 24" in "".join(said.words for said in slack.ephemerals(U[ANA])))
    slack.press_ephemeral(U[ANA], "send")
    root = card("Dagordning till möte 1").ts
    until(lambda: _whole(slack, root).count("ÖvrigtÖvrigafrågor.") == 1)
    assert all(f"Nummer{n}å" in _whole(slack, root) for n in range(25))
    until(lambda: "Dagordningen är på väg" in whispered(slack, ANA))


def _whole(slack: Slack, root: str) -> str:
    return squeezed("".join(said.words for said in slack.messages(CHANNEL) if root in (said.ts, said.thread_ts)))


# --- answers ---


def test_a_thumb_under_either_card_answers_and_taken_away_does_not(
    slack: Slack, tuva: Running, database: Database, card: Card
) -> None:
    agenda_of(database, tuva, ["Solceller"])
    slack.command("/agenda", "send", by=U[ANA], channel=CHANNEL)
    meeting, its_agenda = (card(words).ts for words in ("Möte 1: Vårmötet", "Dagordning till möte 1"))
    slack.react(U[BO], CHANNEL, meeting, "+1")
    slack.react(U[CHEN], CHANNEL, its_agenda, "-1")
    until(lambda: "Kommer: 1 · Kommer inte: 1" in card("Möte 1: Vårmötet").words)
    slack.unreact(U[CHEN], CHANNEL, its_agenda, "-1")
    until(lambda: "Kommer: 1 · Kommer inte: 0" in card("Dagordning till möte 1").words)


# --- forms ---


def test_a_meeting_is_planned_from_ones_own_page(slack: Slack, tuva: Running, card: Card) -> None:
    planning(slack)
    slack.submit(U[ANA], {"words": "Vårmötet", "day": "2027-03-10", "hour": "13:00", "place": "Stadshuset, sal 3"})
    assert "Onsdag 10 mars 2027 kl. 13:00–15:00" in card("Möte 1: Vårmötet").words
    until(lambda: "Nästa möte" in slack.home(U[ANA]).words)


def test_what_is_wrong_with_a_plan_is_told_at_its_field_and_a_day_few_like_above_the_page(
    slack: Slack, tuva: Running, card: Card
) -> None:
    planning(slack)
    slack.submit(U[ANA], {"words": "Vårmötet", "day": "2027-05-06", "hour": None})
    assert "2027-05-06 13:00" in slack.view_errors(U[ANA])["hour"]
    slack.submit(U[ANA], {"words": "Vårmötet", "day": "2027-05-06", "hour": "13:00", "minutes": "länge"})
    assert "länge" in slack.view_errors(U[ANA])["minutes"]
    slack.submit(U[ANA], {"words": "Vårmötet", "day": "2027-05-06", "hour": "13:00", "minutes": ""})
    assert card("Möte 1: Vårmötet")
    until(lambda: "himmelsfärd" in slack.home(U[ANA]).words.lower())


def test_what_a_meeting_is_can_be_changed_in_a_form(
    slack: Slack, tuva: Running, database: Database, card: Card
) -> None:
    planned(database, now=tuva.now())
    with changing(database, 1) as meeting:
        meeting.link = "https://meet.example.org/a"
    slack.command("/meeting", "1 change", by=U[ANA], channel=CHANNEL)
    shown = str(until(lambda: slack.view(U[ANA])))
    assert all(f"'initial_value': '{known}'" in shown for known in ("Vårmötet", "120 min", "Stadshuset"))
    slack.submit(U[ANA], {"words": "Vårmötet", "minutes": "90 min", "place": "Parken", "link": ""})
    assert "Parken" in card("Möte 1: Vårmötet").words
    with changing(database, 1) as meeting:
        assert (meeting.minutes, meeting.place, meeting.link) == (90, "Parken", "")


# --- one's own page ---


def test_the_next_meeting_is_answered_on_ones_own_page(slack: Slack, tuva: Running, database: Database) -> None:
    agenda_of(database, tuva, [])
    slack.open_home(U[BO])
    until(lambda: (page := slack.home(U[BO])) and "Ditt svar: inget än" in page.words)
    slack.press_home(U[BO], "coming", value="meeting 1")
    until(lambda: "Ditt svar: kommer" in slack.home(U[BO]).words)
    assert "Planera möten" not in slack.home(U[BO]).words
