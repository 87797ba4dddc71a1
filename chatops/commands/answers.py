"""How commands answer with a card."""

from dataclasses import replace

from chatops.conversation import Reply, Request
from config.texts import Texts
from digests import cards
from digests.cards import Noun
from storage.database import Session


def shown(noun: Noun, texts: Texts) -> Reply:
    """The card, to the speaker."""
    return Reply(cards.card(noun, texts), about=noun.noun, revision=noun.revision)


def shown_everywhere(noun: Noun, request: Request, session: Session, texts: Texts, aside: str = "") -> Reply:
    """The card, to the speaker, with what is said `aside`; and, as it is now, in every room of its group."""
    cards.show(session, noun, request.now)
    rooms = cards.rooms_of(noun.group) if cards.is_in_rooms(noun) else []
    here = (room.address for room in rooms if room.platform == request.invocation.platform)
    return replace(shown(noun, texts), rooms=tuple(here), aside=aside)


def shown_whole(noun: Noun, request: Request, session: Session, texts: Texts, aside: str = "") -> Reply:
    """The same, but to the speaker the card is never in short: what has changed stands in its body."""
    return replace(shown_everywhere(noun, request, session, texts, aside), rooms=())
