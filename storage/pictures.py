"""The picture of a good example, and where a platform already has a copy of it.

expected → here;  expected → gone (refused);  here → gone (replaced or taken away)
"""

from itertools import takewhile
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage import prose
from storage.database import Base, Session
from storage.messages import Illustration
from storage.people import Person
from storage.rules import RuleBroken

if TYPE_CHECKING:
    from storage.examples import Example


# What a picture shows is told in a sentence, not in a page.
ALT_LIMIT = 200


class Picture(Base):
    """A picture of an example: a small JPEG once it is here. Another picture is another row.

    `alt` says in words what it shows, where a platform told so. `content` is read by itself, never with the example.
    """

    __tablename__ = "pictures"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    example_id: Mapped[int] = mapped_column(ForeignKey("examples.id"), init=False, index=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("people.id"), init=False)
    asker: Mapped[Person] = relationship(repr=False)
    alt: Mapped[str]
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, default=None, deferred=True, repr=False, compare=False)
    example: Mapped["Example"] = relationship(back_populates="pictures", init=False, repr=False)
    copies: Mapped[list["PictureCopy"]] = relationship(
        cascade="all, delete-orphan", init=False, default_factory=list, repr=False
    )

    @property
    def is_here(self) -> bool:
        """It has come."""
        return self.width > 0

    @property
    def words(self) -> str:
        """What stands where it cannot be seen."""
        return self.alt or self.example.title

    @property
    def shown(self) -> Illustration:
        """As a card shows it."""
        return Illustration(self.id, self.words, self.width, self.height)

    def take(self, content: bytes, width: int, height: int) -> None:
        """It has come, in place of every older one. Once more changes nothing."""
        if not self.is_here:
            self.content, self.width, self.height = content, width, height
            for older in [*takewhile(lambda one: one is not self, self.example.pictures)]:
                older.drop()
            self.example.revision += 1

    def drop(self) -> None:
        """It will not come."""
        self.example.pictures.remove(self)


class PictureCopy(Base):
    """A platform has the picture already, under a `reference` of its own. `tenant` is the workspace or homeserver."""

    __tablename__ = "picture_copies"

    picture_id: Mapped[int] = mapped_column(ForeignKey("pictures.id"), primary_key=True, init=False)
    platform: Mapped[str] = mapped_column(primary_key=True)
    tenant: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str]


def expect(example: "Example", asker: Person, alt: str) -> Picture:
    """A picture of the example that somebody has sent is on its way. Raises RuleBroken when it was retired."""
    if not example.is_current:
        raise RuleBroken("example-retired", number=str(example.id))
    picture = Picture(asker=asker, alt=" ".join(prose.clean(alt).split())[:ALT_LIMIT])
    example.pictures.append(picture)
    return picture


def picture_of(example: "Example") -> Picture | None:
    """The one that is shown; others may be expected."""
    return next((picture for picture in example.pictures if picture.is_here), None)


def take_away(example: "Example") -> None:
    """The example has no picture, and none is expected."""
    if picture_of(example) is not None:
        example.revision += 1
    example.pictures.clear()


def picture_numbered(session: Session, number: int) -> Picture | None:
    """The picture; None when it has been taken away, replaced or refused."""
    return session.get(Picture, number)


def is_expected(session: Session, number: int) -> bool:
    """It is still to come."""
    picture = picture_numbered(session, number)
    return picture is not None and not picture.is_here


def content_of(session: Session, number: int) -> bytes | None:
    """The JPEG; None when it is not here, or no longer."""
    return session.scalar(select(Picture.content).where(Picture.id == number))


def copy_of(session: Session, number: int, platform: str, tenant: str) -> str:
    """What the platform calls its copy; empty when it has none."""
    copy = session.get(PictureCopy, (number, platform, tenant))
    return copy.reference if copy else ""


def copied(session: Session, number: int, platform: str, tenant: str, reference: str) -> None:
    """The platform has a copy now. Of a picture that is gone meanwhile nothing is noted."""
    picture = session.get(Picture, number)
    if picture is not None and not copy_of(session, number, platform, tenant):
        picture.copies.append(PictureCopy(platform=platform, tenant=tenant, reference=reference))
