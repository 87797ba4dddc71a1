"""The signs under a card: what a reaction means, and which of them Tuva puts there for people to press."""

import re
from collections.abc import Iterable

from chatops.commands.reactions import REACTIONS
from storage.messages import Action

IDEA = "idea"
# Of two with one meaning the first is Tuva's own.
MEANINGS = {"👍": "yes", "👎": "no", "🙏": "thanks", "❤": "thanks", "♥": "thanks", "💡": IDEA}
# How a sign is to be drawn: as text or as a picture, and in which tone of skin.
DRAWN = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")


def meaning(key: str) -> str | None:
    """What a reaction's key says (`yes`, `no`, `thanks`, `idea`). Keys are free text: None for most."""
    return MEANINGS.get(DRAWN.sub("", key).strip())


def sign_of(action: Action) -> str:
    """The sign that means the same as an action; empty where none does."""
    kind, _, verb = action.command.split(" ", 2)
    return next((sign for sign, said in MEANINGS.items() if REACTIONS.get((kind, said)) == verb), "")


def seeds(actions: Iterable[Action]) -> tuple[str, ...]:
    """The signs that Tuva puts under a card with these actions."""
    return tuple(filter(None, map(sign_of, actions)))
