"""/meeting coming, absent and substitute: who comes."""

from chatops.commands.answers import shown_everywhere
from chatops.commands.mentions import member_meant
from chatops.conversation import Reply, Request
from chatops.verbs import Argument, Kind, Who
from config.texts import Texts
from digests import notes
from digests.cards import title
from digests.cards.meeting import facts_of
from digests.cards.words import actions
from digests.markup import escape
from digests.notes import Note
from storage.answers import Position
from storage.database import Session
from storage.meetings import Meeting
from storage.messages import Message
from storage.people import Person
from storage.rules import RuleBroken

WHOM = Argument("whom", Kind.WORDS)
NOBODY_ELSE = Argument("whom", Kind.WORDS, may_be_left_out=True)
INVITED = frozenset({Who.CHAIR, Who.MEMBER, Who.SUBSTITUTE, Who.GUEST})


def coming(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker comes."""
    return _answered(request, session, Position.COMING, texts)


def absent(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker does not come. Who was to chair is told how somebody else does."""
    return _answered(request, session, Position.ABSENT, texts)


def retract(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker takes their answer back, or a reaction away."""
    request.noun.retract(request.person, request.now, reacted=request.invocation.reacted)
    return shown_everywhere(request.noun, request, session, texts)


def substitute(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker does not come, and asks somebody of the group to come in their place."""
    if not request.arguments["whom"]:
        raise RuleBroken("substitute-who", number=str(request.noun.id))
    asked = member_meant(request, session, "whom")
    if Who(asked.role) not in INVITED:
        raise RuleBroken("substitute-outsider", name=asked.person.name, number=str(request.noun.id))
    request.noun.send_instead(request.person, asked.person, request.now)
    meeting, by = request.noun, request.person
    told = notes.leave(session, asked.person, meeting.group, lambda theirs: _asked(meeting, by, theirs), request.now)
    key = "substitute-asked" if told else "substitute-unreached"
    return shown_everywhere(request.noun, request, session, texts, texts.say(key, name=escape(asked.person.name)))


def _answered(request: Request, session: Session, position: Position, texts: Texts) -> Reply:
    """Everybody answers for themselves."""
    if request.arguments["whom"]:
        raise RuleBroken("answer-for-another", number=str(request.noun.id))
    request.noun.answer(request.person, position, request.now, reacted=request.invocation.reacted)
    leads = position is Position.ABSENT and request.noun.chair is request.person
    aside = texts.say("absent-chair", number=str(request.noun.id)) if leads else ""
    return shown_everywhere(request.noun, request, session, texts, aside)


def _asked(meeting: Meeting, by: Person, texts: Texts) -> Note:
    answer = meeting.answer_of(by)
    assert answer is not None
    body = texts.say("substitute-question", name=escape(by.name), facts=facts_of(meeting, texts))
    subject = texts.say("substitute-subject", name=by.name, meeting=title(meeting, texts))
    buttons = actions(f"meeting {meeting.id}", ("coming", "absent"), texts)
    key = f"substitute:{answer.id}:{answer.answered_at.isoformat()}"
    return notes.about(meeting, key, Message(body, subject, buttons), texts)
