"""The Home tab: what waits for me first, then what is mine, my letters, and help."""

import pytest

from living import propose, subscription, until
from on_slack import CHANNEL, EVE, Running, U
from people import ANA, BO, CHEN, GUS, INA
from slackland import Slack
from slackside.sight import Shown
from storage.database import Database
from storage.subscriptions import Interval


def home(slack: Slack, address: str, words: str) -> Shown:
    """Somebody's page, once it says so."""
    slack.open_home(U[address])
    return until(lambda: (page := slack.home(U[address])) and words in page.words and page)


def test_what_waits_for_me_stands_there_with_its_buttons(slack: Slack, tuva: Running, database: Database) -> None:
    propose(database, ANA, "Solceller")
    page = home(slack, BO, "Ett förslag väntar på ditt svar")
    assert "Förslag 1: Solceller" in page.words
    slack.press_home(U[BO], "support", value="proposal 1")
    assert until(lambda: "Inget väntar på ditt svar." in slack.home(U[BO]).words)


def test_what_waits_for_me_tells_what_it_is_about(slack: Slack, tuva: Running, database: Database) -> None:
    propose(database, ANA, "Solceller", body="Taket ligger i *söder*.\n\n" + "Och mer. " * 100)
    words = home(slack, BO, "Solceller").words
    assert "Idé från Ana Ask, Skolan" in words
    assert "Taket ligger i söder. Och mer." in words
    assert "Stöd: 0 · Invändningar: 0" in words
    assert len(words) < 1_500


def test_a_proposal_can_be_made_there(slack: Slack, tuva: Running) -> None:
    home(slack, GUS, "Lägg ett förslag")
    slack.press_home(U[GUS], "line-form-propose-make")
    until(lambda: slack.view(U[GUS]))
    slack.submit(U[GUS], {"title": "Solceller"})
    assert until(lambda: "Ett förslag från dig" in slack.home(U[GUS]).words)


def test_who_may_not_propose_is_not_asked_to(slack: Slack, tuva: Running) -> None:
    assert "Lägg ett förslag" not in home(slack, INA, "Det här kan jag").words


def test_my_own_proposals_and_examples_stand_there(slack: Slack, tuva: Running, database: Database) -> None:
    propose(database, BO, "Tjäle")
    slack.command("/example", "Cykelpool", by=U[BO], channel=CHANNEL)
    words = home(slack, BO, "Tjäle").words
    assert "Ett förslag från dig" in words
    assert "Exempel 1: Cykelpool" in words


def test_my_letters_are_chosen_there(slack: Slack, tuva: Running, database: Database) -> None:
    page = home(slack, BO, "Dina brev")
    assert "på måndagar kl. 08:00" in page.words
    slack.press_home(U[BO], "line-interval", selected="digest choose group:grona fortnightly")
    until(lambda: "varannan vecka" in slack.home(U[BO]).words)
    slack.press_home(U[BO], "line-weekday", selected="digest choose group:grona friday")
    until(lambda: "fredagar" in slack.home(U[BO]).words)
    slack.press_home(U[BO], "line-hour", selected="digest choose group:grona 15:00")
    until(lambda: "kl. 15:00" in slack.home(U[BO]).words)
    chosen = subscription(database, BO)
    assert (chosen.interval, chosen.weekday, chosen.hour) == (Interval.FORTNIGHTLY, 4, "15:00")


def test_letters_that_are_off_can_be_begun_again(slack: Slack, tuva: Running, database: Database) -> None:
    home(slack, BO, "Dina brev")
    slack.press_home(U[BO], "line-interval", selected="digest choose group:grona off")
    until(lambda: "Du får inga brev" in slack.home(U[BO]).words)
    slack.press_home(U[BO], "line-interval", selected="digest choose group:grona weekly")
    assert until(lambda: "varje vecka" in slack.home(U[BO]).words)
    assert subscription(database, BO).interval is Interval.WEEKLY


def test_help_is_in_my_language_and_as_it_is_typed_here(slack: Slack, tuva: Running) -> None:
    assert "/tuva föreslå" in home(slack, BO, "Det här kan jag").words
    assert "/propose" in home(slack, CHEN, "What I can do").words


def test_a_guest_has_nothing_waiting(slack: Slack, tuva: Running, database: Database) -> None:
    propose(database, ANA, "Solceller")
    page = home(slack, GUS, "Inget väntar på ditt svar.")
    assert "Stödjer" not in page.words


def test_the_objection_button_asks_for_its_reason(slack: Slack, tuva: Running, database: Database) -> None:
    propose(database, ANA, "Solceller")
    home(slack, BO, "Solceller")
    slack.press_home(U[BO], "object", value="proposal 1")
    until(lambda: slack.view(U[BO]))
    slack.submit(U[BO], {"reason": "Vem sköter dem?"})
    assert until(lambda: "Inget väntar på ditt svar." in slack.home(U[BO]).words)


def test_a_stranger_is_told_how_to_become_known(slack: Slack, tuva: Running) -> None:
    slack.add_person(EVE, "Eva Ek", "eva@example.org")
    slack.open_home(EVE)
    assert "känner inte igen dig" in until(lambda: slack.home(EVE)).words


@pytest.mark.parametrize("number", [40])
def test_many_waiting_keep_within_the_page(number: int, slack: Slack, tuva: Running, database: Database) -> None:
    for each in range(number):
        propose(database, ANA, f"Nummer {each} {'å' * 280}")
    page = home(slack, BO, f"{number} förslag väntar på ditt svar")
    assert len(page.blocks) <= 100
    assert "… och 30 till." in page.words
    assert "Det här kan jag" in page.words


def test_names_and_titles_ping_nobody_there(slack: Slack, tuva: Running, database: Database) -> None:
    propose(database, ANA, "<!channel> <@U0BO> @here")
    assert [live for live in home(slack, BO, "@here").live if live["kind"] != "link"] == []


def test_what_takes_long_is_told_there_and_shown_when_it_is_done(
    slack: Slack, tuva: Running, database: Database
) -> None:
    propose(database, ANA, "Solceller")
    home(slack, BO, "Solceller")
    with database.written_alone():
        slack.press_home(U[BO], "support", value="proposal 1")
        until(lambda: "inte sparat ännu" in slack.home(U[BO]).words)
    assert until(lambda: "Inget väntar på ditt svar." in slack.home(U[BO]).words)


def test_a_form_from_there_that_takes_long_shows_there_when_it_is_done(
    slack: Slack, tuva: Running, database: Database
) -> None:
    home(slack, BO, "Det här kan jag")
    slack.press_home(U[BO], "line-form-propose-make", value="propose")
    until(lambda: slack.view(U[BO]))
    with database.written_alone():
        slack.submit(U[BO], {"title": "Lådcyklar"})
        assert "inte sparat ännu" in slack.view_errors(U[BO])["title"]
    assert until(lambda: "Lådcyklar" in slack.home(U[BO]).words)
