"""Every card: what a noun looks like, in words, and the wish to have it in every room."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from config.texts import Texts, texts_in
from digests.cards.agenda import agenda_card, agenda_noun
from digests.cards.example import counts_of, example_card, example_title, facts_of
from digests.cards.example import stage_of as stage_of_example
from digests.cards.meeting import meeting_card, meeting_line, meeting_title
from digests.cards.proposal import proposal_card, proposal_title, stands_on
from digests.cards.proposal import stage_of as stage_of_proposal
from digests.cards.subgroup import subgroup_card, subgroup_line, subgroup_title
from digests.cards.words import paragraphs
from digests.markup import escape
from storage import outbox
from storage.agenda_items import item_ahead
from storage.database import Session
from storage.examples import Example
from storage.groups import Group, GroupStage
from storage.meetings import Meeting
from storage.messages import Action, Illustration, Message
from storage.outbox import OutboxKind
from storage.proposals import Proposal
from storage.rooms import Room
from storage.subgroups import Subgroup

# What digests tell of, and what has a card.
Item = Proposal | Example
Noun = Item | Meeting | Subgroup


def card(noun: Noun, texts: Texts) -> Message:
    """The card of a noun."""
    match noun:
        case Proposal():
            return proposal_card(noun, texts)
        case Example():
            return example_card(noun, texts)
        case Meeting():
            return meeting_card(noun, texts)
        case Subgroup():
            return subgroup_card(noun, texts)


def title(noun: Noun, texts: Texts) -> str:
    """`Förslag 12: TITLE`, as plain text."""
    match noun:
        case Proposal():
            return proposal_title(noun, texts)
        case Example():
            return example_title(noun, texts)
        case Meeting():
            return meeting_title(noun, texts)
        case Subgroup():
            return subgroup_title(noun, texts)


def line(noun: Noun, texts: Texts) -> str:
    """A noun in one line of Markdown: its title, its counts, and its stage when it is not the usual one."""
    match noun:
        case Proposal():
            told = [escape(title(noun, texts)), stands_on(noun, texts), stage_of_proposal(noun, texts)]
        case Example():
            where = noun.unit.name if noun.unit else noun.sharer.name
            told = [escape(title(noun, texts)), escape(where), counts_of(noun, texts), stage_of_example(noun, texts)]
        case Meeting():
            told = [meeting_line(noun, texts)]
        case Subgroup():
            told = [subgroup_line(noun, texts)]
    return " · ".join(filter(None, told))


def forwardable(item: Item, texts: Texts) -> Message:
    """What may be passed on to somebody outside the group: nobody's name, no counts, no buttons."""
    unit = texts.say("forward-unit", unit=escape(item.unit.name)) if item.unit else ""
    facts = facts_of(item, texts) if isinstance(item, Example) else ()
    return Message(body=paragraphs(f"*{unit}*" if unit else "", item.body, *facts), subject=item.title)


def show(session: Session, noun: Noun, now: datetime) -> None:
    """Wish for the card, as it is now, in every open room of its group, in the group's language.

    A meeting and a subgroup have one once they are announced. What an agenda that was sent shows of them follows.
    """
    if noun.announced_at if isinstance(noun, Meeting) else is_in_rooms(noun):
        post(session, noun.group, noun.noun, card(noun, texts_in(noun.group.language)), noun.revision, now)
    if isinstance(noun, Meeting):
        show_agenda(session, noun, now)
    elif isinstance(noun, Proposal) and (item := item_ahead(noun)):
        show_agenda(session, item.meeting, now)


def is_in_rooms(noun: Noun) -> bool:
    """A card of it stands in the rooms of its group, or is on its way there."""
    match noun:
        case Meeting():
            return noun.is_in_rooms
        case Subgroup():
            return noun.stage is not GroupStage.FORMING
    return True


def show_agenda(session: Session, meeting: Meeting, now: datetime) -> None:
    """Wish for the agenda's card, as it is now, in every room, once it was sent."""
    if meeting.called_at is not None:
        meeting.agenda_revision += 1
        message = agenda_card(meeting, texts_in(meeting.group.language))
        post(session, meeting.group, agenda_noun(meeting), message, meeting.agenda_revision, now)


def post(session: Session, group: Group, noun: str, message: Message, revision: int, now: datetime) -> None:
    """Wish for a card, known as `noun`, in every open room of a group."""
    parts = _parts(message, revision, group)
    for room in rooms_of(group):
        _put(session, room, noun, parts, now)


def pin(session: Session, room: Room, noun: str, message: Message, revision: int, now: datetime) -> None:
    """Wish for a card in one room, where everybody finds it."""
    _put(session, room, noun, {**_parts(message, revision, room.group), "pinned": True}, now)


def _parts(message: Message, revision: int, group: Group) -> dict[str, Any]:
    """A card as the outbox stores it."""
    actions = [[action.label, action.command] for action in message.actions]
    said = {"subject": message.subject, "body": message.body, "foot": message.foot}
    shown = {"illustration": asdict(message.illustration)} if message.illustration else {}
    return {**said, "actions": actions, "revision": revision, "language": group.language, **shown}


def _put(session: Session, room: Room, noun: str, parts: dict[str, Any], now: datetime) -> None:
    outbox.put(
        session,
        key=f"card:{noun}:{room.id}:{parts['revision']}",
        route=room.platform,
        kind=OutboxKind.CARD,
        address=room.address,
        parts=parts,
        now=now,
        topic=noun,
        room_id=room.id,
        group_id=room.group_id,
    )


def rooms_of(group: Group) -> list[Room]:
    """Where a group's cards stand: in an encrypted room we would speak in clear."""
    return [room for room in group.rooms if room.is_open]


def as_message(parts: dict[str, Any]) -> Message:
    """A card as it came out of the outbox."""
    actions = tuple(Action(label, command) for label, command in parts["actions"])
    shown = Illustration(**parts["illustration"]) if "illustration" in parts else None
    return Message(parts["body"], parts["subject"], actions, parts["foot"], shown)
