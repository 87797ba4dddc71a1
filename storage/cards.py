"""A card posted: where the one card of a noun stands in a room, so that it can be changed in place."""

from sqlalchemy import ForeignKey, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session
from storage.rooms import Room


class Card(Base):
    """The card of `noun` (`proposal:12`) in one room. `receipt` is the platform's own name for the post."""

    __tablename__ = "cards"

    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), primary_key=True)
    noun: Mapped[str] = mapped_column(primary_key=True)
    receipt: Mapped[str]


def card_in(session: Session, room_id: int, noun: str) -> Card | None:
    """The card, when it has been posted."""
    return session.get(Card, (room_id, noun))


def card_on(session: Session, platform: str, noun: str) -> tuple[str, str] | None:
    """Where a card stands on a platform: the room's address, and the receipt."""
    there = select(Room.address, Card.receipt).join(Room, Room.id == Card.room_id)
    found = session.execute(there.where(Room.platform == platform, Card.noun == noun).order_by(Room.id)).first()
    return (found.address, found.receipt) if found else None


def noun_posted(session: Session, platform: str, receipt: str) -> str:
    """The noun whose card has a receipt that is, or begins with, `receipt`; empty when none has."""
    there = select(Card.noun).join(Room, Room.id == Card.room_id).where(Room.platform == platform)
    begins = Card.receipt.startswith(f"{receipt}/", autoescape=True)
    return session.scalar(there.where(or_(Card.receipt == receipt, begins))) or ""


def gone(session: Session, platform: str, receipt: str) -> None:
    """Somebody has taken the card with that receipt away: the next time it is posted anew."""
    noun = noun_posted(session, platform, receipt)
    begins = or_(Card.receipt == receipt, Card.receipt.startswith(f"{receipt}/", autoescape=True))
    session.execute(delete(Card).where(Card.noun == noun, begins))


def gone_from(session: Session, platform: str, address: str) -> None:
    """No card stands in the room: all are posted anew when they change."""
    room = select(Room.id).where(Room.platform == platform, Room.address == address)
    session.execute(delete(Card).where(Card.room_id.in_(room)))


def posted(session: Session, room_id: int, noun: str, receipt: str) -> None:
    """The card stands in the room now, under `receipt`."""
    session.merge(Card(room_id=room_id, noun=noun, receipt=receipt))
