"""/meeting coming, absent and substitute: who comes."""

from datetime import datetime
from functools import partial

from chatops.commands.answers import shown_everywhere
from chatops.commands.mentions import member_meant
from chatops.conversation import Reply, Request
from chatops.verbs import Argument, Kind, Who
from config.texts import Texts
from digests import notes
from digests.cards import title
from digests.cards.meeting import answer_buttons, facts_of
from digests.cards.words import paragraphs
from digests.markup import escape
from digests.notes import Note
from storage.answers import Position
from storage.database import Session
from storage.meetings import Meeting
from storage.messages import Message
from storage.people import Person
from storage.rota import chairs_of
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
    meeting, by = request.noun, request.person
    others = [answer.person for answer in meeting.sent_instead(asked.person) if answer.person is not by]
    was_absent = by in meeting.absent
    meeting.send_instead(by, asked.person, request.now)
    if not was_absent:
        _tell_who_asked(session, meeting, by, request.now)
    told = notes.leave(session, asked.person, meeting.group, partial(_asked, meeting, by), request.now)
    aside = [texts.say("substitute-asked" if told else "substitute-unreached", name=escape(asked.person.name))]
    if others:
        names = texts.listed([escape(person.name) for person in others])
        aside.append(texts.say("substitute-of-others", name=escape(asked.person.name), others=names))
    return shown_everywhere(meeting, request, session, texts, " ".join(aside))


def _answered(request: Request, session: Session, position: Position, texts: Texts) -> Reply:
    """Everybody answers for themselves."""
    if request.arguments["whom"]:
        raise RuleBroken("answer-for-another", number=str(request.noun.id))
    meeting, person = request.noun, request.person
    before, was_absent = meeting.answer_of(person), person in meeting.absent
    instead = before.substitute if before else None
    meeting.answer(person, position, request.now, reacted=request.invocation.reacted)
    if position is Position.ABSENT and not was_absent:
        _tell_who_asked(session, meeting, person, request.now)
    if position is Position.COMING and instead:
        notes.leave(session, instead, meeting.group, partial(_not_needed, meeting, person), request.now)
    leads = position is Position.ABSENT and meeting.chair is person
    return shown_everywhere(meeting, request, session, texts, _leads_not(session, meeting, texts) if leads else "")


def _leads_not(session: Session, meeting: Meeting, texts: Texts) -> str:
    """Who was to chair is told how somebody else does."""
    others = [place for place in chairs_of(session, meeting.group) if place.person is not meeting.chair]
    return texts.say("absent-chair" if others else "absent-only-chair", number=str(meeting.id))


def _tell_who_asked(session: Session, meeting: Meeting, substitute: Person, now: datetime) -> None:
    """Who asked somebody to come in their place hears that they do not."""
    for answer in meeting.sent_instead(substitute):
        notes.leave(session, answer.person, meeting.group, partial(_declined, meeting, substitute), now)


def _declined(meeting: Meeting, substitute: Person, texts: Texts) -> Note:
    facts = {"name": substitute.name, "meeting": title(meeting, texts)}
    body = texts.say("substitute-declined", name=escape(substitute.name), number=str(meeting.id))
    message = Message(paragraphs(body, facts_of(meeting, texts)), texts.say("substitute-declined-subject", **facts))
    return notes.about(meeting, _key("substitute-declined", meeting, substitute), message, texts)


def _not_needed(meeting: Meeting, person: Person, texts: Texts) -> Note:
    facts = {"name": person.name, "meeting": title(meeting, texts)}
    body = texts.say("substitute-not-needed", name=escape(person.name))
    message = Message(paragraphs(body, facts_of(meeting, texts)), texts.say("substitute-not-needed-subject", **facts))
    return notes.about(meeting, _key("substitute-not-needed", meeting, person), message, texts)


def _key(name: str, meeting: Meeting, person: Person) -> str:
    """Each answer is told of once."""
    answer = meeting.answer_of(person)
    assert answer is not None
    return f"{name}:{answer.id}:{answer.answered_at.isoformat()}"


def _asked(meeting: Meeting, by: Person, texts: Texts) -> Note:
    body = texts.say("substitute-question", name=escape(by.name), facts=facts_of(meeting, texts))
    subject = texts.say("substitute-subject", name=by.name, meeting=title(meeting, texts))
    message = Message(body, subject, answer_buttons(meeting, texts))
    return notes.about(meeting, _key("substitute", meeting, by), message, texts)
