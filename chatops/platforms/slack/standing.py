"""Where a card stands on Slack, as the record keeps it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """Where a card stands: channel, its message, and the replies under it that hold the rest of it."""

    channel: str
    ts: str = ""
    replies: tuple[str, ...] = ()

    @classmethod
    def read(cls, receipt: str, address: str) -> "Standing":
        """As it was kept; nowhere yet in `address` when it was not."""
        channel, _, rest = receipt.partition("/")
        ts, _, replies = rest.partition("/")
        return cls(channel, ts, tuple(filter(None, replies.split(",")))) if receipt else cls(address)

    def __str__(self) -> str:
        return "/".join(filter(None, (self.channel, self.ts, ",".join(self.replies))))


class Gone(Exception):
    """Somebody has deleted the card."""
