"""A message as the example that it may become."""

from storage import prose
from storage.tips import as_title_and_body


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
