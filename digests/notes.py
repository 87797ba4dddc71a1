"""A note: what Tuva says by itself to one person, where they are.

Where they last spoke, of the platforms on which their group has a room; else where they have an account; else by mail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from config.texts import Texts, texts_in
from digests import letters, markup
from digests.cards import Noun, rooms_of, title
from digests.courier.parcels import Parcel
from digests.letters import Letter, Section
from storage import audit, outbox
from storage.database import Session
from storage.groups import Group, group_called
from storage.memberships import membership_of
from storage.messages import Action, Message
from storage.outbox import OutboxKind
from storage.people import KNOWN_BY_MAIL, Person, person_numbered
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


def about(item: Noun, key: str, message: Message, texts: Texts) -> Note:
    """A note about a proposal, an example or a meeting."""
    return Note(key, message, item.noun, title(item, texts))


def tip(given: Tip, texts: Texts) -> Message:
    """What somebody wrote, as the example that it may become, until they have answered."""
    share = Action(texts.say("button-share-tip"), f"example share tip:{given.id} group:{given.group.slug}")
    decline = Action(texts.say("button-decline-tip"), f"example decline tip:{given.id}")
    return Message(given.body, subject=given.title, actions=(share, decline) if given.is_open else ())


def leave(
    session: Session,
    person: Person,
    group: Group,
    write: Callable[[Texts], Note],
    now: datetime,
    until: datetime | None = None,
) -> bool:
    """Wish that somebody hears of something their group is about, once for each key, in their language.

    After `until` it is of no use. False when nobody knows a way to them, and when they have left: what is said in the
    group is no longer theirs.
    """
    if membership_of(session, person, group) is None:
        return False
    texts = texts_in(person.language or group.language)
    note = write(texts)
    key, parts = f"note:{note.key}:{person.id}", as_parts(note, person, group, texts)
    way = way_in_chat(session, person, group)
    if way is None:
        return _put_letter(session, key, parts, person, now, until)
    platform, address = way
    outbox.put(
        session,
        key=key,
        route=platform,
        kind=OutboxKind.NOTE,
        address=address,
        parts=parts,
        now=now,
        not_after=min(now + WITHIN, until or now + WITHIN),
        topic=f"note:{note.key}",
        personal={"person": str(person.id)},
        group_id=group.id,
    )
    return True


def by_mail(session: Session, note: Parcel, now: datetime) -> None:
    """Wish that somebody reads by mail what no platform could tell them, unless they get it by mail as well."""
    person = person_numbered(session, int(note.personal["person"]))
    if person is None or "beside" in note.personal:
        return
    if membership_of(session, person, group_called(session, note.parts["group"])):
        _put_letter(session, f"{note.key}:mail", note.parts, person, now)


def _put_letter(
    session: Session, key: str, parts: dict[str, Any], person: Person, now: datetime, until: datetime | None = None
) -> bool:
    if person.email is None:
        return False
    group, texts = group_called(session, parts["group"]), texts_in(parts["language"])
    outbox.put(
        session,
        key=key,
        route="mail",
        kind=OutboxKind.NOTICE,
        address=person.email,
        parts=letters.as_parts(_letter(parts, group, texts), texts),
        now=now,
        not_after=until,
        personal={"person": str(person.id)},
        group_id=group.id,
    )
    return True


def way_in_chat(session: Session, person: Person, group: Group) -> tuple[str, str] | None:
    """Platform and address; None when no platform of the group's knows them."""
    platforms = [room.platform for room in rooms_of(group)]
    addresses = {account.platform: account.identifier for account in person.accounts if account.platform in platforms}
    addresses |= {platform: person.email for platform in KNOWN_BY_MAIL if platform in platforms and person.email}
    platform = audit.last_platform_of(session, person, addresses) or next(iter(addresses), None)
    return (platform, addresses[platform]) if platform else None


def as_parts(note: Note, person: Person, group: Group, texts: Texts) -> dict[str, Any]:
    """A note as the outbox stores it."""
    message = note.message
    said = {"subject": message.subject, "body": message.body, "foot": message.foot}
    actions = [[action.label, action.command] for action in message.actions]
    to = {"language": texts.language, "calls": "", "called": person.name, "group": group.slug}
    return {**said, **to, "actions": actions, "about": note.about, "title": note.title}


def _letter(parts: dict[str, Any], group: Group, texts: Texts) -> Letter:
    """What is about something stands under its title, with the buttons."""
    actions = tuple(Action(*action) for action in parts["actions"])
    shown = Message(parts["body"], parts["title"], actions, parts["foot"])
    items = (letters.Item(parts["about"], shown),) if parts["about"] else ()
    said = {"sections": (Section("", items),)} if items else {"opening": markup.text(shown.whole)}
    return letters.notice(group.slug, group.name, parts["subject"], texts.say("note-why", group=group.name), **said)
