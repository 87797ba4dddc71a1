"""How a message looks on Slack."""

from typing import Any

import pytest

from chatops.platforms.slack import limits
from chatops.platforms.slack.blocks import Post, posts
from config.texts import texts_in
from slack_posts import assert_nothing_live, assert_text_holds_all, assert_within_limits, nodes, words, words_of
from storage.messages import Action, Message

SV = texts_in("sv")
POINTER = "Resten står i tråden."
ACTIONS = (Action("Stödjer", "proposal 12 support"), Action("Invänd", "proposal 12 object"))
STATE = "**Stöd: 0 · Invändningar: 0**"
LONG = "\n\n".join(f"Stycke {number} om solceller på skolans tak, och vad de kostar." for number in range(100))


def post(body: str, **parts: Any) -> Post:
    [post] = posts(Message(body, **parts), SV)
    return post


def shown(body: str) -> list[dict[str, Any]]:
    """The elements of a body that is one rich_text."""
    [block] = post(body).blocks
    assert block["type"] == "rich_text"
    return block["elements"]


def text(words: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": words} | ({"style": style} if style else {})


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": [*elements]}


def bullets(*items: str, **more: Any) -> dict[str, Any]:
    elements = [section(text(item)) for item in items]
    return {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": elements} | more


def numbered(*items: str, **more: Any) -> dict[str, Any]:
    return bullets(*items, style="ordered", **more)


def code(lines: str) -> dict[str, Any]:
    return {"type": "rich_text_preformatted", "elements": [text(lines)]}


EMPTY_LINE = section(text("\n"))


# --- Markdown ---


@pytest.mark.parametrize(
    ("body", "elements"),
    [
        ("a", [section(text("a"))]),
        ("a\nb", [section(text("a\nb"))]),
        ("a\n\nb", [section(text("a"), text("\n\n"), text("b"))]),
        ("**a***b*`c`", [section(text("a", bold=True), text("b", italic=True), text("c", code=True))]),
        ("*a **b***", [section(text("a ", italic=True), text("b", bold=True, italic=True))]),
        ("# a\n\nb", [section(text("a", bold=True), text("\n\n"), text("b"))]),
        ("a\n\n- b\n- c", [section(text("a")), bullets("b", "c")]),
        ("1. a\n2. b", [numbered("a", "b")]),
        ("- a\n\nb", [bullets("a"), EMPTY_LINE, section(text("b"))]),
        ("- a\n    - b\n- c", [bullets("a"), bullets("b", indent=1), bullets("c")]),
        ("1. a\n    - b\n2. c", [numbered("a"), bullets("b", indent=1), numbered("c", offset=1)]),
        ("- a\n\n    b", [bullets("a\nb")]),
        ("- - a", [bullets("a", indent=1)]),
        ("> a\n>\n> b", [{"type": "rich_text_quote", "elements": [text("a"), text("\n\n"), text("b")]}]),
        ("> - a", [bullets("a", border=1)]),
        ("- a\n\n    > b", [bullets("a"), EMPTY_LINE, {"type": "rich_text_quote", "elements": [text("b")]}]),
        ("```\na\n  b\n```", [code("a\n  b")]),
        ("```\na\nb\n```\n\n```\nc\nd\n```", [code("a\nb"), EMPTY_LINE, code("c\nd")]),
    ],
)  # fmt: skip
def test_markdown_is_shown_with_slacks_own_means(body: str, elements: list[dict[str, Any]]) -> None:
    assert shown(body) == elements


def test_a_list_is_never_deeper_than_slack_can_show() -> None:
    deep = "\n".join("    " * depth + f"- ord{depth}" for depth in range(15))
    assert [element["indent"] for element in shown(deep)] == [0, 1, 2, 3, 4, 5, 6, 7, 8]
    assert words(post(deep)) == words_of(deep)


def test_a_rule_divides() -> None:
    assert [block["type"] for block in post("a\n\n---\n\nb").blocks] == ["rich_text", "divider", "rich_text"]


def test_a_link_is_a_link_and_its_address_can_be_heard() -> None:
    linked = post("Se [planen](https://a.example/x)")
    assert nodes(linked, "link") == [{"type": "link", "url": "https://a.example/x", "text": "planen"}]
    assert linked.text == "Se planen (https://a.example/x)"


def test_a_bare_address_is_a_link_and_is_heard_once() -> None:
    linked = post("https://a.example/x?a=1&b=2")
    assert nodes(linked, "link")[0]["url"] == "https://a.example/x?a=1&b=2"
    assert linked.text == "https://a.example/x?a=1&amp;b=2"


def test_a_link_that_pretends_to_lead_elsewhere_shows_both_addresses() -> None:
    linked = post("[https://bank.example](https://evil.example)")
    assert [link["url"] for link in nodes(linked, "link")] == ["https://bank.example", "https://evil.example"]
    assert all(link["url"] == link["text"] for link in nodes(linked, "link"))


def test_a_link_without_words_shows_its_address() -> None:
    [link] = nodes(post("[ ](https://a.example)"), "link")
    assert link["text"] == "https://a.example"


def test_a_very_long_address_is_text_of_which_nothing_is_lost() -> None:
    address = "https://a.example/" + "&" * 1_500
    parts = posts(Message(f"[planen]({address})"), SV)
    assert not [link for part in parts for link in nodes(part, "link")]
    assert words(*parts) == f"planen({address})"


def test_text_is_escaped_and_blocks_are_literal() -> None:
    said = post("<!channel> & <@U1>")
    assert said.text == "&lt;!channel&gt; &amp; &lt;@U1&gt;"
    assert nodes(said, "text") == [text("<!channel> & <@U1>")]


# --- a card ---


def test_a_card_is_title_body_state_and_buttons() -> None:
    card = post("Idé från Ana", subject="Förslag 12: Solceller", foot=STATE, actions=ACTIONS)
    assert [block["type"] for block in card.blocks] == ["header", "rich_text", "actions"]
    assert card.text == "Förslag 12: Solceller\n\nIdé från Ana\n\nStöd: 0 · Invändningar: 0\n\nStödjer · Invänd"


def test_a_title_is_plain_text_without_emoji() -> None:
    [header] = nodes(post("", subject="*a* :smile: <!here>"), "header")
    assert header["text"] == {"type": "plain_text", "text": "*a* :smile: <!here>", "emoji": False}


def test_a_buttons_id_is_the_verb_and_its_value_the_rest_of_the_command() -> None:
    assert [(button["action_id"], button["value"]) for button in nodes(post("a", actions=ACTIONS), "button")] == [
        ("support", "proposal 12"),
        ("object", "proposal 12"),
    ]


# --- what is too long ---


def test_what_fits_is_one_post_and_one_sign_more_is_two() -> None:
    assert len(posts(Message("a" * limits.TEXT), SV)) == 1
    assert len(posts(Message("a" * (limits.TEXT + 1)), SV)) == 2


def test_escapes_count() -> None:
    assert len(posts(Message("<" * (limits.TEXT // 4)), SV)) == 1
    assert len(posts(Message("<" * (limits.TEXT // 4 + 1)), SV)) == 2


def test_the_number_of_blocks_counts() -> None:
    def ruled(times: int) -> str:
        return "\n\n---\n\n".join("a" * times)

    assert len(post(ruled(25)).blocks) == limits.BLOCKS - 1
    assert len(posts(Message(ruled(26)), SV)) == 2


def test_the_size_of_all_blocks_counts() -> None:
    changing = "*a* b " * 70
    assert len(posts(Message(changing), SV)) == 1
    assert [len(part.text) < limits.TEXT for part in posts(Message(changing * 2), SV)] == [True, True]


@pytest.mark.parametrize(("length", "kind"), [(limits.HEADER, "header"), (limits.HEADER + 1, "rich_text")])
def test_a_title_too_long_for_a_header_is_bold(length: int, kind: str) -> None:
    [block] = post("", subject="a" * length).blocks
    assert block["type"] == kind
    assert kind == "header" or block["elements"] == [section(text("a" * length, bold=True))]


@pytest.mark.parametrize(("count", "left"), [(limits.ACTIONS, limits.ACTIONS), (limits.ACTIONS + 1, limits.ACTIONS)])
def test_there_are_as_many_buttons_as_slack_takes(count: int, left: int) -> None:
    actions = tuple(Action(f"Val {number}", f"proposal {number} support") for number in range(count))
    assert len(nodes(post("a", actions=actions), "button")) == left


@pytest.mark.parametrize(("length", "left"), [(75, 75), (76, 75)])
def test_a_buttons_label_is_as_long_as_slack_takes(length: int, left: int) -> None:
    [button] = nodes(post("a", actions=(Action("a" * length, "proposal 1 support"),)), "button")
    assert len(button["text"]["text"]) == left


@pytest.mark.parametrize("words_before", range(2_795, 2_840, 9))
def test_a_link_before_a_loose_mark_is_never_cut(words_before: int) -> None:
    parts = posts(Message("y" * words_before + "[abcdefgh](https://a.example)\u0301" + "z" * 500), SV)
    assert [link["text"] for part in parts for link in nodes(part, "link")] == ["abcdefgh"]


def test_a_long_card_begins_with_title_opening_state_and_buttons() -> None:
    first, *rest = posts(Message(LONG, "Förslag 12: Solceller", ACTIONS, f"{STATE}\n\n– Bo Bark: nej"), SV)
    assert first.text.startswith("Förslag 12: Solceller\n\nStycke 0 om")
    assert first.text.endswith(f"{POINTER}\n\nStöd: 0 · Invändningar: 0\n\nStödjer · Invänd")
    assert rest[-1].text.endswith("– Bo Bark: nej")
    assert not any(nodes(part, "header", "actions") for part in rest)


def test_a_long_card_loses_nothing_and_says_nothing_twice() -> None:
    first, *rest = posts(Message(LONG, "Förslag 12", ACTIONS, f"{STATE}\n\n– Bo: nej"), SV)
    opening = words(first).removesuffix(words_of(POINTER) + words_of(STATE))
    assert opening + words(*rest) == words_of(f"Förslag 12\n\n{LONG}\n\n– Bo: nej")


def test_only_a_card_points_to_its_thread() -> None:
    parts = posts(Message(LONG, "Hundra stycken"), SV)
    assert len(parts) > 1
    assert words(*parts) == words_of(f"Hundra stycken\n\n{LONG}")


def test_every_part_is_within_the_limits_and_can_be_heard() -> None:
    for part in posts(Message(LONG * 3, "a" * 300, ACTIONS, f"{STATE}\n\n{LONG}"), SV):
        assert_within_limits(part)
        assert_nothing_live(part)
        assert_text_holds_all(part)


def test_a_long_state_leaves_room_for_the_opening() -> None:
    first, *_ = posts(Message(LONG, "Förslag 12", ACTIONS, "läge " * 580), SV)
    opening, _, state = first.text.partition(POINTER)
    assert len(opening) > 1_000
    assert len(state) > 1_000


def test_a_long_text_is_cut_between_paragraphs() -> None:
    for part in posts(Message("\n\n".join(["Här " + "ord " * 250 + "slut."] * 8)), SV):
        assert part.text.startswith("Här ")
        assert part.text.endswith("slut.")


def test_what_stands_in_many_elements_is_within_the_limits() -> None:
    for part in posts(Message("> a\n\nb\n\n- c\n\n" * 200), SV):
        assert_within_limits(part)


@pytest.mark.parametrize("words_before", range(560, 580))
def test_a_link_is_never_cut(words_before: int) -> None:
    parts = posts(Message("ord, " * words_before + "[a b c d e f g h](https://a.example)" + "x" * 200), SV)
    [link] = [link for part in parts for link in nodes(part, "link")]
    assert link["text"] == "a b c d e f g h"


def test_one_long_paragraph_is_cut_at_the_end_of_a_line() -> None:
    lines = "\n".join(f"Rad {number} av många som hör ihop" for number in range(150))
    for part in posts(Message(lines), SV):
        assert part.text.startswith("Rad ")
        assert part.text.endswith("ihop")


def test_one_long_line_is_cut_at_a_space() -> None:
    line = "solceller " * 500
    assert all(set(part.text.split()) == {"solceller"} for part in posts(Message(line), SV))


def test_the_rest_of_a_cut_item_gets_no_new_mark() -> None:
    first, second = posts(Message(f"1. a\n2. {'ord ' * 900}\n3. c"), SV)
    assert first.blocks[0]["elements"][0]["type"] == "rich_text_list"
    assert [element["type"] for element in second.blocks[0]["elements"]] == ["rich_text_section", "rich_text_list"]
    assert second.blocks[0]["elements"][1]["offset"] == 2


@pytest.mark.parametrize(
    "joined", ["👩\u200d👩\u200d👧", "👍🏽", "🇸🇪", "e\u0323\u0301\u0308", "क\u093e", "❤\ufe0f"], ids=ascii
)
@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_what_is_one_sign_to_a_reader_is_never_cut(joined: str, before: str) -> None:
    parts = posts(Message(before + joined * 2_000), SV)
    assert len(parts) > 1
    assert all(part.text.removeprefix(before).replace(joined, "") == "" for part in parts)


def test_a_chain_without_end_is_cut_all_the_same() -> None:
    chain = "👩\u200d" * 4_000 + "👩"
    parts = posts(Message(chain), SV)
    assert words(*parts) == chain
