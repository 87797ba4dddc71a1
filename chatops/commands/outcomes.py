"""/proposal schedule, agreed, decline, park and carry: onto an agenda, and what becomes of it there."""

from chatops.arguments import number_in
from chatops.commands.answers import shown_everywhere
from chatops.commands.meeting import meeting_of, usual
from chatops.conversation import Reply, Request
from chatops.verbs import Argument, Kind
from chatops.when.days import day_typed
from config.texts import Texts
from digests import agenda
from storage import outcomes
from storage.database import Session
from storage.meetings import Meeting
from storage.messages import Message
from storage.rules import RuleBroken

WHEN = Argument("when", Kind.WORDS)
TEXT = Argument("text", Kind.WORDS, asked="agreed")
REASON = Argument("reason", Kind.WORDS, asked="declined")


def schedule(request: Request, session: Session, texts: Texts) -> Reply:
    """It goes on the agenda of the next meeting, or of the one that is named; also when its list is closed."""
    meeting = _meeting(request, session)
    return _settled(request, session, texts, outcomes.schedule(session, request.noun, meeting, request.now))


def agreed(request: Request, session: Session, texts: Texts) -> Reply:
    """The group has agreed on it. What on is asked for where it is not told."""
    if not request.arguments["text"]:
        question = texts.say("agreed-what", number=str(request.noun.id))
        return Reply(Message(question), asks=f"proposal {request.noun.id} agreed")
    return _settled(request, session, texts, outcomes.agree(request.noun, request.arguments["text"], request.now))


def decline(request: Request, session: Session, texts: Texts) -> Reply:
    """It is not taken up, for a reason."""
    if not request.arguments["reason"]:
        question = texts.say("decline-why", number=str(request.noun.id))
        return Reply(Message(question), asks=f"proposal {request.noun.id} decline")
    return _settled(request, session, texts, outcomes.decline(request.noun, request.arguments["reason"], request.now))


def park(request: Request, session: Session, texts: Texts) -> Reply:
    """It rests until a day."""
    if not request.arguments["when"]:
        raise RuleBroken("park-until", number=str(request.noun.id))
    today = request.noun.group.local(request.now).date()
    changed = outcomes.park(request.noun, day_typed(request.arguments["when"], today), request.now)
    agenda.parked(session, request.noun)
    return _settled(request, session, texts, changed)


def carry(request: Request, session: Session, texts: Texts) -> Reply:
    """It is put off to a later meeting."""
    changed = outcomes.carry(session, request.noun, request.arguments["reason"], request.now)
    return _settled(request, session, texts, changed)


def withdraw(request: Request, session: Session, texts: Texts) -> Reply:
    """Its proposer, or the chair, takes it back."""
    return _settled(request, session, texts, outcomes.withdraw(request.noun))


def _settled(request: Request, session: Session, texts: Texts, changed: list[Meeting]) -> Reply:
    for meeting in changed:
        agenda.items_changed(session, meeting, request.now)
    return shown_everywhere(request.noun, request, session, texts)


def _meeting(request: Request, session: Session) -> Meeting:
    words, group = request.arguments["when"].split(), request.noun.group
    if not words:
        return usual(session, group, request.now)
    number = number_in(words[-1])
    if number is None:
        raise RuleBroken("schedule-which", number=str(request.noun.id))
    return meeting_of(session, request.person, group, number)
