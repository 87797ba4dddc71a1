"""What many readers have in common is read and written once for all of them, in one transaction."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from storage.database import Session
from storage.groups import Group

R = TypeVar("R")


def once(session: Session, key: tuple[Any, ...], make: Callable[[], R]) -> R:
    """Made once for all readers of one transaction: whoever fires adds no items."""
    at_hand = session.info.setdefault("at_hand", {})
    if key not in at_hand:
        at_hand[key] = make()
    return cast(R, at_hand[key])


def shared(session: Session, read: Callable[..., R], group: Group, *rest: Any) -> R:
    """What `read` finds of a group."""
    return once(session, (read, group.id, *rest), lambda: read(session, group, *rest))
