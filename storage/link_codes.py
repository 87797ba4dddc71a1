"""A link code: typed from another account, it tells that both accounts are one person's.

made → used | replaced;  ten minutes after it was made it has expired
"""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, Session
from storage.people import Identity, Person
from storage.rules import RuleBroken
from storage.tokens import live_tokens

# Nothing in it is taken for something else: no 0 and O, no 1, I and L.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 8
LASTS = timedelta(minutes=10)
# A code that is over is told from one that never was, for so long.
REMEMBERED = timedelta(days=1)
GUESSES, GUESSES_WITHIN = 5, timedelta(minutes=10)
GUESSES_OF_ALL, GUESSES_OF_ALL_WITHIN = 50, timedelta(hours=1)


class LinkCodeStage(StrEnum):
    """What became of it."""

    MADE = "made"
    USED = "used"
    REPLACED = "replaced"


class LinkCode(Base):
    """A code of one person's, for one use. Only its seal is kept."""

    __tablename__ = "link_codes"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False, index=True)
    seal: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    person: Mapped[Person] = relationship(repr=False)
    stage: Mapped[LinkCodeStage] = mapped_column(default=LinkCodeStage.MADE)

    def use(self, now: datetime) -> None:
        """It is typed, which can be done once. Raises RuleBroken when it is used or no longer valid."""
        if self.stage is LinkCodeStage.USED:
            raise RuleBroken("link-code-used")
        if self.stage is LinkCodeStage.REPLACED or now - self.made_at >= LASTS:
            raise RuleBroken("link-code-over")
        self.stage = LinkCodeStage.USED


class LinkGuess(Base):
    """A code that was typed and is none."""

    __tablename__ = "link_guesses"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    platform: Mapped[str]
    tenant: Mapped[str]
    identifier: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


def make_link_code(session: Session, person: Person, now: datetime) -> str:
    """A new code of the person's, instead of an older one: `ABCD-EFGH`."""
    older = update(LinkCode).filter_by(person_id=person.id, stage=LinkCodeStage.MADE)
    session.execute(older.values(stage=LinkCodeStage.REPLACED))
    session.execute(delete(LinkCode).where(LinkCode.made_at < now - REMEMBERED))
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    session.add(LinkCode(person=person, seal=_sealed(session, code), made_at=now))
    session.flush()
    return f"{code[:4]}-{code[4:]}"


def link_code_typed(session: Session, typed: str, by: Identity, now: datetime) -> LinkCode | None:
    """The code that was typed, in any case, with or without its dash. None when there is none: a guess, which counts.

    Raises RuleBroken after too many guesses, also when this is none.
    """
    _require_patience(session, by, now)
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    code = session.scalar(select(LinkCode).filter_by(seal=_sealed(session, signs)))
    if code is None:
        session.execute(delete(LinkGuess).where(LinkGuess.at <= now - GUESSES_OF_ALL_WITHIN))
        session.add(LinkGuess(**by._asdict(), at=now))
        session.flush()
    return code


def _require_patience(session: Session, by: Identity, now: datetime) -> None:
    """Few guesses by one account, and not many by all together."""
    counted = select(func.count()).select_from(LinkGuess)
    own = counted.filter_by(**by._asdict()).where(LinkGuess.at > now - GUESSES_WITHIN)
    if (session.scalar(own) or 0) >= GUESSES:
        raise RuleBroken("link-guesses")
    if (session.scalar(counted.where(LinkGuess.at > now - GUESSES_OF_ALL_WITHIN)) or 0) >= GUESSES_OF_ALL:
        raise RuleBroken("link-guesses-of-all")


def _sealed(session: Session, code: str) -> str:
    return live_tokens(session).seal("link", code)
