"""What is said to Tuva and what it says back, whatever the platform."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.database import Session
from storage.memberships import Membership
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
class Attachment:
    """A file that came with a line.

    `reference` is how its platform fetches it; `size` in bytes and `alt`, what it shows in words, are as the sender's
    program claims, 0 and empty where it does not.
    """

    reference: str
    size: int = 0
    alt: str = ""


@dataclass(frozen=True)
class Invocation:
    """One command line that somebody gave: typed, pressed or reacted.

    `account` is the stable name on `platform` (a mail address on the console and in letters). `line` is without its
    prefix; `body` are the lines under it. `once` is unique to the gesture, so that a repeat has no second effect;
    `twins` are other names by which the platform may deliver the same gesture again. `reacted` tells that it was a sign
    under a card, which says less than a word. `under` names the message that it was said under, where that was nobody's
    card. `profile` is what the platform vouches for about the speaker, None until
    it has been asked: without it nobody counts as a stranger. `mentions` are whom the line names, and
    `attachments` the files that came with it, pictures first.
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
    under: str = ""
    profile: Profile | None = None
    mentions: tuple[Mention, ...] = ()
    attachments: tuple[Attachment, ...] = ()

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
    may hear it, also no thread in a room. `aside` is Markdown that is said with it, also in short.
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
    aside: str = ""

    @property
    def asked(self) -> tuple[str, str]:
        """The verb that it asks for, and the number of what it asks about; empty for what has none yet."""
        _, *number, verb = self.asks.split()
        return verb, "".join(number)

    @property
    def failed(self) -> bool:
        """It was not anybody's mistake, and may go well when it is tried again."""
        return self.why in ("went-wrong", "disk-full")


# Keeps what is to be said, in the transaction of what was done.
Keep = Callable[[Session, Reply], None]


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
