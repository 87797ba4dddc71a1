"""An organisation that takes part, and its units: what must be represented, also while nobody represents it."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage import prose
from storage.database import Base, Session
from storage.rules import RuleBroken

if TYPE_CHECKING:
    from storage.groups import Group


class Organisation(Base):
    """A municipality, a region or a company."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(unique=True)


class Unit(Base):
    """A förvaltning, company, municipality or office that a group wants represented."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("group_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), init=False)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), init=False)
    name: Mapped[str]
    group: Mapped["Group"] = relationship(back_populates="units", repr=False)
    organisation: Mapped[Organisation | None] = relationship(default=None, repr=False)


def organisation_named(session: Session, name: str) -> Organisation:
    """The organisation of that name, made when it is new."""
    name = prose.name(name)
    found = session.scalar(select(Organisation).where(Organisation.name == name))
    if found is None:
        found = Organisation(name=name)
        session.add(found)
    return found


def unit_named(session: Session, group: "Group", name: str) -> Unit | None:
    """The group's unit of that name."""
    return session.scalar(select(Unit).where(Unit.group_id == group.id, Unit.name == name))


def add_unit(session: Session, group: "Group", name: str, organisation: Organisation | None) -> Unit:
    """Add a unit to a group; again later, give it another organisation."""
    name = prose.name(name)
    unit = unit_named(session, group, name)
    if unit is None:
        unit = Unit(group=group, name=name, organisation=organisation)
        session.add(unit)
    elif organisation is not None:
        unit.organisation = organisation
    return unit


def unit_called(group: "Group", name: str) -> Unit:
    """The group's unit of that name, or the only one whose name begins so. Raises RuleBroken when there is none."""
    asked = prose.folded(name)
    units = {prose.folded(unit.name): unit for unit in group.units}
    beginning = [unit for known, unit in units.items() if asked and known.startswith(asked)]
    if asked in units or len(beginning) == 1:
        return units.get(asked) or beginning[0]
    known = ", ".join(unit.name for unit in group.units) or "–"
    raise RuleBroken("unit-unknown", unit=name, known=known)
