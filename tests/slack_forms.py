"""Forms on Slack, for tests: made as Tuva makes them, filled in, and understood."""

from typing import Any

from chatops.commands import COMMANDS
from chatops.grammar import Reading, command_called, read
from chatops.platforms.slack.fields import Offer
from chatops.platforms.slack.forms import filled_in, form
from chatops.verbs import Command, Verb
from config.texts import texts_in
from storage import prose

LINES = {
    "propose": ("propose", "make"),
    "example share": ("example", "share"),
    "example 3 edit": ("example", "edit"),
    "example 3 reuse": ("example", "reuse"),
    "example 3 result": ("example", "result"),
    "proposal 12 object": ("proposal", "object"),
    "proposal 12 agreed": ("proposal", "agreed"),
    "proposal 12 decline": ("proposal", "decline"),
    "subgroup start": ("subgroup", "start"),
    "subgroup 3 report": ("subgroup", "report"),
    "subgroup 3 close": ("subgroup", "close"),
    "meeting plan": ("meeting", "plan"),
    "meeting 3 change": ("meeting", "change"),
}
PEOPLE = (("ana@example.org", "Ana Ask"), ("Bo Bark", "Bo Bark"))
GROUPS = (("grona", "Gröna gruppen"), ("andra", "Andra gruppen"))


def asked(line: str, language: str = "sv", **more: Any) -> dict[str, Any]:
    """The form that completes a line."""
    command, verb = the(line)
    offer = Offer(more.pop("groups", ()), more.pop("people", ()))
    return form(command, verb, texts_in(language), line=line, offer=offer, **more)


def the(line: str) -> tuple[Command, Verb]:
    """The command and the verb of a line."""
    name, verb = LINES[line]
    command = command_called(name, COMMANDS)
    assert command is not None
    return command, command.verb(verb)


def elements(view: dict[str, Any]) -> dict[str, Any]:
    """What can be filled in, by its name."""
    return {block["block_id"]: block["element"] for block in view["blocks"]}


def submitted(view: dict[str, Any], **typed: Any) -> dict[str, Any]:
    """The view as Slack hands it back: what was typed, the labels of what was chosen, and None for the rest."""
    values = {name: {name: _state(element, typed.get(name))} for name, element in elements(view).items()}
    return view | {"state": {"values": values}}


def _state(element: dict[str, Any], typed: Any) -> dict[str, Any]:
    if element["type"] == "plain_text_input":
        return {"type": element["type"], "value": typed}
    if element["type"] in ("datepicker", "timepicker"):
        return {"type": element["type"], f"selected_{element['type'].removesuffix('picker')}": typed}
    options = element.get("options") or [option for group in element["option_groups"] for option in group["options"]]
    labels = {option["text"]["text"]: option for option in options}
    if element["type"] == "static_select":
        return {"type": element["type"], "selected_option": labels[typed] if typed else None}
    return {"type": element["type"], "selected_options": [labels[label] for label in typed or ()]}


def understood(line: str, **typed: Any) -> Reading:
    """What Tuva understands of a form that was filled in and sent."""
    line, body, _ = filled_in(submitted(asked(line, groups=GROUPS, people=PEOPLE), **typed))
    return read(prose.clean(line), prose.clean(body), COMMANDS)
