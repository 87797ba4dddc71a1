"""What is true of this installation as a whole."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session


class Installation(Base):
    """One row. `latest_time` is the latest moment that somebody moved the console's clock to."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True)
    latest_time: Mapped[datetime | None] = mapped_column(default=None)


def latest_time(session: Session) -> datetime | None:
    """The latest moment the console's clock was moved to on this database."""
    row = session.get(Installation, 1)
    return row.latest_time if row else None


def moved_time(session: Session, to: datetime) -> None:
    """The console's clock stands at `to` now."""
    session.merge(Installation(id=1, latest_time=to))
