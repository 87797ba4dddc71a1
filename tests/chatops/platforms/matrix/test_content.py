"""How a message looks on Matrix."""

import json

import pytest

from chatops.commands import COMMANDS
from chatops.platforms.matrix import limits
from chatops.platforms.matrix.content import edit_of, in_thread, mentioning, posts
from config.texts import texts_in
from matrix_posts import Page, html, post, several, size, words, words_of
from storage.messages import Action, Message

EN = texts_in("en")
EVENT_LIMIT = 65_536
ACTIONS = (
    Action("Stödjer", "proposal 12 support"),
    Action("Invänd", "proposal 12 object"),
    Action("Avstå", "proposal 12 neutral"),
)
STATE = "**Stöd: 0 · Invändningar: 0**"


# --- Markdown ---


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("a", "<p>a</p>"),
        ("a\nb", "<p>a<br>b</p>"),
        ("a\n\nb", "<p>a</p><p>b</p>"),
        ("**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>"),
        ("# a *b*\n\nc", "<p><strong>a <em>b</em></strong></p><p>c</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("- a\n    - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n\n    b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("> a\n>\n> - b", "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>"),
        ("- > a", "<ul><li><blockquote><p>a</p></blockquote></li></ul>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        ("```\na\n  b\n```", "<pre><code>a\n  b</code></pre>"),
        ("a\n```\nb\nc\n```\nd", "<p>a</p><pre><code>b\nc</code></pre><p>d</p>"),
        ("- a\n```\nb\nc\n```", "<ul><li><p>a</p><pre><code>b\nc</code></pre></li></ul>"),
        ("[a *b*](https://c.example)", '<p><a href="https://c.example">a <em>b</em></a></p>'),
        ("https://c.example/?a=1&b=2", '<p><a href="https://c.example/?a=1&amp;b=2">https://c.example/?a=1&amp;b=2</a></p>'),
        ("[ ](https://c.example)", '<p><a href="https://c.example">https://c.example</a></p>'),
        ("", ""),
    ],
)  # fmt: skip
def test_markdown_is_shown_in_the_simplest_tags(body: str, shown: str) -> None:
    assert html(post(body)) == shown


def test_plain_text_is_complete_by_itself() -> None:
    said = post("**a**\n\n1. b\n2. [c](https://d.example)\n\n> e", subject="Förslag 12: f")["body"]
    assert said == "Förslag 12: f\n\na\n\n1. b\n2. c (https://d.example)\n\n│ e"


def test_a_link_that_pretends_to_lead_elsewhere_shows_both_addresses() -> None:
    page = Page(post("[https://bank.example](https://evil.example)"))
    assert page.links == ["https://bank.example", "https://evil.example"]
    assert "".join(page.words) == "https://bank.example (https://evil.example)"


@pytest.mark.parametrize(("length", "links"), [(limits.LINK - 6, 1), (limits.LINK - 5, 0)])
def test_a_very_long_address_is_text_of_which_nothing_is_lost(length: int, links: int) -> None:
    address = "https://a.example/".ljust(length, "x")
    page = Page(post(f"[planen]({address})"))
    assert len(page.links) == links
    assert "planen" in page.words[0]
    assert links or address in page.words[0]


# --- nobody is called, nothing is obeyed ---


@pytest.mark.parametrize(
    "address",
    [
        "https://matrix.to/#/@bo:example.org",
        "https://matrix.to/#/%40bo%3Aexample.org",
        "HTTPS://MATRIX.TO/#/@bo:example.org",
        "https://matrix.to/#/@bo:example.org?via=x.example",
        "https://app.element.io/#/user/@bo:example.org",
        "http://matrix.to//#/@bo:example.org",
    ],
)
@pytest.mark.parametrize("typed", ["{}", "[Bo]({})"])
def test_a_link_to_a_person_is_text(address: str, typed: str) -> None:
    content = post(typed.format(address), subject=f"@room @bo:example.org {address}")
    assert Page(content).links == []
    assert content["body"].count(address) == content["formatted_body"].count(address) == 2


@pytest.mark.parametrize("address", ["https://matrix.to/#/!abc/$def", "https://matrix.to/#/%23grona:example.org"])
def test_a_link_to_a_room_or_a_message_is_a_link(address: str) -> None:
    assert Page(post(address)).links == [address]


@pytest.mark.parametrize(
    "text",
    [
        "@room",
        "<mx-reply>x</mx-reply>",
        '<span data-mx-color="#f00">x</span>',
        '<span data-mx-spoiler="x">y</span>',
        '<font color="red">x</font>',
        '<img src="mxc://a/b">',
        "![x](mxc://a/b)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "[x](matrix:u/bo:example.org)",
        "||x||",
        "<script>alert(1)</script>",
    ],
)
def test_what_somebody_types_is_shown_and_never_obeyed(text: str) -> None:
    content = post(text, subject=text)
    assert set(Page(content).tags) <= {"p", "strong"}
    assert words(content) == "".join(text.split()) + words_of(text)


# --- a card ---


def test_a_card_is_title_body_state_and_actions() -> None:
    card = post("*Idé från Ana*", subject="Förslag 12: Solceller", foot=STATE, actions=ACTIONS)
    assert html(card) == (
        "<p><strong>Förslag 12: Solceller</strong></p><p><em>Idé från Ana</em></p>"
        "<p><strong>Stöd: 0 · Invändningar: 0</strong></p>"
        "<p>👍 Stödjer · <code>!förslag 12 stöd</code><br>👎 Invänd · <code>!förslag 12 invänd SKÄL</code>"
        "<br>Avstå · <code>!förslag 12 avstå</code></p>"
    )
    assert card["body"] == (
        "Förslag 12: Solceller\n\nIdé från Ana\n\nStöd: 0 · Invändningar: 0\n\n"
        "👍 Stödjer · !förslag 12 stöd\n👎 Invänd · !förslag 12 invänd SKÄL\nAvstå · !förslag 12 avstå"
    )


def test_a_card_in_english_prints_english_commands() -> None:
    actions = (Action("Support", "proposal 12 support"), Action("Object", "proposal 12 object"))
    [card] = posts(Message("", "Proposal 12", actions), EN, COMMANDS)
    assert card["body"].endswith("👍 Support · !proposal 12 support\n👎 Object · !proposal 12 object REASON")


def test_a_title_is_literal() -> None:
    assert post("", subject="*a* <b> & #c")["formatted_body"] == "<p><strong>*a* &lt;b&gt; &amp; #c</strong></p>"


# --- relations ---


def test_a_reply_in_a_thread_also_reaches_clients_without_threads() -> None:
    content = in_thread(post("a"), "$root", latest="$latest")
    assert content["m.relates_to"] == {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": "$latest"},
    }
    assert in_thread(post("a"), "$root")["m.relates_to"]["m.in_reply_to"] == {"event_id": "$root"}
    assert content["body"] == "a"


def test_an_edit_holds_the_new_content_and_a_short_word_for_old_clients() -> None:
    content = post("a\n\nb", subject="Förslag 12: <b>")
    edit = edit_of(in_thread(content, "$root"), "$1")
    assert edit["m.new_content"] == content
    assert edit["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$1"}
    assert (edit["msgtype"], edit["m.mentions"]) == ("m.notice", {})
    assert (edit["body"], edit["formatted_body"]) == ("* Förslag 12: <b>", "<p>* Förslag 12: &lt;b&gt;</p>")


def test_an_edit_of_the_longest_post_is_far_below_the_limit_of_events() -> None:
    longest = max((several("😀å<" * 6_000, subject="Förslag " + "å😀" * 500)), key=size)
    edit = edit_of(longest, "$" + "a" * 43)
    assert size(longest) > limits.POST - 100
    assert len(json.dumps(edit, ensure_ascii=False).encode()) < EVENT_LIMIT / 2
    assert len(edit["body"]) <= limits.FALLBACK + 2


def test_a_person_is_mentioned_only_on_purpose() -> None:
    content = mentioning(post("a"), "@bo:example.org", "Bo Bark")
    assert content["m.mentions"] == {"user_ids": ["@bo:example.org"]}
    assert content["body"] == "Bo Bark: a"
    pill = '<a href="https://matrix.to/#/@bo:example.org">Bo Bark</a>'
    assert content["formatted_body"] == f"<p>{pill}: a</p>"
    assert html(mentioning(post("- a"), "@bo:example.org", "Bo Bark")) == f"<p>{pill}:</p><ul><li>a</li></ul>"


@pytest.mark.parametrize("user_id", ['@"><img src=x>:example.org', "@bo/?#%:example.org", "@<b>&:x"])
def test_an_odd_name_is_escaped(user_id: str) -> None:
    content = mentioning(post("a"), user_id, user_id)
    page = Page(content)
    assert page.tags == ["p", "a"]
    assert page.words[0] == user_id
    assert not set('"<>?%&/') & set(page.links[0].removeprefix("https://matrix.to/#/@").replace("%", ""))


def test_an_edit_mentions_nobody_anew() -> None:
    edit = edit_of(mentioning(post("a"), "@bo:example.org", "Bo Bark"), "$1")
    assert edit["m.mentions"] == {}
    assert edit["m.new_content"]["m.mentions"] == {"user_ids": ["@bo:example.org"]}
