"""The bulletin: what is new in a group, as a card in its rooms, once a week."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from config.texts import Texts, texts_in
from digests import cards, news, wording
from digests.cards import Item
from digests.markup import escape
from digests.moments import coming
from digests.news import OVERLAP, News
from digests.schedule import Moment, Rhythm
from digests.wording import MOST
from storage import bulletins, occurrences
from storage.bulletins import Bulletin, bulletin_of
from storage.database import Session
from storage.groups import GroupStage, group_numbered
from storage.messages import Message
from storage.occurrences import Occurrence
from storage.subscriptions import Interval

SERIES = bulletins.SERIES
LATE_AT_MOST = timedelta(days=3)


def lacks_moments(session: Session) -> bool:
    """Some group's next bulletin has no moment yet."""
    return bool(bulletins.groups_unplanned(session, 1))


def plan(session: Session, limit: int, after: int = 0) -> int | None:
    """Give at most so many groups over number `after` their next moment. Returns the last one's number."""
    unplanned = bulletins.groups_unplanned(session, limit, after)
    for group in unplanned:
        moment = next_bulletin(session, bulletin_of(session, group))
        occurrences.plan(session, f"{SERIES}{group.id}", moment.key, moment.at)
    return unplanned[-1].id if unplanned else None


def fire(session: Session, occurrence: Occurrence, now: datetime) -> None:
    """Post what is new, or skip the moment with its reason."""
    bulletin = bulletin_of(session, group_numbered(session, int(occurrence.series.removeprefix(SERIES))))
    if bulletin.group.stage is GroupStage.CLOSED:
        occurrence.skip("retired")
    elif bulletin.interval is Interval.OFF:
        occurrence.skip("off")
    elif not cards.rooms_of(bulletin.group):
        occurrence.skip("no_room")
        bulletin.watermark = now
    elif _coming(session, bulletin, occurrence).at <= now:
        occurrence.skip("merged")
    elif now - occurrence.due_at > LATE_AT_MOST:
        occurrence.skip("too_late")
    else:
        _post(session, bulletin, occurrence, now)


def next_bulletin(session: Session, bulletin: Bulletin) -> Moment:
    """When the one after the last one comes. It must not be off."""
    return _coming(session, bulletin, occurrences.last_past(session, bulletin.series))


def gather(session: Session, bulletin: Bulletin) -> News:
    """What the rooms have not been told yet."""
    since = max(bulletin.began_at, bulletin.watermark - OVERLAP)
    return news.gather(session, bulletin.group, since, bulletins.told(session, bulletin.group))


def write(found: News, bulletin: Bulletin, day: date, texts: Texts) -> Message:
    """The card in one language, as it stands in the rooms from that `day` on: a line for each item."""
    is_weekly = bulletin.interval is Interval.WEEKLY
    sections = (
        _section("letter-examples", *_lines(found.examples, texts), texts=texts),
        _section("letter-proposals", *_lines(found.proposals, texts), texts=texts),
        _section("letter-changes", *(escape(wording.changed(one, texts)) for one in found.changes), texts=texts),
        _section(
            "letter-subgroups", *(escape(wording.subgroup_line(one, texts)) for one in found.subgroups), texts=texts
        ),
    )
    return Message(
        body="\n\n".join(filter(None, sections)),
        subject=wording.subject([found], day, texts, is_weekly=is_weekly),
        foot=texts.say("bulletin-invitation"),
    )


def _post(session: Session, bulletin: Bulletin, occurrence: Occurrence, now: datetime) -> None:
    found, group = gather(session, bulletin), bulletin.group
    if not found.is_new:
        occurrence.skip("nothing_new")
        return
    message = write(found, bulletin, date.fromisoformat(occurrence.key[:10]), texts_in(group.language))
    cards.post(session, group, f"{SERIES}{occurrence.id}", message, 1, now)
    bulletins.tell(session, group, found.nouns, now)
    bulletin.watermark = now
    occurrence.fire()


def _coming(session: Session, bulletin: Bulletin, last: Occurrence | None) -> Moment:
    hour = time.fromisoformat(bulletin.hour)
    rhythm = Rhythm(bulletin.interval, bulletin.weekday, hour, bulletin.group.timezone)
    return coming(session, rhythm, bulletin.chosen_at, last)


def _lines(items: Sequence[Item], texts: Texts) -> Iterator[str]:
    return (cards.line(item, texts) for item in items)


def _section(key: str, *lines: str, texts: Texts) -> str:
    if not lines:
        return ""
    listed = "\n".join(f"- {line}" for line in lines[:MOST])
    return "\n\n".join(filter(None, (f"**{texts.say(key)}**", listed, wording.more(lines, texts))))
