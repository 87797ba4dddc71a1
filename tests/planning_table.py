"""A command that takes every kind of argument a meeting needs, for tests of lines and forms."""

from chatops.conversation import Reply, Request
from chatops.grammar import Reading, read
from chatops.verbs import GROUP, MEMBERS, Argument, Command, Kind, Verb
from config.texts import Texts
from storage.database import Session


def _nothing(request: Request, session: Session, texts: Texts) -> Reply:
    raise AssertionError("it is only read")


PLAN = Verb(
    "plan",
    _nothing,
    MEMBERS,
    arguments=(
        Argument("words", Kind.WORDS, asked="meeting"),
        Argument("day", Kind.DAY, keys=("day", "dag")),
        Argument("hour", Kind.HOUR, keys=("hour", "kl")),
        Argument("length", Kind.LENGTH, keys=("length", "längd")),
        Argument("place", Kind.PHRASE, keys=("place", "plats")),
        Argument("link", Kind.NAME, keys=("link", "länk")),
        GROUP,
    ),
)
MEETING = Command("meeting", ("möte",), (PLAN, Verb("list", _nothing, MEMBERS)), bare="list")


def planning(line: str, body: str = "") -> Reading:
    """A line behind `meeting plan`, read."""
    return read(f"meeting plan {line}", body, (MEETING,))
