"""What a test gets to see: a message, a view, what a gesture came to."""

from dataclasses import dataclass, field, fields
from typing import Any, Self

from slackside.words import words

Json = dict[str, Any]


class FromJson:
    """Made of the keys it knows."""

    @classmethod
    def of(cls, told: Json) -> Self:
        """From what the server told."""
        known = {each.name for each in fields(cls)}  # type: ignore[arg-type]
        return cls(**{key: value for key, value in told.items() if key in known})


@dataclass(frozen=True)
class Sighted(FromJson):
    """One message as it stands; `live` is everything active in it, `edited` counts its changes."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json]
    thread_ts: str | None
    metadata: Json | None
    live: list[str]
    edited: int
    reactions: dict[str, list[str]]
    to: str | None

    @property
    def words(self) -> str:
        """What a person reads."""
        return words(self.blocks) if self.blocks else self.text


@dataclass(frozen=True)
class Outcome(FromJson):
    """What a gesture came to: the answer in the acknowledgement, or the error the person sees.

    Of an event, what became of its first delivery. `sent` is the payload the app was sent.
    """

    payload: Any = None
    error: str | None = None
    seconds: float = 0.0
    sent: Json | None = None
    event_ids: list[str] = field(default_factory=list)
    ts: str | None = None
    channel: str | None = None


@dataclass(frozen=True)
class Call(FromJson):
    """One call of the Web API; `at` is time.monotonic() of its arrival, `applied` of its effect."""

    method: str
    at: float
    args: Json
    ok: bool | None
    error: str | None
    fault: str | None = None
    ts: str | None = None
    applied: float | None = None


@dataclass(frozen=True)
class Shown(FromJson):
    """A modal or home tab as a person sees it; `errors` by block_id, `depth` of the stack it is on top of."""

    id: str
    hash: str
    type: str
    blocks: list[Json]
    callback_id: str
    private_metadata: str
    title: Json | None
    errors: dict[str, str]
    depth: int
    live: list[str]

    @property
    def words(self) -> str:
        """What a person reads."""
        title = self.title["text"] + "\n" if self.title else ""
        return title + words(self.blocks)
