"""Goal tags: which goals a proposal or an example serves. The catalogues themselves stand in `config/goals.toml`."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base


class GoalTag(Base):
    """One goal (`sdg:13`, `miljomal:1`, `mrp:1.1`) on one proposal or example."""

    __tablename__ = "goal_tags"
    __table_args__ = (CheckConstraint("(proposal_id IS NULL) <> (example_id IS NULL)", name="one_owner"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    goal: Mapped[str] = mapped_column(index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), init=False, index=True)
    example_id: Mapped[int | None] = mapped_column(ForeignKey("examples.id"), init=False, index=True)
