"""Where a card stands on Matrix, as the record keeps it: its event, and those in its thread with the rest of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """`event` is empty while it stands nowhere. Kept as one word; the sign before each id parts them."""

    event: str = ""
    replies: tuple[str, ...] = ()

    @classmethod
    def read(cls, receipt: str) -> "Standing":
        """As it was kept."""
        first, *rest = receipt.split("/$")
        return cls(first, tuple(f"${reply}" for reply in rest))

    def __str__(self) -> str:
        return "/".join((self.event, *self.replies))
