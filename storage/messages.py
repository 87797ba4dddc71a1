"""What Tuva says, before any platform has dressed it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """A button. A button is a command line that somebody may press.

    Of many that do the same to different things, `menu` says what: a platform shows one list in place of them.
    """

    label: str
    command: str
    menu: str = ""


@dataclass(frozen=True)
class Illustration:
    """A picture of the record, by its number: what it shows in words, and its size in pixels."""

    number: int
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Message:
    """One thing said. `subject` is plain text that stands before the body; `actions` are its buttons.

    `body` and `foot` are Markdown. The foot stands after the body; its first paragraph is the state of the thing, which
    a platform shows also where the body is too long to be shown whole. `illustration` is the picture shown with it.
    """

    body: str
    subject: str = ""
    actions: tuple[Action, ...] = ()
    foot: str = ""
    illustration: Illustration | None = None

    @property
    def whole(self) -> str:
        """Body and foot."""
        return "\n\n".join(filter(None, (self.body, self.foot)))
