"""Who leaves the group leaves its subgroups; what they led goes on with a chair, who hears so."""

from datetime import date

import pytest

from agendas import wishes
from digests import members, subgroups
from living import place
from people import ANA, BO, CHEN, MONDAY
from storage import roster
from storage.database import Database
from storage.memberships import membership_of
from storage.outbox import OutboxKind
from teams import formed, found

DUE = date(2027, 3, 9)
ROSTER = b"name,email,unit,role\nAna Ask,ana@example.org,Skolan,chair\nChen Cho,chen@example.org,Parken,member\n"


def left(database: Database, address: str) -> None:
    with database.transaction() as session:
        membership = place(session, address)
        roster.end_member(session, membership, MONDAY)
        members.went(session, membership, MONDAY)


def test_who_leaves_the_group_is_in_its_subgroups_no_more_and_out_of_their_rooms(database: Database) -> None:
    with database.transaction() as session:
        place(session, BO).person.known_as("matrix", "@bo:example.org")
    number = formed(database, DUE, BO, CHEN)
    left(database, BO)
    with database.reading() as session:
        assert [person.email for person in found(session, number).members] == [ANA, CHEN]
    [removal] = wishes(database, OutboxKind.REMOVAL)
    assert removal.personal["account"] == "@bo:example.org"


@pytest.mark.parametrize("by_roster", [True, False])
def test_what_somebody_led_who_is_gone_a_chair_leads_and_hears_so(database: Database, by_roster: bool) -> None:
    number = formed(database, DUE, CHEN, lead=BO)
    if by_roster:
        with database.transaction() as session:
            group = place(session, ANA).group
            roster.import_roster(session, group, ROSTER, MONDAY, replace=True)
            members.changed(session, group, MONDAY)
    else:
        left(database, BO)
    with database.reading() as session:
        subgroup = found(session, number)
        assert (subgroup.lead.email, membership_of(session, place(session, ANA).person, subgroup.team).role) == (
            ANA,
            "chair",
        )
        assert sorted(person.email or "" for person in subgroup.members) == [ANA, CHEN]
    [told] = wishes(database, under=f"note:subgroup:{number}:inherited:")
    assert (told.address, "Bo Bark har lämnat gruppen" in told.content.parts["text"]) == (ANA, True)


def test_who_comes_back_to_the_group_is_not_in_its_subgroups_by_that(database: Database) -> None:
    number = formed(database, DUE, BO)
    left(database, BO)
    with database.transaction() as session:
        group = place(session, ANA).group
        newcomer = roster.Newcomer("Bo Bark", BO, "Parken")
        members.came(session, roster.add_member(session, group, newcomer, None, MONDAY), MONDAY)
    with database.reading() as session:
        assert [person.email for person in found(session, number).members] == [ANA]
    with database.transaction() as session:
        subgroup = found(session, number)
        subgroups.arrived(session, "matrix", subgroup.team.rooms[0].address, place(session, BO).person, MONDAY)
        assert BO in [person.email for person in subgroup.members]
