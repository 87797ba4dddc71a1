"""Small checks that Block Kit's shapes are put together from; each tells its faults as Slack words them."""

import re
from collections.abc import Callable
from typing import Any

from slackside.limits import LIMITS

SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+\Z")


class Faults:
    """The faults found, each with the place it was found at."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def add(self, sentence: str, at: str) -> None:
        """One more."""
        self.messages.append(f"[ERROR] {sentence} [json-pointer:{at}]")


Check = Callable[[Any, str, Faults], None]


def string(limit: str | None = None, least: int = 1) -> Check:
    """Text of at most that row of LIMITS, or of any length."""
    most = LIMITS[limit] if limit else None

    def check(value: Any, at: str, faults: Faults) -> None:
        if not isinstance(value, str):
            faults.add("must be a string", at)
        elif most is not None and len(value) > most:
            faults.add(f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            faults.add(f"must be more than {least - 1} characters", at)

    return check


def address(limit: str | None = None) -> Check:
    """Text that is an address with its scheme."""
    length = string(limit)

    def check(value: Any, at: str, faults: Faults) -> None:
        length(value, at, faults)
        if isinstance(value, str) and value and not SCHEME.match(value):
            faults.add("must be a valid URL", at)

    return check


def matching(pattern: re.Pattern[str]) -> Check:
    """Text of that form."""

    def check(value: Any, at: str, faults: Faults) -> None:
        if not isinstance(value, str) or not pattern.match(value):
            faults.add(f"input must match regex pattern: {pattern.pattern}", at)

    return check


def items(limit: str | None, each: Check, least: int = 1) -> Check:
    """A list of at most that row of LIMITS, or of any length."""
    most = LIMITS[limit] if limit else None

    def check(value: Any, at: str, faults: Faults) -> None:
        if not isinstance(value, list):
            faults.add("must be an array", at)
        elif most is not None and len(value) > most:
            faults.add(f"no more than {most} items allowed", at)
        elif len(value) < least:
            faults.add(f"no fewer than {least} items allowed", at)
        else:
            for place, one in enumerate(value):
                each(one, f"{at}/{place}", faults)

    return check


def number(least: int, limit: str | None = None) -> Check:
    """A whole number from `least` to that row of LIMITS, or without end."""
    most = LIMITS[limit] if limit else None

    def check(value: Any, at: str, faults: Faults) -> None:
        if type(value) is not int:
            faults.add("must be an integer", at)
        elif value < least:
            faults.add(f"must be greater than {least - 1}", at)
        elif most is not None and value > most:
            faults.add(f"must be less than {most + 1}", at)

    return check


def yes_no(value: Any, at: str, faults: Faults) -> None:
    """True or false."""
    if not isinstance(value, bool):
        faults.add("must be a boolean", at)


def one_of(*allowed: str) -> Check:
    """One of these words."""

    def check(value: Any, at: str, faults: Faults) -> None:
        if value not in allowed:
            faults.add(f"must be a valid enum value: {', '.join(allowed)}", at)

    return check


def anything(value: Any, at: str, faults: Faults) -> None:
    """What the stand-in does not look into."""


def keyed(keys: dict[str, Check], needs: str = "") -> Check:
    """An object of these keys and no others; `needs` names those it cannot be without, `a|b` one of two."""

    def check(value: Any, at: str, faults: Faults) -> None:
        if not isinstance(value, dict):
            return faults.add("must provide an object", at)
        for need in needs.split():
            if not any(value.get(name) is not None for name in need.split("|")):
                faults.add(f"missing required field: {need}", at)
        for name, each in value.items():
            if name not in keys:
                faults.add(f"invalid additional property: {name}", at)
            elif each is not None:
                keys[name](each, f"{at}/{name}", faults)
        return None

    return check


def typed(shapes: dict[str, Check], *allowed: str) -> Check:
    """An object that says its type, one of the allowed (all, when none is named)."""

    def check(value: Any, at: str, faults: Faults) -> None:
        kind = str(value.get("type")) if isinstance(value, dict) else None
        if kind not in shapes or (allowed and kind not in allowed):
            return faults.add(f"unsupported type: {kind}", at)
        return shapes[kind](value, at, faults)

    return check


def words(limit: str, *kinds: str) -> Check:
    """A text object of these kinds, plain_text when none is named."""
    plain = keyed({"type": anything, "text": string(limit), "emoji": yes_no}, "text")
    marked = keyed({"type": anything, "text": string(limit), "verbatim": yes_no}, "text")
    return typed({"plain_text": plain, "mrkdwn": marked}, *(kinds or ("plain_text",)))
