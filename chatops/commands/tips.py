"""/example suggest: what somebody wrote is a good example. Its author is asked, and decides."""

from chatops.commands.mentions import known, mentioned
from chatops.conversation import Reply, Request
from chatops.verbs import CONTRIBUTORS, Who
from config.texts import Texts
from digests import notes
from digests.markup import escape
from digests.notes import Note
from storage import roster, tips
from storage.database import Session
from storage.memberships import Membership, membership_of
from storage.messages import Message
from storage.rules import RuleBroken
from storage.tips import Tip


def suggest(request: Request, session: Session, texts: Texts) -> Reply:
    """Ask an author whether they share what they wrote: a name and the text, or by a sign under a message."""
    author, text = _author_and_text(request, session)
    under = request.invocation.under
    if not text and not under:
        raise RuleBroken("suggest-what")
    title, body = tips.as_title_and_body(text)
    tip = Tip(
        group=author.group,
        author=author.person,
        finder=request.person,
        title=title,
        body=body,
        given_at=request.now,
        source=f"{request.invocation.platform}:{under}" if under else None,
    )
    if tips.is_new(session, tip):
        notes.leave(session, author.person, author.group, lambda texts: _question(tip, texts), request.now)
    return Reply(Message(texts.say("suggest-done", name=escape(author.person.name))))


def _author_and_text(request: Request, session: Session) -> tuple[Membership, str]:
    group = request.membership.group
    words, mention = mentioned(request, "words")
    if mention is None:
        author, words = roster.member_called_first(session, group, words)
        return author, words
    person = known(session, request, mention)
    place = membership_of(session, person, group) if person else None
    if place is None or Who(place.role) not in CONTRIBUTORS:
        raise RuleBroken("suggest-outsider", name=mention.profile.name)
    return place, words.strip()


def _question(tip: Tip, texts: Texts) -> Note:
    key = "tip-asked-oneself" if tip.finder is tip.author else "tip-asked"
    subject = texts.say(key, name=tip.finder.name)
    body = texts.say("tip-asked-about", title=escape(tip.title)) if tip.title else texts.say("tip-asked-textless")
    message = Message(body, subject, notes.tip(tip, texts).actions)
    return Note(f"tip:{tip.id}", message, f"tip:{tip.id}", tip.title)
