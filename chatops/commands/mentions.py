"""Whom a line names: by the platform's own means."""

from chatops.conversation import Mention, Request
from storage.database import Session
from storage.people import Person, person_known_as


def mentioned(request: Request, argument: str) -> tuple[str, Mention | None]:
    """An argument without its first mention, and whom that names."""
    words = request.arguments[argument]
    mention = next((mention for mention in request.invocation.mentions if mention.words in words), None)
    return (words.replace(mention.words, "", 1) if mention else words), mention


def known(session: Session, request: Request, mention: Mention | None) -> Person | None:
    """Who is mentioned, as far as they are known."""
    if mention is None:
        return None
    return person_known_as(session, request.invocation.platform, mention.account, mention.tenant)
