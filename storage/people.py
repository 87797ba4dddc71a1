"""A person, and the names they have on each platform. One person is one voice, everywhere."""

from typing import NamedTuple

from sqlalchemy import ForeignKey, UniqueConstraint, bindparam, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, Session

# A console speaker and the reader of a letter are known by their mail address.
KNOWN_BY_MAIL = frozenset({"console", "mail"})
# Where an account can be found by the mail address that the platform vouches for.
FOUND_BY_MAIL = frozenset({"slack"})


class Identity(NamedTuple):
    """Who speaks, as a platform knows them: by a stable name, never a display name."""

    platform: str
    tenant: str
    identifier: str


class Person(Base):
    """A human. `email` is lower case; `language` and `timezone` are None until somebody has chosen.

    `together`: one letter for all their groups.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(unique=True)
    language: Mapped[str | None] = mapped_column(default=None)
    timezone: Mapped[str | None] = mapped_column(default=None)
    together: Mapped[bool] = mapped_column(default=False, server_default=false())
    accounts: Mapped[list["Account"]] = relationship(back_populates="person", default_factory=list, repr=False)

    def account_on(self, platform: str) -> "Account | None":
        """Their name on a platform."""
        return next((account for account in self.accounts if account.platform == platform), None)

    def known_as(self, platform: str, identifier: str, tenant: str = "") -> None:
        """Give them a name on a platform, in place of the one they had there."""
        account = self.account_on(platform)
        if account is None:
            self.accounts.append(Account(platform=platform, tenant=tenant, identifier=identifier))
        else:
            account.tenant, account.identifier = tenant, identifier


class Account(Base):
    """A name on a platform: (platform, tenant, stable identifier), never a display name."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("platform", "tenant", "identifier"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False, index=True)
    platform: Mapped[str]
    tenant: Mapped[str]
    identifier: Mapped[str]
    person: Mapped[Person] = relationship(back_populates="accounts", init=False, repr=False)


# Built once: who speaks is asked for every command.
WITH_MAIL = select(Person).where(Person.email == bindparam("address"))
KNOWN_AS = (
    select(Person)
    .join(Account)
    .filter_by(platform=bindparam("platform"), tenant=bindparam("tenant"), identifier=bindparam("identifier"))
)


def person_with_mail(session: Session, address: str) -> Person | None:
    """Whose mail address it is."""
    return session.scalar(WITH_MAIL, {"address": address.strip().lower()})


def person_known_as(session: Session, platform: str, identifier: str, tenant: str = "") -> Person | None:
    """Who speaks, told by their stable name on a platform."""
    if platform in KNOWN_BY_MAIL:
        return person_with_mail(session, identifier)
    return session.scalar(KNOWN_AS, {"platform": platform, "tenant": tenant, "identifier": identifier})


def person_numbered(session: Session, number: int) -> Person | None:
    """The person with that internal number."""
    return session.get(Person, number)
