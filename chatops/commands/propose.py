"""/propose: put something before the group."""

from chatops.commands.answers import shown_everywhere
from chatops.conversation import Reply, Request
from chatops.verbs import CONTRIBUTORS, GROUP, Argument, Command, Kind, Verb
from config.texts import Texts
from storage import proposals
from storage.database import Session
from storage.diary import next_meeting
from storage.proposal_stages import ProposalKind

KINDS = {
    ProposalKind.IDEA: ("idea", "idé"),
    ProposalKind.QUESTION: ("question", "fråga"),
    ProposalKind.SCAN: ("scan", "omvärld", "omvärldsbevakning"),
    ProposalKind.LEARNING: ("learning", "kompetens", "kompetensutveckling"),
    ProposalKind.INFORMATION: ("information", "info"),
    ProposalKind.ACTIVITY: ("activity", "aktivitet"),
}


def propose(request: Request, session: Session, texts: Texts) -> Reply:
    """Make a proposal of the line and its body, and show its card in every room of the group."""
    proposal = proposals.propose(
        session,
        request.membership,
        title=request.arguments["title"],
        body=request.arguments["body"],
        kind=ProposalKind(request.arguments.get("kind", ProposalKind.IDEA)),
        goals=request.arguments.get("goals", []),
        now=request.now,
    )
    return shown_everywhere(proposal, request, session, texts, _late(request, session, texts))


def _late(request: Request, session: Session, texts: Texts) -> str:
    """The list of the next meeting is closed: a word about when the proposal is taken up."""
    group = request.membership.group
    closed = next_meeting(session, group, request.now)
    if closed is None or closed.closed_at is None:
        return ""
    later = next_meeting(session, group, request.now, still_open=True)
    if later is None:
        return texts.say("propose-late", closed=str(closed.id))
    moment = texts.moment(later.starts_at, group.timezone)
    return texts.say("propose-late-next", closed=str(closed.id), next=str(later.id), moment=moment)


PROPOSE = Command(
    name="propose",
    words=("föreslå",),
    bare="make",
    free="make",
    verbs=(
        Verb(
            name="make",
            run=propose,
            who=CONTRIBUTORS,
            from_message=("title", "body"),
            arguments=(
                Argument("title", Kind.TITLE),
                Argument("body", Kind.BODY),
                Argument("kind", Kind.CHOICE, keys=("kind", "typ"), choices=KINDS),
                Argument("goals", Kind.GOALS),
                GROUP,
            ),
        ),
    ),
)
