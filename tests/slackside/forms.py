"""Filling in a view as a person does: docs.slack.dev/reference/interaction-payloads/view-interactions-payload."""

from typing import Any

from slackside.block_kit import interactive
from slackside.elements import DATE, TIME, offered
from slackside.views import View
from slackside.workspace import Json

INPUTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
MULTIPLE = {"multi_static_select", "checkboxes"}
PICKED = {"static_select", "radio_buttons", "overflow"}
PICKERS = {"datepicker": DATE, "timepicker": TIME}
PLAIN = {
    "file_input": "files",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}


def fill(view: View, values: Json) -> None:
    """Type or choose, by block_id; what is not there cannot be filled in."""
    for block_id, value in values.items():
        block = next((each for each in view.content["blocks"] if each["block_id"] == block_id), None)
        if block is None or not interactive(block):
            raise KeyError(f"nothing to fill in at {block_id}")
        element = interactive(block)[0]
        view.typed[block_id, element["action_id"]] = chosen(element, value)


def values(view: View) -> Json:
    """view.state.values: everything that has a state, by block and action."""
    found: Json = {}
    for block in view.content["blocks"]:
        for one in interactive(block):
            if one["type"] not in ("button", "overflow"):
                state = view.typed.get((block["block_id"], one["action_id"])) or _untouched(one)
                found.setdefault(block["block_id"], {})[one["action_id"]] = state
    return found


def faults(view: View) -> dict[str, str]:
    """What Slack's own client tells before it sends anything, by block_id."""
    found = {}
    state = values(view)
    for block in view.content["blocks"]:
        if block["type"] == "input":
            wrong = _wrong(block, state[block["block_id"]][block["element"]["action_id"]])
            found |= {block["block_id"]: wrong} if wrong else {}
    return found


def chosen(element: Json, value: Any) -> Json:
    """The state of an element after a person chose this value; KeyError when it is not on offer."""
    kind = element["type"]
    if kind in INPUTS:
        return {"type": kind, "value": value}
    if kind in MULTIPLE:
        return {"type": kind, "selected_options": [_option(element, each) for each in value]}
    if kind in PICKED:
        return {"type": kind, "selected_option": _option(element, value) if value is not None else None}
    if kind in PICKERS and value is not None and not PICKERS[kind].match(value):
        raise KeyError(f"{value} is not on offer")
    return {"type": kind, PLAIN[kind]: value}


def _untouched(element: Json) -> Json:
    kind = element["type"]
    if kind in INPUTS:
        return {"type": kind, "value": element.get("initial_value") or None}
    if kind in MULTIPLE:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    if kind in PICKED:
        return {"type": kind, "selected_option": element.get("initial_option")}
    several: Any = [] if kind.startswith("multi_") or kind == "file_input" else None
    return {"type": kind, PLAIN[kind]: element.get(PLAIN[kind].replace("selected", "initial"), several)}


def _option(element: Json, value: str) -> Json:
    for each in offered(element):
        if each["value"] == value:
            return dict(each)
    raise KeyError(f"{value} is not on offer")


def _wrong(block: Json, state: Json) -> str:
    element = block["element"]
    filled = next((value for key, value in state.items() if key != "type"), None)
    if not filled:
        return "" if block.get("optional") else "Please complete this required field."
    if element["type"] == "plain_text_input":
        longest, least = element.get("max_length", 3000), element.get("min_length", 0)
        if not least <= len(filled) <= longest:
            return f"Please use {least} to {longest} characters."
    return ""
