"""The space of a group on Matrix: the one it has is adopted, else one is made, once; another group's is never taken."""

import asyncio

import pytest

from chatops.commands import COMMANDS
from chatops.platforms.matrix.concerns import Concerns
from chatops.platforms.matrix.homeserver import Homeserver
from chatops.platforms.matrix.making import Making
from chatops.platforms.matrix.record import MatrixRecord
from chatops.platforms.matrix.spaces import Circle, Space, Spaces
from chatops.platforms.matrix.words import Names
from digests.clock import real_time
from housed import children
from on_matrix import matrix_settings, settle
from people import ANA, BO
from storage.database import Database
from storage.groups import bind_room, group_called
from storage.spaces import keep_space
from town import Town


@pytest.fixture(autouse=True)
def _bound(database: Database, town: Town) -> None:
    settle(database, town)
    town.tuva.join(town.room)


def space_of(town: Town, database: Database, slug: str = "grona") -> Space:
    """The space of a group, found or made."""
    with database.reading() as session:
        circle = Circle.read(session, group_called(session, slug))

    async def find() -> Space:
        server = Homeserver(matrix_settings(town))
        names = Names(server.user)
        record = MatrixRecord(database, server.user, Concerns(names, COMMANDS, real_time), real_time)
        try:
            return await Spaces(server, record, Making(server)).of(circle)
        finally:
            await server.close()

    return asyncio.run(find())


def forget(database: Database) -> None:
    """As after a crash before it was kept."""
    with database.transaction() as session:
        keep_space(session, "matrix", group_called(session, "grona"), "")


def own_space(town: Town, power: int) -> str:
    """A space of Ana's in which Tuva has that much power, and of which the group's room says that it stands there."""
    levels = {"users": {town.tuva.user_id: power}}
    space = town[ANA].create_room(
        "Alla grupper",
        creation_content={"type": "m.space"},
        power_level_content_override=levels,
        invite=[town.tuva.user_id],
    )
    town.tuva.join(space)
    parent = {"via": ["hem.example"], "canonical": True}
    town[ANA].set_state(town.room, "m.space.parent", parent, space)
    return space


def test_it_is_made_once_with_the_groups_rooms_in_it(town: Town, database: Database) -> None:
    made = space_of(town, database)
    assert children(town.tuva.state(made.address)) == {town.room}
    assert space_of(town, database) == made
    forget(database)
    assert space_of(town, database) == made


def test_who_is_in_the_groups_room_may_come_into_it_and_only_its_keepers_speak_there(
    town: Town, database: Database
) -> None:
    space = space_of(town, database).address
    town[BO].join(space)
    levels = town[BO].state(space)["m.room.power_levels", ""]
    assert (levels["events_default"], levels["invite"]) == (100, 50)


@pytest.mark.parametrize(("power", "is_adopted"), [(50, True), (0, False)])
def test_the_one_that_the_group_has_is_adopted_where_tuva_may_put_rooms_into_it(
    town: Town, database: Database, power: int, is_adopted: bool
) -> None:
    there = own_space(town, power)
    assert (space_of(town, database).address == there) is is_adopted


def test_one_that_is_closed_to_tuva_is_made_anew(town: Town, database: Database) -> None:
    made = space_of(town, database)
    town.tuva.leave(made.address)
    assert space_of(town, database).address not in (made.address, "")


def test_that_of_another_group_is_not_taken(town: Town, database: Database) -> None:
    theirs = space_of(town, database).address
    other = town.gather("Andra")
    town.tuva.join(other)
    with database.transaction() as session:
        bind_room(session, group_called(session, "andra"), "matrix", other)
    town[ANA].set_state(other, "m.space.parent", {"via": ["hem.example"], "canonical": True}, theirs)
    assert space_of(town, database, "andra").address != theirs
