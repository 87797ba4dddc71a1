"""What is written by one commit stands or falls alone all the same."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest
from sqlalchemy import select

from living import until
from storage import crash_points
from storage.database import Database, DatabaseFault, Session
from storage.organisations import Organisation, organisation_named
from storage.rules import RuleBroken
from storage.together import Together

Work = Callable[[Session], str]


def enters(name: str, fault: Exception | None = None) -> Work:
    """Work that enters an organisation, and may then fail."""

    def work(session: Session) -> str:
        organisation_named(session, name)
        session.flush()
        if fault:
            raise fault
        return name

    return work


def at_once(together: Together, *works: Work) -> list[Future[str]]:
    """Do them while somebody writes, so that they wait at the same moment; all have ended."""
    held, go_on = threading.Event(), threading.Event()

    def hold(session: Session) -> str:
        held.set()
        assert go_on.wait(10)
        return ""

    with ThreadPoolExecutor(len(works) + 1) as threads:
        threads.submit(together.run, hold)
        held.wait(10)
        doing = [threads.submit(together.run, work) for work in works]
        until(lambda: len(together._waiting) == len(works))
        go_on.set()
    wait(doing)
    return doing


def entered(database: Database) -> set[str]:
    """The organisations there are."""
    with database.reading() as session:
        return set(session.scalars(select(Organisation.name)))


def test_all_who_wait_are_written_by_one_commit(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    points: list[str] = []
    monkeypatch.setattr(crash_points, "_watchers", [points.append])
    done = at_once(Together(database), enters("a"), enters("b"), enters("c"))
    assert [each.result() for each in done] == ["a", "b", "c"]
    assert {"a", "b", "c"} <= entered(database)
    assert points.count("database.committed") == 2  # theirs, and that of whom they waited for


@pytest.mark.parametrize("fault", [RuleBroken("title-missing"), ZeroDivisionError()])
def test_one_that_fails_takes_no_other_with_it(database: Database, fault: Exception) -> None:
    good, bad, other = at_once(Together(database), enters("a"), enters("b", fault), enters("c"))
    assert (good.result(), other.result()) == ("a", "c")
    assert bad.exception() is fault
    assert {"a", "c"} <= entered(database)
    assert "b" not in entered(database)


def test_nobody_is_told_that_it_is_stored_when_the_commit_fails(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(point: str) -> None:
        if point == "database.commit":
            raise DatabaseFault("COMMIT", None, Exception())

    monkeypatch.setattr(crash_points, "_watchers", [fail])
    done = at_once(Together(database), enters("a"), enters("b"))
    assert all(isinstance(each.exception(), DatabaseFault) for each in done)
    assert not {"a", "b"} & entered(database)


def test_who_comes_later_is_not_hurt_by_an_earlier_fault(database: Database) -> None:
    together = Together(database)
    with pytest.raises(RuleBroken):
        together.run(enters("a", RuleBroken("title-missing")))
    assert together.run(enters("a")) == "a"
    assert "a" in entered(database)
