"""Rooms of our own: found again by their alias, and only if they are what we made."""

import asyncio

import pytest

from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.making import Making, Plan
from digests.courier.parcels import Blame, NotDelivered
from gateway import Gateway, without_version_12
from on_matrix import matrix_settings
from people import ANA
from town import Town


def made(town: Town, mark: str = "one", url: str = "") -> tuple[str, str]:
    """The room of a plan, found or made; and its alias, before the colon."""

    async def make() -> tuple[str, str]:
        server = Homeserver(matrix_settings(town, **({"homeserver": url} if url else {})))
        try:
            return await Making(server).find_or_make(plan(town, mark))
        finally:
            await server.close()

    room, alias = asyncio.run(make())
    return room, alias.partition(":")[0]


def plan(town: Town, mark: str) -> Plan:
    """A room that Ana has power over, and whose name nobody has in another town."""
    return Plan(called(town), mark, "Cykelställ", [town[ANA].user_id], [town.room])


def called(town: Town) -> str:
    """Its name as an alias."""
    return f"cykelstall{town.number}"


def test_a_second_attempt_finds_the_first(town: Town) -> None:
    assert made(town) == made(town)


def test_what_another_has_made_is_not_taken_whatever_it_is_called(town: Town) -> None:
    power = {"users": {town.tuva.user_id: 100}}
    trap = town[ANA].create_room(
        room_alias_name=called(town), power_level_content_override=power, invite=[town.tuva.user_id]
    )
    town.tuva.join(trap)
    room, alias = made(town)
    assert (room != trap, alias) == (True, f"#{called(town)}-2")


def test_another_room_of_ours_is_not_taken_either(town: Town) -> None:
    first, other = made(town, "one"), made(town, "other")
    assert (first[1], other[1]) == (f"#{called(town)}", f"#{called(town)}-2")
    assert made(town, "other") == other


def test_one_that_we_are_out_of_is_not_taken(town: Town) -> None:
    room, _ = made(town)
    town.tuva.leave(room)
    assert made(town)[0] != room


def test_where_there_is_no_version_12_the_trustees_have_as_much_power_as_tuva(town: Town, gateway: Gateway) -> None:
    gateway.twist = without_version_12
    room, _ = made(town, url=gateway.url)
    levels = town.tuva.state(room)["m.room.power_levels", ""]
    assert levels["users"] == dict.fromkeys((town[ANA].user_id, town.tuva.user_id), 100)


def test_where_no_room_may_be_made_the_operator_must_see_to_it(town: Town, gateway: Gateway) -> None:
    gateway.fault(403, "/createRoom")
    with pytest.raises(NotDelivered) as refused:
        made(town, url=gateway.url)
    assert (refused.value.blame, refused.value.reason) == (Blame.POLICY, "createRoom M_FORBIDDEN")
