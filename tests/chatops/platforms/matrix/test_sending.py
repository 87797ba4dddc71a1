"""What Tuva sends stands there once: when answers are lost, when it is to go slower, and when cards change often."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from chatops.platforms.matrix.past import NAME
from config.settings import Settings
from digests import cards
from digests.clock import real_time
from gateway import Gateway
from living import place, propose, until
from matrix_person import Json
from on_matrix import answer, card, is_edit, rests, running, said_by, settle, signs, thread_of
from people import ANA, BO, CHEN
from running import BRISK_ON_MATRIX, Running
from storage.cards import gone
from storage.database import Database
from storage.outbox import OutboxEntry, OutboxKind, OutboxState
from storage.proposals import Proposal
from town import Town

FORGETFUL = replace(BRISK_ON_MATRIX, remembered_for=timedelta())


@pytest.fixture(autouse=True)
def _bound(database: Database, town: Town) -> None:
    settle(database, town)


@pytest.fixture
def tuva(settings: Settings, town: Town, gateway: Gateway) -> Iterator[Running]:
    """Tuva behind the gateway."""
    with running(settings, town, homeserver=gateway.url) as tuva:
        yield tuva


def ours(town: Town) -> list[Json]:
    """All events of Tuva's in the room."""
    return [event for event in town[BO].timeline(town.room) if event["sender"] == town.tuva.user_id]


def doubled(town: Town) -> list[str]:
    """The names of what stands there twice."""
    names = Counter(event["content"].get(NAME) for event in ours(town) if NAME in event["content"])
    return [name for name, times in names.items() if times > 1]


def settled_proposal(town: Town, title: str, said: str = "") -> Json:
    """Somebody proposes, or has just done so; the card, once all that follows from it is there."""
    said = said or town[ANA].say(town.room, f"!föreslå {title}")
    shown = card(town, title)
    town[ANA].until(town.room, lambda seen: len(signs(seen, shown["event_id"], town.tuva.user_id)) == 2)
    assert title in answer(town, said)
    assert town[ANA].until(town.room, lambda seen: signs(seen, said, town.tuva.user_id)) == ["✅"]
    return shown


@pytest.mark.usefixtures("tuva")
def test_what_was_done_and_not_answered_stands_there_once(town: Town, gateway: Gateway) -> None:
    gateway.fault("lose", "/send/", times=3)
    settled_proposal(town, "Solceller")
    assert len([one for one in gateway.asked if one.fault]) == 3
    assert doubled(town) == []
    assert Counter(event["type"] for event in ours(town)) == {"m.room.message": 2, "m.reaction": 3, "m.room.member": 1}


def test_what_the_homeserver_may_have_forgotten_is_looked_for_and_not_sent_again(
    settings: Settings, town: Town, gateway: Gateway
) -> None:
    with running(settings, town, FORGETFUL, homeserver=gateway.url) as tuva:
        gateway.fault("late", "/send/m.room.message/", times=2)
        said = town[ANA].say(town.room, "!föreslå Solceller")
        until(lambda: gateway.count("/send/m.room.message/") == 2)
        rests(tuva, minutes=0)
        settled_proposal(town, "Solceller", said)
    sent = Counter(one.path for one in gateway.asked if "/send/m.room.message/" in one.path)
    assert list(sent.values()) == [1, 1]
    assert gateway.count("senders")


@pytest.mark.usefixtures("tuva")
def test_a_homeserver_that_asks_for_rest_gets_it_and_then_everything_once(town: Town, gateway: Gateway) -> None:
    gateway.fault(429, "/send/", times=3, Retry_After="1")
    for title in ("Solceller", "Vindkraft"):
        settled_proposal(town, title)
    sends = [one for one in gateway.asked if "/send/" in one.path]
    refused = [one for one in sends if one.fault]
    assert len(refused) == 3
    # What was on its way together with it is none of them.
    assert [one for one in sends for before in refused if 0.3 < one.at - before.at < 0.95] == []
    assert doubled(town) == []


@pytest.mark.usefixtures("tuva")
@pytest.mark.parametrize("status", [429, 503])
def test_a_card_whose_signs_have_to_wait_is_changed_in_place_and_gets_them(
    status: int, database: Database, town: Town, gateway: Gateway
) -> None:
    gateway.fault(status, "/send/m.reaction/", times=1, Retry_After="1")
    number = propose(database, ANA, "Solceller", now=real_time())
    show(database, number)
    until(lambda: gateway.count("/send/m.reaction/"))
    show(database, number, supported_by=BO)
    shown = card(town, "Stöd: 1")
    town[ANA].until(town.room, lambda seen: len(signs(seen, shown["event_id"], town.tuva.user_id)) == 2)
    assert len(said_by(ours(town), town.tuva.user_id)) == 1


def show(database: Database, number: int, supported_by: str = "") -> None:
    """Wish for a card as it is, or as it is once somebody supports it."""
    with database.transaction() as session:
        proposal = session.get_one(Proposal, number)
        if supported_by:
            proposal.support(place(session, supported_by).person, real_time())
        cards.show(session, proposal, real_time())


@pytest.mark.usefixtures("tuva")
def test_a_direct_room_that_cannot_be_opened_for_a_while_keeps_nobody_else_waiting(
    town: Town, gateway: Gateway
) -> None:
    gateway.fault(429, "/createRoom", Retry_After="300")
    town[BO].say(town.room, "!tuva länka")
    until(lambda: gateway.count("/createRoom"))
    settled_proposal(town, "Solceller")


def test_of_many_changes_in_a_short_time_the_last_one_is_shown(settings: Settings, town: Town) -> None:
    with running(settings, town, replace(BRISK_ON_MATRIX, between=2.0)):
        shown = settled_proposal(town, "Solceller")
        for who, words in ((ANA, "stöd"), (BO, "stöd"), (CHEN, "stöd"), (ANA, "avstå"), (BO, "invänd Dyrt")):
            town[who].say(town.room, f"!förslag 1 {words}")
        assert card(town, "Stöd: 1 · Invändningar: 1")["event_id"] == shown["event_id"]
        edits = [event for event in ours(town) if is_edit(event)]
    times = [event["origin_server_ts"] / 1000 for event in (shown, *edits)]
    assert [later - earlier for earlier, later in pairwise(times) if later - earlier < 1.5] == []
    assert len(edits) < 5


@pytest.mark.usefixtures("tuva")
def test_a_sign_under_a_card_of_which_nobody_could_note_that_it_was_posted_is_a_stand(
    database: Database, town: Town
) -> None:
    shown = settled_proposal(town, "Solceller")
    with database.transaction() as session:  # as after a third death between posting and noting
        gone(session, "matrix", shown["event_id"])
        posted = session.scalars(select(OutboxEntry).filter_by(kind=OutboxKind.CARD)).one()
        posted.state, posted.possible_duplicate = OutboxState.PARKED, True
    town[BO].react(town.room, shown["event_id"], "👍")
    assert card(town, "Stöd: 1")["event_id"] == shown["event_id"]


@pytest.mark.usefixtures("tuva")
def test_a_card_that_somebody_deleted_is_posted_anew_when_it_changes(town: Town) -> None:
    shown = settled_proposal(town, "Solceller")
    town[ANA].redact(town.room, shown["event_id"])
    town[BO].say(town.room, "!förslag 1 stöd")
    anew = card(town, "Stöd: 1")
    assert anew["event_id"] != shown["event_id"]
    assert town[ANA].until(town.room, lambda seen: len(signs(seen, anew["event_id"], town.tuva.user_id)) == 2)


def test_a_long_card_goes_on_in_its_thread_and_shrinks_again(tuva: Running, database: Database, town: Town) -> None:
    long = "\n\n".join(f"Stycke {number}. {'å' * 900}" for number in range(20))
    number = propose(database, ANA, "Solceller", now=real_time())
    becomes(tuva, database, number, long)
    shown = card(town, "Solceller")
    town[BO].until(town.room, lambda seen: "Stycke 19" in "".join(in_its_thread(seen, shown, town)))
    assert "Stycke 19" not in shown["content"]["body"]
    becomes(tuva, database, number, "Kort.")
    assert card(town, "Kort.")["event_id"] == shown["event_id"]
    town[BO].until(town.room, lambda seen: not in_its_thread(seen, shown, town))


def in_its_thread(events: list[Json], root: Json, town: Town) -> list[str]:
    """What still stands there."""
    said = [event for event in said_by(events, town.tuva.user_id) if thread_of(event) == root["event_id"]]
    return [event["content"]["body"] for event in said]


def becomes(tuva: Running, database: Database, number: int, body: str) -> None:
    """A proposal has another body, and its card is wished for."""
    with database.transaction() as session:
        proposal = session.get_one(Proposal, number)
        proposal.body = body
        proposal.revision += 1
        cards.show(session, proposal, real_time())
