"""/example suggest and decline: what somebody wrote is a good example. Its author is asked, and decides."""

from chatops.commands.mentions import known, mentioned, recognised
from chatops.conversation import Reply, Request
from chatops.verbs import CONTRIBUTORS, Who
from config.texts import Texts
from digests import notes
from digests.markup import escape
from digests.notes import Note
from storage import roster, tips
from storage.database import Session
from storage.groups import Group
from storage.memberships import Membership, members_of, membership_of
from storage.messages import Message
from storage.people import Person
from storage.rules import RuleBroken
from storage.tips import Tip


def suggest(request: Request, session: Session, texts: Texts) -> Reply:
    """Ask an author whether they share what they wrote: a name and the text, or by a sign under a message."""
    author, text = _author_and_text(request, session)
    under = request.invocation.under
    if not text and not under:
        raise RuleBroken("suggest-what")
    title, body = tips.as_title_and_body(text)
    source = f"{request.invocation.platform}:{under}" if under else None
    tip = _tip(request, author, title, body, source)
    return _asked(session, tip, texts)


def suggest_proposal(request: Request, session: Session, texts: Texts) -> Reply:
    """Ask who made a proposal whether they share it: it was done."""
    proposal = request.noun
    author = _contributor(session, proposal.proposer, proposal.group, proposal.proposer.name)
    return _asked(session, _tip(request, author, proposal.title, proposal.body, proposal.noun), texts)


def decline(request: Request, session: Session, texts: Texts) -> Reply:
    """An author does not share what they wrote, and is not asked again."""
    if "tip" not in request.arguments:
        raise RuleBroken("decline-what")
    tips.tip_for(session, request.person, request.arguments["tip"]).decline()
    return Reply(Message(texts.say("decline-done")))


def _tip(request: Request, author: Membership, title: str, body: str, source: str | None) -> Tip:
    return Tip(
        group=author.group,
        author=author.person,
        finder=request.person,
        title=title,
        body=body,
        given_at=request.now,
        source=source,
    )


def _asked(session: Session, tip: Tip, texts: Texts) -> Reply:
    if tips.is_new(session, tip):
        notes.leave(session, tip.author, tip.group, lambda texts: _question(tip, texts), tip.given_at)
    return Reply(Message(texts.say("suggest-done", name=escape(tip.author.name))))


def _author_and_text(request: Request, session: Session) -> tuple[Membership, str]:
    group = request.membership.group
    words, mention = mentioned(request, "words")
    if mention is not None:
        person = known(session, request, mention) or recognised(session, request, mention)
        return _contributor(session, person, group, mention.profile.name), words.strip()
    if not words:
        raise RuleBroken("suggest-what")
    author, words = roster.member_called_first(members_of(session, group), words)
    return _contributor(session, author.person, group, author.person.name), words


def _contributor(session: Session, person: Person | None, group: Group, name: str) -> Membership:
    """Who is asked must be able to say yes. Raises RuleBroken for who may share nothing there."""
    place = membership_of(session, person, group) if person else None
    if place is None or Who(place.role) not in CONTRIBUTORS:
        raise RuleBroken("suggest-outsider", name=name)
    return place


def _question(tip: Tip, texts: Texts) -> Note:
    key = "tip-asked-oneself" if tip.finder is tip.author else "tip-asked"
    subject = texts.say(key, name=tip.finder.name)
    body = texts.say("tip-asked-about", title=escape(tip.title)) if tip.title else texts.say("tip-asked-textless")
    message = Message(body, subject, notes.tip(tip, texts).actions)
    return Note(f"tip:{tip.id}", message, f"tip:{tip.id}", tip.title)
