"""What waits for somebody of the group's good examples: tips, how a re-use went, and what an editor is to read."""

import textwrap
from collections.abc import Iterator
from datetime import datetime

from config.texts import Texts
from digests import notes
from digests.cards import Item, card, title
from digests.followups import ASKED_AFTER
from digests.markup import escape
from digests.markup import text as as_text
from storage.bank import results_awaited, waiting_for_editors
from storage.database import Session
from storage.examples import Example
from storage.memberships import Membership, editors_of
from storage.messages import Action, Message
from storage.tips import unused_tips

AT_MOST = 5
# How much of what waits is shown, in characters.
OPENING = 240
VERDICTS = ("approve", "leave-out")


def waiting(session: Session, membership: Membership, now: datetime, texts: Texts) -> Iterator[Message]:
    """All of it, each with its buttons, under headings. Who took up no tip in three months does not want to."""
    person, group = membership.person, membership.group
    long_ago = now - ASKED_AFTER
    tips = [notes.tip(tip, texts) for tip in reversed(unused_tips(session, group, long_ago, person))]
    yield from _under("home-tips", [_shown(tip.subject, tip.actions, texts) for tip in tips], texts)
    results = [
        _shown(title(reuse.example, texts), _actions(reuse.example.id, ("result",), texts), texts)
        for reuse in results_awaited(session, group, long_ago, person)
    ]
    yield from _under("home-results", results, texts)
    queue = waiting_for_editors(session, group) if membership in editors_of(session, group) else []
    unread = [Message(described(example, texts), actions=_actions(example.id, VERDICTS, texts)) for example in queue]
    yield from _under("home-queue", unread, texts)


def described(item: Item, texts: Texts) -> str:
    """Enough of its card to answer, or to know that one must read on."""
    whole = card(item, texts)
    by, state = whole.body.partition("\n\n")[0], whole.foot.partition("\n\n")[0]
    effect = texts.say("card-effect", effect=item.effect) if isinstance(item, Example) and item.effect else ""
    opening = textwrap.shorten(as_text(f"{item.body}\n\n{effect}"), OPENING, placeholder=" …")
    return "\n\n".join(filter(None, (f"**{escape(whole.subject)}**\n{by}", escape(opening), state)))


def _under(heading: str, found: list[Message], texts: Texts) -> Iterator[Message]:
    if found:
        yield Message(f"**{texts.say(heading, count=len(found))}**")
        yield from found[:AT_MOST]
    if len(found) > AT_MOST:
        yield Message(texts.say("letter-more", count=len(found) - AT_MOST))


def _shown(words: str, actions: tuple[Action, ...], texts: Texts) -> Message:
    return Message(escape(words) or texts.say("home-textless"), actions=actions)


def _actions(number: int, verbs: tuple[str, ...], texts: Texts) -> tuple[Action, ...]:
    return tuple(Action(texts.say(f"button-{verb}"), f"example {number} {verb}") for verb in verbs)
