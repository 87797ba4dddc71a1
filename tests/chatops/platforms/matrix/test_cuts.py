"""Where a message that is too long for one post on Matrix is cut."""

import pytest

from chatops.platforms.matrix import limits
from matrix_posts import Page, html, post, several, size, words, words_of
from storage.messages import Action

POINTER = "Resten står i tråden."
ACTIONS = (
    Action("Stödjer", "proposal 12 support"),
    Action("Invänd", "proposal 12 object"),
    Action("Avstå", "proposal 12 neutral"),
)
STATE = "**Stöd: 0 · Invändningar: 0**"
LONG = "\n\n".join(f"Stycke {number} om solceller på skolans tak, och vad de kostar." for number in range(200))


def test_what_fits_is_one_post_and_one_sign_more_is_two() -> None:
    fits = (limits.POST - len("<p></p>")) // 2
    assert size(post("a" * fits)) in (limits.POST - 1, limits.POST)
    assert [size(part) for part in several("a" * (fits + 1))] == [size(post("a" * (fits - 3))), size(post("a" * 4))]


@pytest.mark.parametrize(("sign", "price"), [("<", 5), ('"', 4), ("å", 4), ("😀", 8)])
def test_bytes_count_as_they_are_sent(sign: str, price: int) -> None:
    fits = (limits.POST - len("<p></p>")) // price
    assert limits.POST - price < size(post(sign * fits)) <= limits.POST
    several(sign * (fits + 1))


def test_a_long_card_begins_with_title_opening_state_and_actions() -> None:
    first, *rest = several(LONG, subject="Förslag 12: Solceller", actions=ACTIONS, foot=f"{STATE}\n\n- Bo Bark: nej")
    assert first["body"].startswith("Förslag 12: Solceller\n\nStycke 0 om")
    assert f"{POINTER}\n\nStöd: 0 · Invändningar: 0\n\n👍 Stödjer · !förslag 12 stöd\n" in first["body"]
    assert first["body"].endswith("\nAvstå · !förslag 12 avstå")
    assert rest[-1]["body"].endswith("– Bo Bark: nej")
    assert not any("Stödjer" in part["body"] for part in rest)


def test_a_long_card_loses_nothing_and_says_nothing_twice() -> None:
    first, *rest = several(LONG, subject="Förslag 12", foot=f"{STATE}\n\n- Bo: nej")
    opening = words(first).removesuffix(words_of(POINTER) + words_of(STATE))
    assert opening + words(*rest) == words_of(f"Förslag 12\n\n{LONG}\n\n- Bo: nej")


def test_only_a_card_points_to_its_thread() -> None:
    assert words(*several(LONG, subject="Många stycken")) == words_of(f"Många stycken\n\n{LONG}")


def test_a_long_state_leaves_room_for_the_opening() -> None:
    first, *_ = several(LONG * 2, subject="Förslag 12", actions=ACTIONS, foot="läge " * 3_000)
    opening, _, state = first["body"].partition(POINTER)
    assert len(opening) > 3_000
    assert len(state) > 3_000


def test_a_long_text_is_cut_between_paragraphs() -> None:
    for part in several("\n\n".join(["Här " + "ord " * 700 + "slut."] * 20)):
        assert part["body"].startswith("Här ")
        assert part["body"].endswith("slut.")


def test_a_long_list_is_cut_between_items_and_counts_on() -> None:
    parts = several("\n".join(f"{number}. Punkt {number} {'ord ' * 70}slut" for number in range(1, 201)))
    for part in parts:
        assert html(part).endswith("slut</li></ol>")
        number = part["body"].partition(".")[0]
        assert part["body"].startswith(f"{number}. Punkt {number} ")
        assert ("start" in part["formatted_body"]) == (part is not parts[0])


def test_the_rest_of_a_cut_item_gets_no_new_mark() -> None:
    first, *_, last = several(f"1. a\n2. {'ord ' * 6_000}\n3. c\n4. d")
    assert html(first).startswith("<ol><li>a</li><li>ord ")
    assert html(last).startswith("<p>ord ")
    assert html(last).endswith('</p><ol start="3"><li>c</li><li>d</li></ol>')
    assert last["body"].endswith("ord\n\n3. c\n4. d")


def test_the_rest_of_a_cut_item_within_others_gets_no_new_mark() -> None:
    _, *_, last = several(f"> - a\n>     1. b\n>     2. {'ord ' * 3_000}\n>     3. c\n> - d")
    assert html(last).startswith("<blockquote><p>ord ")
    assert html(last).endswith('<ol start="3"><li>c</li></ol><ul><li>d</li></ul></blockquote>')


def test_one_long_paragraph_is_cut_at_the_end_of_a_line() -> None:
    for part in several("\n".join(f"Rad {number} av många som hör ihop" for number in range(700))):
        assert part["body"].startswith("Rad ")
        assert part["body"].endswith("ihop")
        assert not html(part).startswith("<p><br>")


def test_lines_of_code_keep_their_indent_where_they_are_cut() -> None:
    lines = "\n".join(f"  rad {number}" for number in range(1_500))
    first, *rest = several(f"```\nkod\n{lines}\n```")
    assert all(html(part).startswith("<pre><code>  rad ") for part in rest)
    assert html(first).endswith("</code></pre>")


def test_one_long_line_is_cut_at_a_space() -> None:
    assert all(set(part["body"].split()) == {"solceller"} for part in several("solceller " * 3_000))


@pytest.mark.parametrize("words_before", range(9_950, 10_000, 7))
def test_a_link_is_never_cut(words_before: int) -> None:
    parts = several("y" * words_before + "[abc defg hijkl](https://a.example)" + "z" * 500)
    assert [link for part in parts for link in Page(part).links] == ["https://a.example"]
    assert any("abc defg hijkl (https://a.example)" in part["body"] for part in parts)


@pytest.mark.parametrize("joined", ["👩\u200d👩\u200d👧", "👍🏽", "🇸🇪", "e\u0323\u0301", "❤\ufe0f"], ids=ascii)
@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_what_is_one_sign_to_a_reader_is_never_cut(joined: str, before: str) -> None:
    parts = several(before + joined * 4_000)
    assert all(part["body"].removeprefix(before).replace(joined, "") == "" for part in parts)


def test_a_chain_without_end_is_cut_all_the_same() -> None:
    chain = "👩\u200d" * 4_000 + "👩"
    assert words(*several(chain)) == chain


def test_no_post_stays_half_empty_before_a_long_paragraph() -> None:
    first, _ = several("kort\n\n" + "ord " * 2_498)
    assert size(first) > limits.POST - 100
