"""What a reader chooses, for all it is about: the letters of one group, or one letter for all their groups."""

from datetime import datetime
from typing import Any

from storage import occurrences
from storage.database import Session
from storage.subscriptions import Interval, Subscription, larger_of, letters_of, teams_under


def choose(
    session: Session, subscription: Subscription, now: datetime, *, together: bool | None = None, **choices: Any
) -> None:
    """The reader chooses any of CHOICES, and whether the letters of all their groups come `together`.

    The next letter comes after `now`, also of those that come apart from now on. What is chosen for a team is about the
    letter in which its news come, except that they come in none.
    """
    person, larger = subscription.person, larger_of(session, subscription)
    if larger is not None and "interval" in choices:
        subscription.choose(now, interval=choices["interval"])
    if larger is not None and choices.get("interval") is Interval.OFF:
        return
    subscription = larger or subscription
    others = _others(session, subscription) if person.together or together else []
    if together is not None:
        person.together = together
    for one in (subscription, *others):
        one.choose(now, **(choices if one is subscription or person.together else {}))
        _plan_anew(session, one, now)


def stop(session: Session, subscription: Subscription, now: datetime) -> None:
    """No more of these letters; `resume` brings the same ones back."""
    choose(session, subscription, now, interval=Interval.OFF)


def resume(session: Session, subscription: Subscription, now: datetime) -> None:
    """The letters come back as they were before `stop`."""
    for one in meant(session, subscription):
        one.resume(now)
        _plan_anew(session, one, now)


def meant(session: Session, subscription: Subscription) -> list[Subscription]:
    """What a choice in this one is about. Where the letters come together, who leads stands first."""
    if not subscription.person.together:
        return [subscription]
    every = (subscription, *_others(session, subscription))
    return sorted(every, key=lambda one: (larger_of(session, one) is not None, one.id))


def riding(session: Session, subscription: Subscription) -> list[Subscription]:
    """The others whose news come in this one's letter."""
    if not subscription.person.together:
        return teams_under(session, subscription)
    every = letters_of(session, subscription.person)
    return [one for one in every if one is not subscription and one.interval is not Interval.OFF]


def _plan_anew(session: Session, subscription: Subscription, now: datetime) -> None:
    """The next comes after `now`; so do the letters of its teams, whose news come in it or in their own."""
    for one in (subscription, *teams_under(session, subscription)):
        occurrences.cancel(session, one.series, now)


def _others(session: Session, subscription: Subscription) -> list[Subscription]:
    """The person's others that are not off, and those that were stopped with this one."""
    every = letters_of(session, subscription.person)
    return [one for one in every if one is not subscription and _goes_with(one, subscription)]


def _goes_with(one: Subscription, other: Subscription) -> bool:
    if one.interval is not Interval.OFF:
        return True
    return other.interval is Interval.OFF and one.chosen_at == other.chosen_at
