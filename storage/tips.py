"""A tip: somebody finds that what another wrote is a good example. The author decides.

open → shared | declined
"""

from datetime import datetime

from sqlalchemy import ForeignKey, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage import prose
from storage.database import Base, Session
from storage.groups import Group
from storage.people import Person
from storage.rules import RuleBroken


class Tip(Base):
    """What an `author` wrote, and who found it good. `source` names the message, empty when it was told in words."""

    __tablename__ = "tips"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), init=False)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False, index=True)
    finder_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False)
    example_id: Mapped[int | None] = mapped_column(ForeignKey("examples.id"), init=False, default=None)
    group: Mapped[Group] = relationship(repr=False)
    author: Mapped[Person] = relationship(foreign_keys=author_id, repr=False)
    finder: Mapped[Person] = relationship(foreign_keys=finder_id, repr=False)
    title: Mapped[str]
    body: Mapped[str]
    given_at: Mapped[datetime]
    source: Mapped[str | None] = mapped_column(default=None, unique=True)
    declined: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def is_open(self) -> bool:
        """Its author has not answered it."""
        return self.example_id is None and not self.declined

    def decline(self) -> None:
        """Its author does not share it. Once more changes nothing. Raises RuleBroken when they have shared it."""
        if self.example_id is not None:
            raise RuleBroken("tip-unknown", number=str(self.id))
        self.declined = True


def is_new(session: Session, tip: Tip) -> bool:
    """Put a tip down. False when the same message was found good before."""
    if tip.source and session.scalar(select(Tip.id).filter_by(source=tip.source)) is not None:
        return False
    session.add(tip)
    session.flush()
    return True


def tip_for(session: Session, person: Person, number: int) -> Tip:
    """Tip `number`, answered or not. Raises RuleBroken when it is not the person's to decide."""
    tip = session.get(Tip, number)
    if tip is None or tip.author is not person:
        raise RuleBroken("tip-unknown", number=str(number))
    return tip


def open_tip_for(session: Session, person: Person, number: int) -> Tip:
    """Tip `number`. Raises RuleBroken alike when it is not the person's to decide, and when it was answered."""
    tip = tip_for(session, person, number)
    if not tip.is_open:
        raise RuleBroken("tip-unknown", number=str(number))
    return tip


def unused_tips(session: Session, group: Group, since: datetime, author: Person | None = None) -> list[Tip]:
    """What was found good since then and has not been answered, the oldest first; of one `author`, or of all."""
    is_open = Tip.example_id.is_(None) & ~Tip.declined
    chosen = select(Tip).where(Tip.group_id == group.id, is_open, Tip.given_at >= since)
    return list(session.scalars((chosen if author is None else chosen.filter_by(author_id=author.id)).order_by(Tip.id)))


def as_title_and_body(text: str) -> tuple[str, str]:
    """A message as title and body. A first line too long for a title stands in the body, too.

    What no body has room for is left out: it stands in the message.
    """
    title, _, rest = prose.clean(text).partition("\n")
    if len(title) > prose.TITLE_LIMIT:
        title, rest = _shortened(title, prose.TITLE_LIMIT), prose.clean(text)
    return title, _shortened(rest.strip(), prose.BODY_LIMIT)


def as_body(text: str) -> str:
    """A message as a body, as far as there is room for it."""
    return _shortened(prose.clean(text), prose.BODY_LIMIT)


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rpartition(" ")[0] + "…"
