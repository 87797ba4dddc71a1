"""The schema: the migrations and the models tell the same."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, inspect, text

from living import clean_environment
from people import MONDAY
from storage import schema
from storage.database import Database
from storage.organisations import Organisation
from storage.rules import RuleBroken
from storage.schema import HEAD, METADATA, MIGRATIONS, SchemaState
from storage.tokens import live_tokens

KILLS = 25
# Begins migrations in children that have everything imported, and kills each at a later moment than the last.
KILLING = """
import json, os, signal, sys, time
from datetime import UTC, datetime
from alembic import command, config
from storage import schema
from storage.database import Database

folder, kills = sys.argv[1], int(sys.argv[2])

def in_a_child(name):
    child = os.fork()
    if child == 0:
        schema.migrate(Database(f"sqlite:///{folder}/{name}.db"), datetime.now(UTC))
        os._exit(0)
    return child

begun = time.monotonic()
os.waitpid(in_a_child("whole"), 0)
takes = time.monotonic() - begun
killed = 0
for number in range(kills):
    child = in_a_child(str(number))
    time.sleep(takes * number / kills)
    os.kill(child, signal.SIGKILL)
    killed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
print(json.dumps(killed))
"""


@pytest.fixture
def unmade(tmp_path: Path) -> Iterator[Database]:
    """A database that nobody has migrated."""
    database = Database(f"sqlite:///{tmp_path}/tuva.db")
    yield database
    database.close()


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def test_an_empty_file_is_empty(unmade: Database) -> None:
    assert schema.state_of(unmade) is SchemaState.EMPTY


def test_a_migrated_database_is_current(unmade: Database) -> None:
    schema.migrate(unmade, MONDAY)
    assert schema.state_of(unmade) is SchemaState.CURRENT


def test_a_revision_that_is_not_ours_is_newer(unmade: Database) -> None:
    schema.migrate(unmade, MONDAY)
    with unmade.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert schema.state_of(unmade) is SchemaState.NEWER
    with pytest.raises(RuleBroken, match="cli-database-newer"):
        schema.migrate(unmade, MONDAY)


def test_there_is_one_head_and_it_is_the_programs() -> None:
    assert scripts().get_heads() == [HEAD]


def test_every_file_of_migrations_begins_with_its_revision() -> None:
    for script in scripts().walk_revisions():
        assert Path(script.path).name.startswith(f"{script.revision}_")


def test_migrations_make_what_the_models_say(unmade: Database) -> None:
    schema.migrate(unmade, MONDAY)
    with unmade.written_alone() as engine, engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_migrations_make_every_table_column_and_constraint_as_the_models_would(
    unmade: Database, tmp_path: Path
) -> None:
    schema.migrate(unmade, MONDAY)
    models = Database(f"sqlite:///{tmp_path}/models.db")
    with models.written_alone() as engine:
        METADATA.create_all(engine)
    assert laid_out(unmade) == laid_out(models)
    models.close()


def laid_out(database: Database) -> dict[str, object]:
    """Every table, with all that SQLite tells about it."""
    with database.reading() as session:
        seen = inspect(session.connection())
        return {
            table: (
                {column["name"]: (str(column["type"]), column["nullable"]) for column in seen.get_columns(table)},
                seen.get_pk_constraint(table)["constrained_columns"],
                sorted((k["constrained_columns"], k["referred_table"]) for k in seen.get_foreign_keys(table)),
                sorted(unique["column_names"] for unique in seen.get_unique_constraints(table)),
                sorted((i["name"], i["column_names"], i["unique"]) for i in seen.get_indexes(table)),
                [check["name"] for check in seen.get_check_constraints(table)],
                "AUTOINCREMENT" in session.scalar(text("SELECT sql FROM sqlite_master WHERE name = :n"), {"n": table}),
            )
            for table in seen.get_table_names()
            if table != "alembic_version"
        }


def test_every_noun_has_its_table(unmade: Database) -> None:
    schema.migrate(unmade, MONDAY)
    assert set(laid_out(unmade)) == set(METADATA.tables) >= {"proposals", "examples", "outbox", "occurrences"}


def test_migrating_twice_changes_nothing(unmade: Database) -> None:
    schema.migrate(unmade, MONDAY)
    with unmade.transaction() as session:
        session.add(Organisation(name="Trollhättan"))
    before = laid_out(unmade)
    schema.migrate(unmade, MONDAY)
    assert laid_out(unmade) == before
    with unmade.reading() as session:
        assert session.get_one(Organisation, 1).name == "Trollhättan"


def test_a_new_database_gets_a_key_for_its_tokens_and_keeps_it(unmade: Database) -> None:
    keys = []
    for _ in range(2):
        schema.migrate(unmade, MONDAY)
        with unmade.reading() as session:
            keys.append(live_tokens(session).secrets)
    assert len(keys[0]) == 1
    assert keys[0] == keys[1]


def test_migrating_is_one_transaction_with_the_key_in_it(unmade: Database) -> None:
    commits = []
    with unmade.written_alone() as engine:
        event.listen(engine, "commit", commits.append)
    schema.migrate(unmade, MONDAY)
    assert len(commits) == 1


def test_a_migration_that_is_killed_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", KILLING, str(tmp_path), str(KILLS)]
    done = subprocess.run(command, env=clean_environment(), stdout=subprocess.PIPE, timeout=120, check=True)
    assert json.loads(done.stdout) >= KILLS // 4
    left = [after_a_kill(tmp_path / f"{number}.db") for number in range(KILLS)]
    assert SchemaState.EMPTY in left


def after_a_kill(path: Path) -> SchemaState:
    """What was left: all or nothing, and ready to be migrated again."""
    database = Database(f"sqlite:///{path}")
    left = schema.state_of(database)
    with database.reading() as session:
        tables = set(inspect(session.connection()).get_table_names())
        keys = live_tokens(session).secrets if tables else ()
    assert (left, len(tables) > 1, len(keys)) in ((SchemaState.EMPTY, False, 0), (SchemaState.CURRENT, True, 1))
    schema.migrate(database, MONDAY)
    with database.reading() as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert len(live_tokens(session).secrets) == 1
    assert schema.state_of(database) is SchemaState.CURRENT
    database.close()
    return left
