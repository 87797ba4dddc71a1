"""Life in a subgroup's room on Matrix: who comes in, who may invite, and what becomes of a room that is lost."""

from collections.abc import Iterator

import pytest

from homeserver import Synapse
from housed import form, stage_of
from living import until
from matrix_person import Refused
from on_matrix import answer, card, privately, settled_in
from people import ANA, BO, CHEN, GUS, INA
from running import Running
from storage.rooms import RoomStage
from town import Town


@pytest.fixture(scope="module")
def town(homeserver: Synapse) -> Town:
    return Town(homeserver)


@pytest.fixture(scope="module", autouse=True)
def tuva(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Tuva in the town, for all tests here."""
    with settled_in(town, tmp_path_factory.mktemp("tuva")) as tuva:
        yield tuva


def test_who_goes_in_by_themselves_is_in_the_subgroup_and_every_command_works_there(town: Town) -> None:
    room = form(town, "Vem sköter cykelställen?")
    town[CHEN].join(room)
    card(town, "Chen Cho")
    said = town[CHEN].say(room, "!proposal list")
    assert answer(town, said, room, CHEN)
    town[CHEN].say(room, "!föreslå Vid stationen")
    assert card(town, "Vid stationen", room, CHEN)
    eve = town.newcomer("eve")
    with pytest.raises(Refused, match="M_FORBIDDEN"):
        eve.join(room)


def test_whoever_leads_from_now_on_may_invite_and_no_other_member(town: Town) -> None:
    room = form(town, "Vilka tak blir gröna?", BO, CHEN)
    for person in (town[ANA], town[BO], town[CHEN]):
        person.join(room)
    town[ANA].say(room, "!undergrupp sammankallande @Bo")
    until(lambda: town[BO].user_id in town.tuva.state(room)["m.room.power_levels", ""]["users"])
    town[BO].invite(room, town[GUS].user_id)
    with pytest.raises(Refused, match="M_FORBIDDEN"):
        town[CHEN].invite(room, town[INA].user_id)


def test_a_room_that_tuva_is_out_of_is_told_and_found_again(tuva: Running, town: Town) -> None:
    room = form(town, "Vem sköter torget?", BO)
    town[ANA].join(room)
    town.tuva.leave(room)
    until(lambda: "Bjud in Tuva igen" in privately(town, town[ANA])())
    until(lambda: stage_of(tuva, room) is RoomStage.ARCHIVED)
    town[ANA].invite(room, town.tuva.user_id)
    until(lambda: stage_of(tuva, room) is RoomStage.OPEN)
    town[ANA].say(room, "!föreslå Vid torget")
    assert card(town, "Vid torget", room)
