"""An audit entry: who did what to which noun, when, from where. No texts."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base


class AuditEntry(Base):
    """One act. `action` is `proposal.support`, `noun` is `proposal:12`."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime] = mapped_column(index=True)
    action: Mapped[str]
    noun: Mapped[str]
    platform: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
