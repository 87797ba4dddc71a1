"""Rooms on Matrix: where Tuva goes, where it does not, and what becomes of one that is encrypted, moves or closes."""

import pytest

from config.settings import Settings
from living import until
from on_matrix import answer, card, is_direct, privately, running, said_by, settle, thread_of
from people import ANA, BO
from running import Running
from storage import direct_rooms, outbox
from storage.database import Database
from storage.groups import bind_room, group_called
from storage.tokens import make_key
from town import Town

ENCRYPTION = {"algorithm": "m.megolm.v1.aes-sha2"}


def is_out(town: Town, room: str) -> bool:
    """Tuva is neither in the room nor invited to it."""
    return room not in (*town.tuva.rooms(), *town.tuva.invitations())


def reasons(tuva: Running) -> list[str]:
    """Why cards wait for a person."""
    with tuva.service.database.reading() as session:
        return [entry.reason for entry in outbox.unfinished(session)]


@pytest.mark.usefixtures("tuva")
def test_a_stranger_cannot_bring_tuva_into_a_room_of_their_own(town: Town) -> None:
    eve = town.newcomer("eve")
    room = eve.create_room(invite=[town.tuva.user_id])
    until(lambda: is_out(town, room))


@pytest.mark.usefixtures("tuva")
def test_a_stranger_may_bring_tuva_into_the_groups_room(town: Town, tuva: Running) -> None:
    eve = town.newcomer("eve")
    room = town.gather("Nytt", with_tuva=False)
    town[ANA].invite(room, eve.user_id)
    eve.join(room)
    levels = town[ANA].state(room)["m.room.power_levels", ""]
    town[ANA].set_state(room, "m.room.power_levels", levels | {"invite": 0})
    with tuva.service.database.transaction() as session:
        bind_room(session, group_called(session, "grona"), "matrix", room)
    eve.invite(room, town.tuva.user_id)
    until(lambda: room in town.tuva.rooms())


@pytest.mark.usefixtures("tuva")
def test_in_a_room_that_is_nobodys_only_setup_and_help_work(town: Town) -> None:
    room = town.gather("Annat")
    until(lambda: room in town.tuva.rooms())
    assert "hör inte till någon grupp" in answer(town, town[ANA].say(room, "!föreslå Cykelställ"), room)
    assert "!förslag" in answer(town, town[ANA].say(room, "!hjälp"), room)


@pytest.mark.usefixtures("tuva")
def test_an_encrypted_room_is_declined_with_the_reason(town: Town) -> None:
    room = town[ANA].create_room(encrypted=True, invite=[town.tuva.user_id])
    until(lambda: is_out(town, room))
    assert "krypterade" in until(privately(town, town[ANA]))


@pytest.mark.usefixtures("tuva")
def test_a_groups_room_that_is_encrypted_is_told_why_tuva_falls_silent(town: Town) -> None:
    town[ANA].set_state(town.room, "m.room.encryption", ENCRYPTION)
    told = town[ANA].until(town.room, lambda events: said_by(events, town.tuva.user_id))
    assert "krypterade" in told[-1]["content"]["body"]


@pytest.mark.usefixtures("tuva")
@pytest.mark.parametrize(("who", "kind"), [(BO, "m.room.encrypted"), (ANA, "m.room.encryption")])
def test_whoever_only_says_that_a_room_is_encrypted_does_not_silence_tuva(who: str, kind: str, town: Town) -> None:
    town[who].send(town.room, kind, ENCRYPTION)
    town[ANA].set_state(town.room, "m.room.encryption", ENCRYPTION, "not the room's own")
    town[ANA].say(town.room, "!föreslå Cykelställ")
    assert card(town, "Cykelställ")


@pytest.mark.usefixtures("tuva")
def test_tuva_moves_with_the_groups_room(town: Town) -> None:
    room = town[ANA].upgrade(town.room, "12")
    town[ANA].invite(room, town.tuva.user_id)
    until(lambda: room in town.tuva.rooms())
    town[ANA].say(room, "!föreslå Cykelställ")
    assert card(town, "Cykelställ", room)


def test_who_may_not_say_that_a_room_moves_does_not_move_tuva(
    town: Town, settings: Settings, database: Database
) -> None:
    settle(database, town)
    with running(settings, town):
        levels = town[ANA].state(town.room)["m.room.power_levels", ""]
    town[ANA].set_state(town.room, "m.room.power_levels", levels | {"events": {"m.room.tombstone": 0}})
    town[BO].set_state(town.room, "m.room.tombstone", {"replacement_room": town[BO].create_room()})
    town[ANA].set_state(town.room, "m.room.power_levels", levels)
    with running(settings, town):
        town[ANA].say(town.room, "!föreslå Cykelställ")
        assert card(town, "Cykelställ")


def test_what_a_closed_room_missed_comes_when_tuva_is_let_in_again(town: Town, tuva: Running) -> None:
    town[ANA].kick(town.room, town.tuva.user_id)
    until(lambda: is_out(town, town.room))
    tuva.say("propose Cykelställ", BO)
    until(lambda: "M_FORBIDDEN" in reasons(tuva))
    town[ANA].invite(town.room, town.tuva.user_id)
    assert card(town, "Cykelställ")


@pytest.mark.usefixtures("tuva")
def test_in_a_direct_room_no_sign_is_needed(town: Town) -> None:
    room = town[BO].create_room(is_direct=True, invite=[town.tuva.user_id])
    until(lambda: room in town.tuva.rooms())
    town[BO].say(room, "föreslå Cykelställ")
    said = town[BO].until(room, lambda events: said_by(events, town.tuva.user_id))
    assert "Cykelställ" in said[-1]["content"]["body"]
    assert card(town, "Cykelställ")


@pytest.mark.usefixtures("tuva")
def test_what_is_for_one_person_alone_is_said_in_a_direct_room(town: Town) -> None:
    said = town[BO].say(town.room, "!utskick")
    assert "varje vecka" in until(privately(town, town[BO]))
    in_room = said_by(town[BO].timeline(town.room), town.tuva.user_id)
    assert [event for event in in_room if thread_of(event) == said] == []


def test_where_a_third_person_is_nothing_is_said_in_private(town: Town, tuva: Running) -> None:
    room = town[ANA].create_room(is_direct=True, invite=[town.tuva.user_id, town[BO].user_id])
    town[BO].join(room)
    until(lambda: room in town.tuva.rooms())
    town[ANA].say(town.room, "!tuva länka")
    assert "kod" in until(privately(town, town[ANA]))
    own = direct_room(town)
    town[ANA].invite(own, town[BO].user_id)
    until(lambda: not is_private(tuva, own))
    town[ANA].say(town.room, "!tuva länka")
    other = until(lambda: next(iter(town[ANA].invitations()), ""))
    assert said_by(town[ANA].timeline(room), town.tuva.user_id) == []
    assert len(said_by(town[ANA].timeline(own), town.tuva.user_id)) == 1
    assert other not in (room, own)


@pytest.mark.usefixtures("tuva")
def test_whoever_has_left_their_direct_room_is_asked_in_again(town: Town) -> None:
    town[ANA].say(town.room, "!tuva länka")
    assert until(privately(town, town[ANA]))
    room = direct_room(town)
    town[ANA].leave(room)
    town[ANA].say(town.room, "!tuva länka")
    assert until(town[ANA].invitations) == [room]


@pytest.mark.usefixtures("tuva")
def test_the_direct_room_that_somebody_made_last_is_theirs(town: Town) -> None:
    town[ANA].say(town.room, "!tuva länka")
    assert until(privately(town, town[ANA]))
    room = town[ANA].create_room(is_direct=True, invite=[town.tuva.user_id])
    until(lambda: room in town.tuva.rooms())
    town[ANA].say(town.room, "!tuva länka")
    assert town[ANA].until(room, lambda events: said_by(events, town.tuva.user_id))


def is_private(tuva: Running, room: str) -> bool:
    """It is somebody's direct room."""
    with tuva.service.database.reading() as session:
        return bool(direct_rooms.account_in(session, "matrix", room))


def direct_room(town: Town) -> str:
    """The room in which Ana is alone with Tuva."""
    return next(room for room in town[ANA].rooms() if is_direct(town, town[ANA], room))


def test_somebody_elses_room_is_not_taken_for_a_direct_room_whatever_it_is_called(town: Town, tuva: Running) -> None:
    alias = direct_alias(tuva, town[ANA].user_id)
    power = {"users": {town.tuva.user_id: 100}}
    trap = town[BO].create_room(room_alias_name=alias, power_level_content_override=power, invite=[town.tuva.user_id])
    until(lambda: trap in town.tuva.rooms())
    town[ANA].say(town.room, "!tuva länka")
    assert until(privately(town, town[ANA]))
    assert trap not in (*town[ANA].rooms(), *town[ANA].invitations())


def test_what_a_direct_room_will_be_called_nobody_can_tell(tuva: Running) -> None:
    before = direct_alias(tuva, "@ana:hem.example")
    with tuva.service.database.transaction() as session:
        make_key(session, tuva.now())
    assert direct_alias(tuva, "@ana:hem.example") != before


def direct_alias(tuva: Running, account: str) -> str:
    """What the direct room with an account is called, before the colon."""
    with tuva.service.database.reading() as session:
        alias = tuva.remotes["matrix"]._direct._alias(session, account)  # type: ignore[attr-defined]
    return str(alias).removeprefix("#").partition(":")[0]
