"""A card and a modal for the stand-in's own tests."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def field(name: str, kind: str, **more: Any) -> Json:
    """An input block."""
    element = {"type": kind, "action_id": f"{name}-said"} | more
    return {"type": "input", "block_id": name, "label": plain(name), "element": element}


BUTTON = {"type": "button", "action_id": "support", "value": "t1", "text": plain("Stödjer")}
CARD = [{"type": "section", "text": plain("Förslag 1: Cykelställ")}, {"type": "actions", "elements": [BUTTON]}]
OPTIONS = [{"text": plain(each), "value": each.lower()} for each in ("Fråga", "Idé")]
MODAL = {
    "type": "modal",
    "callback_id": "propose",
    "private_metadata": "C1",
    "notify_on_close": True,
    "title": plain("Föreslå"),
    "submit": plain("Skicka"),
    "blocks": [
        field("title", "plain_text_input", max_length=10),
        field("kind", "static_select", options=OPTIONS, initial_option=OPTIONS[0]),
        field("goals", "multi_static_select", options=OPTIONS) | {"optional": True},
    ],
}
STEP = MODAL | {"title": plain("Steg 2")}
