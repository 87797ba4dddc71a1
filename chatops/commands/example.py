"""/example: share a good example, and find those of others."""

from chatops.commands.answers import shown, shown_everywhere
from chatops.conversation import Reply, Request
from chatops.verbs import CONTRIBUTORS, GROUP, READERS, Argument, Command, Kind, Verb
from config.texts import Texts
from digests.markup import escape
from storage import examples
from storage.bank import examples_of
from storage.database import Session
from storage.examples import Example, example_for
from storage.messages import Message


def share(request: Request, session: Session, texts: Texts) -> Reply:
    """Make an example of the line and its body, and show its card in every room of the group."""
    example = examples.share(
        session,
        request.membership,
        title=request.arguments["title"],
        body=request.arguments["body"],
        goals=request.arguments["goals"],
        now=request.now,
    )
    return shown_everywhere(example, request, session, texts)


def show(request: Request, session: Session, texts: Texts) -> Reply:  # noqa: ARG001
    """The card."""
    return shown(request.noun, texts)


def list_(request: Request, session: Session, texts: Texts) -> Reply:
    """The group's examples, a line each."""
    found = examples_of(session, request.membership.group)
    if not found:
        return Reply(Message(texts.say("examples-none")))
    lines = (f"- {_line(example, texts)}" for example in found)
    return Reply(Message("\n".join(lines), subject=texts.say("examples-all", count=len(found))))


def thank(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker says thanks."""
    request.noun.thank(request.person, request.now, reacted=request.invocation.reacted)
    return shown_everywhere(request.noun, request, session, texts)


def retract(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker takes their thanks back."""
    request.noun.retract(request.person, reacted=request.invocation.reacted)
    return shown_everywhere(request.noun, request, session, texts)


def _line(example: Example, texts: Texts) -> str:
    who = example.sharer.name if example.unit is None else example.unit.name
    return f"{texts.say('card-example', number=str(example.id), title=escape(example.title))} · {escape(who)}"


EXAMPLE = Command(
    name="example",
    words=("exempel",),
    noun=example_for,
    bare="share",
    free="share",
    shown="show",
    verbs=(
        Verb(
            "share",
            share,
            CONTRIBUTORS,
            ("dela",),
            arguments=(
                Argument("title", Kind.TITLE),
                Argument("body", Kind.BODY),
                Argument("goals", Kind.GOALS),
                GROUP,
            ),
        ),
        Verb("show", show, READERS, ("visa",), on_noun=True, changes=False),
        Verb("list", list_, READERS, ("lista",), arguments=(GROUP,), changes=False),
        Verb("thank", thank, READERS, ("tacka", "tack", "thanks"), on_noun=True),
        Verb("retract", retract, READERS, ("ångra",), on_noun=True),
    ),
)
