"""What is said to Tuva and what it says back, whatever the platform; and what a command is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from config.texts import Texts
from storage.database import Session
from storage.memberships import Membership, Role
from storage.messages import Message
from storage.people import Identity, Person
from storage.profiles import Profile


@dataclass(frozen=True)
class Mention:
    """Somebody named in a line, by the platform's own means: the `words` that stand there for them."""

    words: str
    account: str
    tenant: str
    profile: Profile


@dataclass(frozen=True)
class Invocation:
    """One command line that somebody gave: typed, pressed or reacted.

    `account` is the stable name on `platform` (a mail address on the console and in letters). `line` is without its
    prefix; `body` are the lines under it. `once` is unique to the gesture, so that a repeat has no second effect;
    `twins` are other names by which the platform may deliver the same gesture again. `reacted` tells that it was a sign
    under a card, which says less than a word. `profile` is what the platform vouches for about the speaker, None until
    it has been asked: without it nobody counts as a stranger. `mentions` are whom the line names.
    """

    platform: str
    account: str
    line: str
    at: datetime
    once: str
    body: str = ""
    tenant: str = ""
    room: str | None = None
    twins: tuple[str, ...] = ()
    reacted: bool = False
    profile: Profile | None = None
    mentions: tuple[Mention, ...] = ()

    @property
    def identity(self) -> Identity:
        """Who speaks, as the platform knows them."""
        return Identity(self.platform, self.tenant, self.account)


@dataclass(frozen=True)
class Reply:
    """What Tuva answers, to the speaker alone.

    `about` is the noun whose card it shows (`proposal:12`), at `revision`, and `rooms` are the addresses, on the
    speaker's platform, where that card stands; `noted` is what the audit names instead. `asks` is a command line that
    the speaker's next words complete. `refused` tells that nothing was changed, and `why` names the sentence that says
    so. `changed` tells that something was, and `language` in which language it is said. `private` tells that no room
    may hear it, also no thread in a room.
    """

    message: Message
    about: str = ""
    revision: int = 0
    rooms: tuple[str, ...] = ()
    asks: str = ""
    refused: bool = False
    why: str = ""
    changed: bool = False
    language: str = ""
    private: bool = False
    noted: str = ""

    @property
    def failed(self) -> bool:
        """It was not anybody's mistake, and may go well when it is tried again."""
        return self.why in ("went-wrong", "disk-full")


# Keeps what is to be said, in the transaction of what was done.
Keep = Callable[[Session, Reply], None]


class Kind(StrEnum):
    """What an argument holds."""

    TITLE = "title"
    BODY = "body"
    WORDS = "words"
    CHOICE = "choice"
    HOUR = "hour"
    ZONE = "zone"
    GOALS = "goals"
    GROUP = "group"


@dataclass(frozen=True)
class Argument:
    """One thing a verb takes. `keys` are the words before a colon (`typ:fråga`); without keys it stands by itself.

    `choices` maps each value to the words for it, in any language.
    """

    name: str
    kind: Kind
    keys: tuple[str, ...] = ()
    choices: Mapping[Any, tuple[str, ...]] = field(default_factory=dict)


class Who(StrEnum):
    """Who may: a role, a relation to the noun, an operator, whom one named to set up a group, or also a stranger."""

    CHAIR = Role.CHAIR
    MEMBER = Role.MEMBER
    SUBSTITUTE = Role.SUBSTITUTE
    GUEST = Role.GUEST
    INFORMED = Role.INFORMED
    AUTHOR = "author"
    OPERATOR = "operator"
    NAMED = "named"
    ANYBODY = "anybody"


MEMBERS = frozenset({Who.CHAIR, Who.MEMBER, Who.SUBSTITUTE})
CONTRIBUTORS = MEMBERS | {Who.GUEST}
READERS = CONTRIBUTORS | {Who.INFORMED}


@dataclass(frozen=True)
class House:
    """The installation: the language and time zone where nobody has chosen, and its operators' mail addresses."""

    language: str
    timezone: str = "Europe/Stockholm"
    operators: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Request:
    """An invocation understood: who speaks, in which group, about which noun, with which arguments.

    `place` is None where a verb may be said by who is in no group, and `speaker` where it may by a stranger.
    """

    invocation: Invocation
    speaker: Person | None
    place: Membership | None
    arguments: Mapping[str, Any]
    house: House
    noun: Any = None

    @property
    def person(self) -> Person:
        """Who speaks."""
        assert self.speaker is not None
        return self.speaker

    @property
    def membership(self) -> Membership:
        """The place by which the person speaks."""
        assert self.place is not None
        return self.place

    @property
    def is_operator(self) -> bool:
        """The speaker operates the installation."""
        return self.speaker is not None and self.speaker.email in self.house.operators

    @property
    def now(self) -> datetime:
        """When it was said."""
        return self.invocation.at


Run = Callable[[Request, Session, Texts], Reply]


@dataclass(frozen=True)
class Verb:
    """One thing a command does. `words` are its names in Swedish; `on_noun` tells that it needs a number.

    What `changes` nothing is neither noted in the audit nor kept in the inbox. What a `private` one answers is
    never said in a room, nor in a thread there: it touches rights or other groups, or is the speaker's own.
    """

    name: str
    run: Run
    who: frozenset[Who]
    words: tuple[str, ...] = ()
    arguments: tuple[Argument, ...] = ()
    on_noun: bool = False
    changes: bool = True
    private: bool = False

    @property
    def needs_speaker(self) -> bool:
        """Only who is known may say it."""
        return Who.ANYBODY not in self.who

    @property
    def needs_place(self) -> bool:
        """Only who is in a group may say it; operators need not be."""
        return self.needs_speaker and Who.OPERATOR not in self.who

    def called_in(self, language: str) -> str:
        """Its name as a speaker of the language types it."""
        return _called(self.name, self.words, language)


@dataclass(frozen=True)
class Command:
    """One command. The sentences `help-NAME` and `help-NAME-VERB` tell what it does; `help-NAME-example` shows it.

    `noun` finds what a number means, for a person. `bare` is the verb of an empty line, `free` that of a line without
    a verb, `shown` that of a number alone. `people` tells that its line may name people.
    """

    name: str
    words: tuple[str, ...]
    verbs: tuple[Verb, ...]
    bare: str
    free: str = ""
    shown: str = ""
    noun: Callable[[Session, Person, int], Any] | None = None
    people: bool = False

    def called_in(self, language: str) -> str:
        """Its name as a speaker of the language types it."""
        return _called(self.name, self.words, language)

    def verb(self, name: str) -> Verb:
        """The verb of that name."""
        return next(verb for verb in self.verbs if verb.name == name)


def _called(name: str, words: tuple[str, ...], language: str) -> str:
    """The first of the Swedish words, to who speaks Swedish."""
    return words[0] if language == "sv" and words else name


# Which group is meant, where neither the noun nor the room tells.
GROUP = Argument("group", Kind.GROUP, keys=("group", "grupp"))
