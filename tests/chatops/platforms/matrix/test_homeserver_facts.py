"""What Tuva takes for granted about homeservers, asked of a real one."""

import pytest

from homeserver import Synapse
from matrix_person import Json, Refused
from people import ANA, BO
from town import Town

WORDS = {"msgtype": "m.notice", "body": "En gång"}


def event(timeline: list[Json], event_id: str) -> Json:
    """One event of a timeline."""
    return next(each for each in timeline if each["event_id"] == event_id)


def test_rooms_are_of_version_twelve_with_ids_that_name_no_server(town: Town) -> None:
    assert town[ANA].state(town.room)["m.room.create", ""]["room_version"] == "12"
    assert ":" not in town.room


def test_a_creator_stands_above_the_power_levels_and_not_in_them(town: Town) -> None:
    levels = town[ANA].state(town.room)["m.room.power_levels", ""]
    assert levels["users"] == {}
    with pytest.raises(Refused, match=r"400 .* Creator"):
        town[ANA].set_state(town.room, "m.room.power_levels", levels | {"users": {town[ANA].user_id: 100}})


def test_the_same_reaction_twice_is_refused(town: Town) -> None:
    words = town[ANA].say(town.room, "Hej")
    town[BO].react(town.room, words, "👍")
    with pytest.raises(Refused, match="400 M_DUPLICATE_ANNOTATION"):
        town[BO].react(town.room, words, "👍")
    town[ANA].react(town.room, words, "👍")


def test_a_reaction_taken_back_can_be_made_again(town: Town) -> None:
    words = town[ANA].say(town.room, "Hej")
    for _ in range(2):
        town[BO].redact(town.room, town[BO].react(town.room, words, "👍"))
    assert town[ANA].relations(town.room, words) == []


@pytest.mark.parametrize("version", ["10", "12"])
def test_a_redaction_names_its_event_in_both_places(town: Town, version: str) -> None:
    room = town[ANA].create_room(version=version)
    words = town[ANA].say(room, "Hej")
    taken_back = town[ANA].redact(room, words)
    redaction = event(town[ANA].timeline(room), taken_back)
    assert redaction["content"]["redacts"] == redaction["redacts"] == words


def test_a_redacted_reaction_no_longer_says_what_it_was(town: Town) -> None:
    reaction = town[BO].react(town.room, town[ANA].say(town.room, "Hej"), "👍")
    town[BO].redact(town.room, reaction)
    assert event(town[ANA].timeline(town.room), reaction)["content"] == {}


def test_ones_own_events_come_back_with_their_transaction(town: Town) -> None:
    words = town[ANA].send(town.room, "m.room.message", WORDS, txn="tuva-1")
    assert event(town[ANA].timeline(town.room), words)["unsigned"]["transaction_id"] == "tuva-1"
    assert "transaction_id" not in event(town[BO].timeline(town.room), words)["unsigned"]


def test_a_transaction_is_remembered_over_a_restart(homeserver: Synapse, town: Town) -> None:
    once = town[ANA].send(town.room, "m.room.message", WORDS, txn="tuva-1")
    homeserver.kill()
    homeserver.start()
    assert town[ANA].send(town.room, "m.room.message", WORDS, txn="tuva-1") == once
    assert event(town[ANA].timeline(town.room), once)["unsigned"]["transaction_id"] == "tuva-1"


def test_a_transaction_holds_in_its_room_alone(town: Town) -> None:
    rooms = town.room, town[ANA].create_room()
    here, there = (town[ANA].send(room, "m.room.message", WORDS, txn="tuva-1") for room in rooms)
    assert here != there


def test_a_thread_cannot_begin_at_a_reply_in_another(town: Town) -> None:
    reply = town[BO].say(town.room, "Svar", thread=town[ANA].say(town.room, "Rot"))
    with pytest.raises(Refused, match="400 "):
        town[ANA].say(town.room, "Svar på svar", thread=reply)


def test_an_alias_is_given_once(town: Town) -> None:
    alias = f"tuva-{town.number}"
    town[ANA].create_room(room_alias_name=alias)
    with pytest.raises(Refused, match="400 M_ROOM_IN_USE"):
        town[ANA].create_room(room_alias_name=alias)


def test_a_page_of_sync_holds_a_hundred_events_at_most(town: Town) -> None:
    since = town[BO].sync()["next_batch"]
    for number in range(101):
        town[ANA].say(town.room, str(number))
    new = town[BO].sync(since, limit=1000)["rooms"]["join"][town.room]["timeline"]
    assert (len(new["events"]), new["limited"]) == (100, True)


def test_the_same_question_is_answered_from_memory(town: Town) -> None:
    first = town[BO].ask("GET", "/_matrix/client/v3/sync")
    town[ANA].say(town.room, "Hej")
    again = town[BO].ask("GET", "/_matrix/client/v3/sync")
    assert again["next_batch"] == first["next_batch"] != town[BO].sync()["next_batch"]
