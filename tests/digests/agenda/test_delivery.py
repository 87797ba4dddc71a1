"""Delivery: the chairs hear who got the agenda; who lost it by mail gets it in chat; who cannot be reached is named."""

from datetime import timedelta

import pytest

from agendas import DAY, MINUTE, SENT, fates, planned, tick, wishes
from config.texts import texts_in
from digests.agenda import reach
from living import place
from people import ANA, BO, CHEN, GUS, INA
from storage.database import Database
from storage.outbox import OutboxEntry, OutboxState

TEN = timedelta(minutes=10)
REFUSED = "550 5.1.1 no such user"
EVERYBODY = {ANA, BO, CHEN, GUS, INA}


@pytest.fixture
def sent(database: Database) -> int:
    """A meeting whose agenda was sent, and of which nothing has left yet. Bo has an account on Matrix."""
    with database.transaction() as session:
        place(session, BO).person.known_as("matrix", "@bo:example.org")
    number = planned(database)
    tick(database, SENT)
    return number


def carried(database: Database, *addresses: str, refused: str = "", reason: str = REFUSED) -> None:
    """What is said of the agenda to these addresses arrives; to `refused` it never will."""
    ours = OutboxEntry.key.startswith("agenda:") | OutboxEntry.key.startswith("note:agenda:")
    with database.transaction() as session:
        for entry in session.query(OutboxEntry).filter(OutboxEntry.state == OutboxState.READY, ours):
            if entry.address == refused:
                entry.state, entry.reason = OutboxState.PARKED, reason
            elif entry.address in addresses:
                entry.state, entry.receipt = OutboxState.SENT, "there"


def reports(database: Database) -> list[str]:
    """What the chair was told, in one line each."""
    return [" ".join(one.content.parts["text"].split()) for one in wishes(database, under="note:agenda:1:delivery:")]


def stuck(database: Database) -> list[OutboxEntry]:
    return wishes(database, under="stuck:")


def test_when_all_have_arrived_the_chairs_hear_it_ten_minutes_after(database: Database, sent: int) -> None:
    carried(database, *EVERYBODY)
    tick(database, SENT + TEN - MINUTE)
    assert reports(database) == []
    tick(database, SENT + TEN, SENT + 2 * TEN)
    [report] = reports(database)
    assert "Alla fick dagordningen" in report
    assert fates(database, sent)["delivery"] == "fired"


def test_while_letters_are_on_their_way_the_chairs_hear_nothing(database: Database, sent: int) -> None:
    carried(database, ANA, BO, CHEN, GUS)
    tick(database, SENT + TEN, SENT + 2 * TEN)
    assert reports(database) == []
    carried(database, INA)
    tick(database, SENT + 3 * TEN)
    assert len(reports(database)) == 1


def test_after_a_day_what_is_still_on_its_way_is_told_so(database: Database, sent: int) -> None:
    carried(database, ANA, BO, CHEN, GUS)
    tick(database, SENT + TEN, SENT + DAY)
    [report] = reports(database)
    assert "4 av 5 fick dagordningen" in report
    assert f"Ina Is ({INA}): brevet är fortfarande på väg." in report


@pytest.mark.usefixtures("sent")
def test_who_lost_the_letter_gets_the_agenda_in_chat_before_the_chair_hears_of_it(database: Database) -> None:
    carried(database, *EVERYBODY - {BO}, refused=BO)
    tick(database, SENT + TEN)
    [note] = wishes(database, under="note:agenda:1:instead:")
    assert (note.route, note.address) == ("matrix", "@bo:example.org")
    assert "Frågor för dialog" in note.content.parts["body"]
    assert reports(database) == []
    carried(database, "@bo:example.org")
    tick(database, SENT + 2 * TEN)
    [report] = reports(database)
    assert "4 av 5 fick dagordningen" in report
    assert f"Bo Bark ({BO}): adressen finns inte. Bo Bark fick den på Matrix i stället." in report
    assert f"E-postservern sa: {REFUSED}" in report
    assert len(wishes(database, under="note:agenda:1:instead:")) == 1


@pytest.mark.usefixtures("sent")
def test_who_cannot_be_reached_is_named_with_the_cure(database: Database) -> None:
    carried(database, *EVERYBODY - {GUS}, refused=GUS)
    tick(database, SENT + TEN)
    [report] = reports(database)
    assert f"Gus Gren ({GUS}): adressen finns inte." in report
    assert "Rätta adressen i deltagarlistan" in report


@pytest.mark.usefixtures("sent")
def test_the_letter_about_what_is_stuck_does_not_tell_it_too(database: Database) -> None:
    carried(database, *EVERYBODY - {GUS}, refused=GUS)
    tick(database, SENT + MINUTE)
    assert stuck(database) == []
    tick(database, SENT + TEN, SENT + 2 * DAY)
    assert (len(reports(database)), stuck(database)) == (1, [])


@pytest.mark.usefixtures("sent")
def test_what_gets_stuck_after_the_chairs_were_told_is_told_as_anything_stuck(database: Database) -> None:
    carried(database, *EVERYBODY - {GUS})
    tick(database, SENT + DAY)
    carried(database, refused=GUS)
    tick(database, SENT + DAY + MINUTE)
    assert len(stuck(database)) == 1


# --- foretold ---


def foretold(database: Database) -> list[str]:
    with database.reading() as session:
        group = place(session, ANA).group
        return list(reach.told(reach.forecast(session, group), group, texts_in("sv")))


def test_the_reach_is_foretold(database: Database) -> None:
    assert foretold(database) == ["Nästa dagordning i Gröna gruppen når 5 av 5."]


@pytest.mark.parametrize("state", [OutboxState.PARKED, OutboxState.SENT], ids=["refused", "arrived since"])
@pytest.mark.usefixtures("sent")
def test_an_address_that_was_refused_for_good_is_not_reached_until_a_letter_arrives_there(
    database: Database, state: OutboxState
) -> None:
    carried(database, refused=GUS)
    tick(database, SENT + 6 * DAY)
    with database.transaction() as session:
        last = session.query(OutboxEntry).filter_by(address=GUS).order_by(OutboxEntry.id.desc()).first()
        last.state, last.reason = state, REFUSED
    first, *missed = foretold(database)
    assert first == f"Nästa dagordning i Gröna gruppen når {4 if state is OutboxState.PARKED else 5} av 5."
    assert all(line.startswith("Gus Gren") and REFUSED in line for line in missed)


def test_who_has_neither_an_address_nor_an_account_is_named(database: Database) -> None:
    with database.transaction() as session:
        bo, gus = place(session, BO).person, place(session, GUS).person
        bo.email = gus.email = None
        bo.known_as("matrix", "@bo:example.org")
    first, missed = foretold(database)
    assert first == "Nästa dagordning i Gröna gruppen når 4 av 5."
    assert missed.startswith("Gus Gren")
