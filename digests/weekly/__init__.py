"""The weekly letter: plan its moments, and at each gather what is new to the reader, write it, and send it once."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from config.texts import texts_in
from digests.cards import Item
from digests.letters import Letter
from digests.moments import coming
from digests.schedule import Moment, Rhythm
from digests.weekly.gathering import Part, gather_all
from digests.weekly.sending import LATE_AT_MOST, leave
from digests.weekly.writing import write
from storage import choices, memberships, occurrences, subscriptions
from storage.database import Session
from storage.groups import GroupStage
from storage.occurrences import Occurrence
from storage.subscriptions import Interval, Subscription

SERIES = subscriptions.SERIES


def lacks_moments(session: Session) -> bool:
    """Somebody's next letter has no moment yet."""
    return bool(subscriptions.unplanned(session, 1))


def plan(session: Session, limit: int, after: int = 0) -> int | None:
    """Give at most so many subscriptions over number `after` their next moment. Returns the last one's number."""
    unplanned = subscriptions.unplanned(session, limit, after)
    for subscription in unplanned:
        moment = _after_last(session, subscription)
        occurrences.plan(session, subscription.series, moment.key, moment.at)
    return unplanned[-1].id if unplanned else None


def fire(session: Session, occurrence: Occurrence, now: datetime) -> None:
    """Send the letter of one moment, or skip it with its reason."""
    subscription = subscriptions.subscription_numbered(session, int(occurrence.series.removeprefix(SERIES)))
    assert subscription is not None
    membership = memberships.membership_of(session, subscription.person, subscription.group)
    if membership is None:
        occurrence.skip("left")
    elif subscription.group.stage is GroupStage.CLOSED:
        occurrence.skip("retired")
    elif subscription.interval is Interval.OFF:
        occurrence.skip("off")
    else:
        riders = choices.riding(session, subscription)
        for rider in riders:
            rider.rode_at = occurrence.due_at
        if _coming(session, subscription, occurrence).at <= now:
            occurrence.skip("merged")  # a later moment has come too
        elif now - occurrence.due_at > LATE_AT_MOST:
            occurrence.skip("too_late")
        else:
            leave(session, [subscription, *riders], occurrence, now)


def next_letter(session: Session, subscription: Subscription) -> Moment:
    """When the letter after the last one comes. The subscription must not be off."""
    return _after_last(session, leading(session, subscription))


def leading(session: Session, subscription: Subscription) -> Subscription:
    """The subscription in whose letter this one's news come."""
    larger = subscriptions.larger_of(session, subscription)
    if larger is not None and subscription.interval is not Interval.OFF:
        return leading(session, larger)
    every = [one for one in choices.meant(session, subscription) if one.interval is not Interval.OFF]
    return every[0] if every else subscription


def preview(session: Session, subscription: Subscription, now: datetime) -> Letter | None:
    """The letter as it would be sent now; None when there is nothing new. Moves no watermark."""
    lead, parts = _coming_parts(session, subscription, now)
    is_new = any(part.news.is_new for part in parts)
    return write(parts, lead, now.astimezone(ZoneInfo(lead.zone)).date(), texts_in(lead.speaks)) if is_new else None


def coming_news(session: Session, subscription: Subscription, now: datetime) -> list[Item]:
    """What the letter would tell as new if it were sent now, group by group."""
    parts = _coming_parts(session, subscription, now)[1]
    return [item for part in parts for item in part.news.items]


def _coming_parts(session: Session, subscription: Subscription, now: datetime) -> tuple[Subscription, list[Part]]:
    lead = leading(session, subscription)
    return lead, gather_all(session, [lead, *choices.riding(session, lead)], now)


def _after_last(session: Session, subscription: Subscription) -> Moment:
    return _coming(session, subscription, occurrences.last_past(session, subscription.series))


def _coming(session: Session, subscription: Subscription, last: Occurrence | None) -> Moment:
    hour = time.fromisoformat(subscription.hour)
    rhythm = Rhythm(subscription.interval, subscription.weekday, hour, subscription.zone)
    return coming(session, rhythm, subscription.chosen_at, last, subscription.rode_at)
