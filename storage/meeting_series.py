"""A series: meetings that were planned together by one rule."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base


class MeetingSeries(Base):
    """The rule of a series (RFC 5545, 3.3.10). When it begins, and which moments it leaves out, its meetings tell."""

    __tablename__ = "meeting_series"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    rule: Mapped[str]
