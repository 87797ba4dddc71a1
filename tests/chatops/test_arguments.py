"""Values behind a key that take several words: lengths, places, and what stands in quotes."""

from typing import Any

import pytest

from chatops.commands import COMMANDS
from chatops.grammar import read
from chatops.lengths import length_in
from storage.rules import RuleBroken


def arguments(line: str, body: str = "") -> dict[str, Any]:
    return read(f"meeting plan {line}", body, COMMANDS).arguments


def broken(line: str) -> str:
    with pytest.raises(RuleBroken) as fault:
        arguments(line)
    return fault.value.key


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("2h", 120),
        ("90min", 90),
        ("90", 90),
        ("1,5h", 90),
        ("1.5 timmar", 90),
        ("1 h 30 min", 90),
        ("1h30", 90),
        ("1 timme och 30 minuter", 90),
        ("1 hour and 30 minutes", 90),
        ("45 M", 45),
        ("12h", 720),
        ("10 min", 10),
    ],
)
def test_a_length_is_told_in_plain_words(typed: str, minutes: int) -> None:
    assert arguments(f"20/1 13:00 längd:{typed} Gruppens möte") == {
        "words": "20/1 13:00 Gruppens möte",
        "minutes": minutes,
    }


def test_a_number_behind_a_length_is_text() -> None:
    assert arguments("length:2h 30 frågor om el")["words"] == "30 frågor om el"
    assert length_in(["2h", "30", "min", "möte"]) == (150, 3)


@pytest.mark.parametrize("typed", ["0min", "13h", "2", "länge", "", "9" * 5_000, "99999min", '"2h ungefär"'])
def test_what_is_no_length_of_a_meeting_is_refused(typed: str) -> None:
    assert broken(f"20/1 13:00 length:{typed}") == "length-wrong"


@pytest.mark.parametrize(
    ("line", "words", "place"),
    [
        ("20/1 13:00 Möte plats:Stadshuset, sal 3 längd:2h", "20/1 13:00 Möte", "Stadshuset, sal 3"),
        ("20/1 13:00 plats: Stadshuset, sal 3 LANGD: 2h", "20/1 13:00", "Stadshuset, sal 3"),
        ('20/1 13:00 place:"Stadshuset, sal 3" Möte length:2h', "20/1 13:00 Möte", "Stadshuset, sal 3"),
        ("20/1 13:00 length:2h plats:Sal 3: den stora", "20/1 13:00", "Sal 3: den stora"),
        ("20/1 13:00 length:2h plats:", "20/1 13:00", ""),
    ],
)
def test_a_place_goes_on_to_the_next_key(line: str, words: str, place: str) -> None:
    assert arguments(line) == {"words": words, "place": place, "minutes": 120}


def test_a_place_may_be_a_line_of_its_own() -> None:
    found = arguments("20/1 13:00 Möte", "Plats: Stadshuset, sal 3")
    assert found == {"words": "20/1 13:00 Möte", "place": "Stadshuset, sal 3"}


def test_a_day_and_an_hour_may_be_named() -> None:
    assert arguments('Möte dag:"20 januari" kl:9.30') == {"words": "Möte", "day": "20 januari", "hour": "09:30"}
    assert broken("Möte kl:25:00") == broken("Möte kl:snart") == "hour-unknown"
    assert broken("Möte dag:") == "day-unknown"


@pytest.mark.parametrize("line", ["Möte länk:", 'Möte länk:"', "Möte plats:“", "Möte dag:''"])
def test_a_key_or_a_quote_with_nothing_behind_is_no_fault_of_ours(line: str) -> None:
    try:
        arguments(line)
    except RuleBroken as fault:
        assert fault.key in {"value-unknown", "day-unknown"}  # noqa: PT017 -- some are refused, others are empty
