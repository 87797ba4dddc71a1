"""The cast of the tests: invented people with fixed roles, in one invented group."""

from dataclasses import dataclass
from datetime import UTC, datetime

from storage.database import Session
from storage.groups import Group, GroupChoices, save_group
from storage.memberships import Membership, membership_of
from storage.organisations import add_unit
from storage.people import person_with_mail
from storage.roster import import_roster

# A Monday, 09:00 in Stockholm: an hour after everybody's weekly letter.
MONDAY = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)

ANA = "ana@example.org"  # chair
BO = "bo@example.org"  # member
CHEN = "chen@example.org"  # member, reads English
GUS = "gus@example.org"  # guest
INA = "ina@example.org"  # informed
ZOE = "zoe@example.org"  # of another group

ROSTER = f"""\
name,email,unit,role,language
Ana Ask,{ANA},Skolan,ordförande,
Bo Bark,{BO},Parken,ledamot,
Chen Cho,{CHEN},Parken,ledamot,en
Gus Gren,{GUS},,adjungerad,
Ina Is,{INA},,för kännedom,
"""
OTHER_ROSTER = f"name,email,unit,role\nZoe Zetterlund,{ZOE},,ordförande\n"


@dataclass(frozen=True)
class Place:
    """Where a test's people are."""

    group: Group
    memberships: dict[str, Membership]


def settle_in(session: Session, now: datetime = MONDAY) -> Place:
    """Two groups: `grona` with everybody but Zoe, `andra` with her alone."""
    group = save_group(session, "grona", GroupChoices(name="Gröna gruppen"), "sv", "Europe/Stockholm", now)
    for unit in ("Skolan", "Parken", "Torget"):
        add_unit(session, group, unit, None)
    session.flush()
    import_roster(session, group, ROSTER.encode(), now, replace=False)
    other = save_group(session, "andra", GroupChoices(name="Andra gruppen"), "sv", "Europe/Stockholm", now)
    session.flush()
    import_roster(session, other, OTHER_ROSTER.encode(), now, replace=False)
    places = {address: _membership(session, group, address) for address in (ANA, BO, CHEN, GUS, INA)}
    return Place(group, places)


def _membership(session: Session, group: Group, address: str) -> Membership:
    person = person_with_mail(session, address)
    assert person is not None
    membership = membership_of(session, person, group)
    assert membership is not None
    return membership
