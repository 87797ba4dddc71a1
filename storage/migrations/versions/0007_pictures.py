"""Pictures of good examples, and the copies of them that platforms have."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "pictures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["example_id"], ["examples.id"], name=op.f("fk_pictures_example_id")),
        sa.ForeignKeyConstraint(["asker_id"], ["people.id"], name=op.f("fk_pictures_asker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pictures_example_id"), "pictures", ["example_id"])
    op.create_table(
        "picture_copies",
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["picture_id"], ["pictures.id"], name=op.f("fk_picture_copies_picture_id")),
        sa.PrimaryKeyConstraint("picture_id", "platform", "tenant", name=op.f("pk_picture_copies")),
    )


def downgrade() -> None:
    op.drop_table("picture_copies")
    op.drop_table("pictures")
