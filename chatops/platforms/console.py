"""The console: a chat for one terminal, and the platform on which the stories are told."""

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chatops.commands.reactions import line_meant
from chatops.conversation import Invocation, Reply
from chatops.platforms import Answer
from config.texts import Texts, texts_in
from digests import markup
from digests.cards import as_message
from digests.courier.parcels import Parcel
from storage import crash_points, prose
from storage.messages import Action, Message
from storage.outbox import OutboxKind

PLATFORM = "console"
PRESS = re.compile(r"(\d{1,6})\.(\d{1,2})")
AS = re.compile(r"as (\S+(?: \S+)?)")
REACT = re.compile(r"react (\d{1,6}) (\S+)")
TIME = re.compile(r"time\s*([+\d].*)")
HELP = frozenset({"help", "hjälp", "?"})


@dataclass(frozen=True)
class Speaker:
    """Who writes: their mail address, name and language."""

    address: str
    name: str
    language: str


@dataclass(frozen=True)
class Surroundings:
    """What the console asks of the world around it.

    `find` knows a member by mail address, `members` names some; `settle` carries out what was caused; `time` and
    `letters` are the words of that name, and answer in lines.
    """

    now: Callable[[], datetime]
    find: Callable[[str], Speaker | None]
    members: Callable[[], list[str]]
    settle: Callable[[], Awaitable[None]]
    time: Callable[[str, Texts], Awaitable[list[str]]]
    letters: Callable[[Texts], list[str]]


class Console:
    """One conversation. Cards are numbered from 1, and a noun keeps its number. `write` gets every line said."""

    def __init__(self, speaker: Speaker, around: Surroundings, room: str, write: Callable[[str], None]) -> None:
        self._speaker = speaker
        self._around = around
        self._room = room
        self._write = write
        self._cards: dict[str, int] = {}
        self._shown: dict[str, tuple[int, Message]] = {}
        self._asks = ""
        self._turn = asyncio.Lock()
        self._answer: Answer | None = None

    def listen(self, answer: Answer) -> None:
        """Lines go to `answer` from now on."""
        self._answer = answer

    async def prepare(self) -> None:
        """A terminal is there."""

    async def carry(self, parcel: Parcel) -> str:
        """Show a card that changed elsewhere, or a note. What the speaker was just shown is not shown again."""
        async with self._turn:
            if parcel.kind is OutboxKind.NOTE:
                self._show(self._note(parcel), parcel.topic, 0)
                return str(self._number(parcel.topic))
            revision, _ = self._shown.get(parcel.topic, (0, None))
            if parcel.parts["revision"] > revision:
                self._show(as_message(parcel.parts), parcel.topic, parcel.parts["revision"])
        return str(self._number(parcel.topic))

    async def hear(self, line: str, body: str) -> None:
        """One line, and the lines under it: answered, and what it caused carried out."""
        moved = None if line.startswith("  ") else TIME.fullmatch(line.strip())
        if moved:
            await self._move_time(moved[1])
        else:
            async with self._turn:
                if line.startswith("  "):
                    self._say([self.texts.say("console-body-first")])
                else:
                    await self._understand(line.strip(), body)
        await self._around.settle()

    @property
    def texts(self) -> Texts:
        """The speaker's language."""
        return texts_in(self._speaker.language)

    async def _understand(self, line: str, body: str) -> None:
        asks, self._asks = self._asks, ""
        if line.startswith("/"):
            await self._invoke(line[1:], body)
        elif pressed := PRESS.fullmatch(line):
            await self._press(int(pressed[1]), int(pressed[2]))
        elif reacted := REACT.fullmatch(line):
            await self._react(int(reacted[1]), reacted[2])
        elif chosen := AS.fullmatch(line):
            self._become(chosen[1])
        elif line == "letters":
            self._say(self._around.letters(self.texts))
        elif asks:
            await self._invoke(f"{asks} {line}", body)
        else:
            await self._guess(line)

    async def _move_time(self, words: str) -> None:
        """Not in our turn: what falls due on the way may be a card, and is shown here."""
        self._asks = ""
        self._say(await self._around.time(words, self.texts))

    async def _guess(self, line: str) -> None:
        if line.casefold() in HELP:
            await self._invoke("tuva help")
        elif line == "time" or line.startswith("time "):
            self._say([self.texts.say("console-time-wrong")])
        else:
            self._say([self.texts.say("console-unknown")])

    async def _invoke(self, command: str, body: str = "") -> None:
        assert self._answer is not None
        invocation = Invocation(
            platform=PLATFORM,
            account=self._speaker.address,
            line=command,
            body=body,
            at=self._around.now(),
            once=secrets.token_hex(12),
            room=self._room,
        )
        self._reply(await self._answer(invocation))

    def _reply(self, reply: Reply) -> None:
        self._asks = reply.asks
        if reply.about:
            self._show(reply.message, reply.about, reply.revision)
        else:
            self._say(_lines(reply.message, self.texts))
        if reply.aside:
            self._say(_lines(Message(reply.aside), self.texts))

    async def _press(self, card: int, action: int) -> None:
        message = self._card(card)
        if message is None:
            self._say([self.texts.say("console-no-card", number=str(card))])
        elif not 0 < action <= len(message.actions):
            self._say([self.texts.say("console-no-button", number=str(card), button=str(action))])
        else:
            await self._invoke(message.actions[action - 1].command)

    async def _react(self, card: int, reaction: str) -> None:
        noun = next((noun for noun, number in self._cards.items() if number == card), None)
        line = line_meant(noun or "", reaction)
        if noun is None:
            self._say([self.texts.say("console-no-card", number=str(card))])
        elif not line:
            self._say([self.texts.say("reaction-unknown")])
        else:
            await self._invoke(line)

    @staticmethod
    def _note(parcel: Parcel) -> Message:
        note = as_message(parcel.parts)
        texts = texts_in(parcel.parts["language"])
        subject = texts.say("console-note", name=parcel.parts["called"], subject=note.subject)
        return replace(note, subject=subject)

    def _become(self, address: str) -> None:
        speaker = self._around.find(address)
        if speaker is None:
            known = ", ".join(self._around.members())
            self._say([self.texts.say("console-as-unknown", account=prose.clean(address), known=known)])
        else:
            self._speaker = speaker
            self._say([self.texts.say("console-as", name=speaker.name)])

    def _card(self, number: int) -> Message | None:
        return next((self._shown[noun][1] for noun, n in self._cards.items() if n == number), None)

    def _number(self, noun: str) -> int:
        return self._cards.setdefault(noun, len(self._cards) + 1)

    def _show(self, message: Message, noun: str, revision: int) -> None:
        self._shown[noun] = revision, message
        first, *rest = _lines(message, self.texts)
        self._say([f"[{self._number(noun)}] {first}", *rest])

    def _say(self, lines: list[str]) -> None:
        crash_points.reached("console.say")
        for line in lines:
            self._write(as_answer(line))
        crash_points.reached("console.said")


def as_answer(line: str) -> str:
    """A line that a transcript cannot mistake for a command, a comment or a body."""
    return f" {line}" if line.startswith(("> ", "# ", "  ")) or line in (">", "#") else line


def _label(action: Action) -> str:
    return f"{action.menu}: {action.label}" if action.menu else action.label


def _lines(message: Message, texts: Texts) -> list[str]:
    lines = [message.subject] if message.subject else []
    lines += [texts.say("card-picture", alt=message.illustration.alt)] if message.illustration else []
    lines += markup.text(message.whole).split("\n")
    if message.actions:
        lines.append("  ".join(f"{place}) {_label(action)}" for place, action in enumerate(message.actions, 1)))
    return [line for line in lines if line]
