"""What is said of meetings in chat reaches people's calendars."""

from collections.abc import Callable

from sqlalchemy import select

from people import ANA, BO, CHEN, GUS
from storage.database import Database
from storage.outbox import OutboxEntry

Tell = Callable[..., str]


def sent(database: Database) -> list[tuple[str, str, str]]:
    """Whom calendar mail goes to, with what method and subject, the newest last."""
    with database.reading() as session:
        chosen = select(OutboxEntry).where(OutboxEntry.topic.startswith("invitation:")).order_by(OutboxEntry.id)
        found = [(entry.address, entry.content.parts) for entry in session.scalars(chosen)]
        return [(address, parts["calendar"]["method"], parts["subject"]) for address, parts in found]


def test_planning_moving_and_cancelling_tell_calendars_at_once(tell: Tell, database: Database) -> None:
    tell("/meeting plan 2027-03-02 13:00 Vårmöte")
    planned = sent(database)
    assert [(address, method) for address, method, _ in planned] == [(who, "REQUEST") for who in (ANA, BO, CHEN, GUS)]
    tell("/meeting 1 move 2027-03-03 14:00")
    assert (BO, "REQUEST", "Ändrat möte: Vårmöte, onsdag 3 mars 2027 kl. 14:00–16:00") in sent(database)
    tell("/meeting 1 cancel")
    assert [method for _, method, _ in sent(database)] == ["REQUEST"] * 8 + ["CANCEL"] * 4


def test_a_series_is_one_letter_to_each(tell: Tell, database: Database) -> None:
    tell("/meeting plan första tisdagen varje månad, inte juli, till december 13:00 Gröna gruppen")
    assert [address for address, _, _ in sent(database)] == [ANA, BO, CHEN, GUS]


def test_who_is_added_is_invited(tell: Tell, database: Database) -> None:
    tell("/meeting plan 2027-03-02 13:00 Vårmöte", "/tuva members add Ny Nord ny@example.org Parken")
    assert sent(database)[-1][0] == "ny@example.org"


def test_what_the_letter_of_a_series_advises_can_be_typed(tell: Tell) -> None:
    tell("/meeting plan 2027-03-02 13:00 Vårmöte")
    assert "Kommer: 1" in tell("/tuva möte 1 kommer")
    assert "Coming: 2" in tell("as chen@example.org", "/tuva meeting 1 coming")
