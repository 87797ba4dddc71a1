"""Locks that other processes see, and that nothing of ours takes away."""

import subprocess
import sys

from living import place, propose
from people import ANA, BO
from storage.database import Database
from storage.docket import proposals_of

A_COMMAND_BESIDE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM proposals").fetchall()
connection.close()
"""


def test_asking_whether_the_database_answers_takes_no_lock_from_it(database: Database) -> None:
    propose(database, ANA)
    assert database.answers()
    subprocess.run([sys.executable, "-c", A_COMMAND_BESIDE, str(database.path)], check=True)
    propose(database, BO)
    beside = Database(f"sqlite:///{database.path}")
    with beside.reading() as session:
        assert len(proposals_of(session, place(session, ANA).group, open_only=True)) == 2
    beside.close()
