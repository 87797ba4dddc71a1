"""A question that Tuva asked somebody in a chat: their next words there complete a command line."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session

# Who has not answered by then talks about something else.
OPEN_FOR = timedelta(hours=24)


class Question(Base):
    """`asks` is the line that the answer completes. `thread` is empty where a room has none."""

    __tablename__ = "questions"

    platform: Mapped[str] = mapped_column(primary_key=True)
    room: Mapped[str] = mapped_column(primary_key=True)
    thread: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    asks: Mapped[str]
    asked_at: Mapped[datetime]


# Built once: it is asked for everything that is heard.
ASKED = (
    select(Question.asks)
    .filter_by(**{name: bindparam(name) for name in ("platform", "room", "thread", "account")})
    .where(Question.asked_at > bindparam("since"))
)


def ask(session: Session, platform: str, room: str, thread: str, account: str, asks: str, now: datetime) -> None:
    """From now on this is what the account was asked there, in place of an older question."""
    there = {"platform": platform, "room": room, "thread": thread, "account": account}
    session.merge(Question(**there, asks=asks, asked_at=now))


def question_to(session: Session, platform: str, room: str, thread: str, account: str, now: datetime) -> str:
    """The line that the account's next words there complete; empty when nothing was asked lately."""
    there = {"platform": platform, "room": room, "thread": thread, "account": account}
    return session.scalar(ASKED, {**there, "since": now - OPEN_FOR}) or ""


def settled(session: Session, platform: str, room: str, thread: str, account: str) -> None:
    """It was answered, or is no longer asked."""
    there = {"platform": platform, "room": room, "thread": thread, "account": account}
    session.execute(delete(Question).filter_by(**there))
