"""A subscription: what it is until somebody chooses, and how it stops and comes back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from people import ANA, BO, CHEN, GUS, INA, MONDAY
from storage import occurrences
from storage.database import Session
from storage.groups import Group
from storage.memberships import Membership
from storage.subscriptions import (
    Channel,
    Interval,
    Subscription,
    subscribe,
    subscription_numbered,
    subscription_of,
    unplanned,
)

Member = Callable[..., Membership]
LATER = MONDAY + timedelta(days=3)


@pytest.fixture
def subscription(session: Session, group: Group, member: Member) -> Subscription:
    """Bo's letters."""
    return subscription_of(session, member(BO).person, group)


def test_a_letter_comes_every_week_on_monday_at_eight(subscription: Subscription) -> None:
    assert (subscription.interval, subscription.weekday, subscription.hour) == (Interval.WEEKLY, 0, "08:00")
    assert (subscription.channel, subscription.titles_only) == (Channel.MAIL, False)


def test_the_clocks_are_those_of_the_group_until_chosen(subscription: Subscription, group: Group) -> None:
    group.timezone = "Europe/Helsinki"
    assert subscription.zone == "Europe/Helsinki"
    subscription.choose(LATER, timezone="Atlantic/Reykjavik")
    assert subscription.zone == "Atlantic/Reykjavik"


def test_the_language_is_that_of_the_person_until_chosen(session: Session, group: Group, member: Member) -> None:
    bo, chen = (subscription_of(session, member(address).person, group) for address in (BO, CHEN))
    assert (bo.speaks, chen.speaks) == ("sv", "en")
    chen.choose(LATER, language="sv")
    assert chen.speaks == "sv"


def test_the_first_watermark_is_the_joining(subscription: Subscription) -> None:
    assert subscription.watermark == subscription.joined_at == subscription.chosen_at == MONDAY


def test_subscribing_again_changes_nothing(
    session: Session, group: Group, member: Member, subscription: Subscription
) -> None:
    subscription.choose(LATER, interval=Interval.MONTHLY)
    again = subscribe(session, member(BO).person, group, LATER)
    assert again is subscription
    assert (again.interval, again.watermark) == (Interval.MONTHLY, MONDAY)


def test_what_is_not_chosen_stays_as_it_was(subscription: Subscription) -> None:
    subscription.choose(LATER, hour="09:30", weekday=4)
    assert (subscription.hour, subscription.weekday, subscription.interval) == ("09:30", 4, Interval.WEEKLY)
    assert (subscription.chosen_at, subscription.watermark) == (LATER, MONDAY)


def test_who_comes_back_is_told_nothing_from_before(subscription: Subscription) -> None:
    subscription.rejoin(LATER)
    assert subscription.watermark == subscription.joined_at == subscription.chosen_at == LATER


@pytest.mark.parametrize("interval", [Interval.WEEKLY, Interval.FORTNIGHTLY, Interval.MONTHLY])
def test_what_was_stopped_comes_back_as_it_was(subscription: Subscription, interval: Interval) -> None:
    subscription.choose(MONDAY, interval=interval, weekday=4, hour="09:30")
    subscription.stop(LATER)
    assert subscription.interval is Interval.OFF
    subscription.resume(LATER)
    assert (subscription.interval, subscription.weekday, subscription.hour) == (interval, 4, "09:30")


def test_stopping_twice_is_stopping_once(subscription: Subscription) -> None:
    subscription.choose(MONDAY, interval=Interval.MONTHLY)
    subscription.stop(LATER)
    subscription.stop(LATER)
    subscription.resume(LATER)
    assert subscription.interval is Interval.MONTHLY


def test_letters_that_never_stopped_are_not_resumed(subscription: Subscription) -> None:
    subscription.stop(MONDAY)
    subscription.resume(MONDAY)
    subscription.choose(MONDAY, interval=Interval.MONTHLY)
    subscription.resume(LATER)
    assert (subscription.interval, subscription.chosen_at) == (Interval.MONTHLY, MONDAY)


def test_letters_switched_off_by_choice_can_be_resumed_too(subscription: Subscription) -> None:
    subscription.choose(MONDAY, interval=Interval.OFF)
    subscription.resume(LATER)
    assert subscription.interval is Interval.WEEKLY


def test_stopping_keeps_the_watermark(subscription: Subscription) -> None:
    subscription.stop(LATER)
    subscription.resume(LATER)
    assert subscription.watermark == MONDAY


def test_a_subscription_is_found_by_its_number(session: Session, subscription: Subscription) -> None:
    assert subscription_numbered(session, subscription.id) is subscription
    assert subscription_numbered(session, 4711) is None


def readers(session: Session, group: Group) -> set[str | None]:
    return {subscription.person.email for subscription in unplanned(session, 100) if subscription.group is group}


def test_everybody_in_the_group_waits_for_a_moment(session: Session, group: Group) -> None:
    assert readers(session, group) == {ANA, BO, CHEN, GUS, INA}


def test_who_has_left_waits_for_no_moment(session: Session, group: Group, member: Member) -> None:
    member(BO).end(LATER)
    assert BO not in readers(session, group)


def test_who_wants_no_letters_waits_for_no_moment(session: Session, group: Group, subscription: Subscription) -> None:
    subscription.stop(LATER)
    assert BO not in readers(session, group)


def test_who_has_a_moment_waits_for_no_other(session: Session, group: Group, subscription: Subscription) -> None:
    occurrences.plan(session, subscription.series, "2027-01-18T08:00", LATER)
    assert readers(session, group) == {ANA, CHEN, GUS, INA}


def test_a_moment_that_has_passed_calls_for_the_next(
    session: Session, group: Group, subscription: Subscription
) -> None:
    occurrences.plan(session, subscription.series, "2027-01-11T08:00", MONDAY)
    occurrences.due(session, MONDAY, 1)[0].fire()
    assert BO in readers(session, group)
