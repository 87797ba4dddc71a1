"""Markdown from members: harmless in every form, and quick however odd."""

import time

import pytest

from digests import markup

HOSTILE = {
    "brackets": "[" * 2_500,
    "pictures": "![[]()" * 400,
    "nesting": "\n".join(" " * depth + "- a" for depth in range(60)),
    "quotes": ">" * 2_500,
    "spaced quotes": "> " * 1_250,
    "stars": "*" * 2_500,
    "ticks": "`a" * 1_250,
    "underscores": "_a " * 800,
    "strong": "**a " * 600,
    "tags": "<a " * 800,
    "links": "[a](http://" * 220,
    "backslashes": "\\" * 2_500,
    "numbers": "1. " * 800,
    "underlines": "a\n=\n" * 600,
}


def test_emphasis_lists_and_links_are_shown() -> None:
    assert markup.html("**a** [b](https://c.se)") == '<p><strong>a</strong> <a href="https://c.se">b</a></p>'


def test_line_ends_stay() -> None:
    assert "<br>" in markup.html("ett\ntvå")
    assert markup.text("ett\ntvå") == "ett\ntvå"


def test_html_is_shown_not_obeyed() -> None:
    assert markup.html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:x", "vbscript:x", "//evil"])
def test_only_the_web_and_mail_are_linked_to(address: str) -> None:
    assert "<a" not in markup.html(f"[klicka]({address})")


def test_pictures_are_not_fetched() -> None:
    assert "<img" not in markup.html("![x](https://example.org/x.png)")


@pytest.mark.parametrize(
    ("item", "lines"),
    [
        ("- > a", "–\n  │ a"),
        ("- a\n\n    > b\n\n- c", "– a\n  │ b\n– c"),
        ("- # a", "– a"),
        ("- a\n\n    b", "– a\n  b"),
    ],
)
def test_no_word_of_an_item_is_lost_in_text(item: str, lines: str) -> None:
    assert markup.text(item) == lines


def test_a_link_in_text_has_its_address_behind() -> None:
    assert markup.text("[ord](https://c.se/x_y_z)") == "ord (https://c.se/x_y_z)"


def test_a_bare_address_is_a_link_without_the_full_stop() -> None:
    assert '<a href="https://c.se/a?b=1&amp;c=2">' in markup.html("Se https://c.se/a?b=1&c=2.")


@pytest.mark.parametrize("address", ["https://b.se/x\\_y", "https://b.se/`x`", "mailto:a\\_b@c.se"])
def test_an_address_with_escapes_or_code_is_text_and_no_broken_link(address: str) -> None:
    assert "<a" not in markup.html(f"[ord]({address})")
    assert markup.text(f"[ord]({address})") == f"[ord]({address})".translate({92: None, 96: None})


def test_code_is_shown_as_it_was_written() -> None:
    assert markup.html("`<b> & *x*`") == "<p><code>&lt;b&gt; &amp; *x*</code></p>"
    assert markup.text("`<b> & *x*`") == "<b> & *x*"


@pytest.mark.parametrize(
    "text", ["*x*", "1. ny", "# x", "[a](http://b.se)", "a_b_c", "`x`", "\\*", "> x", "- x", "<b>&amp;"]
)
def test_escaped_text_is_shown_literally(text: str) -> None:
    assert markup.text(markup.escape(text)) == text


def test_what_is_nested_deeper_than_twenty_keeps_its_words() -> None:
    deep = "\n".join(" " * 4 * depth + f"- ord{depth}" for depth in range(60))
    assert all(f"ord{depth}" in markup.text(deep) for depth in range(60))


def test_emphasis_is_not_nested_without_end_and_keeps_its_words() -> None:
    deep = "*a **b " * 150 + "b** a*" * 150
    assert markup.html(deep).count("<em>") < 40
    assert markup.text(deep).count("a") == markup.text(deep).count("b") == 300


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_of_the_allowed_size_takes_long(name: str) -> None:
    begin = time.process_time()
    markup.html(HOSTILE[name])
    markup.text(HOSTILE[name])
    # Quadratic reading took seconds here; this is a guard against that, not a measurement.
    assert time.process_time() - begin < 1.0
