"""Whom a line names: by the platform's own means."""

from chatops.conversation import Mention, Request
from storage import roster
from storage.database import Session
from storage.memberships import Membership, membership_of
from storage.people import Person, person_known_as
from storage.profiles import Stranger, recognise
from storage.rules import RuleBroken


def mentioned(request: Request, argument: str) -> tuple[str, Mention | None]:
    """An argument without its first mention, and whom that names."""
    words = request.arguments[argument]
    mention = next((mention for mention in request.invocation.mentions if mention.words in words), None)
    return (words.replace(mention.words, "", 1) if mention else words), mention


def member_meant(request: Request, session: Session, argument: str) -> Membership:
    """Whom of the group an argument means: by a mention, a mail address or a name. Raises RuleBroken for nobody."""
    words, mention = mentioned(request, argument)
    group = request.membership.group
    if mention is None:
        return roster.member_called(session, group, words)
    return member_mentioned(request, session, mention)


def member_mentioned(request: Request, session: Session, mention: Mention) -> Membership:
    """Whom of the group a mention means. Raises RuleBroken for who is not in it."""
    person = known(session, request, mention) or recognised(session, request, mention)
    place = membership_of(session, person, request.membership.group) if person else None
    if place is None:
        raise RuleBroken("member-unknown", name=mention.profile.name)
    return place


def recognised(session: Session, request: Request, mention: Mention) -> Person | None:
    """Who has never spoken to us may be in the roster all the same."""
    stranger = Stranger(request.invocation.platform, mention.tenant, mention.account, mention.profile)
    return recognise(session, stranger, None, frozenset(), request.now)


def known(session: Session, request: Request, mention: Mention | None) -> Person | None:
    """Who is mentioned, as far as they are known."""
    if mention is None:
        return None
    return person_known_as(session, request.invocation.platform, mention.account, mention.tenant)
