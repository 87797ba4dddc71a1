"""Where a card stands on Matrix, as the record keeps it: its event, and those in its thread with the rest of it."""

from dataclasses import dataclass

# Before the picture; no event has it in its name.
PICTURE = "/~"


@dataclass(frozen=True)
class Shown:
    """The event of a picture, by its number in the record."""

    number: int
    event: str

    def __str__(self) -> str:
        return f"{PICTURE}{self.number}{self.event}"


@dataclass(frozen=True)
class Standing:
    """`event` is empty while it stands nowhere. Kept as one word; the sign before each id parts them."""

    event: str = ""
    replies: tuple[str, ...] = ()
    picture: Shown | None = None

    @classmethod
    def read(cls, receipt: str) -> "Standing":
        """As it was kept."""
        said, _, shown = receipt.partition(PICTURE)
        first, *rest = said.split("/$")
        number, _, event = shown.partition("$")
        return cls(first, tuple(f"${reply}" for reply in rest), Shown(int(number), f"${event}") if shown else None)

    def __str__(self) -> str:
        return "/".join((self.event, *self.replies)) + str(self.picture or "")
