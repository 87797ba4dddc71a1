"""A note: what Tuva says by itself to one person, where they are.

Where they last spoke, of the platforms on which their group has a room; else where they have an account; else by mail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.texts import Texts, texts_in
from digests import letters, markup
from digests.cards import Item, rooms_of, title
from digests.letters import Letter, Section
from storage import audit, outbox
from storage.database import Session
from storage.groups import Group
from storage.messages import Action, Message
from storage.outbox import OutboxKind
from storage.people import KNOWN_BY_MAIL, Person
from storage.tips import Tip

# What is said later than that is no longer of use.
WITHIN = timedelta(days=3)


@dataclass(frozen=True)
class Note:
    """What is to be said, once for each `key`. `about` is the noun under whose title a letter shows the buttons."""

    key: str
    message: Message
    about: str = ""
    title: str = ""


def about(item: Item, key: str, message: Message, texts: Texts) -> Note:
    """A note about a proposal or an example."""
    return Note(key, message, item.noun, title(item, texts))


def tip(given: Tip, texts: Texts) -> Message:
    """What somebody wrote, as the example that it may become."""
    share = Action(texts.say("button-share-tip"), f"example share tip:{given.id}")
    return Message(given.body, subject=given.title, actions=(share,))


def send(session: Session, person: Person, group: Group, write: Callable[[Texts], Note], now: datetime) -> bool:
    """Wish that somebody hears of something their group is about, once for each key, in their language.

    False when nobody knows a way to them.
    """
    texts = texts_in(person.language or group.language)
    note = write(texts)
    way = _way_to(session, person, group)
    if way is None:
        return False
    platform, address = way
    outbox.put(
        session,
        key=f"note:{note.key}:{person.id}",
        route=platform,
        kind=OutboxKind.NOTICE if platform == "mail" else OutboxKind.NOTE,
        address=address,
        parts=_as_letter(note, group, texts) if platform == "mail" else _as_words(note, person, texts),
        now=now,
        not_after=now + WITHIN,
        topic=f"note:{note.key}",
        personal={"person": str(person.id)},
        group_id=group.id,
    )
    return True


def _way_to(session: Session, person: Person, group: Group) -> tuple[str, str] | None:
    """Platform and address."""
    platforms = [room.platform for room in rooms_of(group)]
    addresses = {account.platform: account.identifier for account in person.accounts if account.platform in platforms}
    addresses |= {platform: person.email for platform in KNOWN_BY_MAIL if platform in platforms and person.email}
    last = audit.last_platform_of(session, person, addresses)
    if last or addresses:
        platform = last or next(iter(addresses))
        return platform, addresses[platform]
    return ("mail", person.email) if person.email else None


def _as_words(note: Note, person: Person, texts: Texts) -> dict[str, object]:
    message = note.message
    said = {"subject": message.subject, "body": message.body, "foot": message.foot}
    actions = [[action.label, action.command] for action in message.actions]
    return {**said, "actions": actions, "language": texts.language, "calls": "", "called": person.name}


def _as_letter(note: Note, group: Group, texts: Texts) -> dict[str, object]:
    message = note.message
    shown = Message("", subject=note.title, actions=message.actions)
    items = (letters.Item(note.about, shown, brief=True),) if note.about else ()
    letter = Letter(
        group=group.slug,
        sender=group.name,
        subject=message.subject,
        preheader=message.subject,
        heading=message.subject,
        opening=markup.text(message.body),
        sections=(Section("", items),) if items else (),
        invitation="",
        why=texts.say("note-why", group=group.name),
        stream="system",
    )
    return letters.as_parts(letter, texts)
