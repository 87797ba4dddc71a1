"""What Tuva says, as the contents of events on Matrix: each within the limits, none of it obeyed.

spec.matrix.org/latest/client-server-api/#instant-messaging
"""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element

from chatops.platforms.matrix import cuts, limits
from chatops.platforms.matrix.blocks import Node, blocks, element
from chatops.platforms.matrix.signs import sign_of
from chatops.platforms.matrix.typed import typed
from chatops.verbs import Command
from config.texts import Texts
from storage.messages import Action, Message

Content = dict[str, Any]


def posts(message: Message, texts: Texts, commands: Sequence[Command]) -> tuple[Content, ...]:
    """The message as posts, in order; nearly always one.

    What is too long goes on in the second. The first then has the title, the opening, the state and the actions; and,
    when there is a state, so that it is a card, a word that the rest is in its thread.
    """
    title = [element("p", element("strong", subject))] if (subject := message.subject.strip()) else []
    body, foot = [*title, *blocks(message.body)], blocks(message.foot)
    below = [_actions(message.actions, texts, commands)] if message.actions else []
    whole = [*body, *foot, *below]
    if cuts.price(whole) <= limits.POST:
        return (_post(whole),)
    pointer = blocks(texts.say("card-continues")) if foot else []
    return tuple(map(_post, _several(body, pointer, foot, below)))


def in_thread(content: Content, root: str, latest: str = "") -> Content:
    """The content in the thread under the event `root`, behind `latest` (spec: #threading)."""
    relation = {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": latest or root},
    }
    return content | {"m.relates_to": relation}


def edit_of(content: Content, event_id: str) -> Content:
    """The content in place of that of an event (spec: #event-replacements). Nobody is mentioned anew.

    Where a client does not know changes, only the first line is seen.
    """
    line = textwrap.shorten(content["body"].partition("\n")[0], limits.FALLBACK, placeholder="…")
    new = {key: value for key, value in content.items() if key != "m.relates_to"}
    relation = {"rel_type": "m.replace", "event_id": event_id}
    return _post([element("p", f"* {line}")]) | {"m.new_content": new, "m.relates_to": relation}


def mentioning(content: Content, user_id: str, name: str) -> Content:
    """The content addressed to a person by name, who is told of it (spec: #user-and-room-mentions)."""
    address = f"https://matrix.to/#/{quote(user_id, safe='@:')}"
    called, pill = cuts.written([element("a", name, href=address)])
    html = content["formatted_body"]
    addressed = {
        "body": f"{called}: {content['body']}",
        "formatted_body": f"<p>{pill}: {html[3:]}" if html.startswith("<p>") else f"<p>{pill}:</p>{html}",
        "m.mentions": {"user_ids": [user_id]},
    }
    return content | addressed


def _several(
    body: Sequence[Element], pointer: Sequence[Element], foot: Sequence[Element], below: Sequence[Element]
) -> Iterator[Sequence[Element]]:
    room = limits.POST - cuts.total([*pointer, *below])
    state, rest_of_state = cuts.filled(foot[:1], room // 2)
    opening, rest = cuts.filled(body, room - cuts.total(state))
    yield (*opening, *pointer, *state, *below)
    rest = (*rest, *rest_of_state, *foot[1:])
    while rest:
        part, rest = cuts.filled(rest, limits.POST)
        yield part


def _post(shown: Sequence[Element]) -> Content:
    body, html = cuts.written(shown)
    return {
        "msgtype": "m.notice",
        "body": body,
        "format": "org.matrix.custom.html",
        "formatted_body": html,
        "m.mentions": {},
    }


def _actions(actions: Sequence[Action], texts: Texts, commands: Sequence[Command]) -> Element:
    """A line for each: its sign, its label, and how it is typed. Of a menu the first alone shows how."""
    lines: list[Node] = []
    firsts = {action.menu: action for action in reversed(actions)}
    for action in (one for one in actions if not one.menu or one is firsts[one.menu]):
        said = f"{action.menu or sign_of(action)} {action.label}".strip()
        lines += [element("br")] * bool(lines) + [f"{said} · ", element("code", typed(action, commands, texts))]
    return element("p", *lines)
