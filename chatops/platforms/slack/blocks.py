"""What Tuva says, as posts on Slack: each within every limit, none of it obeyed.

How blocks are made: docs.slack.dev/reference/block-kit.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from chatops.platforms.slack import cuts, limits, rich_text
from chatops.platforms.slack.mrkdwn import escaped
from chatops.platforms.slack.paragraphs import Paragraph, Piece, paragraphs
from chatops.platforms.slack.rich_text import Json
from config.texts import Texts
from storage.messages import Action, Message


@dataclass(frozen=True)
class Post:
    """One message on Slack. `text` has all words of `blocks`, escaped: screen readers and notices read it alone."""

    text: str
    blocks: list[Json]


def posts(message: Message, texts: Texts) -> tuple[Post, ...]:
    """The message as posts, in order; nearly always one.

    What is too long goes on in the second. The first then has the title, the opening, the state and the buttons; and,
    when there is a state, so that it is a card, a word that the rest is in its thread.
    """
    title = message.subject.strip()
    body, foot = paragraphs(message.body), paragraphs(message.foot)
    if len(title) > limits.HEADER:
        body, title = (Paragraph((Piece(title, frozenset({"bold"})),)), *body), ""
    whole = _post(title, (*body, *foot), message.actions)
    if _price(whole) <= limits.TEXT:
        return (whole,)
    return tuple(_several(title, body, foot, message.actions, texts))


def pointing(post: Post, channels: Sequence[str], texts: Texts) -> Post:
    """The post with a small line under it that tells in which channels (ids) everybody sees what it is about."""
    said = texts.say("slack-seen-in", channels=texts.listed([f"<#{channel}>" for channel in channels]))
    line = {"type": "context", "elements": [{"type": "mrkdwn", "text": said}]}
    return Post(f"{post.text}\n\n{said}", [*post.blocks, line])


def illustrated(post: Post, file: str, alt: str) -> Post:
    """The post with a picture under its title: a file that Slack has, and what it shows in words."""
    place = 1 if post.blocks and post.blocks[0]["type"] == "header" else 0
    image = {"type": "image", "slack_file": {"id": file}, "alt_text": alt[: limits.ALT]}
    return Post(post.text, [*post.blocks[:place], image, *post.blocks[place:]])


def _several(
    title: str, body: Sequence[Paragraph], foot: Sequence[Paragraph], actions: Sequence[Action], texts: Texts
) -> Iterator[Post]:
    pointer = paragraphs(texts.say("card-continues")) if foot else ()
    room = limits.TEXT - _price(_post(title, pointer, actions))
    state, rest_of_state = cuts.filled(foot[:1], room // 2)
    opening, rest = cuts.filled(body, room - cuts.total(state))
    yield _post(title, (*opening, *pointer, *state), actions)
    rest = (*rest, *rest_of_state, *foot[1:])
    while rest:
        part, rest = cuts.filled(rest, limits.TEXT)
        yield _post("", part, ())


def _post(title: str, shown: Sequence[Paragraph], actions: Sequence[Action]) -> Post:
    header = [{"type": "header", "text": plain(title)}] if title else []
    elements = [*_elements(actions)][: limits.ACTIONS]
    buttons = [{"type": "actions", "elements": elements}] if elements else []
    labels = escaped(" · ".join(_shown_on(element) for element in elements))
    said = "\n\n".join(filter(None, (escaped(title), rich_text.text(shown), labels)))
    return Post(said, [*header, *rich_text.blocks(shown), *buttons])


def _elements(actions: Sequence[Action]) -> Iterator[Json]:
    """A button for each; a list for those of one menu, whose values are whole lines."""
    for menu, alike in groupby(actions, key=lambda action: action.menu):
        some = list(alike)
        yield from [_select(menu, some)] if menu else map(_button, some)


def _shown_on(element: Json) -> str:
    """What an element says before anybody has opened it."""
    return str((element.get("placeholder") or element["text"])["text"])


def _price(post: Post) -> int:
    return cuts.price(post.text, post.blocks)


def plain(text: str) -> Json:
    """`text` as a plain_text object: shown as it is, `:smile:` included."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _button(action: Action) -> Json:
    noun, _, verb = action.command.rpartition(" ")
    return {"type": "button", "text": plain(action.label[: limits.BUTTON_LABEL]), "action_id": verb, "value": noun}


def _select(menu: str, actions: Sequence[Action]) -> Json:
    options = [{"text": plain(_short(action.label)), "value": action.command} for action in actions[: limits.MENU]]
    verb = actions[0].command.split()[1]
    return {"type": "static_select", "action_id": f"line-{verb}", "placeholder": plain(menu), "options": options}


def _short(text: str) -> str:
    return textwrap.shorten(text, limits.OPTION_TEXT, placeholder=" …") if len(text) > limits.OPTION_TEXT else text
