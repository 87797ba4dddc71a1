"""Where a card stands on Matrix, kept as one word."""

import pytest

from chatops.platforms.matrix.standing import Shown, Standing

REPLIES = ("$reply-1", "$reply_2")


@pytest.mark.parametrize("replies", [(), REPLIES[:1], REPLIES])
@pytest.mark.parametrize("picture", [None, Shown(12, "$pic~ture")])
def test_it_is_read_as_it_was_kept(replies: tuple[str, ...], picture: Shown | None) -> None:
    standing = Standing("$card", replies, picture)
    assert Standing.read(str(standing)) == standing
    assert str(standing).startswith("$card")


def test_what_stands_nowhere_is_kept_as_nothing() -> None:
    assert Standing.read("") == Standing()
