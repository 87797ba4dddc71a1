"""What people type on Slack, without Slack's own signs."""

import pytest

from chatops.platforms.slack import words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("<https://example.org/a>", "https://example.org/a"),
        ("<http://example.org|example.org>", "example.org"),
        ("<mailto:bo@example.org|bo@example.org>", "bo@example.org"),
        ("<https://example.org/a|planen>", "[planen](https://example.org/a)"),
        ("<https://example.org/Tuva_(olika)|Tuva>", "[Tuva](https://example.org/Tuva_%28olika%29)"),
        ("<https://evil.example|example.org>", "[example.org](https://evil.example)"),
        ("<#C1|grona> <!here> <!subteam^S1|@alla> <@U1> <@U2|bo>", "#grona @here @alla @Ana @bo"),
        ("&lt;b&gt; &amp;lt;", "<b> &lt;"),
    ],
)
def test_slacks_signs_are_read_as_they_were_meant(typed: str, meant: str) -> None:
    assert words.read(typed, {"U1": "Ana"}) == meant
