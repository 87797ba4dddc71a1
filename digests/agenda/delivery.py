"""Delivery told: who got the agenda, who got it another way, and who did not, to the chairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from config.texts import Texts
from digests import stuck
from digests.agenda import letter, people, reach
from digests.agenda.reach import Missed
from digests.agenda.sending import DELIVERY_AFTER
from digests.cards.meeting import meeting_title
from digests.markup import escape
from storage import outbox
from storage.agenda_steps import Step
from storage.database import Session
from storage.meetings import Meeting
from storage.memberships import Membership, members_of
from storage.messages import Message
from storage.occurrences import Occurrence
from storage.outbox import STUCK, UNDER_WAY, OutboxEntry, OutboxState

# What is on its way for longer is told as not arrived.
PATIENCE = timedelta(days=1)
INSTEAD = "instead"


@dataclass(frozen=True)
class Fate:
    """What became of the agenda to one person: their letter, their note, and the note in place of a lost letter."""

    place: Membership
    letter: OutboxEntry | None
    note: OutboxEntry | None
    instead: OutboxEntry | None

    @property
    def is_open(self) -> bool:
        """Something of it is still on its way."""
        return any(one.state in UNDER_WAY for one in (self.letter, self.note, self.instead) if one)

    @property
    def has_arrived(self) -> bool:
        """By the way on which it was sent."""
        in_chat = self.note is not None and _is_said(self.note)
        return in_chat or (self.letter is not None and self.letter.state is OutboxState.SENT)


def fire(session: Session, meeting: Meeting, occurrence: Occurrence, now: datetime) -> None:
    """Tell the chairs once everything has arrived or failed; what failed is said in chat first, where that goes."""
    assert meeting.called_at is not None
    is_patient = now < meeting.called_at + PATIENCE
    fates = fates_of(session, meeting)
    lost = [fate for fate in fates if _is_lost(fate, is_patient=is_patient)]
    said = [_say_instead(session, meeting, fate.place, now) for fate in lost if fate.instead is None]
    if is_patient and (any(said) or any(fate.is_open for fate in fates)):
        occurrence.postpone(now + DELIVERY_AFTER)
        return
    people.tell_leaders(session, meeting, occurrence.series, partial(_report, meeting, fates_of(session, meeting)), now)
    for fate in lost:
        if fate.letter is not None and fate.letter.state in STUCK:
            fate.letter.told_at = now
    occurrence.fire()


def fates_of(session: Session, meeting: Meeting) -> list[Fate]:
    """What became of the agenda to everybody it was sent to who is still in the group."""
    to = set(meeting.sent.get("people", []))
    places = [place for place in members_of(session, meeting.group) if place.person_id in to]
    agenda, instead = people.key_of(meeting, Step.AGENDA), people.key_of(meeting, INSTEAD)
    keys = [_keys(agenda, instead, place.person_id) for place in places]
    found = outbox.entries_with(session, [key for some in keys for key in some])
    return [Fate(place, *map(found.get, some)) for place, some in zip(places, keys, strict=True)]


def _keys(agenda: str, instead: str, person: int) -> tuple[str, str, str]:
    return people.letter_key(agenda, person), people.note_key(agenda, person), people.note_key(instead, person)


def _is_lost(fate: Fate, *, is_patient: bool) -> bool:
    if fate.letter is None or fate.letter.state is OutboxState.SENT:
        return False
    return not is_patient or fate.letter.state not in UNDER_WAY


def _is_said(note: OutboxEntry) -> bool:
    """A note that has no place in chat went by mail."""
    return note.state is OutboxState.SENT and note.receipt != ""


def _say_instead(session: Session, meeting: Meeting, place: Membership, now: datetime) -> bool:
    write = partial(letter.write, meeting)
    return people.in_chat(session, meeting, people.key_of(meeting, INSTEAD), place, write, now)


def _report(meeting: Meeting, fates: Sequence[Fate], texts: Texts) -> Message:
    arrived = sum(fate.has_arrived for fate in fates)
    counts: dict[str, str | int] = {"reached": str(arrived), "everybody": str(len(fates))}
    counts["missed"] = len(fates) - arrived
    lines = [escape(_told(fate, meeting, texts)) for fate in fates if not fate.has_arrived]
    return Message(
        body="\n".join([texts.say("delivery", **counts), *(f"- {line}" for line in lines)]),
        subject=texts.say("delivery-subject", **counts, meeting=meeting_title(meeting, texts)),
    )


def _told(fate: Fate, meeting: Meeting, texts: Texts) -> str:
    """Why somebody did not get it as it was sent, and how they got it all the same, or what can be done."""
    if fate.letter is None:
        return reach.cure(Missed(fate.place, "nowhere"), meeting.group, texts)
    return " ".join(_lost(fate, fate.letter, texts))


def _lost(fate: Fate, lost: OutboxEntry, texts: Texts) -> Iterator[str]:
    name, is_late = fate.place.person.name, lost.state in UNDER_WAY
    why = texts.say("delivery-late") if is_late else texts.say(f"stuck-why-{stuck.why(lost)}")
    yield texts.say("delivery-lost", name=name, address=lost.address, why=why)
    if fate.instead is not None and (_is_said(fate.instead) or fate.instead.state in UNDER_WAY):
        platform = texts.say(f"platform-{fate.instead.route}")
        yield texts.say("delivery-instead", name=name, platform=platform)
    elif not is_late:
        yield texts.say("delivery-cure")
    if stuck.SERVER_SAID.match(lost.reason):
        yield texts.say("stuck-server", reason=lost.reason)
