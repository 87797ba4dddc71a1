"""Quoting: `!exempel` in answer to what somebody wrote, or in the thread of it, means just that.

One's own words become an example, and anybody's a proposal. Somebody else of the group is asked whether they share
theirs: nobody's example is told before they have said yes. Words of who is not of the group are shared by whoever found
them.

`!undergrupp starta` in answer to a proposal's card is about the proposal; to what somebody wrote, that is its mandate.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chatops import grammar
from chatops.conversation import Mention
from chatops.grammar import Reading
from chatops.platforms.matrix import words
from chatops.platforms.matrix.heard import PLATFORM, Heard
from chatops.platforms.matrix.nouns import Nouns
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.words import Said
from chatops.platforms.matrix.written import Writings, Written
from chatops.verbs import CONTRIBUTORS, Command, Kind, Who
from storage.database import Session
from storage.memberships import membership_of
from storage.people import person_known_as
from storage.profiles import Profile
from storage.rooms import room_at
from storage.rules import RuleBroken
from storage.tips import as_body, as_title_and_body


@dataclass(frozen=True)
class Told:
    """A line as it is meant. `mentions` and `under` are as in an Invocation."""

    line: str
    body: str
    mentions: tuple[Mention, ...]
    under: str = ""


@dataclass(frozen=True)
class Quotes:
    """Finds what is meant."""

    record: MatrixRecord
    writings: Writings
    nouns: Nouns
    commands: Sequence[Command]

    async def told(self, first: Heard, said: Said, line: str) -> Told:
        """A line that somebody typed; without words of its own, with those it answers. Raises NotDelivered, NotYet."""
        typed, body = grammar.line_and_body(line)
        target = said.answers or said.thread
        reading = self._read(typed) if target and not body else None
        if reading and _takes_body_alone(reading):
            return await self._under(first.room, target, typed, reading, said)
        reading = reading if reading and _is_wanting(reading) else None
        found = await self.writings.at(first.room, target) if reading else None
        if reading is None or found is None:
            return Told(typed, body, said.mentions)
        if reading.command.name == "example" and await self.record.read(lambda s: _is_anothers(s, first, found)):
            author = Mention(found.author, found.author, "", Profile(words.local_part(found.author)))
            return Told(f"example suggest {found.author}", found.text, (author,), found.event)
        title, body = as_title_and_body(found.text)
        named = [word for word in typed.split() if word.startswith("#") or ":" in word]
        return Told(" ".join((grammar.line_of(reading), *named, title)), body, said.mentions)

    async def _under(self, room: str, target: str, typed: str, reading: Reading, said: Said) -> Told:
        """About the noun whose card it answers, if its line can name that; else with the words that it answers."""
        noun = await self.nouns.under(room, target)
        if reading.verb.may_name(noun.partition(":")[0]):
            return Told(f"{typed} {noun}", "", said.mentions)
        found = await self.writings.at(room, target)
        return Told(typed, as_body(found.text) if found else "", said.mentions)

    def _read(self, line: str) -> Reading | None:
        try:
            return grammar.read(line, "", self.commands)
        except RuleBroken:
            return None


def _takes_body_alone(reading: Reading) -> bool:
    """Somebody's message tells it more, but not its title; and no noun is named yet that does."""
    is_about = any(reading.verb.may_name(name) for name in reading.arguments)
    return reading.verb.from_message == ("body",) and not is_about


def _is_wanting(reading: Reading) -> bool:
    """It makes something of a title, and got none."""
    titles = [argument.name for argument in reading.verb.arguments if argument.kind is Kind.TITLE]
    is_new = not reading.verb.on_noun and "tip" not in reading.arguments
    return is_new and bool(titles) and not any(reading.arguments[name] for name in titles)


def _is_anothers(session: Session, heard: Heard, found: Written) -> bool:
    """Who wrote it is somebody else, who may share it with the group."""
    room = room_at(session, PLATFORM, heard.room)
    author, finder = (person_known_as(session, PLATFORM, account) for account in (found.author, heard.sender))
    place = membership_of(session, author, room.group) if author and room else None
    return author is not finder and place is not None and Who(place.role) in CONTRIBUTORS
