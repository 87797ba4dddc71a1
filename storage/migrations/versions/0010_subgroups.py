"""Subgroups: a question, those who take care of it, and where their rooms stand together."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("rooms", sa.Column("link", sa.String(), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "spaces",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_spaces_group_id")),
        sa.PrimaryKeyConstraint("platform", "group_id", name=op.f("pk_spaces")),
    )
    op.create_table(
        "subgroups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("starter_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("mandate", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_subgroups_group_id")),
        sa.ForeignKeyConstraint(["team_id"], ["groups.id"], name=op.f("fk_subgroups_team_id")),
        sa.ForeignKeyConstraint(["starter_id"], ["people.id"], name=op.f("fk_subgroups_starter_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["people.id"], name=op.f("fk_subgroups_lead_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_subgroups_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subgroups")),
        sa.UniqueConstraint("team_id", name=op.f("uq_subgroups_team_id")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_subgroups_proposal_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_subgroups_group_id"), "subgroups", ["group_id"])


def downgrade() -> None:
    op.drop_table("subgroups")
    op.drop_table("spaces")
    op.drop_column("rooms", "link")
