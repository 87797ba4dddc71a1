"""A room: a Slack channel or a Matrix room bound to a group.

opening → open → archived
open → encrypted
"""

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint, bindparam, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, Session
from storage.rules import RuleBroken

if TYPE_CHECKING:
    from storage.groups import Group


class RoomStage(StrEnum):
    """How far it has come. An encrypted room stays so, and Tuva cannot read in it."""

    OPENING = "opening"
    OPEN = "open"
    ARCHIVED = "archived"
    ENCRYPTED = "encrypted"


class Room(Base):
    """Where a group speaks, on one platform.

    `link` leads into one that Tuva has made. While it is opening, its `address` is only a name: `#cykelstall`.
    """

    __tablename__ = "rooms"
    __table_args__ = (UniqueConstraint("platform", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), init=False)
    platform: Mapped[str]
    address: Mapped[str]
    group: Mapped["Group"] = relationship(back_populates="rooms", init=False, repr=False)
    stage: Mapped[RoomStage] = mapped_column(default=RoomStage.OPEN)
    link: Mapped[str] = mapped_column(default="", server_default=text("''"))

    @property
    def is_open(self) -> bool:
        """It can be spoken in, and nothing there is hidden from us."""
        return self.stage is RoomStage.OPEN


def require_address(platform: str, address: str) -> None:
    """What stands behind a Matrix room's `!` is nobody's business (spec.matrix.org/latest/appendices/#room-ids).

    Raises RuleBroken when it is no id of a room.
    """
    if platform != "matrix" or (address.startswith("!") and len(address) > 1 and not re.search(r"\s", address)):
        return
    raise RuleBroken("room-matrix-alias" if address.startswith("#") else "room-matrix-wrong", address=address)


ROOM_AT = select(Room).filter_by(platform=bindparam("platform"), address=bindparam("address"))


def room_at(session: Session, platform: str, address: str) -> Room | None:
    """The room with that address."""
    return session.scalar(ROOM_AT, {"platform": platform, "address": address})


def room_numbered(session: Session, number: int) -> Room | None:
    """The room with that internal number."""
    return session.get(Room, number)


def is_encrypted(session: Session, platform: str, address: str) -> bool:
    """What is said there is hidden from us, so what is not hidden is nobody's word."""
    room = room_at(session, platform, address)
    return room is not None and room.stage is RoomStage.ENCRYPTED


def is_open(session: Session, platform: str, address: str) -> bool:
    """It is a group's, and nothing there is hidden from us."""
    room = room_at(session, platform, address)
    return room is not None and room.is_open


def moved(session: Session, platform: str, address: str, to: str) -> None:
    """The room goes on at another address."""
    room = room_at(session, platform, address)
    if room is not None and room_at(session, platform, to) is None:
        room.address = to
