"""The homeserver of the tests does not lie: it is a real one, and it comes back as it went."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from homeserver import Synapse
from living import clean_environment, until
from matrix_person import Json, Person, Refused
from people import ANA, BO, CHEN
from town import CAST, Town

Ending = Callable[[Synapse], None]
HOLDER = """\
import sys, time
from pathlib import Path
from homeserver import Synapse
with Synapse(Path(sys.argv[1])) as homeserver:
    print(homeserver.port, homeserver._process.pid, flush=True)
    time.sleep(60)
"""


def said(events: list[Json]) -> list[str]:
    """The words in a timeline."""
    return [event["content"]["body"] for event in events if event["type"] == "m.room.message"]


def chatter(person: Person, room: str) -> None:
    """More than Synapse bears of anybody at once."""
    for number in range(15):
        person.say(room, str(number))


def test_two_people_see_the_same(town: Town) -> None:
    town[ANA].say(town.room, "Hej")
    town[BO].say(town.room, "Hej själv")
    assert said(town[ANA].timeline(town.room)) == ["Hej", "Hej själv"]
    assert said(town[CHEN].timeline(town.room)) == ["Hej", "Hej själv"]


def test_towns_never_meet(homeserver: Synapse, town: Town) -> None:
    other = Town(homeserver)
    assert not {*town[ANA].joined(town.room)} & {*other[ANA].joined(other.room)}
    with pytest.raises(Refused, match="M_FORBIDDEN"):
        other[ANA].say(town.room, "Hej")


def test_the_whole_cast_is_in_the_room_and_tuva_is_invited(town: Town) -> None:
    assert town[ANA].joined(town.room) == sorted(town[address].user_id for address in CAST)
    assert town.tuva.invitations() == [town.room]
    town.tuva.join(town.room)
    assert (town.tuva.invitations(), town.tuva.rooms()) == ([], [town.room])


@pytest.mark.parametrize("ending", [Synapse.kill, Synapse.stop])
def test_a_server_comes_back_with_its_events(
    homeserver: Synapse, town: Town, ending: Callable[[Synapse], None]
) -> None:
    event = town[ANA].say(town.room, "Före")
    before = town[BO].timeline(town.room)
    ending(homeserver)
    homeserver.restart()
    assert [each["event_id"] for each in town[BO].timeline(town.room)] == [each["event_id"] for each in before]
    assert before[-1]["event_id"] == event


def test_a_transaction_sent_again_is_the_same_event(town: Town) -> None:
    words = {"msgtype": "m.text", "body": "En gång"}
    once, twice = (town[ANA].send(town.room, "m.room.message", words, txn="t1") for _ in range(2))
    assert once == twice
    assert said(town[BO].timeline(town.room)) == ["En gång"]


def test_a_timeline_longer_than_asked_for_is_limited(town: Town) -> None:
    since = town[BO].sync()["next_batch"]
    for number in range(12):
        town[ANA].say(town.room, str(number))
    new = town[BO].sync(since, limit=10)["rooms"]["join"][town.room]["timeline"]
    assert new["limited"]
    assert said(new["events"]) == [str(number) for number in range(2, 12)]
    assert said(town[BO].timeline(town.room)) == [str(number) for number in range(12)]


def test_a_long_timeline_is_read_whole(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matrix_person.PAGE", 3)
    root = town[ANA].say(town.room, "Rot")
    replies = [town[BO].say(town.room, str(number), thread=root) for number in range(8)]
    assert said(town[ANA].timeline(town.room)) == ["Rot", *map(str, range(8))]
    assert [event["event_id"] for event in town[ANA].relations(town.room, root)] == replies


def test_waiting_ends_with_what_was_waited_for(town: Town) -> None:
    later = threading.Timer(0.2, town[ANA].say, (town.room, "Nu"))
    later.start()
    assert town[BO].until(town.room, said) == ["Nu"]
    later.join()


def test_waiting_in_vain_shows_the_timeline(town: Town) -> None:
    town[ANA].say(town.room, "Hej")
    with pytest.raises(AssertionError, match=f"{town[ANA].user_id} m.room.message: Hej"):
        town[BO].until(town.room, lambda events: "Aldrig" in said(events), seconds=0.2)


def test_a_mention_is_a_name_a_pill_and_a_ping(town: Town) -> None:
    bo = town[BO].user_id
    town[ANA].say(town.room, f"Hej {bo} <3", mentions=[bo])
    content = town[CHEN].timeline(town.room)[-1]["content"]
    assert (content["body"], content["m.mentions"]) == ("Hej Bo Bark <3", {"user_ids": [bo]})
    assert content["formatted_body"] == f'Hej <a href="https://matrix.to/#/{bo}">Bo Bark</a> &lt;3'


def test_limits_bite_where_they_are_asked_for_and_can_be_lifted(tmp_path: Path) -> None:
    with Synapse(tmp_path, rate_limits=True) as strict:
        ana = strict.person("ana")
        room = ana.create_room()
        with pytest.raises(Refused, match="429 M_LIMIT_EXCEEDED"):
            chatter(ana, room)
        strict.override_rate_limit(ana.user_id)
        chatter(ana, room)


def test_a_server_can_encrypt_by_default(tmp_path: Path) -> None:
    with Synapse(tmp_path, encryption_enabled_by_default_for_room_type="all") as secretive:
        ana = secretive.person("ana")
        assert ("m.room.encryption", "") in ana.state(ana.create_room())


def test_a_server_does_not_outlive_who_started_it(tmp_path: Path) -> None:
    path = f"{Path.cwd()}:{Path.cwd() / 'tests'}"
    command = [sys.executable, "-P", "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, env=clean_environment() | {"PYTHONPATH": path}, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        _, pid = holder.stdout.readline().split()
        assert Path("/proc", pid.decode()).exists()
        holder.send_signal(signal.SIGKILL)
        until(lambda: not Path("/proc", pid.decode()).exists())
