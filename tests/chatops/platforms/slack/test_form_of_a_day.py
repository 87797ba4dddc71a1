"""A form that asks for a day, an hour, a length and a place, and is read back as a line somebody typed."""

from typing import Any

import pytest

from chatops.grammar import Reading, read
from chatops.platforms.slack import limits
from chatops.platforms.slack.desk import is_empty
from chatops.platforms.slack.forms import field_at_fault, filled_in, form
from config.texts import LANGUAGES, texts_in
from planning_table import MEETING, PLAN, planning
from slack_forms import GROUPS, elements, submitted
from slackside.block_kit import check_view


def asked(language: str = "sv", **more: Any) -> dict[str, Any]:
    return form(MEETING, PLAN, texts_in(language), line="meeting plan", groups=GROUPS, **more)


def understood(**filled: Any) -> Reading:
    line, body, _ = filled_in(submitted(asked(), **filled))
    return read(line, body, (MEETING,))


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_the_form(language: str) -> None:
    view = asked(language, filled={"day": "2027-01-20", "hour": "13:00", "place": "Stadshuset"})
    check_view(view, "modal")
    assert len(view["title"]["text"]) <= limits.VIEW_TITLE
    kinds = {name: element["type"] for name, element in elements(view).items()}
    assert kinds.items() >= {"day": "datepicker", "hour": "timepicker", "place": "plain_text_input"}.items()
    assert (elements(view)["day"]["initial_date"], elements(view)["hour"]["initial_time"]) == ("2027-01-20", "13:00")


def test_neither_words_nor_a_day_must_be_given() -> None:
    assert [block["block_id"] for block in asked()["blocks"] if not block["optional"]] == ["group"]


def test_the_form_says_what_a_line_would() -> None:
    reading = understood(
        words="Gruppens möte",
        day="2027-01-20",
        hour="13:00",
        length="1 h 30 min",
        place="Stadshuset, sal 3",
        link="https://meet.example.org/a?b=1",
        group="Gröna gruppen",
    )
    assert reading.arguments == {
        "words": "Gruppens möte",
        "day": "2027-01-20",
        "hour": "13:00",
        "length": 90,
        "place": "Stadshuset, sal 3",
        "link": "https://meet.example.org/a?b=1",
        "group": "grona",
    }


def test_when_in_words_needs_only_an_hour() -> None:
    found = understood(words="första tisdagen, inte juli Gruppens möte", hour="13:00", group="Gröna gruppen").arguments
    assert found == {
        "words": "första tisdagen, inte juli Gruppens möte", "hour": "13:00", "place": "", "group": "grona"
    }  # fmt: skip


def test_what_is_wrong_is_told_at_its_field() -> None:
    keys = ("hour-missing", "length-wrong", "day-past", "link-wrong", "when-unknown", "series-endless")
    fields = [field_at_fault(key, asked()) for key in keys]
    assert fields == ["hour", "length", "day", "link", "words", "words"]


def test_a_form_opens_where_nothing_is_said() -> None:
    assert is_empty(planning(""))
    assert not is_empty(planning("20/1 13:00"))
    assert not is_empty(planning("dag:20/1"))


def test_a_length_that_is_none_stays_one_value() -> None:
    line, _, _ = filled_in(submitted(asked(), length='2h "ungefär" place:x'))
    assert line == 'meeting plan length:"2h ungefär place:x"'
