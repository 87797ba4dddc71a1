"""Matrix: who reads its stream, what is heard and waits for its effect, direct rooms, and what was asked in a chat."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_index("inbox_waiting", "inbox", ["state", "id"])
    op.create_table(
        "readers",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("stream", name="pk_readers"),
    )
    op.create_table(
        "direct_rooms",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "account", name="pk_direct_rooms"),
    )
    op.create_index("ix_direct_rooms_address", "direct_rooms", ["address"])
    op.create_table(
        "questions",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("platform", "room", "thread", "account", "asks")),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("platform", "room", "thread", "account", name="pk_questions"),
    )


def downgrade() -> None:
    for table in ("questions", "direct_rooms", "readers"):
        op.drop_table(table)
    op.drop_index("inbox_waiting", "inbox")
