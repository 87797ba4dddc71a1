"""A form that asks for a day, an hour, a length and a place, and is read back as a line somebody typed."""

import pytest

from chatops.commands import COMMANDS
from chatops.grammar import read
from chatops.platforms.slack import limits
from chatops.platforms.slack.desk import is_empty
from chatops.platforms.slack.forms import field_at_fault, filled_in
from config.texts import LANGUAGES
from slack_forms import GROUPS, asked, elements, submitted, understood
from slackside.block_kit import check_view


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_the_form(language: str) -> None:
    view = asked("meeting plan", language, filled={"day": "2027-01-20", "hour": "13:00", "place": "Stadshuset"})
    check_view(view, "modal")
    assert len(view["title"]["text"]) <= limits.VIEW_TITLE
    kinds = {name: element["type"] for name, element in elements(view).items()}
    assert kinds.items() >= {"day": "datepicker", "hour": "timepicker", "place": "plain_text_input"}.items()
    assert (elements(view)["day"]["initial_date"], elements(view)["hour"]["initial_time"]) == ("2027-01-20", "13:00")


def test_neither_words_nor_a_day_must_be_given() -> None:
    assert [block["block_id"] for block in asked("meeting plan", groups=GROUPS)["blocks"] if not block["optional"]] == [
        "group"
    ]


def test_the_form_says_what_a_line_would() -> None:
    reading = understood(
        "meeting plan",
        words="Gruppens möte",
        day="2027-01-20",
        hour="13:00",
        minutes="1 h 30 min",
        place="Stadshuset, sal 3",
        link="https://meet.example.org/a?b=1",
        group="Gröna gruppen",
    )
    assert reading.arguments == {
        "words": "Gruppens möte",
        "day": "2027-01-20",
        "hour": "13:00",
        "minutes": 90,
        "place": "Stadshuset, sal 3",
        "link": "https://meet.example.org/a?b=1",
        "group": "grona",
    }


def test_when_in_words_needs_only_an_hour() -> None:
    found = understood(
        "meeting plan", words="första tisdagen, inte juli Gruppens möte", hour="13:00", group="Gröna gruppen"
    ).arguments
    assert found == {
        "words": "första tisdagen, inte juli Gruppens möte", "hour": "13:00", "place": "", "group": "grona"
    }  # fmt: skip


def test_what_is_wrong_is_told_at_its_field() -> None:
    keys = ("hour-missing", "length-wrong", "day-past", "link-wrong", "when-unknown", "series-endless")
    fields = [field_at_fault(key, asked("meeting plan", groups=GROUPS)) for key in keys]
    assert fields == ["hour", "minutes", "day", "link", "words", "words"]


def test_a_form_opens_where_nothing_is_said() -> None:
    assert is_empty(read("meeting plan", "", COMMANDS))
    assert not is_empty(read("meeting plan 20/1 13:00", "", COMMANDS))
    assert not is_empty(read("möte planera dag:20/1", "", COMMANDS))


def test_a_length_that_is_none_stays_one_value() -> None:
    line, _, _ = filled_in(submitted(asked("meeting plan", groups=GROUPS), minutes='2h "ungefär" place:x'))
    assert line == 'meeting plan length:"2h ungefär place:x"'
