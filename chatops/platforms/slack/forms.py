"""A modal for a command: its fields come from the command table, and it is read back as a line somebody typed.

How modals are made: docs.slack.dev/reference/views/modal-views.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType

from chatops.arguments import FIELDS
from chatops.conversation import Attachment
from chatops.platforms.slack import limits
from chatops.platforms.slack.blocks import plain
from chatops.platforms.slack.fields import Offer, element_of
from chatops.platforms.slack.files import attachments_of
from chatops.platforms.slack.rich_text import Json
from chatops.tags import NO_GOALS
from chatops.verbs import Argument, Command, Kind, Verb
from config.texts import Texts

CALLBACK = "form"
REQUIRED = (Kind.TITLE, Kind.WORDS, Kind.GROUP)
PICTURE = "picture"
FILETYPES = ("jpg", "jpeg", "png", "gif", "webp")
# Where a broken rule has another word for a field.
FIELDS_OF = {"link": "links", "length": "minutes", "day": "due"}
# What is read back as `key:value` in the line.
KEYED = frozenset({Kind.DAY, Kind.HOUR, Kind.LENGTH, Kind.NAME, Kind.LINK})
NOTHING: Mapping[str, str] = MappingProxyType({})
NOTHING_OFFERED = Offer()


def form(
    command: Command,
    verb: Verb,
    texts: Texts,
    *,
    line: str,
    offer: Offer = NOTHING_OFFERED,
    filled: Mapping[str, str] = NOTHING,
    room: str = "",
) -> Json:
    """The modal that completes `line` (`propose`, `proposal 12 object`), said in `room`.

    `filled` is what stands in the fields already, by argument; goals as keys (`sdg:7 mrp:1.1`).
    """
    elements = ((argument, element_of(argument, texts, offer, filled)) for argument in verb.arguments)
    labels = {argument.name: argument.keys[0] for argument in verb.arguments if argument.kind in FIELDS}
    keys = {argument.name: argument.keys[0] for argument in verb.arguments if argument.kind in KEYED and argument.keys}
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain(texts.say(f"form-{command.name}-{verb.name}")[: limits.VIEW_TITLE]),
        "submit": plain(texts.say("form-submit")),
        "close": plain(texts.say("form-close")),
        "private_metadata": json.dumps({"line": line, "room": room, "labels": labels, "keys": keys}),
        "blocks": [_field(argument, element, texts, verb) for argument, element in elements if element],
    }


def with_picture(view: Json, files: Sequence[Attachment], texts: Texts) -> Json:
    """The modal with a field for a picture. The first of `files` came with what it was opened from."""
    about = json.loads(view["private_metadata"]) | {"files": [asdict(file) for file in files[:1]]}
    hint = "form-picture-along" if files else "form-picture-hint"
    return view | {"private_metadata": json.dumps(about), "blocks": [*view["blocks"], _picture(texts.say(hint), texts)]}


def filled_in(view: Json) -> tuple[str, str, str]:
    """What a submitted modal says: a command line, the lines under it, and the room it was said in.

    A field is a labelled line under the body, also when it is empty: so it can be emptied.
    """
    about = json.loads(view["private_metadata"])
    labels, keys = about.get("labels", {}), about.get("keys", {})
    words, body, fields = [about["line"]], "", []
    for block in view["blocks"]:
        name, element = block["block_id"], block["element"]
        value = view["state"]["values"][name][element["action_id"]]
        typed = value.get("value") or ""
        if name in labels and element["type"] != "plain_text_input":
            fields.append(f"{labels[name]}: {', '.join(_options(value))}")
        elif name in labels:
            fields.append(f"{labels[name]}: {_closed_up(typed)}")
        elif name in keys:
            chosen = typed or value.get("selected_date") or value.get("selected_time") or ""
            words += _keyed(keys[name], chosen, was=element.get("initial_value", ""))
        elif element.get("multiline"):
            body = typed
        else:
            words += typed.split() or _chosen(value, element)
    return " ".join(words), "\n".join(filter(None, (body, *fields))), about["room"]


def sent_with(view: Json) -> tuple[Attachment, ...]:
    """The picture of a submitted modal: the one chosen in it, else that of the message it was opened from."""
    state = view["state"]["values"].get(PICTURE, {}).get(PICTURE, {})
    carried = json.loads(view["private_metadata"]).get("files", [])
    return attachments_of(state.get("files") or ()) or tuple(Attachment(**file) for file in carried)


def field_at_fault(key: str, view: Json) -> str:
    """The `block_id` under which Slack is to show the broken rule `key`: the field it names, else the first."""
    fields: list[str] = [block["block_id"] for block in view["blocks"]]
    named = [field for word in key.split("-") for field in (word, FIELDS_OF.get(word))]
    return next((field for field in fields if field in named), fields[0])


def _keyed(key: str, value: str, was: str) -> list[str]:
    """`link:https://example.org`; several words stand in quotes, and what is emptied too."""
    if len(value.split()) > 1 or (was and not value):
        value = '"{}"'.format(value.replace('"', ""))
    return [f"{key}:{value}"] if value else []


def _closed_up(typed: str) -> str:
    """An empty line would end the field."""
    return "\n".join(line for line in typed.split("\n") if line.strip())


def _chosen(value: Json, element: Json) -> list[str]:
    """What was chosen, as a person would type it. That several could be, and none is, is said too."""
    return _options(value) or ([NO_GOALS] if element["type"].startswith("multi_") else [])


def _options(value: Json) -> list[str]:
    """The values of what was chosen."""
    chosen = [*(value.get("selected_options") or ()), value.get("selected_option")]
    return [option["value"] for option in chosen if option]


def _picture(hint: str, texts: Texts) -> Json:
    """A field for one file. What it holds is judged by us: Slack goes by the name alone."""
    return {
        "type": "input",
        "block_id": PICTURE,
        "label": plain(texts.say("form-picture")),
        "hint": plain(hint),
        "optional": True,
        "element": {"type": "file_input", "action_id": PICTURE, "filetypes": [*FILETYPES], "max_files": 1},
    }


def _field(argument: Argument, element: Json, texts: Texts, verb: Verb) -> Json:
    asked = argument.asked or argument.name
    return {
        "type": "input",
        "block_id": argument.name,
        "label": plain(texts.say(f"form-{asked}")),
        "hint": plain(texts.say(f"form-{asked}-hint")),
        "optional": not _is_required(argument, verb),
        "element": {"action_id": argument.name} | element,
    }


def _is_required(argument: Argument, verb: Verb) -> bool:
    """What says when in words need not be there where a day can be chosen."""
    may_be_chosen = any(other.kind is Kind.DAY for other in verb.arguments)
    return argument.kind in REQUIRED and not (argument.kind is Kind.WORDS and may_be_chosen)
