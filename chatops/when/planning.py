"""When a meeting is, and what it is called: `första tisdagen, inte juli 13:00 Gruppens möte`."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chatops.lengths import be_a_length
from chatops.when.days import day_in
from chatops.when.hours import Hours, hours_at, hours_in
from chatops.when.recurrence import Recurrence, recurrence_in
from chatops.when.series import Series, days_in, series_of, series_on
from chatops.when.spoken import COMMAS, HOUR, Spoken, written
from storage.rules import RuleBroken

# What may stand between the hour and the title.
BETWEEN = f" -–—{COMMAS}"


@dataclass(frozen=True)
class Planned:
    """When, on wall clocks (naive); `series` is None for one meeting, `title` empty and `minutes` None if untold."""

    start: datetime
    series: Series | None
    title: str
    minutes: int | None = None


def planned(words: str, now: datetime, *, day: str = "", hour: str = "") -> Planned:
    """What the words of a line mean; `day` and `hour` may be given apart. `now` is aware, on the group's clocks.

    The day or the rule comes first, the hour anywhere, and the rest is the title. Raises RuleBroken for what is not
    understood, missing, past or unreal.
    """
    typed = [*day.split(), *hour.split(), *words.split()]
    spoken, hours = _spoken(typed)
    when = _when(spoken, now)
    if day and _begins_with_when(spoken, now.date()):
        raise RuleBroken("when-twice", day=day, word=" ".join(words.split()[:3]))
    if hours is None and (hours := hours_at(typed, spoken.at)) is not None:
        spoken.at = hours.end
    if hours is None:
        first = when if isinstance(when, list) else [now.date() + timedelta(weeks=1)]
        raise RuleBroken("hour-missing", example=f"{first[0].isoformat()} 13:00")
    if hours.minutes is not None:
        be_a_length(hours.minutes, " ".join(typed[hours.start : hours.end]))
    series = series_on(when, hours.at, now) if isinstance(when, list) else series_of(when, hours.at, now)
    is_one = len(series.starts) == 1
    return Planned(series.starts[0], None if is_one else series, _title(spoken), hours.minutes)


def _spoken(typed: list[str]) -> tuple[Spoken, Hours | None]:
    """The words, with a sign in place of the hour."""
    hours = hours_in(typed)
    if hours is None:
        return Spoken(typed), None
    spoken = Spoken([*typed[: hours.start], HOUR, *typed[hours.end :]])
    spoken.at = hours.start == 0
    return spoken, hours


def _when(spoken: Spoken, now: datetime) -> Recurrence | list[date]:
    today = now.date()
    when = recurrence_in(spoken, today) or days_in(spoken, today)
    if not when:
        example = (today + timedelta(weeks=1)).isoformat()
        raise RuleBroken("when-unknown", word=written(spoken.typed[:4]), example=example)
    return when


def _begins_with_when(spoken: Spoken, today: date) -> bool:
    """Another day, or a rule, comes next."""
    start = spoken.at
    spoken.at += spoken.next == HOUR
    found = recurrence_in(spoken, today) or day_in(spoken, today)
    spoken.at = start
    return found is not None


def _title(spoken: Spoken) -> str:
    return written(spoken.typed[spoken.at :]).strip(BETWEEN)
