"""Good examples in full: what came of them, who does the same, who is asked about them, and who reads them first.
Digests in full: what readers and groups choose, and what was told in which letter."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from storage import prose

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("groups", sa.Column("editors_since", sa.DateTime(timezone=True), nullable=True))
    for name in ("effect", "contact", "words"):
        op.add_column("examples", sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("examples", sa.Column("links", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("examples", sa.Column("review", sa.String(length=32), nullable=True))
    op.add_column("examples", sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True))
    _note_words()
    op.create_index(op.f("ix_audit_person_id"), "audit", ["person_id"])
    op.create_table(
        "reuses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["example_id"], ["examples.id"], name=op.f("fk_reuses_example_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reuses_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_reuses_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reuses")),
        sa.UniqueConstraint("example_id", "person_id", name=op.f("uq_reuses_example_id_person_id")),
    )
    op.create_index(op.f("ix_reuses_person_id"), "reuses", ["person_id"])
    op.create_table(
        "thread_questions",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["example_id"], ["examples.id"], name=op.f("fk_thread_questions_example_id")),
        sa.PrimaryKeyConstraint("platform", "receipt", name=op.f("pk_thread_questions")),
    )
    op.create_index(op.f("ix_thread_questions_example_id"), "thread_questions", ["example_id"])
    op.create_table(
        "tips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("finder_id", sa.Integer(), nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_tips_group_id")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_tips_author_id")),
        sa.ForeignKeyConstraint(["finder_id"], ["people.id"], name=op.f("fk_tips_finder_id")),
        sa.ForeignKeyConstraint(["example_id"], ["examples.id"], name=op.f("fk_tips_example_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tips")),
        sa.UniqueConstraint("source", name=op.f("uq_tips_source")),
    )
    op.create_index(op.f("ix_tips_author_id"), "tips", ["author_id"])
    _digests()


def _digests() -> None:
    op.add_column("people", sa.Column("together", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("with_own", "with_reacted"):
        op.add_column("subscriptions", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("subscriptions", sa.Column("rode_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("digest_items", sa.Column("letter", sa.Integer(), nullable=True))
    op.create_table(
        "bulletins",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("watermark", sa.DateTime(timezone=True), nullable=False),
        sa.Column("interval", sa.String(length=32), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_bulletins_group_id")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_bulletins")),
    )
    op.create_table(
        "bulletin_items",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_bulletin_items_group_id")),
        sa.PrimaryKeyConstraint("group_id", "noun", "number", name=op.f("pk_bulletin_items")),
    )
    _begin_bulletins()


def _begin_bulletins() -> None:
    """A group that is there already is told what is new from now on, not its whole past."""
    record = op.get_bind()
    put_down = sa.text(
        "INSERT INTO bulletins (group_id, began_at, chosen_at, watermark, interval, weekday, hour)"
        " SELECT id, :now, :now, :now, 'weekly', 0, '08:00' FROM groups"
    ).bindparams(sa.bindparam("now", type_=sa.DateTime(timezone=True)))
    record.execute(put_down, {"now": datetime.now(UTC)})


def _note_words() -> None:
    """What was shared before is found by its words, too."""
    record = op.get_bind()
    put_down = sa.text("UPDATE examples SET words = :folded WHERE id = :number")
    told = "SELECT examples.id, title, body, units.name FROM examples LEFT JOIN units ON units.id = unit_id"
    for number, *words in record.execute(sa.text(told)).all():
        folded = prose.folded(" ".join(filter(None, words)))
        record.execute(put_down, {"folded": folded, "number": number})


def downgrade() -> None:
    with op.batch_alter_table("digest_items") as digest_items:
        digest_items.drop_column("letter")
    with op.batch_alter_table("subscriptions") as subscriptions:
        for name in ("rode_at", "with_reacted", "with_own"):
            subscriptions.drop_column(name)
    with op.batch_alter_table("people") as people:
        people.drop_column("together")
    for table in ("bulletin_items", "bulletins", "tips", "thread_questions", "reuses"):
        op.drop_table(table)
    op.drop_index(op.f("ix_audit_person_id"), "audit")
    with op.batch_alter_table("examples") as examples:
        for name in ("reviewed_at", "review", "links", "words", "contact", "effect"):
            examples.drop_column(name)
    with op.batch_alter_table("groups") as groups:
        groups.drop_column("editors_since")
