"""What people type on Slack, as they meant it: without Slack's own signs.

docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Sequence
from html import unescape

from chatops.verbs import Command

# <@U1|anna>, <#C1|general>, <https://x|label>, <!here>: Slack's own way to write what is not plain text.
TOKEN = re.compile(r"<([@#!]?)([^<>|]{1,3000})(?:\|([^<>]{0,3000}))?>")


def read(text: str, names: dict[str, str]) -> str:
    """`text` as plain words. `names` are those of the people it mentions, by their ids."""

    def said(token: re.Match[str]) -> str:
        sign, target, label = token[1], token[2], token[3]
        if sign == "@":
            return f"@{names.get(target, label or target)}"
        if sign in ("#", "!"):
            return f"{'#' if sign == '#' else '@'}{label or target.partition('^')[0]}".replace("@@", "@")
        shown = target.removeprefix("mailto:")
        if not label or label in (target, shown):
            return shown
        if target.partition("://")[2].rstrip("/") == label.rstrip("/"):  # Slack has made a link of it
            return label
        return f"[{label}]({target.replace('(', '%28').replace(')', '%29')})"

    return unescape(TOKEN.sub(said, text))


def typeable(markdown: str, commands: Sequence[Command]) -> str:
    """Our own words, with every command as it can be typed on Slack: there `/förslag` is `/tuva förslag`."""
    words = "|".join(word for command in commands for word in command.words)
    return re.sub(rf"(?<![\w/])/({words})\b", r"/tuva \1", markdown)


def mentioned(text: str) -> list[str]:
    """The ids of the people whom a text mentions, each once."""
    return list(dict.fromkeys(token[2] for token in TOKEN.finditer(text) if token[1] == "@"))
