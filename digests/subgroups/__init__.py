"""Subgroups: what follows for rooms and people from one that is formed, joined, extended, answered or closed."""

from datetime import datetime

from config.texts import texts_in
from digests import agenda, cards, invitations
from digests.cards.places import link_to
from digests.cards.subgroup import brief_card, brief_noun
from digests.subgroups import answers, reminders, rooms, telling
from digests.subgroups.buttons import buttons
from digests.subgroups.reminders import SERIES, fire
from digests.subgroups.troubles import troubles
from storage import diary, subgroups, teams
from storage.database import Session
from storage.groups import Group, GroupStage
from storage.meetings import Meeting
from storage.memberships import Membership, Role, members_of, membership_of
from storage.outbox import OutboxEntry, OutboxKind
from storage.people import Person
from storage.rooms import Room, RoomStage, room_at, room_numbered
from storage.rota import chairs_of
from storage.subgroups import Subgroup

__all__ = ["SERIES", "buttons", "fire", "troubles"]


def started(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """One is formed: its rooms are wished for. Once they are all there it is announced, and people are let in."""
    answers.hand_over(session, subgroup, now)
    rooms.wish(session, subgroup, now)
    reminders.plan(session, subgroup, now)
    _go_on(session, subgroup, now)


def opened(session: Session, room_id: int, address: str, link: str, now: datetime) -> None:
    """A room is there, at an address. Told twice, it is as told once."""
    room = room_numbered(session, room_id)
    if room is None or room.stage is not RoomStage.OPENING:
        return
    room.address, room.link, room.stage = address, link, RoomStage.OPEN
    session.flush()
    _look_after(session, room, now)


def given_up(session: Session, room_id: int, now: datetime) -> None:
    """A room is not to come, or is no more: what there is goes on without it."""
    room = room_numbered(session, room_id)
    if room is not None and room.stage is not RoomStage.ARCHIVED:
        room.stage = RoomStage.ARCHIVED
        session.flush()
        _look_after(session, room, now)


def drop(session: Session, entry: OutboxEntry, now: datetime) -> None:
    """A person says of a wish: let it be. Without a room that is not to come its subgroup goes on."""
    entry.drop()
    if entry.kind is OutboxKind.ROOM and entry.room_id is not None and entry.content.parts["do"] == "open":
        given_up(session, entry.room_id, now)


def archived(session: Session, room_id: int) -> None:
    """Nothing more is said in a room."""
    room = room_numbered(session, room_id)
    if room is not None:
        room.stage = RoomStage.ARCHIVED


def lost(session: Session, platform: str, address: str, now: datetime) -> None:
    """A room was deleted by hand, or Tuva put out of it: whoever leads is told how to have one again."""
    room = room_at(session, platform, address)
    subgroup = room.group.task if room else None
    if room is None or subgroup is None or subgroup.is_closed or not room.is_open:
        return
    room.stage = RoomStage.ARCHIVED
    rooms.forget(session, room)
    telling.room_lost(session, subgroup, room, now)
    show(session, subgroup, now)


def found_again(session: Session, platform: str, address: str, now: datetime) -> None:
    """Tuva was let in again to a room that it had lost, and that has no successor."""
    room = room_at(session, platform, address)
    subgroup = room.group.task if room else None
    if room is not None and subgroup is not None and not subgroup.is_closed and room.stage is RoomStage.ARCHIVED:
        room.stage = RoomStage.OPEN
        session.flush()
        _look_after(session, room, now)


def open_again(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """Where the group has a room and the subgroup has none, one is wished for; what is stuck is tried again."""
    rooms.try_again(session, subgroup, now)
    rooms.wish(session, subgroup, now)
    _go_on(session, subgroup, now)


def joined(session: Session, subgroup: Subgroup, place: Membership, now: datetime) -> None:
    """Somebody has a `place` in its team."""
    invitations.invite_newcomer(session, place, now)
    if subgroup.stage is GroupStage.ACTIVE:
        _welcome(session, subgroup, place, now)
    show(session, subgroup, now)


def left(session: Session, subgroup: Subgroup, place: Membership, now: datetime) -> None:
    """Somebody had a `place` in its team."""
    rooms.take_out(session, subgroup, place, now)
    agenda.people_changed(session, subgroup.team, now)
    show(session, subgroup, now)


def arrived(session: Session, platform: str, address: str, person: Person, now: datetime) -> None:
    """Somebody has gone into a room of a subgroup by themselves: if they are of its group, they are in it."""
    room = room_at(session, platform, address)
    subgroup = room.group.task if room else None
    place = membership_of(session, person, subgroup.group) if subgroup else None
    if subgroup is None or place is None or subgroup.is_closed or membership_of(session, person, subgroup.team):
        return
    joined(session, subgroup, subgroups.join(session, subgroup, place, now), now)


def extended(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """It has until another day: what waits for its answer waits until then."""
    answers.wait(session, subgroup, now)
    changed(session, subgroup, now)


def changed(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """It has another day or another lead."""
    agenda.take_turns(session, subgroup.team, now)
    reminders.plan(session, subgroup, now)
    rooms.reword(session, subgroup)
    if subgroup.stage is GroupStage.ACTIVE:
        rooms.furnish(session, subgroup, now)
    show(session, subgroup, now)
    answers.show(session, subgroup, now)


def answered(session: Session, subgroup: Subgroup, now: datetime) -> Meeting | None:
    """It has answered: the group reads it, and takes it up when it meets. Returns the meeting, if one is planned."""
    reminders.plan(session, subgroup, now)
    answers.post(session, subgroup, now)
    answers.take_up(session, subgroup, now)
    show(session, subgroup, now)
    answers.show(session, subgroup, now)
    return answers.meeting_ahead(subgroup)


def closed(session: Session, subgroup: Subgroup, by: Person, now: datetime) -> Meeting | None:
    """It is over: those who asked hear what came of it, its meetings are off, and its rooms are closed. Returns the
    meeting at which its group is still to take up the question.
    """
    reminders.plan(session, subgroup, now)
    answers.conclude(session, subgroup, now)
    telling.closed(session, subgroup, by, now)
    for meeting in diary.ahead(session, subgroup.team, now):
        meeting.cancel(now)
        agenda.changed(session, meeting, now)
    show(session, subgroup, now)
    answers.post(session, subgroup, now)
    telling.goodbye(session, subgroup, now)
    rooms.close(session, subgroup, now)
    answers.show(session, subgroup, now)
    return answers.meeting_ahead(subgroup)


def people_changed(session: Session, group: Group, now: datetime) -> None:
    """Who has left a group is in none of its subgroups."""
    for subgroup in subgroups.open_subgroups(session, group):
        for place in teams.outsiders(session, group, subgroup.team):
            _let_go(session, subgroup, place, now)
        rooms.reword(session, subgroup)


def accounts_changed(session: Session, person: Person, now: datetime) -> None:
    """Somebody is known on another platform, too, and may be called otherwise: their subgroups' rooms there are open to
    them.
    """
    for subgroup, place in subgroups.teams_with(session, person):
        if subgroup.stage is GroupStage.ACTIVE:
            rooms.let_in(session, subgroup, place, now)
            show(session, subgroup, now)


def show(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """Its cards, as they are now: in the group's rooms once it is announced, and the mandate in its own."""
    cards.show(session, subgroup, now)
    if subgroup.stage is not GroupStage.FORMING:
        for room in cards.rooms_of(subgroup.team):
            origin = link_to(session, subgroup.proposal.noun, room.platform) if subgroup.proposal else ""
            brief = brief_card(subgroup, texts_in(subgroup.team.language), origin)
            noun, revision = brief_noun(subgroup), subgroup.revision
            cards.pin(session, room, noun, brief, revision, now)


def _look_after(session: Session, room: Room, now: datetime) -> None:
    subgroup = room.group.task
    assert subgroup is not None, "a room that Tuva made for no subgroup"
    _go_on(session, subgroup, now)


def _go_on(session: Session, subgroup: Subgroup, now: datetime) -> None:
    """Nothing is announced before all its rooms are there. A room that comes later is furnished as the others were."""
    if subgroup.is_closed:
        rooms.close(session, subgroup, now)
        return
    if any(room.stage is RoomStage.OPENING for room in subgroup.team.rooms):
        return
    subgroup.activate(now)
    rooms.furnish(session, subgroup, now)
    show(session, subgroup, now)
    for place in members_of(session, subgroup.team):
        _welcome(session, subgroup, place, now)


def _welcome(session: Session, subgroup: Subgroup, place: Membership, now: datetime) -> None:
    rooms.let_in(session, subgroup, place, now)
    telling.welcome(session, subgroup, place, now)


def _let_go(session: Session, subgroup: Subgroup, place: Membership, now: datetime) -> None:
    """Somebody has left the group. What they led, somebody else leads; with nobody left it stays as it was."""
    if subgroup.lead is place.person:
        heir = _heir(session, subgroup)
        if heir is None:
            return
        heir = subgroups.join(session, subgroup, heir, now)
        subgroup.hand_to(session, heir, now)
        joined(session, subgroup, heir, now)
        telling.inherited(session, subgroup, place.person, now)
    subgroups.leave(session, subgroup, place.person, now)
    left(session, subgroup, place, now)
    changed(session, subgroup, now)


def _heir(session: Session, subgroup: Subgroup) -> Membership | None:
    """A chair of the group, or whoever of the team comes first in it."""
    own = {place.person_id for place in subgroup.places}
    places = (place for place in members_of(session, subgroup.group) if place.person_id in own)
    team = [place for place in places if place.role is not Role.INFORMED]
    return next(iter([*chairs_of(session, subgroup.group), *team]), None)
