"""A space: where the rooms of a group stand together, on a platform that has such a thing."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session
from storage.groups import Group


class Space(Base):
    """The one space of a group on a platform."""

    __tablename__ = "spaces"

    platform: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    address: Mapped[str]


def space_of(session: Session, platform: str, group: Group) -> str:
    """Its address; empty while there is none."""
    space = session.get(Space, (platform, group.id))
    return space.address if space else ""


def keep_space(session: Session, platform: str, group: Group, address: str) -> None:
    """The group's rooms stand together there from now on."""
    session.merge(Space(platform=platform, group_id=group.id, address=address))
