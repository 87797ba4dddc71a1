"""The stand-in takes each thing of Block Kit at its limit, and refuses it one above."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.models import blocks as sdk
from slack_sdk.models.views import View

from slackside.block_kit import check_message, check_view
from slackside.limits import LIMITS, MESSAGE_TEXT_IN_BLOCKS, VIEW_BYTES
from slackside.workspace import Json, Refused


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def message(*blocks: Json) -> None:
    check_message(list(blocks))


def modal(*blocks: Json, **more: Any) -> None:
    view = {"type": "modal", "title": plain(5), "submit": plain(5), "blocks": [*blocks] or [{"type": "divider"}]}
    check_view(view | more, "modal")


def button(**more: Any) -> None:
    message({"type": "actions", "elements": [{"type": "button", "text": plain(5)} | more]})


def field(kind: str = "plain_text_input", **more: Any) -> None:
    modal({"type": "input", "label": plain(5), "element": {"type": kind, "action_id": "a"} | more})


def options(count: int = 1, text: int = 5, value: int = 5, **more: Any) -> list[Json]:
    return [{"text": plain(text), "value": "v" * value} | more for _ in range(count)]


def confirm(**more: Any) -> None:
    button(confirm={"title": plain(1), "text": plain(1), "confirm": plain(1), "deny": plain(1)} | more)


def groups(count: int = 1, label: int = 5) -> list[Json]:
    return [{"label": plain(label), "options": options()} for _ in range(count)]


def image(url: int = 20, alt: int = 5, **more: Any) -> None:
    message({"type": "image", "image_url": "https://".ljust(url, "x"), "alt_text": "x" * alt} | more)


DIVIDER = {"type": "divider"}
MARKED = {"type": "mrkdwn", "text": "x"}
AT: dict[str, Callable[[int], None]] = {
    "message blocks": lambda n: message(*[DIVIDER] * n),
    "view blocks": lambda n: modal(*[DIVIDER] * n),
    "block_id": lambda n: message({"type": "divider", "block_id": "x" * n}),
    "action_id": lambda n: button(action_id="x" * n),
    "section text": lambda n: message({"type": "section", "text": plain(n)}),
    "section fields": lambda n: message({"type": "section", "fields": [plain(1)] * n}),
    "section field": lambda n: message({"type": "section", "fields": [plain(n)]}),
    "header text": lambda n: message({"type": "header", "text": plain(n)}),
    "context elements": lambda n: message({"type": "context", "elements": [MARKED] * n}),
    "context text": lambda n: message({"type": "context", "elements": [plain(n)]}),
    "actions elements": lambda n: message({"type": "actions", "elements": [{"type": "button", "text": plain(1)}] * n}),
    "image url": lambda n: image(url=n),
    "image alt": lambda n: image(alt=n),
    "image title": lambda n: image(title=plain(n)),
    "markdown text": lambda n: message({"type": "markdown", "text": "x" * n}),
    "button text": lambda n: button(text=plain(n)),
    "button value": lambda n: button(value="x" * n),
    "button url": lambda n: button(url="https://".ljust(n, "x")),
    "button accessibility": lambda n: button(accessibility_label="x" * n),
    "confirm title": lambda n: confirm(title=plain(n)),
    "confirm text": lambda n: confirm(text=plain(n)),
    "confirm button": lambda n: confirm(deny=plain(n)),
    "placeholder": lambda n: field(placeholder=plain(n)),
    "select options": lambda n: field("static_select", options=options(n)),
    "option groups": lambda n: field("static_select", option_groups=groups(n)),
    "option group label": lambda n: field("static_select", option_groups=groups(label=n)),
    "option text": lambda n: field("static_select", options=options(text=n)),
    "option value": lambda n: field("static_select", options=options(value=n)),
    "option description": lambda n: field("radio_buttons", options=options(description=plain(n))),
    "option url": lambda n: message(overflow(url="https://".ljust(n, "x"))),
    "overflow options": lambda n: message(overflow(n)),
    "checkbox options": lambda n: field("checkboxes", options=options(n)),
    "radio options": lambda n: field("radio_buttons", options=options(n)),
    "input label": lambda n: modal({"type": "input", "label": plain(n), "element": {"type": "plain_text_input"}}),
    "input hint": lambda n: modal(
        {"type": "input", "label": plain(1), "hint": plain(n), "element": {"type": "plain_text_input"}}
    ),
    "input length": lambda n: field(max_length=n),
    "input files": lambda n: field("file_input", max_files=n),
    "input value": lambda n: field(initial_value="x" * n),
    "modal title": lambda n: modal(title=plain(n)),
    "modal submit": lambda n: modal(submit=plain(n)),
    "modal close": lambda n: modal(close=plain(n)),
    "callback_id": lambda n: modal(callback_id="x" * n),
    "private_metadata": lambda n: modal(private_metadata="x" * n),
    "external_id": lambda n: modal(external_id="x" * n),
}


def overflow(count: int = 1, **more: Any) -> Json:
    return {"type": "actions", "elements": [{"type": "overflow", "options": options(count, **more)}]}


def refusal(deed: Callable[[], None]) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return f"{refused.value}: {refused.value.answer.get('response_metadata', {}).get('messages', [''])[0]}"


def test_every_limit_has_its_example() -> None:
    assert AT.keys() == LIMITS.keys()


AS_THE_SDK_HAS_IT = {
    "view blocks": View.blocks_max_length,
    "block_id": sdk.Block.block_id_max_length,
    "action_id": sdk.ButtonElement.action_id_max_length,
    "section text": sdk.SectionBlock.text_max_length,
    "section fields": sdk.SectionBlock.fields_max_length,
    "header text": sdk.HeaderBlock.text_max_length,
    "context elements": sdk.ContextBlock.elements_max_length,
    "actions elements": sdk.ActionsBlock.elements_max_length,
    "image url": sdk.ImageBlock.image_url_max_length,
    "image alt": sdk.ImageBlock.alt_text_max_length,
    "image title": sdk.ImageBlock.title_max_length,
    "markdown text": sdk.MarkdownBlock.text_max_length,
    "button text": sdk.ButtonElement.text_max_length,
    "button value": sdk.ButtonElement.value_max_length,
    "button url": sdk.ButtonElement.url_max_length,
    "confirm title": sdk.ConfirmObject.title_max_length,
    "confirm text": sdk.ConfirmObject.text_max_length,
    "confirm button": sdk.ConfirmObject.confirm_max_length,
    "placeholder": sdk.InputInteractiveElement.placeholder_max_length,
    "select options": sdk.StaticSelectElement.options_max_length,
    "option groups": sdk.StaticSelectElement.option_groups_max_length,
    "option group label": sdk.OptionGroup.label_max_length,
    "option text": sdk.Option.label_max_length,
    "option value": sdk.Option.value_max_length,
    "overflow options": sdk.OverflowMenuElement.options_max_length,
    "input label": sdk.InputBlock.label_max_length,
    "input hint": sdk.InputBlock.hint_max_length,
    "modal title": View.title_max_length,
    "modal submit": View.submit_max_length,
    "modal close": View.close_max_length,
    "private_metadata": View.private_metadata_max_length,
}


def test_the_limits_are_those_that_slack_sdk_knows() -> None:
    assert {row: LIMITS[row] for row in AS_THE_SDK_HAS_IT} == AS_THE_SDK_HAS_IT


@pytest.mark.parametrize("row", LIMITS)
def test_what_is_at_the_limit_is_taken_and_what_is_above_is_refused(row: str) -> None:
    AT[row](LIMITS[row])
    assert f"{LIMITS[row]} items" in (said := refusal(lambda: AT[row](LIMITS[row] + 1))) or f"{LIMITS[row] + 1}" in said


def test_the_texts_of_a_message_have_a_limit_together() -> None:
    whole = [{"type": "section", "text": plain(3000)}] * (MESSAGE_TEXT_IN_BLOCKS // 3000)
    message(*whole)
    assert refusal(lambda: message(*whole, {"type": "header", "text": plain(1)})).startswith("msg_blocks_too_long")


def test_a_view_has_a_limit_in_bytes() -> None:
    parts = [{"type": "section", "text": plain(3000)}] * (VIEW_BYTES // 3100)
    modal(*parts)
    assert refusal(lambda: modal(*[*parts, *parts][:100])).startswith("view_too_large")


def test_a_refusal_tells_where() -> None:
    said = refusal(lambda: message(DIVIDER, {"type": "section", "text": plain(3001)}))
    assert said == "invalid_blocks: [ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"


WRONG = {
    "unsupported type: quiz": lambda: message({"type": "quiz"}),
    "unsupported type: None": lambda: message({}),
    "unsupported type: mrkdwn": lambda: message({"type": "header", "text": MARKED}),
    "must be more than 0 characters": lambda: message({"type": "section", "text": plain(0)}),
    "invalid additional property: colour": lambda: message({"type": "divider", "colour": "red"}),
    "invalid additional property: emoji": lambda: message({"type": "section", "text": MARKED | {"emoji": True}}),
    "missing required field: text|fields": lambda: message({"type": "section"}),
    "missing required field: submit": lambda: modal(
        {"type": "input", "label": plain(1), "element": {"type": "plain_text_input"}}, submit=None
    ),
    "missing required field: label": lambda: modal({"type": "input", "element": {"type": "plain_text_input"}}),
    "block_id already exists: b": lambda: message(*[DIVIDER | {"block_id": "b"}] * 2),
    "action_id already exists": lambda: message(
        {"type": "actions", "elements": [{"type": "button", "text": plain(1), "action_id": "a"}] * 2}
    ),
    "initial options must match": lambda: field("static_select", options=options(), initial_option=options(value=6)[0]),
    "regex pattern: [0-9]{4}-": lambda: field("datepicker", initial_date="20/1"),
    "regex pattern: ([01][0-9]": lambda: field("timepicker", initial_time="9:00"),
    "must be a valid URL": lambda: button(url="var/www"),
    "unsupported type: rich_text_quiz": lambda: message(
        {"type": "rich_text", "elements": [{"type": "rich_text_quiz"}]}
    ),
    "unsupported type: plain_text_input": lambda: message(
        {"type": "actions", "elements": [{"type": "plain_text_input"}]}
    ),
    "must be a valid enum value": lambda: button(style="default"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_what_slack_refuses_is_refused(fault: str) -> None:
    assert fault in refusal(WRONG[fault])


def test_blocks_that_are_no_list_of_objects_are_of_a_wrong_format() -> None:
    assert refusal(lambda: message("divider")).startswith("invalid_blocks_format")  # type: ignore[arg-type]


def test_what_has_no_name_is_given_one() -> None:
    named = check_message([DIVIDER, {"type": "actions", "elements": [{"type": "button", "text": plain(1)}] * 2}])
    names = {each["block_id"] for each in named} | {each["action_id"] for each in named[1]["elements"]}
    assert len(names) == 4
