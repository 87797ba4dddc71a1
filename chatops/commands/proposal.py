"""/proposal 12: follow a proposal, and take a stand on it."""

from chatops.commands import outcomes, tips
from chatops.commands.answers import shown, shown_everywhere
from chatops.commands.meeting import PLANNERS
from chatops.conversation import Reply, Request
from chatops.verbs import CONTRIBUTORS, GROUP, MEMBERS, READERS, Argument, Command, Kind, Verb, Who
from config.texts import Texts
from digests.cards import line
from storage.database import Session
from storage.docket import proposal_for, proposals_of
from storage.messages import Message

WHICH = {"open": ("open", "öppna"), "mine": ("mine", "mina"), "all": ("all", "alla")}


def show(request: Request, session: Session, texts: Texts) -> Reply:  # noqa: ARG001
    """The card."""
    return shown(request.noun, texts)


def list_(request: Request, session: Session, texts: Texts) -> Reply:
    """The group's proposals, a line each."""
    which = request.arguments.get("which", "open")
    by = request.person if which == "mine" else None
    found = proposals_of(session, request.membership.group, open_only=which == "open", by=by)
    if not found:
        return Reply(Message(texts.say(f"proposals-none-{which}")))
    lines = (f"- {line(proposal, texts)}" for proposal in found)
    return Reply(Message("\n".join(lines), subject=texts.say(f"proposals-{which}", count=len(found))))


def support(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker is for it."""
    request.noun.support(request.person, request.now, reacted=request.invocation.reacted)
    return shown_everywhere(request.noun, request, session, texts)


def object_(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker is against it: counts once a reason is given."""
    reason = request.arguments["reason"]
    if not reason and request.noun.is_open:
        question = texts.say("objection-why", number=str(request.noun.id))
        return Reply(Message(question), asks=f"proposal {request.noun.id} object")
    request.noun.object(request.person, reason, request.now)
    return shown_everywhere(request.noun, request, session, texts)


def neutral(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker is neither for nor against it."""
    request.noun.stay_neutral(request.person, request.now)
    return shown_everywhere(request.noun, request, session, texts)


def retract(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker takes their stand back, or a reaction away."""
    request.noun.retract(request.person, request.now, reacted=request.invocation.reacted)
    return shown_everywhere(request.noun, request, session, texts)


PROPOSAL = Command(
    name="proposal",
    words=("förslag",),
    noun=proposal_for,
    bare="list",
    shown="show",
    verbs=(
        Verb("show", show, READERS, ("visa",), on_noun=True, changes=False),
        Verb("support", support, MEMBERS, ("stöd", "stödjer"), on_noun=True),
        Verb(
            "object",
            object_,
            MEMBERS,
            ("invänd", "invänder"),
            arguments=(Argument("reason", Kind.WORDS),),
            on_noun=True,
        ),
        Verb("neutral", neutral, MEMBERS, ("avstå", "avstår"), on_noun=True),
        Verb("retract", retract, MEMBERS, ("ångra",), on_noun=True),
        Verb("withdraw", outcomes.withdraw, frozenset({Who.CHAIR, Who.AUTHOR}), ("dra tillbaka",), on_noun=True),
        Verb(
            "schedule",
            outcomes.schedule,
            PLANNERS,
            ("ta upp",),
            arguments=(outcomes.WHEN,),
            on_noun=True,
        ),
        Verb("agreed", outcomes.agreed, PLANNERS, ("överens",), arguments=(outcomes.TEXT,), on_noun=True),
        Verb("decline", outcomes.decline, PLANNERS, ("ta inte upp",), arguments=(outcomes.REASON,), on_noun=True),
        Verb("park", outcomes.park, PLANNERS, ("vila",), arguments=(outcomes.WHEN,), on_noun=True),
        Verb("carry", outcomes.carry, PLANNERS, ("överför",), arguments=(outcomes.REASON,), on_noun=True),
        Verb("suggest", tips.suggest_proposal, CONTRIBUTORS, ("tipsa",), on_noun=True, private=True),
        Verb(
            "list",
            list_,
            READERS,
            ("lista",),
            arguments=(Argument("which", Kind.CHOICE, choices=WHICH), GROUP),
            changes=False,
        ),
    ),
)
