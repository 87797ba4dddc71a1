"""/meeting rota, swap, skip and chair: whose turn it is to chair."""

from collections.abc import Callable

from chatops.arguments import number_in
from chatops.commands.answers import shown_whole
from chatops.commands.mentions import member_meant
from chatops.conversation import Reply, Request
from chatops.verbs import Argument, Kind
from config.texts import Texts
from digests import cards
from digests.cards import line
from digests.markup import escape
from storage import rota
from storage.database import Session
from storage.diary import ahead
from storage.meetings import Meeting, meeting_for
from storage.messages import Message
from storage.rules import RuleBroken

OTHER = Argument("other", Kind.WORDS)


def turns(request: Request, session: Session, texts: Texts) -> Reply:
    """How often each chair has chaired, and who leads the meetings ahead."""
    group = request.membership.group
    taken = rota.turns_taken(session, group, request.now)
    counted = [f"- {texts.say('rota-taken', name=escape(person.name), count=count)}" for person, count in taken]
    coming = [f"- {line(meeting, texts)}" for meeting in ahead(session, group, request.now)]
    if not counted:
        return Reply(Message(texts.say("rota-none")))
    body = "\n\n".join(filter(None, ("\n".join(counted), "\n".join(coming) or texts.say("meetings-none"))))
    return Reply(Message(body, subject=texts.say("rota-heading", group=group.name)))


def skip(request: Request, session: Session, texts: Texts) -> Reply:
    """The next in turn leads this meeting."""
    return _turned(request, session, texts, lambda meeting: rota.skip(session, meeting, request.now))


def swap(request: Request, session: Session, texts: Texts) -> Reply:
    """Two meetings change their chairs."""
    number = number_in(next(reversed(request.arguments["other"].split()), ""))
    if number is None:
        raise RuleBroken("rota-swap-which", number=str(request.noun.id))
    other = meeting_for(session, request.person, number)
    return _turned(request, session, texts, lambda meeting: rota.swap(session, meeting, other, request.now))


def stand_in(request: Request, session: Session, texts: Texts) -> Reply:
    """Somebody of the group leads this meeting."""
    if not request.arguments["whom"]:
        raise RuleBroken("chair-who", number=str(request.noun.id))
    place = member_meant(request, session, "whom")
    return _turned(request, session, texts, lambda meeting: rota.stand_in(session, meeting, place.person, request.now))


def _turned(request: Request, session: Session, texts: Texts, turn: Callable[[Meeting], None]) -> Reply:
    """Every meeting whose chair is another now shows it."""
    group = request.noun.group
    before = [(meeting, meeting.chair) for meeting in ahead(session, group, request.now)]
    turn(request.noun)
    for meeting, chair in before:
        if meeting.chair is not chair and meeting is not request.noun:
            cards.show(session, meeting, request.now)
    return shown_whole(request.noun, request, session, texts)
