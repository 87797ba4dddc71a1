"""A message as the example that it may become, and what its author says to that."""

import pytest

from living import place
from people import ANA, BO, MONDAY
from storage import prose
from storage.database import Session
from storage.rules import RuleBroken
from storage.tips import Tip, as_title_and_body, is_new, open_tip_for, tip_for, unused_tips


def test_the_first_line_is_the_title_and_the_rest_the_body() -> None:
    assert as_title_and_body("Cykelpool\n\nTio cyklar.\nFler kommer.") == ("Cykelpool", "Tio cyklar.\nFler kommer.")


def test_a_first_line_that_is_too_long_stands_whole_in_the_body() -> None:
    text = "Vi har köpt cyklar " * 20
    title, body = as_title_and_body(text)
    assert len(title) <= prose.TITLE_LIMIT
    assert title.endswith("…")
    assert body == text.strip()


def test_a_text_longer_than_any_body_can_still_be_shared() -> None:
    assert len(as_title_and_body("Cykelpool\n" + "ord " * 2_000)[1]) <= prose.BODY_LIMIT


def test_a_declined_tip_waits_for_nobody_and_is_not_asked_about_again(session: Session) -> None:
    ana, bo = place(session, ANA), place(session, BO)
    about = {"title": "Cyklar", "body": "", "given_at": MONDAY, "source": "slack:C1:1.2"}
    tip, again = (Tip(group=bo.group, author=bo.person, finder=ana.person, **about) for _ in range(2))
    assert is_new(session, tip)
    assert unused_tips(session, bo.group, MONDAY, bo.person) == [tip]
    for _ in range(2):
        tip_for(session, bo.person, tip.id).decline()
    assert unused_tips(session, bo.group, MONDAY) == []
    assert not is_new(session, again)
    with pytest.raises(RuleBroken, match="tip-unknown"):
        open_tip_for(session, bo.person, tip.id)
    with pytest.raises(RuleBroken, match="tip-unknown"):
        tip_for(session, ana.person, tip.id)
