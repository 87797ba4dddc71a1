"""/example: share a good example, find those of others, and do the same."""

from collections.abc import Mapping
from typing import Any

from chatops.commands import bank, editors, picture, reuse, tips
from chatops.commands.answers import shown, shown_everywhere
from chatops.conversation import Reply, Request
from chatops.verbs import CONTRIBUTORS, GROUP, READERS, Argument, Command, Kind, Verb, Who
from config.texts import Texts
from digests.cards import title
from digests.markup import escape
from storage import examples
from storage.bank import alike
from storage.database import Session
from storage.examples import Example, example_for
from storage.organisations import unit_called
from storage.people import Person
from storage.rules import RuleBroken
from storage.tips import Tip, open_tip_for

TEXTS = ("effect", "contact", "links")
FIELDS = frozenset({*TEXTS, "unit"})


def share(request: Request, session: Session, texts: Texts) -> Reply:
    """Make an example of the line and its body, and show its card in every room of the group."""
    arguments = request.arguments
    tip = _tip(request, session) if "tip" in arguments else None
    example = examples.share(
        session,
        request.membership,
        title=arguments["title"] or (tip.title if tip else ""),
        body=arguments["body"] or (tip.body if tip else ""),
        goals=arguments.get("goals", []),
        now=request.now,
        **_told(request),
    )
    if tip:
        tip.example_id = example.id
    asides = (
        _likely_the_same(session, example, texts),
        editors.tell(session, example, texts),
        picture.sent_along(request, session, example, texts),
    )
    return shown_everywhere(example, request, session, texts, aside="\n\n".join(filter(None, asides)))


def _tip(request: Request, session: Session) -> Tip:
    tip = open_tip_for(session, request.person, request.arguments["tip"])
    if tip.group is not request.membership.group:
        raise RuleBroken("tip-unknown", number=str(tip.id))
    return tip


def begun(session: Session, person: Person, number: int | None, arguments: Mapping[str, Any]) -> Mapping[str, str]:
    """What stands in the form of a tip, or of an example that is changed."""
    if number is not None:
        return _fields(example_for(session, person, number))
    if "tip" not in arguments:
        return {}
    tip = open_tip_for(session, person, arguments["tip"])
    return {"title": tip.title, "body": tip.body, "group": tip.group.slug}


def show(request: Request, session: Session, texts: Texts) -> Reply:  # noqa: ARG001
    """The card."""
    return shown(request.noun, texts)


def edit(request: Request, session: Session, texts: Texts) -> Reply:
    """Change what the line and its body name; what is left out stays."""
    # A form names every field: what is empty there is empty.
    is_whole = request.arguments.keys() >= FIELDS
    told = {name: request.arguments[name] for name in ("title", "body") if request.arguments[name] or is_whole}
    told |= {"goals": request.arguments["goals"]} if "goals" in request.arguments else {}
    told |= _told(request)
    if not told:
        raise RuleBroken("edit-what", number=str(request.noun.id))
    request.noun.edit(told)
    return shown_everywhere(request.noun, request, session, texts)


def retire(request: Request, session: Session, texts: Texts) -> Reply:
    """It no longer holds."""
    request.noun.retire()
    return shown_everywhere(request.noun, request, session, texts)


def thank(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker says thanks."""
    request.noun.thank(request.person, request.now, reacted=request.invocation.reacted)
    return shown_everywhere(request.noun, request, session, texts)


def retract(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker takes their thanks back."""
    request.noun.retract(request.person, reacted=request.invocation.reacted)
    return shown_everywhere(request.noun, request, session, texts)


def _told(request: Request) -> dict[str, Any]:
    """The fields that the line names, beside title, body and goals. One that is empty is taken away."""
    told = {name: request.arguments[name] for name in TEXTS if name in request.arguments}
    if "unit" in request.arguments:
        unit = request.arguments["unit"]
        told["unit"] = unit_called(request.membership.group, unit) if unit else None
    return told


def _fields(example: Example) -> dict[str, str]:
    fields = {name: str(getattr(example, name)) for name in ("title", "body", "effect", "contact")}
    unit = example.unit.name if example.unit else ""
    return fields | {"links": " ".join(example.links), "goals": " ".join(example.goals), "unit": unit}


def _likely_the_same(session: Session, example: Example, texts: Texts) -> str:
    other = alike(session, example)
    numbers = {"number": str(example.id), "other": str(other.id)} if other else {}
    return texts.say("example-alike", title=escape(title(other, texts)), **numbers) if other else ""


TELLING = (
    Argument("title", Kind.TITLE, asked="example-title"),
    Argument("body", Kind.BODY, asked="example-body"),
    Argument("effect", Kind.LINES, keys=("effect", "effekt")),
    Argument("contact", Kind.FIELD, keys=("contact", "kontakt")),
    Argument("unit", Kind.FIELD, keys=("unit", "enhet")),
    Argument("links", Kind.FIELD, keys=("links", "link", "länkar", "länk")),
    Argument("goals", Kind.GOALS),
)
KEEPERS = frozenset({Who.AUTHOR, Who.CHAIR, Who.COMMUNICATIONS})
EDITORS = frozenset({Who.CHAIR, Who.COMMUNICATIONS})
WORDS = Argument("words", Kind.WORDS)
TIP = Argument("tip", Kind.NUMBER, keys=("tip", "tips"))

EXAMPLE = Command(
    name="example",
    words=("exempel",),
    noun=example_for,
    bare="share",
    free="share",
    shown="show",
    people=True,
    verbs=(
        Verb(
            "share",
            share,
            CONTRIBUTORS,
            ("dela",),
            arguments=(*TELLING, TIP, GROUP),
            begun=begun,
            from_message=("title", "body"),
            takes_picture=True,
        ),
        Verb("show", show, READERS, ("visa",), on_noun=True, changes=False),
        Verb("list", bank.list_, READERS, ("lista",), arguments=(GROUP,), changes=False),
        Verb(
            "search",
            bank.search,
            READERS,
            ("sök",),
            arguments=(
                WORDS,
                Argument("goals", Kind.GOALS),
                Argument("unit", Kind.NAME, keys=("unit", "enhet")),
                Argument("year", Kind.YEAR, keys=("year", "år")),
                GROUP,
            ),
            changes=False,
        ),
        Verb("thank", thank, READERS, ("tacka", "tack", "thanks"), on_noun=True),
        Verb("retract", retract, READERS, ("ångra",), on_noun=True),
        Verb(
            "reuse",
            reuse.reuse,
            CONTRIBUTORS,
            ("återanvänd",),
            arguments=(reuse.NOTE,),
            on_noun=True,
            begun=reuse.begun("note"),
        ),
        Verb(
            "result",
            reuse.result,
            READERS,
            ("resultat",),
            arguments=(reuse.RESULT,),
            on_noun=True,
            begun=reuse.begun("result"),
        ),
        Verb("suggest", tips.suggest, CONTRIBUTORS, ("tipsa",), arguments=(WORDS, GROUP), private=True),
        Verb("decline", tips.decline, READERS, ("avböj",), arguments=(TIP,), private=True),
        Verb("edit", edit, KEEPERS, ("ändra",), arguments=TELLING, on_noun=True, begun=begun),
        Verb(
            "picture",
            picture.picture,
            KEEPERS,
            ("bild",),
            arguments=(Argument(picture.OFF, Kind.CHOICE, choices={picture.OFF: ("off", "bort", "ta bort")}),),
            on_noun=True,
            takes_picture=True,
        ),
        Verb("retire", retire, KEEPERS, ("ta bort",), on_noun=True),
        Verb("queue", editors.queue, EDITORS, ("kö",), arguments=(GROUP,), changes=False, private=True),
        Verb("approve", editors.approve, EDITORS, ("godkänn",), on_noun=True),
        Verb("leave-out", editors.leave_out, EDITORS, ("leave out", "lämna utanför"), on_noun=True),
    ),
)
