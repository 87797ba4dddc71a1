"""The links in letters: each carries its own proof, so that nobody has to sign in."""

import re
from dataclasses import dataclass

from storage.tokens import Tokens

# A gap in a shared letter, filled for each reader: `p` + noun, `do` + command, `calendar`, `unsubscribe`, `preferences`
# or `forward`; and for all alike, `picture` + number. The signs around it are of the private-use area, which no text
# that came through the door contains.
OPEN, CLOSE = "\ue000", "\ue001"
GAP = re.compile(f"{OPEN}([a-z]+)(?::([^{CLOSE}]*))?{CLOSE}")

UNSUBSCRIBE = f"{OPEN}unsubscribe{CLOSE}"
PREFERENCES = f"{OPEN}preferences{CLOSE}"
FORWARD = f"{OPEN}forward{CLOSE}"
CALENDAR = f"{OPEN}calendar{CLOSE}"


def reading(noun: str) -> str:
    """The gap of a link that shows a noun."""
    return f"{OPEN}p:{noun}{CLOSE}"


def pressing(command: str) -> str:
    """The gap of a link that means a command line."""
    return f"{OPEN}do:{command}{CLOSE}"


def showing(number: int) -> str:
    """The gap of the address of a picture."""
    return f"{OPEN}picture:{number}{CLOSE}"


@dataclass(frozen=True)
class Links:
    """Makes the links of one reader. `base` is the public address of the web door, without a slash at its end."""

    base: str
    tokens: Tokens

    def fill(self, text: str, personal: dict[str, str]) -> str:
        """`text` with every gap filled for the reader: `personal` holds the numbers of person and subscription."""
        return GAP.sub(lambda gap: self.link(gap[1], gap[2] or "", personal), text)

    def link(self, purpose: str, argument: str, personal: dict[str, str]) -> str:
        """One link. Preferences and unsubscribing are about the subscription, forwarding about one letter of it (none:
        what is new now), the others about the person.

        A picture's is the same for all, so that nobody is seen to look at it.
        """
        match purpose:
            case "picture":
                payload = argument
            case "p" | "do":
                payload = f"{personal['person']}:{argument}"
            case "calendar":
                payload = personal["person"]
            case "forward":
                payload = f"{personal['subscription']}:{personal.get('letter', '')}"
            case _:
                payload = personal["subscription"]
        file = ".ics" if purpose == "calendar" else ""
        return f"{self.base}/{purpose}/{self.tokens.make(purpose, payload)}{file}"
