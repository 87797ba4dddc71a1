"""/subgroup due, report and close: how a subgroup comes back with its answer."""

from chatops.commands.answers import shown_everywhere
from chatops.conversation import Reply, Request
from chatops.verbs import Argument, Kind
from chatops.when.days import day_typed
from config.texts import Texts
from digests import subgroups as hub
from storage import subgroups
from storage.database import Session
from storage.meetings import Meeting
from storage.messages import Message
from storage.rules import RuleBroken
from storage.subgroups import Subgroup

DAY = Argument("when", Kind.WORDS, asked="due", may_begin_with_number=True)
REPORT = Argument("report", Kind.WORDS, may_begin_with_number=True)
OUTCOME = Argument("outcome", Kind.WORDS, may_begin_with_number=True)


def due(request: Request, session: Session, texts: Texts) -> Reply:
    """It has time until another day."""
    subgroup: Subgroup = request.noun
    if not request.arguments["when"]:
        raise RuleBroken("subgroup-due-when", number=str(subgroup.id))
    subgroup.extend(day_typed(request.arguments["when"], subgroup.group.local(request.now).date()))
    hub.extended(session, subgroup, request.now)
    told = texts.say("subgroup-extended", day=texts.day(subgroup.due))
    return shown_everywhere(subgroup, request, session, texts, told)


def report(request: Request, session: Session, texts: Texts) -> Reply:
    """The answer, of who takes care of it. What it is is asked for where it is not told."""
    subgroup: Subgroup = request.noun
    subgroup.require_open()
    subgroups.place_in(session, subgroup, request.person)
    if not request.arguments["report"]:
        question = texts.say("report-what", number=str(subgroup.id))
        return Reply(Message(question), asks=f"subgroup {subgroup.id} report")
    subgroup.answer(request.arguments["report"], request.now)
    meeting = hub.answered(session, subgroup, request.now)
    return shown_everywhere(subgroup, request, session, texts, _taken_up(subgroup, meeting, texts))


def close(request: Request, session: Session, texts: Texts) -> Reply:
    """It has done its work. What came of it is asked for where it is not told."""
    subgroup: Subgroup = request.noun
    subgroup.require_open()
    if not request.arguments["outcome"]:
        question = texts.say("close-what", number=str(subgroup.id))
        return Reply(Message(question), asks=f"subgroup {subgroup.id} close")
    subgroup.close(request.arguments["outcome"], request.now)
    meeting = hub.closed(session, subgroup, request.person, request.now)
    return shown_everywhere(subgroup, request, session, texts, _left_to(subgroup, meeting, texts))


def _left_to(subgroup: Subgroup, meeting: Meeting | None, texts: Texts) -> str:
    """What stands on an agenda is decided by the group."""
    facts = {"proposal": str(subgroup.proposal_id), "meeting": str(meeting.id)} if meeting else {}
    return texts.say("close-before-meeting", **facts) if facts else ""


def _taken_up(subgroup: Subgroup, meeting: Meeting | None, texts: Texts) -> str:
    """Where the group takes up the answer; of what it has decided already, only that it can read this."""
    if meeting is not None:
        return texts.say("report-on-agenda", meeting=str(meeting.id))
    waits = subgroup.proposal is not None and subgroup.proposal.is_open
    return texts.say("report-no-meeting" if waits else "report-read")
