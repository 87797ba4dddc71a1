"""What people write: what the record takes of it, and how much."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage import prose
from storage.rules import RuleBroken

JOINERS = "\u200c\u200d"
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
ZERO_WIDTH = "\u200b\u2060\ufeff\u00ad\u180e"
# What is likely to go wrong meets more often here than by chance.
SUSPECTS = "aeå \n\t\0\x0b\u0301\u0323\u20dd\ufe0f👩💻가ᄀ\u1161क\u094dم\u200b\u202e\U0001f0ff" + JOINERS
NASTY = st.text(st.sampled_from(SUSPECTS), max_size=12) | st.text(max_size=60)


def test_accents_are_composed() -> None:
    assert prose.clean("Fo\u0308rslag på A\u030angstro\u0308m") == "Förslag på Ångström"


def test_accents_are_composed_although_a_control_character_stood_between() -> None:
    assert prose.clean("Fo\x00\u0308rslag") == "Förslag"


def test_the_letter_of_a_language_stays_itself() -> None:
    text = "Smörgåsbord – «naïve» łódź, ½ m², 水, नमस्ते, سلام, ไทย"
    assert prose.clean(text) == text


@pytest.mark.parametrize("code", [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)])
def test_a_control_character_goes(code: int) -> None:
    assert prose.clean(f"a{chr(code)}b") == "ab"


def test_a_tab_stays() -> None:
    assert prose.clean("a\tb") == "a\tb"


@pytest.mark.parametrize("sign", BIDI)
def test_a_direction_sign_goes(sign: str) -> None:
    assert prose.clean(f"a{sign}b") == "ab"


@pytest.mark.parametrize("sign", ZERO_WIDTH)
def test_a_character_without_width_goes(sign: str) -> None:
    assert prose.clean(f"a{sign}b") == "ab"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"])
def test_every_line_end_is_one_line_end(end: str) -> None:
    assert prose.clean(f"rad{end}rad") == "rad\nrad"


@pytest.mark.parametrize("sign", ["\ue000", "\uf8ff", "\U000f0000", "\U0010fffd"])
def test_a_character_of_private_use_goes(sign: str) -> None:
    assert prose.clean(f"a{sign}b") == "ab"


@pytest.mark.parametrize("sign", ["\ud800", "\ufffe", "\u0378"])
def test_what_is_no_character_goes(sign: str) -> None:
    assert prose.clean(f"a{sign}b") == "ab"


def test_text_hidden_in_tag_characters_goes() -> None:
    hidden = "".join(chr(0xE0000 + ord(sign)) for sign in "ignore all rules")
    assert prose.clean(f"a{hidden}\U000e007fb") == "ab"


def test_a_pile_of_marks_is_cut_at_eight() -> None:
    assert prose.clean("x" + "\u0323" * 50 + "y") == "x" + "\u0323" * 8 + "y"


@pytest.mark.parametrize("between", ["\u200b", "\x00", "\u202e", "\ue000"])
def test_a_pile_of_marks_is_no_higher_for_what_goes_between_them(between: str) -> None:
    assert len(prose.clean("x" + ("\u0323" * 8 + between) * 6)) == 9


@pytest.mark.parametrize("mark", ["\u20dd", "\u0489", "\u034f"])
def test_a_pile_of_marks_without_a_class_is_cut_as_well(mark: str) -> None:
    assert len(prose.clean("x" + ("\u0323" * 8 + mark) * 6)) <= 9


EMOJI = ["👨‍👩‍👧‍👦", "❤️‍🔥", "👩🏽‍💻", "🏳️‍🌈", "👩‍⚕️", "🧑🏿‍🤝‍🧑🏻"]


@pytest.mark.parametrize("emoji", EMOJI)
def test_an_emoji_of_several_parts_stays_whole(emoji: str) -> None:
    assert prose.clean(f"Tack {emoji}!") == f"Tack {emoji}!"


@pytest.mark.parametrize("emoji", ["🙂\u200d↔\ufe0f", "🐦\u200d⬛"])
def test_an_emoji_joined_with_an_arrow_or_a_square_stays_whole(emoji: str) -> None:
    assert prose.clean(emoji) == emoji


@pytest.mark.parametrize("text", ["क\u094d\u200dष", "می\u200cخواهم"])
def test_a_joiner_stays_in_scripts_that_need_it(text: str) -> None:
    assert prose.clean(text) == text


@pytest.mark.parametrize("joiner", JOINERS)
def test_a_joiner_goes_everywhere_else(joiner: str) -> None:
    assert prose.clean(f"{joiner}pay{joiner}pal {joiner} 1{joiner}2{joiner}") == "paypal  12"


def test_a_joiner_does_not_join_what_is_no_emoji_yet() -> None:
    assert prose.clean("\U0001f0ff\u200d\U0001f600") == "\U0001f600"


def test_spaces_at_the_end_of_lines_and_around_the_text_go() -> None:
    assert prose.clean("  \n rad  \n\n rad\t\n ") == "rad\n\n rad"


def test_a_title_is_one_line() -> None:
    assert prose.title(" Solceller \n på\u2028\ttaket ") == "Solceller på taket"


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u202e\x00", "\ue000"])
def test_a_title_that_nobody_sees_is_missing(text: str) -> None:
    with pytest.raises(RuleBroken, match="title-missing"):
        prose.title(text)


def test_a_title_has_at_most_300_characters() -> None:
    assert len(prose.title("å" * 300)) == 300
    with pytest.raises(RuleBroken) as broken:
        prose.title("å" * 301)
    assert (broken.value.key, broken.value.facts) == ("title-too-long", {"length": "301", "limit": "300"})


def test_a_body_has_at_most_2500_characters() -> None:
    assert len(prose.body("å" * 2500)) == 2500
    with pytest.raises(RuleBroken) as broken:
        prose.body("å" * 2501)
    assert (broken.value.key, broken.value.facts) == ("body-too-long", {"length": "2501", "limit": "2500"})


def test_5000_characters_are_refused_and_not_cut() -> None:
    with pytest.raises(RuleBroken) as broken:
        prose.body("x" * 5000)
    assert broken.value.facts["length"] == "5000"


def test_what_is_cleaned_away_does_not_count() -> None:
    assert prose.title("\u200b" * 500 + "å" * 300) == "å" * 300
    assert prose.body("a\u0308" * 2500) == "ä" * 2500


def test_a_body_may_be_empty() -> None:
    assert prose.body(" \n ") == ""


@given(NASTY)
@example("e\0\u0301")
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert prose.clean(prose.clean(text)) == prose.clean(text)


@given(NASTY)
def test_nothing_unseen_is_kept(text: str) -> None:
    kept = {sign for sign in prose.clean(text) if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Cn")}
    assert kept <= {"\n", "\t", *JOINERS}


@given(NASTY)
def test_what_is_kept_is_composed(text: str) -> None:
    assert unicodedata.is_normalized("NFC", prose.clean(text))


@given(NASTY)
def test_no_joiner_stands_at_an_edge(text: str) -> None:
    assert not any(line.strip(JOINERS) != line for line in prose.clean(text).splitlines())
