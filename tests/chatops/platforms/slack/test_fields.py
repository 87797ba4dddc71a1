"""Fields of a form that are labelled lines of a body: what is written in them, and what is emptied."""

import json

import pytest

from chatops.commands import COMMANDS
from chatops.grammar import line_of, read
from chatops.platforms.slack import limits
from chatops.platforms.slack.fields import Offer
from chatops.platforms.slack.forms import filled_in, form
from chatops.verbs import Kind
from config.texts import LANGUAGES, texts_in
from slack_forms import GROUPS, asked, elements, submitted, understood
from storage import prose

EMPTIED = {"effect": "", "contact": "", "unit": "", "links": "", "goals": []}


def test_what_is_written_in_a_field_is_a_field() -> None:
    told = {
        "effect": "CO2 -20 %\nMer motion",
        "contact": "Bo, bo@example.org",
        "links": "https://a.example www.b.example",
    }
    arguments = understood("example share", title="Cykelpool", body="Tio cyklar.\n\nVarje dag.", unit="Park", **told)
    assert {**arguments.arguments, **told, "unit": "Park", "body": "Tio cyklar.\n\nVarje dag."} == arguments.arguments


def test_a_field_that_is_emptied_is_empty_and_none_chosen_is_none() -> None:
    assert understood("example 3 edit", title="Cykelpool").arguments == {"title": "Cykelpool", "body": "", **EMPTIED}


def test_empty_lines_within_a_field_are_closed_up_and_the_next_field_stays_its_own() -> None:
    arguments = understood("example 3 edit", title="A", effect="Ett\n\n \nTvå\n\n", contact="Bo").arguments
    assert (arguments["effect"], arguments["contact"], arguments["body"]) == ("Ett\nTvå", "Bo", "")


def test_a_body_ends_where_the_fields_begin() -> None:
    arguments = understood("example share", title="A", body="Text\nEffekt: mindre buller", contact="Bo").arguments
    assert (arguments["body"], arguments["effect"], arguments["contact"]) == ("Text", "mindre buller", "Bo")


@pytest.mark.parametrize("text", ["<!channel> <@U0BO>", "=SUM(1)", "<b>fet</b> &lt;", "- ett\n- två", "*x* `y` @room"])
def test_hostile_text_is_kept_as_it_stands(text: str) -> None:
    assert understood("example share", title="A", effect=text).arguments["effect"] == text


def test_a_chosen_goal_is_the_only_one() -> None:
    chosen = understood("example 3 edit", title="A", goals=["7 Hållbar energi för alla"])
    assert chosen.arguments["goals"] == ["sdg:7"]


def test_what_is_known_of_an_example_stands_in_its_fields() -> None:
    known = {"title": "A", "effect": "Ett\nTvå", "contact": "Bo", "links": "https://a.example", "unit": "Parken"}
    fields = elements(asked("example 3 edit", filled={**known, "goals": "sdg:7"}))
    assert {name: fields[name]["initial_value"] for name in known} == known
    assert fields["effect"]["multiline"]
    assert not fields["contact"]["multiline"]
    assert (fields["effect"]["max_length"], fields["contact"]["max_length"]) == (prose.BODY_LIMIT, prose.TITLE_LIMIT)


def test_long_links_stand_whole_in_their_field() -> None:
    links = "\n".join(f"https://a.example/{'x' * 400}{number}" for number in range(5))
    assert elements(asked("example 3 edit", filled={"links": links}))["links"]["initial_value"].split() == links.split()


def test_sending_what_stood_there_changes_nothing() -> None:
    view = asked("example 3 edit", filled={"title": "A", "body": "B", "effect": "C\nD", "goals": "sdg:7"})
    names = elements(view)
    typed = {name: names[name]["initial_value"] for name in ("title", "body", "effect")}
    chosen = [option["text"]["text"] for option in names["goals"]["initial_options"]]
    line, body, _ = filled_in(submitted(view, **typed, goals=chosen))
    arguments = read(line, body, COMMANDS).arguments
    assert arguments == {**EMPTIED, "title": "A", "body": "B", "effect": "C\nD", "goals": ["sdg:7"]}


@pytest.mark.parametrize(
    "line", ["example 3 edit", "example share tip:7", "example share", "propose", "proposal 3 object"]
)
def test_the_line_that_a_form_completes_keeps_its_numbers(line: str) -> None:
    assert line_of(read(line, "", COMMANDS)) == line


def test_a_form_fits_into_what_slack_keeps_with_it() -> None:
    for language in LANGUAGES:
        for command in COMMANDS:
            for verb in command.verbs:
                if {argument.kind for argument in verb.arguments} & {Kind.FIELD, Kind.LINES}:
                    view = form(command, verb, texts_in(language), line="x" * 60, offer=Offer(GROUPS), room="C" * 12)
                    assert len(view["title"]["text"]) <= limits.VIEW_TITLE
                    assert len(view["private_metadata"]) <= 3_000
                    assert json.loads(view["private_metadata"])["labels"].keys() <= elements(view).keys()
