"""A tip: somebody finds that what another wrote is a good example. The author decides."""

from datetime import datetime

from sqlalchemy import ForeignKey, select
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


def is_new(session: Session, tip: Tip) -> bool:
    """Put a tip down. False when the same message was found good before."""
    if tip.source and session.scalar(select(Tip.id).filter_by(source=tip.source)) is not None:
        return False
    session.add(tip)
    session.flush()
    return True


def tip_for(session: Session, person: Person, number: int) -> Tip:
    """Tip `number`, if it is the person's to decide. Raises RuleBroken alike when it is not, and when it was used."""
    tip = session.get(Tip, number)
    if tip is None or tip.author is not person or tip.example_id is not None:
        raise RuleBroken("tip-unknown", number=str(number))
    return tip


def unused_tips(session: Session, group: Group, since: datetime, author: Person | None = None) -> list[Tip]:
    """What was found good since then and has not been shared yet, the oldest first; of one `author`, or of all."""
    chosen = select(Tip).where(Tip.group_id == group.id, Tip.example_id.is_(None), Tip.given_at >= since)
    return list(session.scalars((chosen if author is None else chosen.filter_by(author_id=author.id)).order_by(Tip.id)))


def example_made_of(session: Session, person: Person, number: int) -> int | None:
    """The number of the example that the person's tip has become; None while it has not."""
    return session.scalar(select(Tip.example_id).filter_by(id=number, author_id=person.id))


def as_title_and_body(text: str) -> tuple[str, str]:
    """A message as title and body. A first line too long for a title stands in the body, too.

    What no body has room for is left out: it stands in the message.
    """
    title, _, rest = prose.clean(text).partition("\n")
    if len(title) > prose.TITLE_LIMIT:
        title, rest = _shortened(title, prose.TITLE_LIMIT), prose.clean(text)
    return title, _shortened(rest.strip(), prose.BODY_LIMIT)


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rpartition(" ")[0] + "…"
