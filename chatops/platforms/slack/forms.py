"""A modal for a command: its fields come from the command table, and it is read back as a line somebody typed.

How modals are made: docs.slack.dev/reference/views/modal-views.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType

from chatops.arguments import FIELDS
from chatops.conversation import Attachment
from chatops.platforms.slack import limits
from chatops.platforms.slack.blocks import plain
from chatops.platforms.slack.files import attachments_of
from chatops.platforms.slack.rich_text import Json
from chatops.tags import NO_GOALS
from chatops.verbs import Argument, Command, Kind, Verb
from config.goals import Goal, catalogue_of, catalogues
from config.texts import Texts
from storage import prose

CALLBACK = "form"
REQUIRED = (Kind.TITLE, Kind.WORDS, Kind.GROUP)
PICTURE = "picture"
FILETYPES = ("jpg", "jpeg", "png", "gif", "webp")
# Where a broken rule has another word for a field.
FIELDS_OF = {"link": "links", "length": "minutes"}
# How long a line may be, where it is longer than a name.
LINES_OF = {"links": prose.BODY_LIMIT, "link": prose.LINK_LIMIT}
# What is read back as `key:value` in the line.
KEYED = frozenset({Kind.DAY, Kind.HOUR, Kind.LENGTH, Kind.NAME, Kind.LINK})
NOTHING: Mapping[str, str] = MappingProxyType({})


def form(
    command: Command,
    verb: Verb,
    texts: Texts,
    *,
    line: str,
    groups: Sequence[tuple[str, str]] = (),
    filled: Mapping[str, str] = NOTHING,
    room: str = "",
) -> Json:
    """The modal that completes `line` (`propose`, `proposal 12 object`), said in `room`.

    `groups` are slugs and names; several are offered to choose from. `filled` is what stands in the fields already, by
    argument; goals as keys (`sdg:7 mrp:1.1`).
    """
    elements = ((argument, _element(argument, texts, groups, filled)) for argument in verb.arguments)
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
        if name in labels:
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
    several = element["type"].startswith("multi_")
    options = value.get("selected_options") if several else [value.get("selected_option")]
    words = [option["value"] for option in options or () if option]
    return words or ([NO_GOALS] if several else [])


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


def _element(
    argument: Argument, texts: Texts, groups: Sequence[tuple[str, str]], filled: Mapping[str, str]
) -> Json | None:
    known, element = filled.get(argument.name, ""), None
    match argument.kind:
        case Kind.TITLE | Kind.FIELD | Kind.PHRASE | Kind.LENGTH | Kind.NAME | Kind.LINK:
            longest = LINES_OF.get(argument.name, prose.TITLE_LIMIT)
            element = _input(" ".join(known.split()), longest, multiline=False)
        case Kind.BODY | Kind.WORDS | Kind.LINES:
            element = _input(known, prose.BODY_LIMIT, multiline=True)
        case Kind.DAY:
            element = _picker("datepicker", "initial_date", known, texts)
        case Kind.HOUR:
            element = _picker("timepicker", "initial_time", known, texts)
        case Kind.CHOICE:
            element = _select(_choices(argument, texts), known, texts)
        case Kind.GOALS:
            element = _goals(texts, known.split())
        case Kind.GROUP if len(groups) > 1:
            options = {slug: _option(name, f"{argument.keys[0]}:{slug}") for slug, name in groups}
            element = _select(options, known, texts)
    return element


def _input(known: str, longest: int, *, multiline: bool) -> Json:
    initial = {"initial_value": known[:longest]} if known else {}
    return {"type": "plain_text_input", "multiline": multiline, "max_length": longest} | initial


def _picker(kind: str, initial: str, known: str, texts: Texts) -> Json:
    return {"type": kind, "placeholder": _choose(texts)} | ({initial: known} if known else {})


def _choices(argument: Argument, texts: Texts) -> dict[str, Json]:
    return {
        str(value): _option(texts.say(f"{argument.name}-{value}"), f"{argument.keys[0]}:{words[0]}")
        for value, words in argument.choices.items()
    }


def _select(options: dict[str, Json], known: str, texts: Texts) -> Json:
    initial = {"initial_option": options[known]} if known in options else {}
    return {"type": "static_select", "placeholder": _choose(texts), "options": [*options.values()]} | initial


def _choose(texts: Texts) -> Json:
    """What stands in a field where nothing is chosen. Slack's own word is English in most workspaces."""
    return plain(texts.say("form-choose"))


def _goals(texts: Texts, known: Sequence[str]) -> Json:
    options = {goal.key: _goal(goal, texts) for catalogue in catalogues() for goal in catalogue.goals}
    offered = [
        {"label": plain(_short(catalogue.names[texts.language])), "options": [options[goal.key] for goal in some]}
        for catalogue in catalogues()
        for some in _at_most(catalogue.goals)
    ]
    initial = [options[key] for key in known if key in options]
    element = {"type": "multi_static_select", "placeholder": _choose(texts), "option_groups": offered}
    return element | ({"initial_options": initial} if initial else {})


def _goal(goal: Goal, texts: Texts) -> Json:
    number = goal.key.partition(":")[2]
    return _option(f"{number} {goal.names[texts.language]}", f"#{catalogue_of(goal.key).words[0]}{number}")


def _at_most(goals: Sequence[Goal]) -> Iterator[Sequence[Goal]]:
    return (goals[start : start + limits.OPTIONS] for start in range(0, len(goals), limits.OPTIONS))


def _option(text: str, value: str) -> Json:
    """An option whose value is what a person would type."""
    return {"text": plain(_short(text)), "value": value}


def _short(text: str) -> str:
    return text if len(text) <= limits.OPTION_TEXT else f"{text[: limits.OPTION_TEXT - 1]}…"
