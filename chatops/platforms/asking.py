"""Questions in the threads of examples' cards are counted. That one was asked is kept, and not what."""

import re
from dataclasses import dataclass
from datetime import datetime

from digests import cards
from storage.database import Session
from storage.examples import Example
from storage.people import Identity, person_known_as
from storage.thread_questions import ThreadQuestion

# Not within an address.
MARK = re.compile(r"[?？؟](?!\w)")


@dataclass(frozen=True)
class Asked:
    """A message in a thread: who wrote it, its `receipt` on their platform, and whether it asks something."""

    by: Identity
    receipt: str
    asks: bool


def is_question(text: str) -> bool:
    """There is a question in it."""
    return MARK.search(text) is not None


def is_about_an_example(noun: str) -> bool:
    """Under the cards of other nouns nobody counts."""
    return noun.startswith("example:")


def hear(session: Session, noun: str, asked: Asked, now: datetime) -> None:
    """A message in the thread of a noun's card, as it is now. The sharer's own do not count."""
    example = session.get(Example, int(noun.partition(":")[2])) if is_about_an_example(noun) else None
    if example is None:
        return
    writer = person_known_as(session, asked.by.platform, asked.by.identifier, asked.by.tenant)
    if writer is example.sharer:
        return
    before = example.revision
    example.hear(ThreadQuestion(platform=asked.by.platform, receipt=asked.receipt, asked_at=now), asks=asked.asks)
    if example.revision != before:
        session.flush()
        cards.show(session, example, now)
