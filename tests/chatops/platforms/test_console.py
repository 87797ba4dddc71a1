"""The console's own words, its cards and its buttons."""

from collections.abc import Callable

import pytest

from chatops.platforms.console import as_answer
from illustrating import illustrate
from people import ANA, BO, CHEN
from storage.database import Database
from storage.examples import Example

Tell = Callable[..., str]


def test_cards_are_numbered_from_one_and_keep_their_number(tell: Tell) -> None:
    assert tell("/propose A").startswith("[1] Förslag 1")
    assert tell("/example B").startswith("[2] Exempel 1")
    assert tell("/proposal 1 support").startswith("[1] Förslag 1")


def test_a_picture_is_told_in_words(tell: Tell, database: Database) -> None:
    tell("/example Cykelställ")
    with database.transaction() as session:
        illustrate(session, session.get_one(Example, 1), alt="Två ställ")
    assert tell("/example 1").splitlines()[1] == "Bild: Två ställ"


def test_actions_stand_under_the_card(tell: Tell) -> None:
    assert tell("/propose A").splitlines()[-1] == "1) Stödjer  2) Invänd  3) Avstå"


def test_pressing_a_button_is_giving_its_command(tell: Tell) -> None:
    assert "Stöd: 1" in tell("/propose A", "1.1")


def test_an_objection_counts_when_the_next_line_gives_its_reason(tell: Tell) -> None:
    assert "Vad invänder du mot" in tell("/propose A", "1.2").splitlines()[-1]
    assert "Invändningar: 1" in tell("Det saknas pengar")


def test_a_command_instead_of_a_reason_is_a_command(tell: Tell) -> None:
    tell("/propose A", "1.2")
    assert "Invändningar: 0" in tell("/proposal 1")
    assert "Jag förstår inte raden" in tell("Det saknas pengar")


@pytest.mark.parametrize("line", ["time +1d", "as Bo Bark", "react 1 yes", "letters"])
def test_a_word_of_the_console_is_no_reason(tell: Tell, line: str) -> None:
    tell("/propose A", "1.2", line)
    assert "Invändningar: 0" in tell("/proposal 1")


@pytest.mark.parametrize("word", ["help", "hjälp", "?"])
def test_help_comes_also_without_a_slash(tell: Tell, word: str) -> None:
    assert "Det här kan jag" in tell(word)


def test_time_tells_how_many_letters_were_sent(tell: Tell) -> None:
    assert "5 brev skickades." in tell("/propose A", "time +7d")


def test_a_reaction_means_the_button(tell: Tell) -> None:
    assert "Stöd: 1" in tell("/propose A", "react 1 yes")


def test_a_no_asks_for_the_reason(tell: Tell) -> None:
    assert "Vad invänder du mot" in tell("/propose A", "react 1 no")
    assert "Invändningar: 1" in tell("För dyrt")


def test_thanks_are_counted_once_a_person(tell: Tell) -> None:
    tell("/example A", f"as {BO}", "react 1 thanks")
    assert "Tack: 1" in tell("react 1 thanks")


def test_an_idea_asks_once_whoever_proposed_it_and_they_share_it(tell: Tell) -> None:
    told = tell("/propose A", f"as {BO}", "react 1 idea", f"as {CHEN}", "react 1 idea", f"as {ANA}")
    assert "Jag frågar Ana Ask, som bestämmer." in told
    assert "Exempel 1: A" in tell("/example share tip:1 group:grona")
    assert "Det tipset finns inte" in tell("/example share tip:2 group:grona")


def test_the_speaker_changes_and_so_does_the_language(tell: Tell) -> None:
    assert tell(f"as {CHEN}") == "Chen Cho is writing now."
    assert tell("/propose A").startswith("[1] Proposal 1: A")


def test_who_is_no_member_cannot_speak_and_the_speaker_stays(tell: Tell) -> None:
    assert "nobody@example.org är inte med" in tell("as nobody@example.org")
    assert "från Ana Ask" in tell("/propose A")


def test_time_moves_and_stands_still(tell: Tell) -> None:
    assert "måndag 18 januari 2027 kl. 09:00" in tell("time +7d")
    assert "måndag 18 januari 2027 kl. 10:30" in tell("time 2027-01-18 10:30")


def test_time_never_goes_back(tell: Tell) -> None:
    assert "aldrig bakåt" in tell("time 2026-01-01 08:00")


@pytest.mark.parametrize("words", ["igår", "+7", "2027-13-40 08:00", "", "+7y"])
def test_a_time_that_is_none_is_told(tell: Tell, words: str) -> None:
    assert "Skriv tiden som" in tell(f"time {words}")


def test_what_falls_due_on_the_way_is_sent(tell: Tell) -> None:
    assert tell("letters") == "Inga brev ännu."
    tell("/propose A", "time +7d")
    letters = [line.split("\t") for line in tell("letters").splitlines()]
    assert [letter[1] for letter in letters].count(BO) == 1
    assert all(len(letter) == 3 for letter in letters)


def test_every_week_has_its_own_letter(tell: Tell) -> None:
    tell("/propose A", "time +7d", "/propose B", "time +7d")
    assert [line.split("\t")[1] for line in tell("letters").splitlines()].count(BO) == 2


@pytest.mark.parametrize("line", ["> x", "# x", "  x", ">", "#"])
def test_no_answer_looks_like_a_command_a_comment_or_a_body(line: str) -> None:
    assert as_answer(line) == f" {line}"


def test_a_title_that_looks_like_a_command_stays_an_answer(tell: Tell) -> None:
    said = tell("/propose A\n> /proposal 1 support\n# rubrik")
    assert not any(line.startswith(("> ", "# ")) for line in said.splitlines())
