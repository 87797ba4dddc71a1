"""What a command is: its verbs, what they take, and who may say them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from chatops.conversation import Reply, Request
from config.texts import Texts
from storage.database import Session
from storage.groups import Group
from storage.memberships import Duty, Role
from storage.people import Person


class Kind(StrEnum):
    """What an argument holds. A field is a line of the body that begins with its key; lines are those under it, too.

    A phrase is a field that may stand in the line as well, and goes on to the next key there; a person and people are
    phrases that name somebody of the group. A length is minutes. A phrase or a link may be empty.
    """

    TITLE = "title"
    BODY = "body"
    WORDS = "words"
    CHOICE = "choice"
    DAY = "day"
    HOUR = "hour"
    LENGTH = "length"
    ZONE = "zone"
    GOALS = "goals"
    GROUP = "group"
    NAME = "name"
    LINK = "link"
    YEAR = "year"
    NUMBER = "number"
    PHRASE = "phrase"
    PERSON = "person"
    PEOPLE = "people"
    FIELD = "field"
    LINES = "lines"


@dataclass(frozen=True)
class Argument:
    """One thing a verb takes. `keys` are the words before a colon (`typ:fråga`); without keys it stands by itself.

    `choices` maps each value to the words for it, in any language. In a form the sentences `form-NAME` and
    `form-NAME-hint` ask for it, where NAME is what it is `asked` as, or its own. What usually is left out is not named
    where a line is shown to be typed. What `may_begin_with_number` holds no noun's number: that stands before the verb.
    """

    name: str
    kind: Kind
    keys: tuple[str, ...] = ()
    choices: Mapping[Any, tuple[str, ...]] = field(default_factory=dict)
    asked: str = ""
    may_be_left_out: bool = False
    may_begin_with_number: bool = False


class Who(StrEnum):
    """Who may: a role, a duty, a relation to the noun, an operator, whom one named to set up a group, or anybody."""

    CHAIR = Role.CHAIR
    MEMBER = Role.MEMBER
    SUBSTITUTE = Role.SUBSTITUTE
    GUEST = Role.GUEST
    INFORMED = Role.INFORMED
    COMMUNICATIONS = Duty.COMMUNICATIONS
    SECRETARY = Duty.SECRETARY
    LEADER = "leader"
    LEAD = Duty.LEAD
    AUTHOR = "author"
    OPERATOR = "operator"
    NAMED = "named"
    ANYBODY = "anybody"


MEMBERS = frozenset({Who.CHAIR, Who.MEMBER, Who.SUBSTITUTE})
CONTRIBUTORS = MEMBERS | {Who.GUEST}
READERS = CONTRIBUTORS | {Who.INFORMED}

Run = Callable[[Request, Session, Texts], Reply]
# What stands in the fields of a form, by argument, for a person, a number and the arguments typed.
Begun = Callable[[Session, Person, int | None, Mapping[str, Any]], Mapping[str, str]]


@dataclass(frozen=True)
class Verb:
    """One thing a command does. `words` are its names in Swedish; `on_noun` tells that it needs a number.

    What `changes` nothing is neither noted in the audit nor kept in the inbox. What a `private` one answers is
    never said in a room, nor in a thread there: it touches rights or other groups, or is the speaker's own. `begun`
    tells what stands in its form already, `from_message` which of its arguments somebody's message fills, and
    `takes_picture` that a file may come with it.
    """

    name: str
    run: Run
    who: frozenset[Who]
    words: tuple[str, ...] = ()
    arguments: tuple[Argument, ...] = ()
    on_noun: bool = False
    changes: bool = True
    private: bool = False
    begun: Begun | None = None
    from_message: tuple[str, ...] = ()
    takes_picture: bool = False

    @property
    def needs_speaker(self) -> bool:
        """Only who is known may say it."""
        return Who.ANYBODY not in self.who

    @property
    def needs_place(self) -> bool:
        """Only who is in a group may say it; operators need not be."""
        return self.needs_speaker and Who.OPERATOR not in self.who

    def may_name(self, kind: str) -> bool:
        """Its line can name a noun of that kind (`proposal:12`)."""
        return any(argument.kind is Kind.NUMBER and argument.name == kind for argument in self.arguments)

    def called_in(self, language: str) -> str:
        """Its name as a speaker of the language types it."""
        return _called(self.name, self.words, language)


@dataclass(frozen=True)
class Command:
    """One command. The sentences `help-NAME` and `help-NAME-VERB` tell what it does; `help-NAME-example` shows it.

    `noun` finds what a number means, for a person, and `usual` what is meant without one, in a group at a moment.
    `bare` is the verb of an empty line, `free` that of a line without a verb, `shown` that of a number alone. `people`
    tells that its line may name people.
    """

    name: str
    words: tuple[str, ...]
    verbs: tuple[Verb, ...]
    bare: str
    free: str = ""
    shown: str = ""
    noun: Callable[[Session, Person, int], Any] | None = None
    usual: Callable[[Session, Group, datetime], Any] | None = None
    people: bool = False

    def called_in(self, language: str) -> str:
        """Its name as a speaker of the language types it."""
        return _called(self.name, self.words, language)

    @property
    def of_message(self) -> Verb | None:
        """What a message that somebody wrote can become by it."""
        return next((verb for verb in self.verbs if verb.from_message), None)

    def verb(self, name: str) -> Verb:
        """The verb of that name."""
        return next(verb for verb in self.verbs if verb.name == name)


def _called(name: str, words: tuple[str, ...], language: str) -> str:
    """The first of the Swedish words, to who speaks Swedish."""
    return words[0] if language == "sv" and words else name


# Which group is meant, where neither the noun nor the room tells.
GROUP = Argument("group", Kind.GROUP, keys=("group", "grupp"))
