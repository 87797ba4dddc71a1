"""The weekly letter: what is new to each reader, once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from digests import weekly
from digests.clock import Clock
from digests.weekly.gathering import Part, Waiting, gather_all
from people import ANA, BO, CHEN, GUS, INA, MONDAY, Place, settle_in
from storage import occurrences, outbox, schema
from storage.database import Database, Session
from storage.examples import share
from storage.memberships import Membership, Role
from storage.occurrences import Occurrence, OccurrenceState
from storage.outbox import OutboxEntry
from storage.proposal_stages import ProposalKind
from storage.proposals import propose
from storage.subscriptions import Interval, Subscription, subscription_of

NEXT_MONDAY = MONDAY + timedelta(days=6, hours=23)


@pytest.fixture
def world(database: Database) -> Iterator[tuple[Session, Place]]:
    """One open transaction, with the cast."""
    with database.transaction() as session:
        yield session, settle_in(session)


def subscribed(session: Session, membership: Membership) -> Subscription:
    return subscription_of(session, membership.person, membership.group)


def put_forward(session: Session, place: Place, title: str, now: datetime = MONDAY) -> None:
    propose(session, place.memberships[ANA], title, "", ProposalKind.IDEA, [], now)


def fired(session: Session, now: datetime) -> list[OutboxEntry]:
    """The letters that are written when everything due has fired."""
    session.info.clear()
    weekly.plan(session, 100)
    while due := occurrences.due(session, now, 100):
        for occurrence in due:
            weekly.fire(session, occurrence, now)
        session.flush()
        weekly.plan(session, 100)
    return outbox.unfinished(session)


def reasons(session: Session, membership: Membership) -> list[str]:
    """Why each moment so far was skipped; nothing where it fired."""
    past = select(Occurrence).filter_by(series=subscribed(session, membership).series).order_by(Occurrence.due_at)
    return [occurrence.reason for occurrence in session.scalars(past) if occurrence.state is not OccurrenceState.DUE]


def titles(session: Session, membership: Membership) -> list[str]:
    return [item.title for item in told_next(session, membership).news.items]


def told_next(session: Session, membership: Membership) -> Part:
    """What the reader's next letter holds."""
    session.info.clear()
    return gather_all(session, [subscribed(session, membership)], NEXT_MONDAY)[0]


def test_everybody_with_an_address_gets_a_letter(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Solceller")
    assert len(fired(session, NEXT_MONDAY)) == len(place.memberships)


def test_nothing_new_means_no_letter_and_a_skip_with_its_reason(world: tuple[Session, Place]) -> None:
    session, place = world
    assert fired(session, NEXT_MONDAY) == []
    past = occurrences.last_past(session, subscribed(session, place.memberships[BO]).series)
    assert past is not None
    assert (past.state, past.reason) == (OccurrenceState.SKIPPED, "nothing_new")


def test_nobody_is_told_the_same_twice(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Solceller")
    first = len(fired(session, NEXT_MONDAY))
    assert len(fired(session, NEXT_MONDAY + timedelta(weeks=1))) == first


def test_what_came_just_before_a_letter_is_not_told_again_in_the_next(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "I sista minuten", NEXT_MONDAY - timedelta(minutes=5))
    fired(session, NEXT_MONDAY)
    put_forward(session, place, "Nytt", NEXT_MONDAY + timedelta(days=1))
    assert titles(session, place.memberships[BO]) == ["Nytt"]


def test_the_watermark_moves_with_the_letter_and_not_without(world: tuple[Session, Place]) -> None:
    session, place = world
    bo = subscribed(session, place.memberships[BO])
    fired(session, NEXT_MONDAY)
    assert bo.watermark == MONDAY
    put_forward(session, place, "Solceller", NEXT_MONDAY)
    fired(session, NEXT_MONDAY + timedelta(weeks=1))
    assert bo.watermark == NEXT_MONDAY + timedelta(weeks=1)


def test_what_came_before_the_joining_is_not_new(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Gammalt", MONDAY - timedelta(minutes=5))
    put_forward(session, place, "Nytt", MONDAY + timedelta(minutes=5))
    assert titles(session, place.memberships[BO]) == ["Nytt"]


def test_what_was_said_before_a_letter_but_stored_after_it_comes_in_the_next(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Först")
    fired(session, NEXT_MONDAY)
    put_forward(session, place, "Sent lagrat", NEXT_MONDAY - timedelta(seconds=2))
    assert titles(session, place.memberships[BO]) == ["Sent lagrat"]


def test_a_withdrawn_proposal_is_no_news(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Solceller")
    told_next(session, place.memberships[BO]).news.proposals[0].withdraw()
    assert titles(session, place.memberships[BO]) == []


def test_what_waits_for_me_rides_along_but_sends_no_letter(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Solceller")
    fired(session, NEXT_MONDAY)
    found = told_next(session, place.memberships[BO])
    assert [proposal.title for proposal in found.waiting.proposals] == ["Solceller"]
    assert not found.news.items


def test_nothing_waits_for_a_guest_who_takes_no_stand(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Solceller")
    fired(session, NEXT_MONDAY)
    assert told_next(session, place.memberships[GUS]).waiting == Waiting()


def test_a_guest_sees_no_buttons_for_stands(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Solceller")
    letter = weekly.preview(session, subscribed(session, place.memberships[GUS]), NEXT_MONDAY)
    assert letter is not None
    assert letter.sections[0].items[0].card.actions == ()


def test_each_reads_in_their_own_language(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Solceller")
    subjects = {entry.address: entry.content.parts["subject"] for entry in fired(session, NEXT_MONDAY)}
    assert subjects[BO] == "Nytt vecka 3: ett förslag"
    assert subjects[CHEN] == "New in week 3: one proposal"


def test_readers_of_the_same_letter_share_its_content(world: tuple[Session, Place]) -> None:
    session, place = world
    share(session, place.memberships[ANA], "Cykelpool", "", [], MONDAY)
    place.memberships[ANA].role = Role.MEMBER
    contents = {entry.address: entry.content_id for entry in fired(session, NEXT_MONDAY)}
    assert contents[ANA] == contents[BO] != contents[CHEN]


def test_who_is_off_gets_nothing(world: tuple[Session, Place]) -> None:
    session, place = world
    subscribed(session, place.memberships[BO]).choose(MONDAY, interval=Interval.OFF)
    put_forward(session, place, "Solceller")
    assert BO not in [entry.address for entry in fired(session, NEXT_MONDAY)]


def test_who_has_left_gets_nothing(world: tuple[Session, Place]) -> None:
    session, place = world
    weekly.plan(session, 100)
    put_forward(session, place, "Solceller")
    place.memberships[BO].end(MONDAY + timedelta(days=1))
    assert BO not in [entry.address for entry in fired(session, NEXT_MONDAY)]


def test_missed_letters_are_merged_into_one(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Ett")
    put_forward(session, place, "Två", MONDAY + timedelta(weeks=1))
    letters = [entry for entry in fired(session, NEXT_MONDAY + timedelta(weeks=2, days=1)) if entry.address == BO]
    assert [letter.content.parts["subject"] for letter in letters] == ["Nytt vecka 5: två förslag"]
    assert reasons(session, place.memberships[BO]) == ["merged", "merged", ""]


def test_a_letter_over_three_days_late_waits_for_the_next_one(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Solceller")
    assert fired(session, NEXT_MONDAY + timedelta(days=4)) == []
    assert len(fired(session, NEXT_MONDAY + timedelta(weeks=1))) == len(place.memberships)


def test_titles_only_leaves_the_text_out(world: tuple[Session, Place]) -> None:
    session, place = world
    propose(session, place.memberships[ANA], "Solceller", "Hela texten", ProposalKind.IDEA, [], MONDAY)
    subscribed(session, place.memberships[BO]).choose(MONDAY, titles_only=True)
    text = {entry.address: entry.content.parts["text"] for entry in fired(session, NEXT_MONDAY)}
    assert "Hela texten" in text[CHEN]
    assert "Hela texten" not in text[BO]


def test_one_letter_that_cannot_be_written_does_not_stop_the_others(database: Database) -> None:
    with database.transaction() as session:
        place = settle_in(session)
        put_forward(session, place, "Solceller")
        subscribed(session, place.memberships[BO]).language = "tlh"
    Clock(database, lambda: NEXT_MONDAY, lambda: None).tick()
    with database.reading() as session:
        assert len(outbox.unfinished(session)) == len(place.memberships) - 1


@pytest.mark.parametrize("unlucky", [ANA, BO, INA])
def test_a_letter_that_fails_half_way_leaves_nothing_and_stops_nobody(database: Database, unlucky: str) -> None:
    with database.transaction() as session:
        place = settle_in(session)
        put_forward(session, place, "Solceller")
        place.memberships[GUS].role = Role.MEMBER  # the same letter as Bo's, and another's stands between the two
        person = place.memberships[unlucky].person.id
        series = subscribed(session, place.memberships[unlucky]).series
        session.execute(
            text(
                f"CREATE TRIGGER no BEFORE INSERT ON digest_items WHEN NEW.person_id = {person} "
                "BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        )
    Clock(database, lambda: NEXT_MONDAY, lambda: None).tick()
    with database.reading() as session:
        letters = outbox.unfinished(session)
        assert {entry.address for entry in letters} == {ANA, BO, CHEN, GUS, INA} - {unlucky}
        assert all("Solceller" in entry.content.parts["text"] for entry in letters)
        assert occurrences.last_past(session, series).reason == "failed"


def test_a_migrated_database_without_groups_ticks_in_peace(tmp_path: Path) -> None:
    empty = Database(f"sqlite:///{tmp_path}/empty.db")
    schema.migrate(empty, MONDAY)
    Clock(empty, lambda: MONDAY, lambda: None).tick()
    empty.close()


def test_a_letter_that_is_due_is_not_lost_by_choosing_another_hour(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Solceller")
    weekly.plan(session, 100)
    bo, moment = subscribed(session, place.memberships[BO]), NEXT_MONDAY + timedelta(seconds=5)
    bo.choose(moment, weekday=4)
    occurrences.cancel(session, bo.series, moment)
    assert BO in [entry.address for entry in fired(session, moment)]


def test_who_stops_just_when_a_letter_is_due_does_not_get_it(world: tuple[Session, Place]) -> None:
    session, place = world
    put_forward(session, place, "Solceller")
    weekly.plan(session, 100)
    subscribed(session, place.memberships[BO]).stop(NEXT_MONDAY)
    assert BO not in [entry.address for entry in fired(session, NEXT_MONDAY)]
