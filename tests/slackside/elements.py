"""The interactive elements of Block Kit: docs.slack.dev/reference/block-kit/block-elements."""

import re
from typing import Any

from slackside.checks import (
    Check,
    Faults,
    address,
    anything,
    items,
    keyed,
    matching,
    number,
    one_of,
    string,
    words,
    yes_no,
)
from slackside.workspace import Json

DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z")
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
BOTH = ("plain_text", "mrkdwn")
CONFIRM = keyed(
    {
        "title": words("confirm title"),
        "text": words("confirm text", *BOTH),
        "confirm": words("confirm button"),
        "deny": words("confirm button"),
        "style": one_of("primary", "danger"),
    },
    "title text confirm deny",
)
OPTION = keyed(
    {
        "text": words("option text", *BOTH),
        "value": string("option value"),
        "description": words("option description", *BOTH),
        "url": address("option url"),
    },
    "text value",
)
GROUP = keyed(
    {"label": words("option group label"), "options": items("select options", OPTION)},
    "label options",
)


def element(needs: str = "", **keys: Check) -> Check:
    """An interactive element; what it begins with is among its options."""
    common = {"type": anything, "action_id": string("action_id"), "confirm": CONFIRM, "focus_on_load": yes_no}
    shape = keyed(common | {"placeholder": words("placeholder")} | keys, needs)

    def check(value: Any, at: str, faults: Faults) -> None:
        before = len(faults.messages)
        shape(value, at, faults)
        if len(faults.messages) == before:
            _begins_with_an_option(value, at, faults)

    return check


def offered(element: Json) -> list[Json]:
    """The options of an element, in groups or not."""
    grouped = [each for group in element.get("option_groups") or () for each in group["options"]]
    return [*(element.get("options") or ()), *grouped]


def _begins_with_an_option(value: Json, at: str, faults: Faults) -> None:
    begun = [*(value.get("initial_options") or ()), value.get("initial_option")]
    if any(each and each not in offered(value) for each in begun):
        faults.add("initial options must match options provided", at)


MANY = {"max_selected_items": anything}
CHOICE = {"options": items("select options", OPTION), "option_groups": items("option groups", GROUP)}
SEVERAL = items("select options", OPTION)
TYPED = {"initial_value": string("input value", 0), "dispatch_action_config": anything}
ELEMENTS: dict[str, Check] = {
    "button": keyed(
        {
            "type": anything,
            "action_id": string("action_id"),
            "text": words("button text"),
            "value": string("button value"),
            "url": address("button url"),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string("button accessibility"),
        },
        "text",
    ),
    "static_select": element("options|option_groups", **CHOICE, initial_option=OPTION),
    "multi_static_select": element("options|option_groups", **CHOICE, **MANY, initial_options=SEVERAL),
    "overflow": element("options", options=items("overflow options", OPTION)),
    "checkboxes": element("options", options=items("checkbox options", OPTION), initial_options=SEVERAL),
    "radio_buttons": element("options", options=items("radio options", OPTION), initial_option=OPTION),
    "users_select": element(initial_user=anything),
    "multi_users_select": element(**MANY, initial_users=anything),
    "conversations_select": element(initial_conversation=anything, filter=anything, response_url_enabled=yes_no),
    "channels_select": element(initial_channel=anything, response_url_enabled=yes_no),
    "datepicker": element(initial_date=matching(DATE)),
    "timepicker": element(initial_time=matching(TIME), timezone=string()),
    "datetimepicker": element(initial_date_time=anything),
    "plain_text_input": element(
        **TYPED, multiline=yes_no, min_length=number(0, "input length"), max_length=number(1, "input length")
    ),
    "email_text_input": element(**TYPED),
    "url_text_input": element(**TYPED),
    "number_input": element(
        "is_decimal_allowed", **TYPED, is_decimal_allowed=yes_no, min_value=anything, max_value=anything
    ),
    "file_input": keyed(
        {
            "type": anything,
            "action_id": string("action_id"),
            "filetypes": items(None, string()),
            "max_files": number(1, "input files"),
        }
    ),
    "image": keyed(
        {"type": anything, "image_url": address("image url"), "alt_text": string("image alt")}, "image_url alt_text"
    ),
}
