"""Reactions: a stand or thanks given by a sign under a card, which says less than a word."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for table in ("stands", "thanks"):
        op.add_column(table, sa.Column("reacted", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for table in ("stands", "thanks"):
        op.drop_column(table, "reacted")
