"""What Tuva says, before any platform has dressed it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """A button. A button is a command line that somebody may press."""

    label: str
    command: str


@dataclass(frozen=True)
class Message:
    """One thing said: `body` is Markdown, `subject` plain text that stands before it, `actions` are its buttons."""

    body: str
    subject: str = ""
    actions: tuple[Action, ...] = ()
