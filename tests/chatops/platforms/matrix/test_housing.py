"""Subgroups' rooms on Matrix: each step is done once, whatever is lost on the way."""

from datetime import timedelta
from pathlib import Path

import pytest

from chatops.platforms.matrix import homeserver as homeserver_door
from config.settings import Settings
from digests import subgroups as hub
from digests.clock import real_time
from digests.courier import route, tries
from digests.stuck import why
from gateway import Gateway
from homeserver import Synapse
from housed import faults, form, made, membership, stage_of
from living import place, until
from on_matrix import card, running, settle
from people import ANA, BO, CHEN
from running import Running
from storage import outbox, subgroups
from storage.database import Database
from storage.groups import group_called
from storage.memberships import members_of
from storage.outbox import STUCK, OutboxEntry
from storage.rooms import RoomStage
from storage.roster import import_roster
from town import Town

CYCLES = "Var ska cykelställen stå?"
STEPS = (
    ("/createRoom", "POST", 2),
    ("/state/m.space.child", "PUT", 2),
    ("/state/m.room.topic", "PUT", 1),
    ("/state/m.room.pinned_events", "PUT", 1),
    ("/invite", "POST", 1),
    ("/kick", "POST", 1),
    ("/state/m.room.power_levels", "PUT", 1),
)


@pytest.fixture
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at once."""
    monkeypatch.setattr(route, "LONGEST_PAUSE", timedelta())
    monkeypatch.setattr(tries, "LONGEST_WAIT", timedelta())


@pytest.mark.usefixtures("_hasty")
@pytest.mark.parametrize(
    "fault", ["lose", *(pytest.param(fault, marks=pytest.mark.soak) for fault in (429, 500, 502, "cut", "late"))]
)
def test_each_step_is_done_once_whatever_goes_wrong_at_it(
    settings: Settings, database: Database, town: Town, gateway: Gateway, fault: str | int
) -> None:
    settle(database, town)
    for among, method, times in STEPS:
        gateway.fault(fault, among, times, method, Retry_After="1")
    with running(settings, town, homeserver=gateway.url):
        room = form(town, CYCLES, BO)
        people = {CYCLES: {town[ANA].user_id, town[BO].user_id}}
        until(lambda: not list(faults(town.tuva, people)))
        until(lambda: room in town[BO].invitations())
        town[BO].join(room)
        town[BO].say(room, "!undergrupp lämna")
        until(lambda: membership(town.tuva.state(room), town[BO].user_id) == "leave")
        town[ANA].say(town.room, "!undergrupp 1 avsluta Vid stationen.")
        until(lambda: not list(faults(town.tuva, people, closed={CYCLES})))
    assert len([one for one in gateway.asked if one.fault]) == sum(times for *_, times in STEPS)


@pytest.mark.soak
def test_a_room_and_a_space_that_somebody_deleted_are_made_anew(tuva: Running, town: Town) -> None:
    boss = town.homeserver.person(f"boss-{town.number}", admin=True)
    room = form(town, CYCLES, BO)
    for gone in list(made(town.tuva)):
        boss.ask("DELETE", f"/_synapse/admin/v1/rooms/{gone}", json={"purge": True, "force_purge": True})
    until(lambda: stage_of(tuva, room) is RoomStage.ARCHIVED)
    town[ANA].say(town.room, "!undergrupp 1 rum")
    people = {CYCLES: {town[ANA].user_id, town[BO].user_id}}
    until(lambda: not list(faults(town.tuva, people)))


def test_who_cannot_be_invited_keeps_nobody_else_waiting(settings: Settings, database: Database, town: Town) -> None:
    settle(database, town)
    with database.transaction() as session:
        place(session, CHEN).person.known_as("matrix", "@nobody:away.example")
    with running(settings, town) as tuva:
        room = form(town, CYCLES, BO, CHEN)
        until(lambda: membership(town.tuva.state(room), town[BO].user_id) == "invite")
        assert until(lambda: stuck(tuva)) == ["inviting"]


@pytest.mark.soak
def test_a_homeserver_elsewhere_that_does_not_answer_keeps_nobody_else_waiting(
    settings: Settings, database: Database, town: Town, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homeserver_door, "TIMEOUT_SECONDS", 1.0)
    settle(database, town)
    gateway.fault("hang", "/invite", method="POST")
    with running(settings, town, homeserver=gateway.url) as tuva:
        form(town, CYCLES, BO)
        until(lambda: "TimeoutError" in [entry.reason for entry in unfinished(tuva)])
        town[BO].say(town.room, "!föreslå Solceller")
        card(town, "Solceller")
        assert tuva.service.courier.trouble_on("matrix") is None
        gateway.mend()


# Synapse's own limits, twenty times as fast.
HURRIED = {kind: {"per_second": 6, "burst_count": 10} for kind in ("per_room", "per_issuer")}


@pytest.mark.soak
def test_two_hundred_are_invited_as_fast_as_the_homeserver_lets_us_and_nobody_else_waits(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    limits = HURRIED | {"per_user": {"per_second": 1, "burst_count": 5}}
    with Synapse(tmp_path / "strict", rc_invites=limits) as strict:
        town = Town(strict)
        settle(database, town)
        people = {f"@p{number}:hem.example" for number in range(200)}
        with running(settings, town):
            room = form(town, CYCLES)
            everybody_joins(database, people)
            until(lambda: invited(town, room) & people)
            town[BO].say(town.room, "!föreslå Solceller")
            card(town, "Solceller")
            assert not people <= invited(town, room)
            until(lambda: people <= invited(town, room), 90)
            told = {CYCLES: people | {town[ANA].user_id}}
            assert list(faults(town.tuva, told)) == []


def everybody_joins(database: Database, accounts: set[str]) -> None:
    """As many as these come to the group, and to its first subgroup."""
    rows = (
        f"{name[1:].partition(':')[0]},{name[1:].partition(':')[0]}@example.org,Skolan,ledamot,{name}"
        for name in accounts
    )
    with database.transaction() as session:
        group, now = group_called(session, "grona"), real_time()
        roster = "\n".join(("name,email,unit,role,matrix", *rows))
        import_roster(session, group, roster.encode(), now, replace=False)
        subgroup = subgroups.subgroup_numbered(session, 1)
        assert subgroup
        for member in members_of(session, group):
            if (account := member.person.account_on("matrix")) and account.identifier in accounts:
                hub.joined(session, subgroup, subgroups.join(session, subgroup, member, now), now)


def invited(town: Town, room: str) -> set[str]:
    """Who is invited to a room."""
    state = town.tuva.state(room)
    return {key for kind, key in state if kind == "m.room.member" and membership(state, key) == "invite"}


def stuck(tuva: Running) -> list[str]:
    """Why something waits for a person."""
    return [why(entry) for entry in unfinished(tuva) if entry.state in STUCK]


def unfinished(tuva: Running) -> list[OutboxEntry]:
    """What has not been done."""
    with tuva.service.database.reading() as session:
        return outbox.unfinished(session)
