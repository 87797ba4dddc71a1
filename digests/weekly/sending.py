"""A reader's letter goes out, by mail, in chat or both, and what it told is noted, all in one transaction."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from config.texts import texts_in
from digests import letters, notes
from digests.at_hand import once
from digests.notes import Note
from digests.weekly.gathering import Part, gather_all
from digests.weekly.writing import write
from storage import digest_items, outbox
from storage.database import Session
from storage.occurrences import Occurrence
from storage.outbox import OutboxKind
from storage.subscriptions import Channel, Subscription

LATE_AT_MOST = timedelta(days=3)


@dataclass(frozen=True)
class Way:
    """One way to a reader."""

    platform: str
    address: str

    @property
    def is_mail(self) -> bool:
        """As a letter; else as a note."""
        return self.platform == "mail"


def leave(session: Session, subscriptions: list[Subscription], occurrence: Occurrence, now: datetime) -> None:
    """Leave the courier the letter of the first of these, the others riding along; or skip it, with the reason."""
    lead, person = subscriptions[0], subscriptions[0].person
    parts = gather_all(session, subscriptions, now)
    ways = ways_to(session, lead)
    passed = [noun for part in parts for noun in part.passed.nouns]
    digest_items.tell(session, person, passed, now)
    if not any(part.news.is_new for part in parts):
        occurrence.skip("nothing_new")
    elif not ways:
        occurrence.skip("no_address")
    else:
        for way in ways:
            _put(session, way, ways, parts, lead, occurrence, now)
        told = [noun for part in parts for noun in part.news.nouns]
        digest_items.tell(session, person, told, now, occurrence.id)
        for one in subscriptions:
            one.watermark = now
        occurrence.fire()


def ways_to(session: Session, subscription: Subscription) -> list[Way]:
    """Where the letters of a subscription go: as chosen, and where that way is closed the other one."""
    person, channel = subscription.person, subscription.channel
    mail = [Way("mail", person.email)] if person.email else []
    if channel is Channel.MAIL and mail:
        return mail
    found = notes.way_in_chat(session, person, subscription.group)
    chat = [Way(*found)] if found else []
    if channel is Channel.BOTH:
        return [*mail, *chat]
    return chat or mail


def _put(
    session: Session,
    way: Way,
    ways: list[Way],
    parts: list[Part],
    lead: Subscription,
    occurrence: Occurrence,
    now: datetime,
) -> None:
    beside = next((_key(other, occurrence) for other in ways if other is not way), None)
    personal = {"person": str(lead.person_id), "subscription": str(lead.id), "letter": str(occurrence.id)}
    outbox.put(
        session,
        key=_key(way, occurrence),
        route=way.platform,
        kind=OutboxKind.LETTER if way.is_mail else OutboxKind.NOTE,
        address=way.address,
        parts=_written(session, way, parts, lead, date.fromisoformat(occurrence.key[:10])),
        now=now,
        not_after=occurrence.due_at + LATE_AT_MOST,
        topic="" if way.is_mail else f"note:{_key(way, occurrence)}",
        personal=personal | ({"beside": beside} if beside else {}),
        group_id=lead.group_id,
    )


def _key(way: Way, occurrence: Occurrence) -> str:
    key = f"{occurrence.series}:{occurrence.key}"
    return key if way.is_mail else f"note:{key}"


def _written(session: Session, way: Way, parts: list[Part], lead: Subscription, day: date) -> dict[str, Any]:
    """Readers who are told the same, in the same way, get the very same parts."""
    texts = texts_in(lead.speaks)
    same = (lead.group_id, lead.interval, lead.titles_only, texts.language, day, *(part.same for part in parts))
    letter = once(session, ("letter", *same), lambda: write(parts, lead, day, texts))
    if way.is_mail:
        return once(session, ("mail", *same), lambda: letters.as_parts(letter, texts))
    said = once(session, ("chat", *same), lambda: letters.as_message(letter))
    return notes.as_parts(Note("", said), lead.person, lead.group, texts)
