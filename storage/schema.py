"""The schema: what a database must look like, and how an older one gets there (Alembic)."""

import logging
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import inspect, text

# Every noun registers its table where it is imported.
from storage import (  # noqa: F401
    agenda_items,
    agenda_steps,
    audit,
    bulletins,
    cards,
    digest_items,
    direct_rooms,
    examples,
    inbox,
    installation,
    link_codes,
    memberships,
    occurrences,
    outbox,
    proposals,
    questions,
    readers,
    spaces,
    subgroups,
    subscriptions,
    tips,
    tokens,
)
from storage.database import Base, Database, Session
from storage.rules import RuleBroken

HEAD = "0010"
MIGRATIONS = Path(__file__).with_name("migrations")
METADATA = Base.metadata


class SchemaState(StrEnum):
    """How a database stands to this program."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def state_of(database: Database) -> SchemaState:
    """Whether `migrate` is needed, or the database was made by a newer Tuva."""
    with database.reading() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return SchemaState.EMPTY
        revision = str(session.scalar(text("SELECT version_num FROM alembic_version")))
    if revision == HEAD:
        return SchemaState.CURRENT
    return SchemaState.OLDER if _is_known(revision) else SchemaState.NEWER


def migrate(database: Database, now: datetime) -> None:
    """Bring the database to this program's schema, in one transaction, and give a new one its key for tokens.

    Raises RuleBroken when a newer Tuva made it.
    """
    state = state_of(database)
    if state is SchemaState.NEWER:
        raise RuleBroken("cli-database-newer")
    with database.transaction() as session:
        if state is not SchemaState.CURRENT:
            _upgrade(session)
        if not tokens.live_tokens(session).secrets:
            tokens.make_key(session, now)


def _upgrade(session: Session) -> None:
    from alembic import command  # noqa: PLC0415 -- a start without migration is spared the import
    from alembic.config import Config  # noqa: PLC0415

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config(attributes={})
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = session.connection()
    command.upgrade(config, HEAD)


def _is_known(revision: str) -> bool:
    return any(MIGRATIONS.joinpath("versions").glob(f"{revision}_*.py"))
