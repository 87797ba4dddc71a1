"""The reach: who will get the next agenda, and how; and who will not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.texts import Texts
from digests import notes
from digests.stuck import why
from storage import sent
from storage.database import Session
from storage.groups import Group
from storage.memberships import Membership, members_of
from storage.outbox import STUCK, OutboxEntry


@dataclass(frozen=True)
class Missed:
    """Somebody whom no letter and no note will reach. `reason` is `nowhere`, or `refused` and what the server said."""

    place: Membership
    reason: str
    said: str = ""


@dataclass(frozen=True)
class Reach:
    """How many are in the group, and whom the next agenda does not reach."""

    everybody: int
    missed: tuple[Missed, ...]

    @property
    def reached(self) -> int:
        """How many it reaches."""
        return self.everybody - len(self.missed)


def forecast(session: Session, group: Group) -> Reach:
    """Whom the next agenda of a group will reach, as far as can be known."""
    places = members_of(session, group)
    last = sent.last_ended_at(session, "mail", [place.person.email for place in places if place.person.email])
    refusals = {address: entry for address, entry in last.items() if is_refused(entry)}
    missed = []
    for place in places:
        refusal = refusals.get(place.person.email or "")
        is_reached_by_mail = place.person.email is not None and refusal is None
        if not is_reached_by_mail and notes.way_in_chat(session, place.person, group) is None:
            missed.append(Missed(place, "refused", refusal.reason) if refusal else Missed(place, "nowhere"))
    return Reach(len(places), tuple(missed))


def is_refused(entry: OutboxEntry) -> bool:
    """It did not arrive, and will not at that address."""
    return entry.state in STUCK and why(entry) == "address"


def told(reach: Reach, group: Group, texts: Texts) -> Iterator[str]:
    """How many it reaches, and a line with the cure for each whom it does not; plain text."""
    yield summary(reach, group, texts)
    yield from (cure(missed, group, texts) for missed in reach.missed)


def summary(reach: Reach, group: Group, texts: Texts) -> str:
    """How many it reaches, of how many."""
    return texts.say("reach", group=group.name, reached=str(reach.reached), everybody=str(reach.everybody))


def cure(missed: Missed, group: Group, texts: Texts) -> str:
    """Who is not reached, why, and what can be done."""
    person = missed.place.person
    return texts.say(
        f"reach-{missed.reason}", name=person.name, group=group.name, address=person.email or "", said=missed.said
    )
