"""What was heard: one thing that happened in a room, as it is put down until its effect is there."""

from dataclasses import dataclass
from typing import Any

from chatops.platforms.matrix.batches import Json
from chatops.platforms.matrix.words import relation

PLATFORM = "matrix"
INVITATION = "invitation"
DEPARTURE = "departure"
GAP = "gap"
QUESTION = "question"


@dataclass(frozen=True)
class Heard:
    """An event, by its type; or an invitation, a departure or a gap, which have no id of their own.

    A question is a message of which none of the words are put down: only whether it asks something.

    `event` is as the homeserver sent it; of an invitation, what the room shows of itself under `shown`.
    """

    name: str
    room: str
    kind: str
    event: Json

    @classmethod
    def of_event(cls, room: str, event: Json) -> "Heard":
        """Something in a room's timeline, or in its state."""
        return cls(str(event.get("event_id", "")), room, str(event.get("type", "")), event)

    @classmethod
    def of_invitation(cls, room: str, shown: list[Json], position: str) -> "Heard":
        """Somebody invites us."""
        return cls(f"{INVITATION}:{room}:{position}", room, INVITATION, {"shown": shown})

    @classmethod
    def of_departure(cls, room: str, position: str) -> "Heard":
        """We are out of a room."""
        return cls(f"{DEPARTURE}:{room}:{position}", room, DEPARTURE, {})

    @classmethod
    def of_gap(cls, room: str, position: str) -> "Heard":
        """More was missed than could be fetched."""
        return cls(f"{GAP}:{room}:{position}", room, GAP, {})

    def as_question(self, receipt: str, under: str, *, asks: bool) -> "Heard":
        """The message `receipt` as it is from now on, which stands `under` another; empty until it is looked up."""
        told = {"sender": self.sender, "receipt": receipt, "under": under, "asks": asks}
        return Heard(self.name, self.room, QUESTION, told)

    @classmethod
    def from_payload(cls, payload: Json) -> "Heard":
        """As it was put down."""
        return cls(**payload)

    @property
    def payload(self) -> Json:
        """As it is put down."""
        return {"name": self.name, "room": self.room, "kind": self.kind, "event": self.event}

    @property
    def key(self) -> str:
        """Its name in the inbox."""
        return f"{PLATFORM}:{self.name}"

    @property
    def sender(self) -> str:
        """Whose event it is: the account that the homeserver vouches for."""
        return str(self.event.get("sender", ""))

    @property
    def content(self) -> Json:
        """What it says; empty when it was taken away."""
        content: Any = self.event.get("content")
        return content if isinstance(content, dict) else {}

    @property
    def redacts(self) -> str:
        """The event that it takes away. Rooms of version 11 and later say so in the content."""
        return str(self.content.get("redacts") or self.event.get("redacts") or "")

    @property
    def reacts_to(self) -> str:
        """The event under which it is a sign."""
        return relation(self.content, "m.annotation")

    @property
    def sign(self) -> str:
        """The reaction itself, as its sender's keyboard wrote it."""
        return str(self.content["m.relates_to"].get("key", "")) if self.reacts_to else ""
