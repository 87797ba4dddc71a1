"""A command line, read: Swedish and English, in the order people write."""

import pytest

from chatops.arguments import fold
from chatops.commands import COMMANDS
from chatops.grammar import Reading, read
from storage.rules import RuleBroken


def reading(line: str, body: str = "") -> Reading:
    return read(line, body, COMMANDS)


def broken(line: str) -> str:
    with pytest.raises(RuleBroken) as fault:
        reading(line)
    return fault.value.key


@pytest.mark.parametrize("line", ["propose A", "föreslå A", "FÖRESLÅ A", "foresla A", "tuva föreslå A"])
def test_a_command_has_the_same_names_everywhere(line: str) -> None:
    read = reading(line)
    assert (read.command.name, read.arguments["title"]) == ("propose", "A")


@pytest.mark.parametrize(
    ("line", "verb"),
    [
        ("proposal 12", "show"),
        ("proposal #12", "show"),
        ("proposal 12 support", "support"),
        ("förslag 12 stöd", "support"),
        ("förslag stöd 12", "support"),
        ("förslag 12 dra tillbaka", "withdraw"),
        ("proposal 12 Neutral", "neutral"),
        ("proposal", "list"),
        ("proposal list", "list"),
        ("example", "share"),
        ("example list", "list"),
        ("example 3", "show"),
        ("example 3 cyklar", "share"),
        ("example share list of things", "share"),
        ("digest", "show"),
        ("digest preview", "preview"),
        ("tuva", "help"),
    ],
)
def test_the_verb_is_found_where_people_put_it(line: str, verb: str) -> None:
    assert reading(line).verb.name == verb


def test_a_title_that_begins_with_a_verb_is_forced_by_share() -> None:
    assert reading("example dela lista på råd").arguments["title"] == "lista på råd"


def test_a_title_behind_its_verb_may_begin_with_a_number() -> None:
    assert reading("example share 3 cyklar").arguments["title"] == "3 cyklar"


def test_a_command_with_one_verb_takes_every_word_for_the_title() -> None:
    assert reading("propose make the roof green").arguments["title"] == "make the roof green"


def test_the_reason_may_go_on_under_the_line() -> None:
    assert reading("proposal 12 object För dyrt", "och för sent").arguments["reason"] == "För dyrt\noch för sent"


def test_a_colon_that_is_no_key_of_ours_is_text() -> None:
    assert reading("propose Obs: möte 10:30").arguments["title"] == "Obs: möte 10:30"


@pytest.mark.parametrize("line", ["propose typ:fråga A", "propose A kind:question", "föreslå A TYP:Fråga"])
def test_a_key_stands_anywhere_and_in_either_language(line: str) -> None:
    read = reading(line)
    assert (read.arguments["kind"], read.arguments["title"]) == ("question", "A")


def test_a_hashtag_that_is_no_goal_is_text() -> None:
    read = reading("propose Mer #cykel och #sdg11")
    assert (read.arguments["title"], read.arguments["goals"]) == ("Mer #cykel och", ["sdg:11"])


def test_goals_under_the_title_count_and_a_line_of_tags_alone_goes() -> None:
    read = reading("propose A", "Vi når #sdg13.\n#mrp1.1 #miljömål1\nSlut")
    assert read.arguments["goals"] == ["sdg:13", "mrp:1.1", "miljomal:1"]
    assert read.arguments["body"] == "Vi når #sdg13.\nSlut"


def test_a_goal_named_twice_counts_once() -> None:
    assert reading("propose A #sdg13 #globalamål13").arguments["goals"] == ["sdg:13"]


@pytest.mark.parametrize(
    "line",
    [
        "digest weekly friday 09:00 zone:Europe/Helsinki language:en channel:mail titles:only",
        "digest titles:only 9:00 channel:mail fredag zone:europe/helsinki varje vecka language:english",
        "utskick varje vecka fredag 09.00 zon:Europe/Helsinki språk:en kanal:mail rubriker:bara",
    ],
)
def test_choices_stand_in_any_order(line: str) -> None:
    assert reading(line).arguments == {
        "interval": "weekly",
        "weekday": "4",
        "hour": "09:00",
        "timezone": "Europe/Helsinki",
        "language": "en",
        "channel": "mail",
        "titles_only": "only",
    }


@pytest.mark.parametrize(
    "line", ["digest fri 9", "digest fredag kl 9", "digest on friday at 9:00", "utskick fre 09.00"]
)
def test_a_day_and_an_hour_are_understood_as_people_say_them(line: str) -> None:
    assert reading(line).arguments == {"weekday": "4", "hour": "09:00"}


def test_a_space_behind_the_colon_does_no_harm() -> None:
    assert reading("propose A typ: fråga").arguments["kind"] == "question"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("", "command-unknown"),
        ("flytta berget", "command-unknown"),
        ("proposal 12 hurra", "verb-unknown"),
        ("proposal hurra", "verb-unknown-bare"),
        ("proposal support", "number-missing"),
        ("proposal list kanske", "argument-unknown"),
        ("digest kanske", "argument-unknown"),
        ("digest zone:Månen", "timezone-unknown"),
        ("propose A kind:dikt", "value-unknown"),
        ("digest 25:00", "hour-unknown"),
        ("propose A #sdg99", "goal-unknown"),
        ("proposal 99999999999999999999", "verb-unknown-bare"),
    ],
)
def test_what_cannot_be_read_is_told(line: str, key: str) -> None:
    assert broken(line) == key


def test_thousands_of_accents_on_a_letter_are_not_put_in_order() -> None:
    word = "p" + "\u0301\u0316" * 15_000
    assert fold(word) == word
    assert broken(word) == "command-unknown"


# --- fields of a body, and values with their key ---


def test_a_line_that_begins_with_a_fields_name_is_that_field() -> None:
    read_ = reading("exempel Cykelpool", "Tio cyklar.\nKontakt: Ana\n- Länk: https://a.se https://b.se\nSlut.")
    assert (read_.arguments["contact"], read_.arguments["links"]) == ("Ana", "https://a.se https://b.se")
    assert read_.arguments["body"] == "Tio cyklar.\nSlut."


def test_an_effect_goes_on_until_an_empty_line_or_the_next_field() -> None:
    body = "Effekt: färre bilar\nfärre köer\n\nMer text.\neffect: lägre kostnad\nEnhet: Parken"
    arguments = reading("exempel Cykelpool", body).arguments
    assert arguments["effect"] == "färre bilar\nfärre köer\nlägre kostnad"
    assert (arguments["unit"], arguments["body"]) == ("Parken", "\nMer text.")


@pytest.mark.parametrize("line", ["Mål: fler cyklar", "https://example.org/a", "Obs: Effekten dröjer", "12:30 start"])
def test_another_line_with_a_colon_is_text(line: str) -> None:
    assert reading("exempel Cykelpool", line).arguments["body"] == line


def test_what_is_changed_may_stand_on_the_line_itself() -> None:
    changed = reading("exempel 3 ändra Effekt: färre bilar #sdg11").arguments
    assert changed == {"title": "", "body": "", "effect": "färre bilar", "goals": ["sdg:11"]}
    going_on = reading("exempel 3 ändra Effekt: färre bilar", "och renare luft").arguments
    assert (going_on["effect"], going_on["body"]) == ("färre bilar\noch renare luft", "")
    titled = reading("exempel 3 ändra Effekt: färre bilar", "Effekt: Tio procent").arguments
    assert (titled["title"], titled["effect"]) == ("Effekt: färre bilar", "Tio procent")
    assert reading("exempel dela Effekt: färre bilar").arguments["title"] == "Effekt: färre bilar"


@pytest.mark.parametrize(
    "code",
    [
        "```\nEffekt: färre bilar\n\nKontakt: Bo\n```",
        "```yaml\nEffekt: färre bilar\n```",
        "```Effekt: färre bilar\nKontakt: Bo```",
        "````\n```\nKontakt: Bo\n```\n````",
    ],
)
def test_what_stands_in_a_code_fence_is_text(code: str) -> None:
    arguments = reading("exempel Cykelpool", f"Så här:\n{code}\nKontakt: Ana").arguments
    assert arguments["body"] == f"Så här:\n{code}"
    assert arguments["contact"] == "Ana"
    assert "effect" not in arguments
    assert reading("exempel Cykelpool", f"Effekt: {code}").arguments["effect"] == code


def test_a_fence_that_nothing_closes_holds_no_field() -> None:
    arguments = reading("exempel Cykelpool", "```x```\n```\nKontakt: Ana").arguments
    assert (arguments["body"], arguments["contact"]) == ("```x```\n```", "Ana")


def test_a_proposal_has_no_fields() -> None:
    assert reading("föreslå Cykelpool", "Effekt: färre bilar").arguments["body"] == "Effekt: färre bilar"


@pytest.mark.parametrize("typed", ['enhet:"Barn och skola"', "enhet: ”Barn och skola”", "unit:'Barn och skola'"])
def test_a_name_of_several_words_stands_in_quotes(typed: str) -> None:
    arguments = reading(f"exempel sök cykel {typed} år:2026").arguments
    assert (arguments["unit"], arguments["year"], arguments["words"]) == ("Barn och skola", 2026, "cykel")


@pytest.mark.parametrize(("key", "field"), [("enhet", "unit"), ("Effect", "effect"), ("Länk", "links")])
def test_an_edit_may_begin_with_a_field_and_one_with_nothing_in_it_is_empty(key: str, field: str) -> None:
    arguments = reading(f"exempel 3 ändra {key}:", "Kontakt:").arguments
    assert arguments == {"title": "", "body": "", field: "", "contact": ""}
    assert reading(f"exempel 3 ändra {key}: a b").arguments[field] == "a b"


def test_an_edit_says_that_there_are_no_goals_any_more() -> None:
    assert reading("exempel 3 ändra #-").arguments["goals"] == []
    assert "goals" not in reading("exempel 3 ändra Cykelpool").arguments


def test_a_title_that_begins_as_a_verb_is_told_how_it_becomes_a_title() -> None:
    with pytest.raises(RuleBroken, match="number-missing-or-title"):
        reading("exempel resultat av cykelkampanjen")
    assert reading("exempel dela resultat av cykelkampanjen").verb.name == "share"


@pytest.mark.parametrize("line", ["exempel kö till laddstolparna", "example list of bikes", "exempel lista på tips"])
def test_a_title_that_begins_as_another_verb_is_told_so_too(line: str) -> None:
    assert broken(line) == "argument-unknown-or-title"
