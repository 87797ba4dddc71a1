"""A group: how it is saved, and what it takes."""

from datetime import timedelta

import pytest

from people import MONDAY
from storage.database import Session
from storage.groups import Group, GroupChoices, GroupKind, GroupStage, bind_room, every_group, group_called, save_group
from storage.organisations import add_unit, organisation_named, unit_named
from storage.rooms import room_at
from storage.rules import RuleBroken

LATER = MONDAY + timedelta(days=1)


def save(session: Session, slug: str = "ny", **choices: object) -> Group:
    return save_group(session, slug, GroupChoices(**choices), "sv", "Europe/Stockholm", LATER)


def test_a_new_group_speaks_as_its_installation(session: Session) -> None:
    group = save(session, name="Nya gruppen")
    assert (group.name, group.language, group.timezone) == ("Nya gruppen", "sv", "Europe/Stockholm")
    assert (group.kind, group.stage, group.created_at) == (GroupKind.WORKING, GroupStage.ACTIVE, LATER)


def test_a_new_group_may_choose_everything(session: Session) -> None:
    group = save(
        session,
        name="Styrgruppen",
        kind=GroupKind.STEERING,
        parent="grona",
        language="en",
        timezone="Europe/Helsinki",
        setup_by="ana@example.org",
        organisations=("Trollhättan", "Vänersborg"),
        rooms=(("slack", "C1"), ("matrix", "!a:b")),
    )
    assert (group.kind, group.language, group.timezone) == ("steering", "en", "Europe/Helsinki")
    assert (group.parent_id, group.setup_by) == (group_called(session, "grona").id, "ana@example.org")
    assert [organisation.name for organisation in group.organisations] == ["Trollhättan", "Vänersborg"]
    assert [(room.platform, room.address) for room in group.rooms] == [("slack", "C1"), ("matrix", "!a:b")]


def test_saving_again_changes_only_what_is_named(session: Session) -> None:
    save(session, name="Nya gruppen", kind=GroupKind.MANAGERS, language="en", timezone="Europe/Helsinki", setup_by="a")
    group = save(session, name="Andra namnet")
    assert (group.name, group.kind, group.language) == ("Andra namnet", "managers", "en")
    assert (group.timezone, group.setup_by) == ("Europe/Helsinki", "a")


def test_saving_again_makes_no_second_group(session: Session) -> None:
    first = save(session, name="Nya gruppen")
    assert save(session) is first
    assert [group.slug for group in every_group(session)] == ["grona", "andra", "ny"]


def test_saving_again_adds_rooms_and_organisations(session: Session) -> None:
    save(session, name="N", organisations=("Trollhättan",), rooms=(("slack", "C1"),))
    group = save(session, organisations=("Trollhättan", "Lilla Edet"), rooms=(("slack", "C1"), ("slack", "C2")))
    assert [organisation.name for organisation in group.organisations] == ["Trollhättan", "Lilla Edet"]
    assert [room.address for room in group.rooms] == ["C1", "C2"]


@pytest.mark.parametrize("slug", ["a", "7", "hallbarhet", "mvg-halland", "a1-b2", "x" * 40])
def test_a_short_name_is_small_letters_digits_and_hyphens(session: Session, slug: str) -> None:
    assert save(session, slug, name="N").slug == slug


@pytest.mark.parametrize("slug", ["", "-a", "a-", "A", "hållbarhet", "a b", "a_b", "a.b", "a\n", "../x", "x" * 41])
def test_a_short_name_is_nothing_else(session: Session, slug: str) -> None:
    with pytest.raises(RuleBroken, match="group-slug-wrong"):
        save(session, slug, name="N")


def test_a_new_group_needs_a_name(session: Session) -> None:
    with pytest.raises(RuleBroken, match="group-name-missing"):
        save(session)


def test_a_zone_that_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(RuleBroken) as broken:
        save(session, name="N", timezone="Europe/Trollhättan")
    assert (broken.value.key, broken.value.facts) == ("timezone-unknown", {"zone": "Europe/Trollhättan"})


def test_an_unknown_parent_is_refused_with_those_there_are(session: Session) -> None:
    with pytest.raises(RuleBroken) as broken:
        save(session, name="N", parent="gröna")
    assert broken.value.key == "group-unknown"
    assert "grona, andra" in broken.value.facts["known"]


def test_the_room_of_another_group_is_refused(session: Session) -> None:
    save(session, "grona", rooms=(("slack", "C1"),))
    with pytest.raises(RuleBroken) as broken:
        save(session, "andra", rooms=(("slack", "C1"),))
    assert (broken.value.key, broken.value.facts) == ("group-room-taken", {"address": "C1", "group": "grona"})


def test_the_same_address_on_two_platforms_is_two_rooms(session: Session) -> None:
    grona, andra = group_called(session, "grona"), group_called(session, "andra")
    bind_room(session, grona, "slack", "C1")
    bind_room(session, andra, "matrix", "C1")
    assert (room_at(session, "slack", "C1").group, room_at(session, "matrix", "C1").group) == (grona, andra)


def test_a_group_is_found_by_its_short_name_alone(session: Session) -> None:
    assert group_called(session, "grona").name == "Gröna gruppen"
    for other in ("Gröna gruppen", "GRONA", ""):
        with pytest.raises(RuleBroken, match="group-unknown"):
            group_called(session, other)


def test_a_unit_stands_once_in_its_group(session: Session) -> None:
    group = group_called(session, "grona")
    organisation = organisation_named(session, "Trollhättan")
    unit = add_unit(session, group, "Skolan", organisation)
    assert add_unit(session, group, "Skolan", None) is unit is unit_named(session, group, "Skolan")
    assert unit.organisation is organisation
    assert [unit.name for unit in group.units] == ["Parken", "Skolan", "Torget"]


def test_two_groups_may_have_units_of_one_name(session: Session) -> None:
    grona, andra = group_called(session, "grona"), group_called(session, "andra")
    assert unit_named(session, andra, "Skolan") is None
    assert add_unit(session, andra, "Skolan", None) is not unit_named(session, grona, "Skolan")
