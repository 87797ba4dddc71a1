"""A direct room: where Tuva and one person speak, on a platform that has no other way of saying something privately."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session

# Why none could be opened: every new room is encrypted there, which only the operator can have changed.
ENCRYPTION_FORCED = "encryption_forced"


class DirectRoom(Base):
    """The one direct room with an account of a platform."""

    __tablename__ = "direct_rooms"

    platform: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(index=True)


# Built once: they are asked for everything that is heard.
WITH = select(DirectRoom.address).filter_by(platform=bindparam("platform"), account=bindparam("account"))
IN = select(DirectRoom.account).filter_by(platform=bindparam("platform"), address=bindparam("address"))


def direct_room_with(session: Session, platform: str, account: str) -> str:
    """Its address; empty while there is none."""
    return session.scalar(WITH, {"platform": platform, "account": account}) or ""


def account_in(session: Session, platform: str, address: str) -> str:
    """Whose direct room it is; empty when it is none."""
    return session.scalar(IN, {"platform": platform, "address": address}) or ""


def opened(session: Session, platform: str, account: str, address: str) -> None:
    """The account is spoken to there from now on."""
    session.merge(DirectRoom(platform=platform, account=account, address=address))


def closed(session: Session, platform: str, address: str) -> None:
    """Nobody is spoken to there any more."""
    session.execute(delete(DirectRoom).filter_by(platform=platform, address=address))
