"""Modals: made from the command table, and read back as a line somebody typed."""

import re

import pytest

from chatops.commands import COMMANDS
from chatops.platforms.slack import fields, limits
from chatops.platforms.slack.forms import field_at_fault, filled_in
from config.goals import Catalogue, Goal, catalogues
from config.texts import FOLDER, LANGUAGES, texts_in
from slack_forms import GROUPS, LINES, asked, elements, submitted, the, understood
from storage import prose
from storage.rules import RuleBroken

BODY = "Hej\n\n- **ett** <!channel>\n- “två” typ:fråga"


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_within_slacks_limits(line: str, language: str) -> None:
    view = asked(line, language, groups=GROUPS)
    command, verb = the(line)
    assert view["title"]["text"] == texts_in(language).say(f"form-{command.name}-{verb.name}")
    assert all(len(view[part]["text"]) <= limits.VIEW_TITLE for part in ("title", "submit", "close"))
    for element in elements(view).values():
        for group in element.get("option_groups", [{"options": element.get("options", [])}]):
            assert len(group["options"]) <= limits.OPTIONS
            assert all(len(option["text"]["text"]) <= limits.OPTION_TEXT for option in group["options"])


@pytest.mark.parametrize("line", LINES)
def test_a_field_to_choose_from_says_so_in_the_readers_language(line: str) -> None:
    choices = [element for element in elements(asked(line, groups=GROUPS)).values() if "select" in element["type"]]
    assert all(element["placeholder"]["text"] == "Välj …" for element in choices)


def test_a_form_asks_for_what_it_is_about() -> None:
    for line, said in (("propose", "Solceller"), ("example share", "Cykelpool"), ("example 3 edit", "Cykelpool")):
        assert said in asked(line)["blocks"][0]["hint"]["text"]
    labels = [asked(f"example 3 {verb}")["blocks"][0]["label"]["text"] for verb in ("reuse", "result")]
    assert labels == ["Vad gör ni?", "Hur gick det?"]


def test_the_fields_are_the_arguments() -> None:
    assert list(elements(asked("propose", groups=GROUPS))) == ["title", "body", "kind", "goals", "group"]
    told = ["title", "body", "effect", "contact", "unit", "links", "goals"]
    assert list(elements(asked("example share", groups=GROUPS))) == [*told, "group"]
    assert list(elements(asked("example 3 edit"))) == told
    assert list(elements(asked("example 3 reuse"))) == ["words"]
    assert list(elements(asked("proposal 12 object"))) == ["reason"]


@pytest.mark.parametrize("groups", [(), GROUPS[:1]])
def test_the_group_is_asked_for_only_where_there_are_several(groups: tuple[tuple[str, str], ...]) -> None:
    assert "group" not in elements(asked("propose", groups=groups))


def test_title_reason_and_group_must_be_given() -> None:
    optional = {block["block_id"]: block["optional"] for block in asked("propose", groups=GROUPS)["blocks"]}
    assert optional == {"title": False, "body": True, "kind": True, "goals": True, "group": False}
    assert asked("proposal 12 object")["blocks"][0]["optional"] is False


def test_slack_counts_as_the_record_does() -> None:
    fields = elements(asked("propose"))
    assert fields["title"]["max_length"] == prose.TITLE_LIMIT
    assert fields["body"]["max_length"] == prose.BODY_LIMIT


def test_kinds_are_in_the_readers_language() -> None:
    labels = {language: elements(asked("propose", language))["kind"]["options"][1] for language in LANGUAGES}
    assert {language: label["text"]["text"] for language, label in labels.items()} == {"sv": "Fråga", "en": "Question"}


def test_every_goal_of_every_catalogue_can_be_chosen_and_is_understood() -> None:
    options = [option for group in elements(asked("propose"))["goals"]["option_groups"] for option in group["options"]]
    chosen = understood("propose", title="A", goals=[option["text"]["text"] for option in options]).arguments["goals"]
    assert chosen == [goal.key for catalogue in catalogues() for goal in catalogue.goals]


@pytest.mark.parametrize(("goals", "groups"), [(100, [100]), (101, [100, 1])])
def test_a_large_catalogue_is_offered_in_several_parts(
    goals: int, groups: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"sv": "Mål " + "ö" * 100}
    plan = Catalogue("plan", names, ("plan",), tuple(Goal(f"plan:{number}", names) for number in range(goals)))
    monkeypatch.setattr(fields, "catalogues", lambda: (plan,))
    monkeypatch.setattr(fields, "catalogue_of", lambda key: plan)
    offered = elements(asked("propose"))["goals"]["option_groups"]
    assert [len(group["options"]) for group in offered] == groups
    assert all(len(option["text"]["text"]) <= limits.OPTION_TEXT for group in offered for option in group["options"])


def test_a_form_says_what_the_fields_say() -> None:
    reading = understood(
        "propose",
        title="Solceller på\nskolans tak",
        body=BODY,
        kind="Omvärldsbevakning",
        goals=["7 Hållbar energi för alla", "1.1 Kraftigt minskad klimatpåverkan"],
        group="Andra gruppen",
    )
    assert (reading.command.name, reading.verb.name) == ("propose", "make")
    assert reading.arguments == {
        "title": "Solceller på skolans tak",
        "body": BODY,
        "kind": "scan",
        "goals": ["sdg:7", "mrp:1.1"],
        "group": "andra",
    }


@pytest.mark.parametrize("line", ["propose", "example share"])
@pytest.mark.parametrize(
    "title",
    ["lista på råd", "share", "dela 3 cyklar", "3 cyklar", "#12", "“Grönt” – vad är det?", "Obs: möte 10:30", "/x !y"],
)
def test_a_title_is_a_title_however_it_begins(line: str, title: str) -> None:
    reading = understood(line, title=title, group="Gröna gruppen")
    assert reading.verb.name == LINES[line][1]
    assert reading.arguments["title"] == title


@pytest.mark.parametrize("reason", ["Det saknas pengar", "lista\n\n- kind:idea #sdg99\n- support 3", "För   dyrt"])
def test_a_reason_is_kept_as_it_was_written(reason: str) -> None:
    reading = understood("proposal 12 object", reason=reason)
    assert (reading.number, reading.verb.name) == (12, "object")
    assert reading.arguments == {"reason": reason}


def test_what_is_typed_in_a_title_means_what_it_means_on_a_line() -> None:
    assert understood("propose", title="Tak typ:fråga #sdg7").arguments["kind"] == "question"
    with pytest.raises(RuleBroken, match="goal-unknown"):
        understood("propose", title="Tak #sdg99")


def test_what_was_chosen_wins_over_what_the_title_says() -> None:
    assert understood("propose", title="Tak typ:fråga", kind="Idé").arguments["kind"] == "idea"


def test_the_form_remembers_line_and_room() -> None:
    view = submitted(asked("proposal 12 object", room="C1"), reason="Nej")
    assert filled_in(view) == ("proposal 12 object", "Nej", "C1")


def test_what_is_known_stands_in_the_fields_already() -> None:
    filled = {"title": "A\nb", "body": "c" * 2_501, "kind": "scan", "goals": "sdg:7 sdg:99 mrp:1.1", "group": "andra"}
    fields = elements(asked("propose", groups=GROUPS, filled=filled))
    assert fields["title"]["initial_value"] == "A b"
    assert fields["body"]["initial_value"] == "c" * 2_500
    assert fields["kind"]["initial_option"]["value"] == "kind:scan"
    assert [option["value"] for option in fields["goals"]["initial_options"]] == ["#sdg7", "#mrp1.1"]
    assert fields["group"]["initial_option"]["value"] == "group:andra"


def test_what_is_not_known_stands_empty() -> None:
    empty = elements(asked("propose", groups=GROUPS, filled={"kind": "x", "goals": "sdg:99"}))
    assert not [name for element in empty.values() for name in element if name.startswith("initial")]


@pytest.mark.parametrize(
    ("line", "key", "field"),
    [
        ("propose", "title-too-long", "title"),
        ("example share", "example-title-missing", "title"),
        ("propose", "body-too-long", "body"),
        ("proposal 12 object", "body-too-long", "reason"),
        ("proposal 12 object", "objection-needs-reason", "reason"),
        ("propose", "group-not-yours", "group"),
        ("propose", "goal-unknown", "title"),
        ("example share", "unit-unknown", "unit"),
        ("example 3 edit", "link-wrong", "links"),
        ("example 3 edit", "links-too-many", "links"),
        ("example 3 reuse", "reuse-own", "words"),
        ("proposal 12 object", "proposal-not-open", "reason"),
        ("subgroup start", "day-past", "due"),
    ],
)
def test_what_was_wrong_is_told_at_the_field_it_is_about(line: str, key: str, field: str) -> None:
    assert field_at_fault(key, asked(line, groups=GROUPS)) == field


def test_a_verb_has_a_form_where_that_has_a_title() -> None:
    verbs = {(command.name, verb.name) for command in COMMANDS for verb in command.verbs}
    titles = set(re.findall("^form-([a-z]+)-([a-z]+) =", (FOLDER / "sv.ftl").read_text("utf-8"), re.MULTILINE))
    assert titles & verbs == set(LINES.values())


def test_people_of_both_platforms_are_chosen_from_the_group() -> None:
    typed = {"title": "Var ska de stå?", "members": ["Ana Ask", "Bo Bark"], "lead": "Bo Bark", "due": "2027-03-01"}
    reading = understood("subgroup start", **typed)
    said = {"title": "Var ska de stå?", "members": "ana@example.org, Bo Bark", "lead": "Bo Bark", "due": "2027-03-01"}
    assert {name: reading.arguments[name] for name in said} == said


@pytest.mark.parametrize("count", [0, 101])
def test_where_no_list_holds_them_people_are_typed(count: int) -> None:
    people = [(f"{number}@example.org", "Ana Ask") for number in range(count)]
    fields = elements(asked("subgroup start", people=people))
    assert fields["members"]["type"] == fields["lead"]["type"] == "plain_text_input"
