"""The picture of a good example: expected, here, replaced, taken away; and the copies that platforms have."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from people import ANA, MONDAY
from storage import pictures
from storage.database import Session
from storage.examples import Example, share
from storage.memberships import Membership
from storage.pictures import Picture, PictureCopy

Member = Callable[..., Membership]


@pytest.fixture
def example(session: Session, member: Member) -> Example:
    return share(session, member(ANA), "Cykelpool", "", [], MONDAY)


def expected(session: Session, example: Example, alt: str = "") -> Picture:
    picture = pictures.expect(example, example.sharer, alt)
    session.flush()
    return picture


def test_a_picture_that_is_expected_is_not_shown_yet(session: Session, example: Example) -> None:
    expected(session, example)
    assert (pictures.picture_of(example), example.revision) == (None, 1)


def test_a_picture_that_has_come_changes_the_card_once(session: Session, example: Example) -> None:
    picture = expected(session, example)
    picture.take(b"jpeg", 4, 3)
    picture.take(b"again", 4, 3)
    assert (pictures.picture_of(example), example.revision) == (picture, 2)
    session.flush()
    assert pictures.content_of(session, picture.id) == b"jpeg"


def test_a_newer_picture_takes_the_place_of_an_older_one_whichever_comes_first(
    session: Session, example: Example
) -> None:
    older, newer = expected(session, example), expected(session, example)
    number = older.id
    newer.take(b"new", 4, 3)
    session.flush()
    assert pictures.picture_of(example) is newer
    assert pictures.picture_numbered(session, number) is None


def test_an_older_picture_is_shown_while_the_newer_one_is_expected(session: Session, example: Example) -> None:
    older, newer = expected(session, example), expected(session, example)
    older.take(b"old", 4, 3)
    assert pictures.picture_of(example) is older
    newer.drop()
    session.flush()
    assert [picture.id for picture in example.pictures] == [older.id]


def test_nothing_is_left_of_a_picture_taken_away_also_where_it_is_still_expected(
    session: Session, example: Example
) -> None:
    expected(session, example).take(b"jpeg", 4, 3)
    late = expected(session, example)
    pictures.copied(session, example.pictures[0].id, "slack", "T1", "F1")
    session.flush()
    number = late.id
    pictures.take_away(example)
    session.flush()
    assert pictures.picture_numbered(session, number) is None
    assert session.query(PictureCopy).count() == 0
    assert example.revision == 3


def test_the_title_says_in_words_what_nobody_else_has(session: Session, example: Example) -> None:
    assert [expected(session, example, alt).words for alt in ("", "Ställ")] == ["Cykelpool", "Ställ"]


def test_a_copy_is_of_one_place(session: Session, example: Example) -> None:
    picture = expected(session, example)
    pictures.copied(session, picture.id, "slack", "T1", "F1")
    pictures.copied(session, picture.id, "slack", "T1", "F2")
    assert pictures.copy_of(session, picture.id, "slack", "T1") == "F1"
    assert pictures.copy_of(session, picture.id, "matrix", "example.org") == ""
    pictures.copied(session, 99, "slack", "T1", "F1")


def test_no_picture_is_read_with_its_example(session: Session, example: Example) -> None:
    expected(session, example).take(b"jpeg", 4, 3)
    session.flush()
    session.expire_all()
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *call: asked.append(call[2]))
    found = pictures.picture_of(example)
    assert found is not None
    assert found.width == 4
    assert asked
    assert not [question for question in asked if "content" in question]
