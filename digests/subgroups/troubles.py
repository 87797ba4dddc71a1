"""What the rooms of a subgroup wait for, in words."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from config.texts import Texts
from digests import cards, stuck
from digests.markup import escape
from digests.subgroups.rooms import called, waiting_for_a_person
from storage import undelivered
from storage.database import Session
from storage.groups import GroupStage
from storage.outbox import STUCK, OutboxKind, OutboxState
from storage.people import KNOWN_BY_MAIL
from storage.rooms import Room, RoomStage
from storage.subgroups import Subgroup

# What waits longer was tried in vain, or stands behind what was.
SOON = timedelta(minutes=1)


def troubles(session: Session, subgroup: Subgroup, texts: Texts, now: datetime) -> list[str]:
    """Which rooms are not there yet, why, and what helps; Markdown. Nothing once it is closed."""
    return [] if subgroup.is_closed else list(_troubles(session, subgroup, texts, now))


def may_be_mended(session: Session, subgroup: Subgroup) -> bool:
    """A room is missing, or one of its rooms waits for a person."""
    return bool(_missing(subgroup) or waiting_for_a_person(session, subgroup))


def _troubles(session: Session, subgroup: Subgroup, texts: Texts, now: datetime) -> Iterator[str]:
    for room in subgroup.team.rooms:
        if trouble := _trouble(session, subgroup, room, texts, now):
            yield trouble
    if wanted := _missing(subgroup):
        platforms = texts.listed([texts.say(f"platform-{platform}") for platform in sorted(wanted)])
        yield texts.say("subgroup-room-missing", platforms=platforms, number=str(subgroup.id))
    yield from _nowhere(subgroup, texts)


def _missing(subgroup: Subgroup) -> set[str]:
    """The platforms on which its group has a room, and it has none and none under way."""
    there = {room.platform for room in subgroup.team.rooms if room.stage is not RoomStage.ARCHIVED}
    wanted = {room.platform for room in cards.rooms_of(subgroup.group)} - there
    return wanted if subgroup.stage is GroupStage.ACTIVE else set()


def _nowhere(subgroup: Subgroup, texts: Texts) -> Iterator[str]:
    """Who takes part by letter alone, as far as anybody knows."""
    rooms = [room for room in subgroup.team.rooms if room.platform not in KNOWN_BY_MAIL]
    made = [room for room in rooms if room.stage is not RoomStage.ARCHIVED]
    names = [one.name for one in subgroup.members if not any(called(room, one) for room in made)]
    if made and names:
        yield texts.say("subgroup-nowhere", names=escape(texts.listed(names)))


def _trouble(session: Session, subgroup: Subgroup, room: Room, texts: Texts, now: datetime) -> str:
    """Nothing is said of a room that is there."""
    wish = next(iter(undelivered.wishes_for(session, room, OutboxKind.ROOM)), None)
    platform = texts.say(f"platform-{room.platform}")
    if wish is None or (room.is_open and wish.state not in STUCK):
        return ""
    if wish.state in STUCK:
        why = texts.say(f"stuck-why-{stuck.why(wish)}")
        return texts.say("subgroup-room-stuck", platform=platform, why=why, subgroup=str(subgroup.id))
    is_late = wish.state is OutboxState.RETRY or now - wish.created_at > SOON
    return texts.say("subgroup-room-late" if is_late else "subgroup-room-opens", platform=platform)
