"""A card posted: where the one card of a noun stands in a room, so that it can be changed in place."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session


class Card(Base):
    """The card of `noun` (`proposal:12`) in one room. `receipt` is the platform's own name for the post."""

    __tablename__ = "cards"

    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), primary_key=True)
    noun: Mapped[str] = mapped_column(primary_key=True)
    receipt: Mapped[str]


def card_in(session: Session, room_id: int, noun: str) -> Card | None:
    """The card, when it has been posted."""
    return session.get(Card, (room_id, noun))


def posted(session: Session, room_id: int, noun: str, receipt: str) -> None:
    """The card stands in the room now, under `receipt`."""
    session.merge(Card(room_id=room_id, noun=noun, receipt=receipt))
