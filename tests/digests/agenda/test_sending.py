"""The agenda goes out: to everybody, in their own language, once, by letter, and in chat who has no address."""

import pytest

from agendas import (
    CALL,
    CLOSING,
    DAY,
    EVE,
    MINUTE,
    REMINDER,
    SENT,
    STARTS,
    changing,
    fates,
    letters_to,
    planned,
    session_of,
    tick,
    wishes,
)
from digests import agenda
from living import place, propose
from people import ANA, BO, CHEN, GUS, INA, MONDAY
from storage.answers import Position
from storage.database import Database
from storage.outbox import OutboxEntry, OutboxKind, OutboxState

ROOM = "!grona:example.org"


def text(entry: OutboxEntry) -> str:
    """What a letter, a note or a card says, in one line."""
    parts = entry.content.parts
    return " ".join((parts.get("text") or parts["body"]).split())


def addresses(database: Database, under: str) -> list[str]:
    return sorted(entry.address for entry in wishes(database, under=under))


def answer(database: Database, number: int, address: str, position: Position) -> None:
    with changing(database, number) as meeting:
        meeting.answer(place(session_of(meeting), address).person, position, MONDAY)


def test_the_agenda_reaches_everybody_in_the_group_and_the_rooms(database: Database) -> None:
    number = planned(database)
    tick(database, CLOSING, SENT)
    assert addresses(database, f"agenda:{number}:agenda:") == [ANA, BO, CHEN, GUS, INA]
    assert addresses(database, f"card:meeting:{number}:agenda:") == [ROOM]


def test_each_reader_has_it_in_their_language_and_only_who_is_invited_may_answer(database: Database) -> None:
    number = planned(database)
    propose(database, BO, "Solceller")
    tick(database, CLOSING, SENT)
    under = f"agenda:{number}:agenda:"
    [swedish], [english], [informed] = (letters_to(database, one, under) for one in (ANA, CHEN, INA))
    assert swedish.content.parts["subject"] == "Dagordning: Vårmötet, onsdag 10 mars kl. 13:00"
    assert english.content.parts["subject"] == "Agenda: Vårmötet, Wednesday 10 March at 13:00"
    assert "Förslag 1: Solceller Bo Bark, Parken" in text(swedish)
    assert "do:meeting 1 coming" in text(swedish)
    assert "do:" not in text(informed)
    assert len({entry.content_id for entry in wishes(database, under=under)}) == 3


def test_it_goes_as_a_letter_that_nobody_can_unsubscribe_from(database: Database) -> None:
    number = planned(database)
    tick(database, SENT)
    assert {entry.content.parts["stream"] for entry in wishes(database, under=f"agenda:{number}:agenda:")} == {"system"}


def test_with_nothing_on_it_the_agenda_still_goes_with_its_standing_sections(database: Database) -> None:
    planned(database)
    tick(database, SENT)
    [letter] = letters_to(database, BO, "agenda:1:agenda:")
    headings = ("Avstämning", "Omvärldsbevakning", "Frågor för dialog", "Kompetensutveckling", "Undergrupper")
    assert all(heading in text(letter) for heading in (*headings, "Rapportering", "Övrigt"))
    assert "Ingen har anmält någon punkt" in text(letter)


def test_who_has_no_address_gets_it_in_chat_with_the_buttons(database: Database) -> None:
    planned(database)
    with database.transaction() as session:
        person = place(session, BO).person
        person.email = None
        person.known_as("matrix", "@bo:example.org")
    tick(database, SENT)
    [note] = wishes(database, OutboxKind.NOTE, under="note:agenda:1:agenda:")
    assert note.address == "@bo:example.org"
    assert [command for _, command, *_ in note.content.parts["actions"]] == ["meeting 1 coming", "meeting 1 absent"]
    assert "Frågor för dialog" in text(note)


def test_the_agenda_of_no_use_after_the_meeting_began_is_not_carried_then(database: Database) -> None:
    planned(database)
    tick(database, SENT)
    assert {entry.not_after for entry in wishes(database, under="agenda:1:agenda:")} == {STARTS}


def test_what_is_open_when_the_list_closes_goes_on_the_agenda_and_what_comes_later_does_not(database: Database) -> None:
    number = planned(database)
    propose(database, BO, "Solceller")
    tick(database, CLOSING)
    propose(database, BO, "Elbil")
    tick(database, SENT)
    with changing(database, number) as meeting:
        assert [item.proposal.title for item in meeting.items] == ["Solceller"]


def test_a_late_agenda_takes_in_what_is_open(database: Database) -> None:
    number = planned(database)
    propose(database, BO, "Solceller")
    tick(database, SENT)
    with changing(database, number) as meeting:
        assert [item.proposal.title for item in meeting.items] == ["Solceller"]


# --- before it, and the day before ---


def test_the_call_reaches_who_is_invited_and_says_until_when_one_can_propose(database: Database) -> None:
    planned(database)
    tick(database, CALL)
    assert addresses(database, "agenda:1:call:") == [ANA, BO, CHEN, GUS]
    [letter] = letters_to(database, BO, "agenda:1:call:")
    assert "Skriv /tuva föreslå RUBRIK, eller säg till ordföranden, senast tisdag 2 mars kl. 08:00." in text(letter)
    assert addresses(database, "card:meeting:1:call:") == [ROOM]


def test_only_who_has_not_answered_is_reminded(database: Database) -> None:
    number = planned(database)
    answer(database, number, BO, Position.COMING)
    answer(database, number, GUS, Position.ABSENT)
    tick(database, CALL, REMINDER)
    assert addresses(database, "note:agenda:1:reminder:") == [ANA, CHEN]


def test_the_day_before_everybody_hears_who_has_not_said_no(database: Database) -> None:
    number = planned(database)
    answer(database, number, BO, Position.COMING)
    answer(database, number, GUS, Position.ABSENT)
    tick(database, SENT, EVE)
    assert addresses(database, "note:agenda:1:eve:") == [ANA, BO, CHEN]


# --- closing ---


def test_the_chairs_see_the_draft_and_may_send_or_skip_it(database: Database) -> None:
    planned(database)
    propose(database, BO, "Solceller")
    tick(database, CLOSING)
    [draft] = wishes(database, under="note:agenda:1:closing:")
    assert draft.address == ANA
    assert "Dagordningen skickas onsdag 3 mars kl. 08:00." in text(draft)
    assert "Enheter som ingen kommer från: Torget." in text(draft)
    assert "Nästa dagordning i Gröna gruppen når 5 av 5" in text(draft)
    assert "do:agenda 1 send" in text(draft)
    assert "do:agenda 1 skip step:agenda" in text(draft)


@pytest.mark.parametrize(
    ("said", "asked", "words"),
    [
        ({}, [ANA, BO, CHEN], "Kan du komma?"),
        ({BO: Position.COMING}, [ANA], "Kan du komma?"),
        ({BO: Position.ABSENT}, [ANA, CHEN], "Kan du komma?"),
        ({BO: Position.ABSENT, CHEN: Position.ABSENT, ANA: Position.COMING}, [BO, CHEN], "ersättare @namn"),
    ],
    ids=["nobody", "comes", "silent", "all-no"],
)
def test_a_unit_from_which_nobody_comes_is_asked(
    database: Database, said: dict[str, Position], asked: list[str], words: str
) -> None:
    number = planned(database)
    for address, position in said.items():
        answer(database, number, address, position)
    tick(database, CLOSING)
    notes = wishes(database, under="note:agenda:1:unit-")
    assert sorted(note.address for note in notes) == asked
    assert words in text(next(note for note in notes if note.address != CHEN))


def test_a_unit_that_sends_a_substitute_is_not_asked_for_one(database: Database) -> None:
    number = planned(database)
    answer(database, number, ANA, Position.COMING)
    answer(database, number, BO, Position.ABSENT)
    with changing(database, number) as meeting:
        session = session_of(meeting)
        meeting.send_instead(place(session, CHEN).person, place(session, GUS).person, MONDAY)
    tick(database, CLOSING)
    assert wishes(database, under="note:agenda:1:unit-") == []


# --- moved and cancelled ---


def test_a_move_and_a_cancellation_are_told_in_the_rooms_at_once_and_once(database: Database) -> None:
    number = planned(database)
    with changing(database, number) as meeting:
        meeting.move(STARTS + DAY, MONDAY)
        agenda.changed(session_of(meeting), meeting, MONDAY)
        agenda.changed(session_of(meeting), meeting, MONDAY)
    with changing(database, number) as meeting:
        meeting.cancel(MONDAY)
        agenda.changed(session_of(meeting), meeting, MONDAY)
    told = wishes(database, under="card:meeting:1:changed:")
    assert [card.content.parts["subject"] for card in told] == [
        "Ändrat: Möte 1: Vårmötet",
        "Inställt: Möte 1: Vårmötet",
    ]


def test_what_is_not_sent_yet_of_a_cancelled_meeting_never_is(database: Database) -> None:
    number = planned(database)
    tick(database, CLOSING, SENT)
    with changing(database, number) as meeting:
        meeting.cancel(SENT + MINUTE)
        agenda.changed(session_of(meeting), meeting, SENT + MINUTE)
    assert {entry.state for entry in wishes(database, under="agenda:")} == {OutboxState.EXPIRED}


def test_what_stood_on_the_agenda_of_a_cancelled_meeting_is_open_again(database: Database) -> None:
    number = planned(database)
    propose(database, BO, "Solceller")
    tick(database, CLOSING, SENT)
    with changing(database, number) as meeting:
        proposal = meeting.items[0].proposal
        meeting.cancel(SENT + MINUTE)
        agenda.changed(session_of(meeting), meeting, SENT + MINUTE)
        assert proposal.stage == "open"
    assert fates(database, number)["delivery"] == "cancelled"
