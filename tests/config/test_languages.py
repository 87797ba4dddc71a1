"""The sentences: the same ones in both languages, all of them used, and every one that is used is there."""

import ast
import functools
import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from chatops.commands import COMMANDS
from chatops.verbs import Who
from config.texts import FOLDER, LANGUAGES, Texts
from storage.memberships import Duty, Role
from storage.proposal_stages import ProposalKind
from storage.subscriptions import Interval

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("chatops", "digests", "storage", "config") for path in (ROOT / folder).rglob("*.py")]
TEMPLATES = [*(ROOT / "chatops").rglob("*.j2"), *(ROOT / "digests").rglob("*.j2")]
# What takes the key of a sentence as its first argument.
SPEAKERS = {"say", "RuleBroken", "Problem", "PydanticCustomError", "_fault", "_by"}
TEXTS = {language: Texts(language) for language in LANGUAGES}


class Gaps(Visitor):
    """Collects the variables of a sentence, and those of them that choose a form."""

    def __init__(self) -> None:
        self.every: set[str] = set()
        self.counts: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 -- the library's name
        self.every.add(node.id.name)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802
        if isinstance(node.selector, ftl.VariableReference):
            self.counts.add(node.selector.id.name)
        self.generic_visit(node)


@functools.cache
def catalogue(language: str) -> dict[str, Gaps]:
    """Every sentence of a language with its gaps."""
    entries = FluentParser().parse((FOLDER / f"{language}.ftl").read_text("utf-8")).body
    assert [entry for entry in entries if isinstance(entry, ftl.Junk)] == []
    found = {}
    for entry in entries:
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice"
            gaps = found[entry.id.name] = Gaps()
            gaps.visit(entry)
    return found


def said() -> Iterator[str]:
    """Every key that stands in the source where a sentence is asked for."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in SPEAKERS and isinstance(node.args[0].value, str):
                    yield node.args[0].value
    for path in TEMPLATES:
        yield from re.findall(r"""say\(["']([a-z-]+)["'](?! ~)""", path.read_text("utf-8"))


def words() -> set[str]:
    """Every text that stands in the source."""
    found = set(re.findall(r"""["']([a-z-]+)["']""", "".join(path.read_text("utf-8") for path in TEMPLATES)))
    for path in SOURCES:
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        found |= {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return found


def shapes() -> set[str]:
    """Every f-string of the source that can be a key, as a pattern: `role-.+`, or `(?P<stem>.+)-title`."""
    found = {f"{stem}.+" for path in TEMPLATES for stem in re.findall(r'"([a-z-]+-)" ~', path.read_text("utf-8"))}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else ".+" for part in node.values]
                if re.fullmatch(r"[a-z-]+-", parts[0]) and all(re.fullmatch(r"[a-z-]+|\.\+", part) for part in parts):
                    found.add("".join(parts))
                elif parts[0] == ".+" and len(parts) == 2 and re.fullmatch(r"-[a-z-]+", parts[1]):
                    found.add("(?P<stem>.+)" + parts[1])
    return found


def is_used(key: str, known: set[str], patterns: set[str]) -> bool:
    if key in known:
        return True
    matches = (re.fullmatch(pattern, key) for pattern in patterns)
    return any(match and match.groupdict().get("stem", "") in {"", *known} for match in matches)


def test_both_languages_have_the_same_sentences() -> None:
    assert catalogue("sv").keys() ^ catalogue("en").keys() == set()


def test_a_sentence_has_the_same_gaps_in_both_languages() -> None:
    sv, en = catalogue("sv"), catalogue("en")
    assert {key: (sv[key].every, en[key].every) for key in sv if sv[key].every != en[key].every} == {}


def test_a_sentence_chooses_by_the_same_counts_in_both_languages() -> None:
    sv, en = catalogue("sv"), catalogue("en")
    assert {key for key in sv if sv[key].counts != en[key].counts} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said(language: str) -> None:
    for key, gaps in catalogue(language).items():
        texts = dict.fromkeys(gaps.every - gaps.counts, "TEXT")
        for counts in itertools.product((0, 1, 2, 5, 21), repeat=len(gaps.counts)):
            sentence = TEXTS[language].say(key, **texts, **dict(zip(sorted(gaps.counts), counts, strict=True)))
            assert sentence.strip(), key
            assert not re.search(r"[{}\u2068\u2069]", sentence), key


def test_a_sentence_with_a_gap_that_is_not_filled_is_a_fault() -> None:
    with pytest.raises(ValueError, match="card-proposal"):
        TEXTS["sv"].say("card-proposal", number="1")


def test_a_sentence_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(KeyError):
        TEXTS["sv"].say("no-such-sentence")


def test_every_sentence_that_is_asked_for_is_there() -> None:
    asked = set(said())
    assert len(asked) > 100
    assert sorted(asked - catalogue("sv").keys()) == []


def test_every_broken_rule_has_its_sentence() -> None:
    written = "".join(path.read_text("utf-8") for path in SOURCES)
    keys = set(re.findall(r'(?:RuleBroken|_fault|Problem|PydanticCustomError)\(\s*"([a-z-]+)"', written))
    assert {"objection-needs-reason", "roster-unit-unknown", "setting-unknown"} <= keys <= catalogue("sv").keys()


def test_every_sentence_is_used() -> None:
    known, patterns = words(), shapes()
    assert [key for key in catalogue("sv") if not is_used(key, known, patterns)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_verb_has_its_help(language: str) -> None:
    keys = {f"help-{command.name}" for command in COMMANDS} | {f"help-{command.name}-example" for command in COMMANDS}
    keys |= {f"help-{command.name}-{verb.name}" for command in COMMANDS for verb in command.verbs}
    helps = {key for key in catalogue(language) if key.startswith("help-")}
    assert helps - {"help-all", "help-more", "help-unknown"} == keys


@pytest.mark.parametrize(
    ("stem", "members"),
    [
        ("kind", set(ProposalKind)),
        ("role", {*Role, *Duty}),
        ("who", set(Who)),
        ("interval", set(Interval) - {Interval.OFF, Interval.MONTHLY}),
        ("page-interval", set(Interval)),
        ("language", set(LANGUAGES)),
    ],
)
def test_every_member_of_a_family_has_its_word_and_no_other_is_there(stem: str, members: set[str]) -> None:
    family = {key for key in catalogue("sv") if re.fullmatch(f"{stem}-[a-z]+", key)}
    assert family == {f"{stem}-{member}" for member in members}


def subject(language: str, examples: int, proposals: int, week: int | None = None) -> str:
    texts = TEXTS[language]
    spoken = {
        "examples_word": texts.say("number", count=examples),
        "proposals_word": texts.say("number", count=proposals),
    }
    inside = texts.say("letter-inside", examples=examples, proposals=proposals, **spoken)
    weekly = texts.say("letter-subject-week", week=str(week), inside=inside)
    return texts.say("letter-subject", inside=inside) if week is None else weekly


@pytest.mark.parametrize(
    ("examples", "proposals", "swedish", "english"),
    [
        (0, 1, "ett förslag", "one proposal"),
        (0, 2, "två förslag", "two proposals"),
        (0, 21, "21 förslag", "21 proposals"),
        (1, 0, "ett gott exempel", "one good example"),
        (1, 1, "ett gott exempel och ett förslag", "one good example and one proposal"),
        (1, 2, "ett gott exempel och två förslag", "one good example and two proposals"),
        (1, 21, "ett gott exempel och 21 förslag", "one good example and 21 proposals"),
        (2, 0, "två goda exempel", "two good examples"),
        (2, 1, "två goda exempel och ett förslag", "two good examples and one proposal"),
        (2, 2, "två goda exempel och två förslag", "two good examples, two proposals"),
        (21, 0, "21 goda exempel", "21 good examples"),
        (21, 21, "21 goda exempel och 21 förslag", "21 good examples, 21 proposals"),
    ],
)
def test_the_subject_of_a_letter_counts_as_people_do(examples: int, proposals: int, swedish: str, english: str) -> None:
    assert subject("sv", examples, proposals) == f"Nytt sedan sist: {swedish}"
    assert subject("en", examples, proposals) == f"New since last time: {english}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_subject_is_short_enough_for_a_telephone(language: str) -> None:
    counts = [pair for pair in itertools.product(range(13), repeat=2) if any(pair)]
    assert max(len(subject(language, *pair, week)) for pair in counts for week in (None, 53)) <= 60


def test_a_moment_is_told_on_the_clocks_of_its_zone() -> None:
    at = datetime(2027, 1, 11, 7, 0, tzinfo=UTC)
    assert TEXTS["sv"].moment(at, "Europe/Stockholm") == "måndag 11 januari 2027 kl. 08:00"
    assert TEXTS["sv"].moment(at, "Europe/Helsinki") == "måndag 11 januari 2027 kl. 09:00"
    assert TEXTS["en"].moment(at, "Europe/Stockholm") == "Monday 11 January 2027 at 08:00"


def test_summer_time_is_kept() -> None:
    at = datetime(2027, 7, 1, 6, 0, tzinfo=UTC)
    assert TEXTS["sv"].moment(at, "Europe/Stockholm") == "torsdag 1 juli 2027 kl. 08:00"


def test_the_week_begins_with_monday() -> None:
    assert (TEXTS["sv"].weekday(0), TEXTS["sv"].weekday(6)) == ("måndag", "söndag")
    assert (TEXTS["en"].weekday(0), TEXTS["en"].weekday(6)) == ("Monday", "Sunday")


@pytest.mark.parametrize(
    ("words", "swedish", "english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a och b", "a and b"),
        (["a", "b", "c"], "a, b och c", "a, b and c"),
    ],
)
def test_words_are_listed_as_people_do(words: list[str], swedish: str, english: str) -> None:
    assert (TEXTS["sv"].listed(words), TEXTS["en"].listed(words)) == (swedish, english)


@pytest.mark.parametrize("key", ["status-record", "roster-done", "members", "demo-letters", "check-problems"])
def test_none_one_two_and_21_read_differently_from_each_other(key: str) -> None:
    for language in LANGUAGES:
        gaps = catalogue(language)[key]
        texts = dict.fromkeys(gaps.every - gaps.counts, "TEXT")
        read = {n: TEXTS[language].say(key, **texts, **dict.fromkeys(gaps.counts, n)) for n in (1, 2, 21)}
        assert "1" not in read[1]
        assert read[2].replace("2", "21") == read[21]
