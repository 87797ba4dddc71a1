"""How commands answer with a card."""

from dataclasses import replace

from chatops.conversation import Reply, Request
from config.texts import Texts
from digests import cards
from digests.cards import Item
from storage.database import Session


def shown(item: Item, texts: Texts) -> Reply:
    """The card, to the speaker."""
    return Reply(cards.card(item, texts), about=item.noun, revision=item.revision)


def shown_everywhere(item: Item, request: Request, session: Session, texts: Texts, aside: str = "") -> Reply:
    """The card, to the speaker, with what is said `aside`; and, as it is now, in every room of its group."""
    cards.show(session, item, request.now)
    here = (room.address for room in cards.rooms_of(item.group) if room.platform == request.invocation.platform)
    return replace(shown(item, texts), rooms=tuple(here), aside=aside)
