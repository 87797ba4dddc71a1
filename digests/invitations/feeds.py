"""A person's meetings as a feed, read anew each time."""

from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr

from config.texts import Texts, texts_in
from digests.calendar import Entry
from digests.invitations.entries import entry_of
from digests.links import Links
from storage import diary
from storage.database import Session
from storage.meetings import Meeting
from storage.memberships import memberships_of
from storage.people import Person
from storage.subscriptions import subscription_of


def feed_of(session: Session, person: Person, since: datetime, links: Links, sender: str) -> bytes | None:
    """The meetings of all the person's groups from a moment on; None for who is in no group.

    Each meeting is an entry of its own, also in a series: there is nothing that a program could expand otherwise.
    """
    from digests.calendar import ics  # noqa: PLC0415 -- a start is spared its library

    places = memberships_of(session, person)
    if not places:
        return None
    texts = texts_in(subscription_of(session, person, places[0].group).speaks)
    name = texts.say("calendar-name", groups=texts.listed([place.group.name for place in places]))
    entries = [_entry(meeting, texts) for meeting in diary.meetings_for_calendar(session, person, since)]
    address, personal = parseaddr(sender)[1], {"person": str(person.id)}
    ours = {"organiser": address, "host": address.rpartition("@")[2]}
    return ics.filled(
        ics.feed(name, entries), lambda purpose, about: ours.get(purpose) or links.link(purpose, about, personal)
    )


def _entry(meeting: Meeting, texts: Texts) -> Entry:
    """Not every program shows that a meeting in a feed is cancelled: its title says so, too."""
    entry = entry_of(meeting, texts, meeting.created_at)
    return replace(entry, title=texts.say("calendar-cancelled", title=entry.title)) if entry.is_cancelled else entry
