"""Words on Matrix: what a message says, to whom, in which thread, and whom it mentions.

Only the plain body is read; who is meant stands in `m.mentions` (spec.matrix.org client-server api, user and room
mentions).
"""

import contextlib
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from chatops.arguments import fold
from chatops.conversation import Attachment, Mention
from chatops.grammar import read
from chatops.verbs import Command
from storage.profiles import Profile
from storage.rules import RuleBroken

PREFIX = "!"
PILL = "https://matrix.to/#/"
ACCOUNT = re.compile(r"@[a-z0-9._=/+\-]+:[A-Za-z0-9.\-:\[\]]*[A-Za-z0-9\]]")
# How the quote of a message begins, and that of one that tells what its sender does.
QUOTED = ("> <", "> * <")
# How a name is set off from what is said to it.
SET_OFF = ":,"
# How much a word may differ from a command's name and still be meant for it.
ALIKE = 0.75
Json = Mapping[str, Any]


@dataclass
class Names:
    """Who we are: our account, and the name that is shown for it, once it is known."""

    account: str
    shown: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        """Everything somebody may write for us, the longest first."""
        local = self.account.partition(":")[0]
        shown = {f"@{self.shown}", self.shown} if self.shown else set()
        return tuple(sorted({self.account, local, *shown}, key=len, reverse=True))


@dataclass(frozen=True)
class Said:
    """A message. `addressed` is its text without prefix or name, where it has one; `thread` the root of its thread.

    `answers` is the event that it answers to, `attachments` the picture under which it stands.
    """

    text: str
    addressed: str | None
    thread: str
    mentions: tuple[Mention, ...]
    answers: str = ""
    attachments: tuple[Attachment, ...] = ()

    @property
    def under(self) -> str:
        """The event in whose thread, or in answer to which, it stands."""
        return self.thread or self.answers


def said(content: Json, names: Names) -> Said | None:
    """What a message says, or the caption of a picture; None when it is not written by a person in words."""
    is_written = content.get("msgtype") == "m.text" or _has_caption(content)
    if not is_written or not isinstance(content.get("body"), str):
        return None
    text = _without_quote(content).strip()
    found = tuple(_mentions(content, text, names.account))
    heard = (text, _addressed(text, content, names), thread_of(content), found)
    return Said(*heard, answered_by(content), pictures_of(content))


def pictures_of(content: Json) -> tuple[Attachment, ...]:
    """The picture that a message is; none where it is something else."""
    address, info = content.get("url"), content.get("info")
    if content.get("msgtype") != "m.image" or not isinstance(address, str):
        return ()
    size = info.get("size") if isinstance(info, dict) else None
    return (Attachment(address, size if isinstance(size, int) else 0),)


def answered_by(content: Json) -> str:
    """The event that a message is a reply to (spec: #rich-replies); empty where a thread only shows it as one."""
    told = content.get("m.relates_to")
    replied = told.get("m.in_reply_to") if isinstance(told, dict) and not told.get("is_falling_back") else None
    return str(replied.get("event_id", "")) if isinstance(replied, dict) else ""


def _has_caption(content: Json) -> bool:
    """The body beside a file's name is what its sender says of it (spec: #media-captions)."""
    return content.get("msgtype") == "m.image" and content.get("filename") not in (None, content.get("body"))


def relation(content: Json, kind: str) -> str:
    """The event that this one stands in a relation to (`m.replace`, `m.thread`, `m.annotation`); empty when to none."""
    told = content.get("m.relates_to")
    if not isinstance(told, dict) or told.get("rel_type") != kind:
        return ""
    return str(told.get("event_id", ""))


def replaces(content: Json) -> str:
    """The event that a message is to stand in place of; empty when it is none."""
    return relation(content, "m.replace")


def thread_of(content: Json) -> str:
    """The root of the thread that a message stands in; empty outside threads."""
    return relation(content, "m.thread")


def is_meant_for_us(addressed: str, commands: Sequence[Command]) -> bool:
    """Its first word is a command's, or nearly: other programs in a room have their own."""
    word = fold(addressed.split(maxsplit=1)[0]) if addressed.split() else ""
    known = {fold(name) for command in commands for name in (command.name, *command.words)}
    return is_command(addressed, commands) or bool(difflib.get_close_matches(word, known, 1, ALIKE))


def is_command(text: str, commands: Sequence[Command]) -> bool:
    """It begins as a command does."""
    try:
        read(text.partition("\n")[0], "", commands)
    except RuleBroken as broken:
        return broken.key != "command-unknown"
    return True


def server_of(account: str) -> str:
    """The homeserver that an account is of."""
    return account.partition(":")[2]


def local_part(account: str) -> str:
    """What an account is called on its homeserver."""
    return account.removeprefix("@").partition(":")[0]


def _addressed(text: str, content: Json, names: Names) -> str | None:
    if text.startswith(PREFIX):
        return text.removeprefix(PREFIX).lstrip()
    is_mentioned = names.account in _mentioned(content)
    for name in names.all:
        rest = text[len(name) :]
        is_named = text[: len(name)].casefold() == name.casefold() and (
            not rest or rest[0] in SET_OFF or rest[0].isspace()
        )
        if is_named and (is_mentioned or name.startswith("@")):
            return rest.lstrip(SET_OFF + " \t\n").removeprefix(PREFIX).lstrip()
    return None


def _without_quote(content: Json) -> str:
    """Older clients put what they answer to before the answer (spec.matrix.org, fallbacks for rich replies)."""
    lines = str(content["body"]).split("\n")
    relation = content.get("m.relates_to")
    if isinstance(relation, dict) and relation.get("m.in_reply_to") and lines[0].startswith(QUOTED):
        while lines and lines[0].startswith(">"):
            del lines[0]
    return "\n".join(lines)


def _mentioned(content: Json) -> list[str]:
    mentions = content.get("m.mentions")
    accounts = mentions.get("user_ids") if isinstance(mentions, dict) else None
    return [account for account in accounts if isinstance(account, str)] if isinstance(accounts, list) else []


def _mentions(content: Json, text: str, own: str) -> Iterator[Mention]:
    """Whom a message names, by the words that stand there for them: a pill's, or the account itself."""
    shown = {account: words for words, account in _Pills.of(content.get("formatted_body"))}
    for account in dict.fromkeys((*_mentioned(content), *shown, *ACCOUNT.findall(text))):
        words = next((word for word in (shown.get(account, ""), account) if word and word in text), "")
        if account != own and words:
            yield Mention(words, account, "", Profile(name=local_part(words)))


class _Pills(HTMLParser):
    """Links to accounts, in the order in which they stand: their words, and whom they lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._account = ""

    @classmethod
    def of(cls, html: Any) -> list[tuple[str, str]]:
        """The pills of a formatted body; of what is no HTML, those before its fault."""
        parser = cls()
        with contextlib.suppress(AssertionError):  # the library's word for a declaration that it does not know
            parser.feed(html if isinstance(html, str) else "")
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = unquote(dict(attrs).get("href") or "") if tag == "a" else ""
        self._account = target.removeprefix(PILL).partition("?")[0] if target.startswith(f"{PILL}@") else ""

    def handle_data(self, data: str) -> None:
        if self._account:
            self.found.append((data, self._account))
            self._account = ""
