"""Block Kit: which blocks and views Slack takes. docs.slack.dev/reference/block-kit, a shape for each block."""

import json
from typing import Any

from slackside.checks import Check, Faults, address, anything, items, keyed, matching, string, typed, words, yes_no
from slackside.elements import BOTH, ELEMENTS
from slackside.files import FILE_ID
from slackside.limits import MESSAGE_TEXT_IN_BLOCKS, VIEW_BYTES
from slackside.rich_text import RICH_TEXT
from slackside.workspace import Json, Refused

IN_INPUT = {name for name in ELEMENTS if name not in ("button", "overflow", "image")}
IN_ACTIONS = {name for name in ELEMENTS if not name.endswith("_input") and name != "image"}
IN_SECTION = {name for name in ELEMENTS if not name.endswith("_input")}
CONTEXT = typed(
    {"image": ELEMENTS["image"]} | {kind: words("context text", kind) for kind in BOTH},
)


def block(needs: str = "", **keys: Check) -> Check:
    """A block."""
    return keyed({"type": anything, "block_id": string("block_id")} | keys, needs)


BLOCKS: dict[str, Check] = {
    "section": block(
        "text|fields",
        text=words("section text", *BOTH),
        fields=items("section fields", words("section field", *BOTH)),
        accessory=typed(ELEMENTS, *IN_SECTION),
        expand=yes_no,
    ),
    "header": block("text", text=words("header text")),
    "divider": block(),
    "context": block("elements", elements=items("context elements", CONTEXT)),
    "actions": block("elements", elements=items("actions elements", typed(ELEMENTS, *IN_ACTIONS))),
    "image": block(
        "image_url|slack_file alt_text",
        image_url=address("image url"),
        slack_file=keyed({"id": matching(FILE_ID), "url": address()}, "id|url"),
        alt_text=string("image alt"),
        title=words("image title"),
    ),
    "input": block(
        "label element",
        label=words("input label"),
        element=typed(ELEMENTS, *IN_INPUT),
        hint=words("input hint"),
        optional=yes_no,
        dispatch_action=yes_no,
    ),
    "markdown": block("text", text=string("markdown text")),
    "rich_text": block("elements", elements=items(None, RICH_TEXT)),
}
COMMON_VIEW: dict[str, Check] = {
    "type": anything,
    "blocks": items("view blocks", typed(BLOCKS)),
    "private_metadata": string("private_metadata", 0),
    "callback_id": string("callback_id", 0),
    "external_id": string("external_id", 0),
}
MODAL = {
    "title": words("modal title"),
    "submit": words("modal submit"),
    "close": words("modal close"),
    "clear_on_close": yes_no,
    "notify_on_close": yes_no,
    "submit_disabled": yes_no,
}
VIEWS = {
    "modal": keyed(COMMON_VIEW | MODAL, "title blocks"),
    "home": keyed(COMMON_VIEW, "blocks"),
}


def check_message(blocks: Any) -> list[Json]:
    """The blocks of a message as Slack keeps them; Refused where Slack refuses."""
    if not blocks:
        return []
    if not isinstance(blocks, list) or not all(isinstance(each, dict) for each in blocks):
        raise Refused("invalid_blocks_format")
    faults = Faults()
    items("message blocks", typed(BLOCKS))(blocks, "/blocks", faults)
    _no_duplicates(blocks, "/blocks", faults)
    if faults.messages:
        raise Refused(
            "invalid_blocks", *faults.messages, errors=[each.removeprefix("[ERROR] ") for each in faults.messages]
        )
    if _text_of(blocks) > MESSAGE_TEXT_IN_BLOCKS:
        raise Refused("msg_blocks_too_long")
    return named(blocks)


def check_view(view: Any, *kinds: str) -> Json:
    """A view of one of these kinds as Slack keeps it; Refused where Slack refuses."""
    faults = Faults()
    typed(VIEWS, *kinds)(view, "/view", faults)
    if not faults.messages:
        _no_duplicates(view["blocks"], "/view/blocks", faults)
        if (
            view["type"] == "modal"
            and not view.get("submit")
            and any(each["type"] == "input" for each in view["blocks"])
        ):
            faults.add("missing required field: submit", "/view")
        if sum(one.get("focus_on_load", False) for each in view["blocks"] for one in interactive(each)) > 1:
            faults.add("only one element can have focus_on_load", "/view/blocks")
    if faults.messages:
        raise Refused("invalid_arguments", *faults.messages)
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise Refused("view_too_large")
    return view | {"blocks": named(view["blocks"])}


def interactive(block: Json) -> list[Json]:
    """The elements of a block that a person can press or fill in."""
    found = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
    return [each for each in found if each and each.get("type") in ELEMENTS and each["type"] != "image"]


def named(blocks: list[Json]) -> list[Json]:
    """Blocks with the names Slack gives to what has none."""
    copy: list[Json] = json.loads(json.dumps(blocks))
    for place, each in enumerate(copy):
        each.setdefault("block_id", f"b{place:04d}")
        for position, one in enumerate(interactive(each)):
            one.setdefault("action_id", f"a{place:04d}{position:02d}")
    return copy


def _no_duplicates(blocks: list[Json], at: str, faults: Faults) -> None:
    if faults.messages:
        return
    names: set[str] = set()
    for place, each in enumerate(blocks):
        if each.get("block_id") in names:
            faults.add(f"block_id already exists: {each['block_id']}", f"{at}/{place}/block_id")
        names |= {each["block_id"]} if each.get("block_id") else set()
        actions = [one["action_id"] for one in interactive(each) if one.get("action_id")]
        if len(actions) != len(set(actions)):
            faults.add("action_id already exists within the block", f"{at}/{place}")


def _text_of(node: Any) -> int:
    if isinstance(node, list):
        return sum(_text_of(each) for each in node)
    if isinstance(node, dict):
        own = node.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(_text_of(each) for each in node.values())
    return 0
