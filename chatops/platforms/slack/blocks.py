"""What Tuva says, as posts on Slack: each within every limit, none of it obeyed.

How blocks are made: docs.slack.dev/reference/block-kit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    actions = actions[: limits.ACTIONS]
    header = [{"type": "header", "text": plain(title)}] if title else []
    buttons = [{"type": "actions", "elements": [*map(_button, actions)]}] if actions else []
    labels = escaped(" · ".join(_label(action) for action in actions))
    said = "\n\n".join(filter(None, (escaped(title), rich_text.text(shown), labels)))
    return Post(said, [*header, *rich_text.blocks(shown), *buttons])


def _price(post: Post) -> int:
    return cuts.price(post.text, post.blocks)


def plain(text: str) -> Json:
    """`text` as a plain_text object: shown as it is, `:smile:` included."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _button(action: Action) -> Json:
    noun, _, verb = action.command.rpartition(" ")
    return {"type": "button", "text": plain(_label(action)), "action_id": verb, "value": noun}


def _label(action: Action) -> str:
    return action.label[: limits.BUTTON_LABEL]
