"""What changes on an agenda that was sent is told together, half an hour after the first of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from config.texts import Texts, texts_in
from digests import cards
from digests.agenda import people, sending
from digests.agenda.letter import about_meeting
from digests.agenda.steps import TOO_LATE, series_of
from digests.cards.meeting import facts_of, meeting_title
from digests.letters import Letter, Section
from digests.markup import escape
from storage import occurrences
from storage.database import Session
from storage.meetings import Meeting
from storage.memberships import members_of
from storage.messages import Message
from storage.occurrences import Occurrence
from storage.proposal_stages import ProposalStage

CHANGES = "changes"
TOLD_AFTER = timedelta(minutes=30)
Line = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """What is another than was told: items as they were noted. `is_ordered` tells that the rest stands as it did."""

    added: tuple[Line, ...]
    taken_off: tuple[Line, ...]
    withdrawn: tuple[Line, ...]
    timed: tuple[Line, ...]
    is_ordered: bool

    def __bool__(self) -> bool:
        """Anything is another."""
        return bool(self.added or self.taken_off or self.withdrawn or self.timed or not self.is_ordered)


def expect(session: Session, meeting: Meeting, now: datetime) -> None:
    """Something on the agenda changes: it is told in a while, with what changes until then."""
    if meeting.called_at is None or meeting.has_begun(now):
        return
    if not occurrences.due_under(session, series_of(meeting, CHANGES)):
        due_at = now + TOLD_AFTER
        occurrences.plan(session, series_of(meeting, CHANGES), due_at.isoformat(), due_at)


def fire(session: Session, meeting: Meeting, occurrence: Occurrence, now: datetime) -> None:
    """Tell what has changed, in the rooms and to everybody, or skip the moment with its reason."""
    found = difference(meeting)
    if meeting.has_begun(now):
        occurrence.skip(TOO_LATE)
    elif not found:
        occurrence.skip("nothing_new")
    else:
        _tell(session, meeting, found, occurrence, now)
        occurrence.fire()


def difference(meeting: Meeting) -> Difference:
    """How the agenda differs from what was told of it."""
    told, stands = _by_proposal(meeting.sent.get("items", [])), _by_proposal(sending.snapshot(meeting))
    gone = [line for number, line in told.items() if number not in stands]
    withdrawn = {item.proposal_id for item in meeting.items if item.proposal.stage is ProposalStage.WITHDRAWN}
    both = [number for number in told if number in stands]
    return Difference(
        added=tuple(line for number, line in stands.items() if number not in told),
        taken_off=tuple(line for line in gone if line["proposal"] not in withdrawn),
        withdrawn=tuple(line for line in gone if line["proposal"] in withdrawn),
        timed=tuple(stands[number] for number in both if stands[number]["minutes"] != told[number]["minutes"]),
        is_ordered=_order(told, both) == _order(stands, [number for number in stands if number in told]),
    )


def _tell(session: Session, meeting: Meeting, found: Difference, occurrence: Occurrence, now: datetime) -> None:
    def said(texts: Texts) -> Message:
        subject = texts.say("agenda-changed", meeting=meeting_title(meeting, texts))
        return Message("\n".join(f"- {escape(line)}" for line in lines_of(found, texts)), subject)

    def write(texts: Texts, _: bool) -> Letter:
        changes = Section(texts.say("agenda-changed-heading"), lines=tuple(lines_of(found, texts)))
        return about_meeting(meeting, Message(facts_of(meeting, texts), said(texts).subject), texts, (changes,))

    name = f"{CHANGES}:{occurrence.id}"
    cards.post(session, meeting.group, f"{meeting.noun}:{name}", said(texts_in(meeting.group.language)), 1, now)
    people.send(session, meeting, people.key_of(meeting, name), members_of(session, meeting.group), write, now)
    meeting.sent = meeting.sent | {"items": sending.snapshot(meeting)}


def lines_of(found: Difference, texts: Texts) -> Iterator[str]:
    """One line for each change, as plain text."""
    for key, some in (("added", found.added), ("taken-off", found.taken_off), ("withdrawn", found.withdrawn)):
        yield from (texts.say(f"agenda-changed-{key}", proposal=_named(line, texts)) for line in some)
    for line in found.timed:
        minutes = str(line["minutes"] or "")
        key = "timed" if minutes else "untimed"
        yield texts.say(f"agenda-changed-{key}", proposal=_named(line, texts), minutes=minutes)
    if not found.is_ordered:
        yield texts.say("agenda-changed-order")


def _named(line: Line, texts: Texts) -> str:
    return texts.say("card-proposal", number=str(line["proposal"]), title=line["title"])


def _by_proposal(lines: list[Line]) -> dict[int, Line]:
    return {line["proposal"]: line for line in lines}


def _order(lines: dict[int, Line], numbers: list[int]) -> list[tuple[int, str]]:
    return [(number, lines[number]["section"]) for number in numbers]
