"""Names are text from people as well: of groups, units and organisations, and what stands in a roster."""

import contextlib
import re

import pytest

from hostile import INJECTIONS, STRINGS, UNSEEN
from people import MONDAY
from storage.database import Database
from storage.groups import GroupChoices, group_called, save_group
from storage.organisations import add_unit
from storage.roster_table import RosterFaults, read_table
from storage.rules import RuleBroken


@pytest.mark.parametrize("kind", ["mail", "gaps", "characters", "terminal", "transcripts"])
def test_a_group_and_its_units_are_named_as_people_read(kind: str, database: Database) -> None:
    for text in INJECTIONS[kind]:
        with contextlib.suppress(RuleBroken), database.transaction() as session:
            group = save_group(session, "grona", GroupChoices(name=text, organisations=(text,)), "sv", "UTC", MONDAY)
            names = (group.name, add_unit(session, group, text, None).name, group.organisations[-1].name)
            assert not [name for name in names if UNSEEN.search(name) or "\n" in name]


def test_a_mail_address_of_a_roster_is_one_address_or_a_fault(database: Database) -> None:
    with database.reading() as session:
        group = group_called(session, "grona")
        for text in STRINGS:
            cell = text.encode("utf-8", "replace").decode().replace('"', '""')
            with contextlib.suppress(RosterFaults):
                for entry in read_table(session, group, f'name,email,unit\nx,"{cell}",\n'.encode()):
                    assert re.fullmatch(r"[^\s<>,;:\"()\[\]]+@[^\s<>,;:\"()\[\]@]+", entry.email)
