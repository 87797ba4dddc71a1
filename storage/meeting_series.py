"""A series: meetings that were planned together by one rule."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base


class MeetingSeries(Base):
    """The rule of a series (RFC 5545, 3.3.10), without its start.

    `first` is when its first meeting begins on the group's clocks (2027-01-05T13:00), and `left_out` when it would
    have others.
    """

    __tablename__ = "meeting_series"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    rule: Mapped[str]
    first: Mapped[str]
    left_out: Mapped[list[str]] = mapped_column(default_factory=list)
