"""Delivery: the group of an entry, what a crash left suspected, when the chair was told; indexes as they are asked."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # A reference is added with its column: SQLite would otherwise copy the whole table.
    op.execute("ALTER TABLE outbox ADD COLUMN group_id INTEGER CONSTRAINT fk_outbox_group_id REFERENCES groups (id)")
    op.add_column("outbox", sa.Column("suspected", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outbox", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("outbox_order", "outbox")
    op.drop_index("outbox_waiting", "outbox")
    op.create_index("outbox_order", "outbox", ["route", "address", "state", "id"])
    op.create_index("outbox_waiting", "outbox", ["route", "state", "due_at", "id"])
    op.drop_index("ix_occurrences_due_at", "occurrences")
    op.create_index("occurrences_due", "occurrences", ["state", "due_at", "id"])


def downgrade() -> None:
    op.drop_index("occurrences_due", "occurrences")
    op.create_index("ix_occurrences_due_at", "occurrences", ["due_at"])
    op.drop_index("outbox_waiting", "outbox")
    op.drop_index("outbox_order", "outbox")
    op.create_index("outbox_waiting", "outbox", ["state", "due_at"])
    op.create_index("outbox_order", "outbox", ["route", "address", "id"])
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as outbox:
        outbox.drop_constraint("fk_outbox_group_id", type_="foreignkey")
        for name in ("group_id", "suspected", "told_at"):
            outbox.drop_column(name)
