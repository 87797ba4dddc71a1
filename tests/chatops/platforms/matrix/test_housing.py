"""Subgroups' rooms on Matrix: each step is done once, whatever is lost on the way."""

from datetime import timedelta

import pytest

from config.settings import Settings
from digests.courier import route, tries
from gateway import Gateway
from housed import children, faults, form, is_space, made, membership, pins
from living import until
from on_matrix import answer, card, running, settle
from people import ANA, BO, CHEN
from running import Running
from storage.database import Database
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
        until(lambda: not list(faults(town.tuva, people, closed=True)))
        until(lambda: town.tuva.state(room)["m.room.power_levels", ""]["events_default"] == 100)
    assert len([one for one in gateway.asked if one.fault]) == sum(times for *_, times in STEPS)
