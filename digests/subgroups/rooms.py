"""The rooms of a subgroup: which it is to have, what they look like, who is let in, and who goes out."""

from datetime import datetime
from typing import Any

from config.texts import Texts, texts_in
from digests import cards
from digests.cards.words import one_line, shortened
from storage import outbox, undelivered
from storage.cards import gone_from
from storage.database import Session
from storage.memberships import Membership
from storage.outbox import STUCK, OutboxEntry, OutboxKind, OutboxState
from storage.people import FOUND_BY_MAIL, KNOWN_BY_MAIL, Person
from storage.rooms import Room, RoomStage
from storage.rota import chairs_of
from storage.subgroups import Subgroup

# docs.slack.dev/reference/methods/conversations.setTopic and setPurpose
TOPIC_LIMIT = 250


def wish(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """A room on every platform where the group has one, and the team has none."""
    team = subgroup.team
    there = {room.platform for room in team.rooms if room.stage is not RoomStage.ARCHIVED}
    for platform in sorted({room.platform for room in cards.rooms_of(subgroup.group)} - there):
        room = next((room for room in team.rooms if room.platform == platform), None)
        if room is None:
            room = Room(platform=platform, address=f"#{team.slug}")
            team.rooms.append(room)
        _open(session, subgroup, room, now)


def try_again(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """What waits for a person is done now: one has looked after it."""
    for entry in waiting_for_a_person(session, subgroup):
        entry.retry(now)


def waiting_for_a_person(session: Session, subgroup: Subgroup) -> list[OutboxEntry]:
    """What cannot be done to its rooms, or for somebody there, before somebody has mended it."""
    kinds = (OutboxKind.ROOM, OutboxKind.INVITATION, OutboxKind.REMOVAL)
    wishes = (wish for room in subgroup.team.rooms for wish in undelivered.wishes_for(session, room, *kinds))
    return [wish for wish in wishes if wish.state in STUCK]


def reword(session: Session, subgroup: Subgroup) -> None:
    """What is not there yet is made as it is wanted now: who makes a room of version 12 can never lose power over it,
    so that nobody is named who has left.
    """
    for room in subgroup.team.rooms:
        for wish in undelivered.wishes_for(session, room, OutboxKind.ROOM):
            if wish.content.parts["do"] == "open":
                undelivered.reword(session, wish, _parts(session, subgroup, "open"))


def furnish(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """Above every room stands what it is about."""
    for room in _made(subgroup):
        _put(session, subgroup, room, "furnish", f"room:{room.id}:furnish:{subgroup.revision}", now)


def close(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """Every room stays readable, and nothing more is said there. One that is not there yet is wished for no more."""
    for room in subgroup.team.rooms:
        _open_no_more(session, room)
        if room.platform in KNOWN_BY_MAIL or (room.stage is RoomStage.OPENING and not _is_wished_for(session, room)):
            room.stage = RoomStage.ARCHIVED
        elif room.is_open:
            _put(session, subgroup, room, "close", f"room:{room.id}:close", now)


def let_in(session: Session, subgroup: Subgroup, place: Membership, now: datetime) -> None:
    """Somebody of the team is invited to every room where they have an account, once for each time they join."""
    for room in _made(subgroup):
        if who := called(room, place.person):
            key = f"invite:{room.id}:{place.id}:{who}"
            _about(session, subgroup, room, OutboxKind.INVITATION, key, place.person, now)


def take_out(session: Session, subgroup: Subgroup, place: Membership, now: datetime) -> None:
    """Somebody is in the team no more: an invitation that waits is of no use, and the rooms are closed to them."""
    for room in _made(subgroup):
        outbox.let_be(session, [f"invite:{room.id}:{place.id}:"])
        if called(room, place.person):
            _about(session, subgroup, room, OutboxKind.REMOVAL, f"remove:{room.id}:{place.id}", place.person, now)


def called(room: Room, person: Person) -> str:
    """How somebody is known on the room's platform, or may be found there; empty for who is not there."""
    if account := person.account_on(room.platform):
        return account.identifier
    return (person.email or "") if room.platform in FOUND_BY_MAIL else ""


def forget(session: Session, room: Room) -> None:
    """It is lost: what waits there is of no use, and whoever was invited is so anew, there or into the next one."""
    outbox.let_be(session, [f"invite:{room.id}:", f"remove:{room.id}:", f"room:{room.id}:"])
    outbox.wish_anew(session, f"invite:{room.id}:")


def _open_no_more(session: Session, room: Room) -> None:
    """Nobody need look after what is stuck, either. What may have been made is found first, and closed then."""
    for wish in undelivered.wishes_for(session, room, OutboxKind.ROOM):
        may_be_there = wish.possible_duplicate or wish.state is OutboxState.SENDING
        if wish.content.parts["do"] == "open" and not may_be_there:
            wish.drop()


def _is_wished_for(session: Session, room: Room) -> bool:
    """What is under way comes to its end, and is closed then."""
    return bool(undelivered.wishes_for(session, room, OutboxKind.ROOM))


def _made(subgroup: Subgroup) -> list[Room]:
    """Open rooms that Tuva has made, and looks after."""
    return [room for room in subgroup.team.rooms if room.is_open and room.platform not in KNOWN_BY_MAIL]


def _open(session: Session, subgroup: Subgroup, room: Room, now: datetime) -> None:
    """On the console a room is no more than a name. What stood in the one before is not in this one."""
    gone_from(session, room.platform, room.address)
    room.address, room.link = f"#{subgroup.team.slug}", ""
    room.stage = RoomStage.OPEN if room.platform in KNOWN_BY_MAIL else RoomStage.OPENING
    session.flush()
    if room.stage is RoomStage.OPENING:
        _put(session, subgroup, room, "open", f"room:{room.id}:open:{now.isoformat()}", now)


def _put(session: Session, subgroup: Subgroup, room: Room, do: str, key: str, now: datetime) -> None:
    outbox.put(
        session,
        key=key,
        route=room.platform,
        kind=OutboxKind.ROOM,
        address=room.address,
        parts=_parts(session, subgroup, do),
        now=now,
        topic=f"room:{room.id}:{do}",
        room_id=room.id,
        group_id=subgroup.group_id,
    )


def _parts(session: Session, subgroup: Subgroup, do: str) -> dict[str, Any]:
    """What a carrier needs to know. `subject` is how the outbox names the entry to people."""
    texts = texts_in(subgroup.team.language)
    return {
        "do": do,
        "subject": subgroup.name,
        "slug": subgroup.team.slug,
        "topic": shortened(_topic(subgroup, texts), TOPIC_LIMIT),
        "purpose": shortened(one_line(subgroup.mandate or subgroup.question), TOPIC_LIMIT),
        "public": subgroup.is_public,
        "trustees": _trustees(session, subgroup),
        "language": texts.language,
    }


def _topic(subgroup: Subgroup, texts: Texts) -> str:
    due = texts.say("subgroup-due", day=texts.day(subgroup.due))
    return " · ".join((subgroup.name, due, texts.say("subgroup-lead", name=subgroup.lead.name)))


def _trustees(session: Session, subgroup: Subgroup) -> list[list[str]]:
    """Who shall have power over the rooms beside Tuva: the chairs of the group and the lead, by platform."""
    chairs = [place.person for place in chairs_of(session, subgroup.group)]
    people = {person.id: person for person in (subgroup.lead, *chairs)}
    return [[one.platform, one.identifier] for person in people.values() for one in person.accounts]


def _about(
    session: Session, subgroup: Subgroup, room: Room, kind: OutboxKind, key: str, person: Person, now: datetime
) -> None:
    """What one person waits for keeps nobody else waiting; their own comes in its order."""
    account = person.account_on(room.platform)
    outbox.put(
        session,
        key=key,
        route=room.platform,
        kind=kind,
        address=f"{room.address} {called(room, person)}",
        parts={"subject": subgroup.name},
        now=now,
        topic=f"{kind}:{room.id}",
        personal={
            "person": str(person.id),
            "account": account.identifier if account else "",
            "mail": person.email or "",
        },
        room_id=room.id,
        group_id=subgroup.team_id,
    )
