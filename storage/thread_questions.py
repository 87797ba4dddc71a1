"""A question asked in the thread of an example's card: that it was asked, not what."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session


class ThreadQuestion(Base):
    """One message with a question. `receipt` is the platform's own name for it."""

    __tablename__ = "thread_questions"

    platform: Mapped[str] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(primary_key=True)
    example_id: Mapped[int] = mapped_column(ForeignKey("examples.id"), init=False, index=True)
    asked_at: Mapped[datetime]

    @property
    def names(self) -> tuple[str, str]:
        """Which message it is."""
        return self.platform, self.receipt


def noun_asked_about(session: Session, platform: str, receipt: str) -> str:
    """Under whose card a message counts as a question; empty when it does not."""
    question = session.get(ThreadQuestion, (platform, receipt))
    return f"example:{question.example_id}" if question else ""
