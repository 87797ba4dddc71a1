"""The bank of good examples: whose they are, what is news, what fits words, goals, unit and year, what is alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, cast, false, func, or_, select
from sqlalchemy.orm import selectinload

from storage import prose
from storage.database import Session
from storage.examples import Example, ExampleStage, Review
from storage.goals import GoalTag
from storage.groups import Group
from storage.organisations import Unit
from storage.people import Person
from storage.reuses import Reuse
from storage.rules import RuleBroken

# How much of two titles must be the same, in threes of letters (Dice's coefficient).
ALIKE = 0.65
# What nearly the same titles have in common, in letters; and how many such pieces are looked for.
PIECE, PIECES_AT_MOST = 4, 20
FAR_AHEAD = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Wanted:
    """What is looked for: all `words`, all `goals` (keys), a `unit`, and a `year` on the group's clocks."""

    words: str = ""
    goals: Sequence[str] = ()
    unit: Unit | None = None
    year: int | None = None


def examples_of(session: Session, group: Group, by: Person | None = None) -> list[Example]:
    """The group's good examples that have not been retired, the newest first; `by` keeps those of one sharer."""
    chosen = select(Example).filter_by(group_id=group.id, stage=ExampleStage.SHARED).order_by(Example.id.desc())
    return list(session.scalars(chosen if by is None else chosen.where(Example.sharer_id == by.id)))


def examples_since(session: Session, group: Group, since: datetime) -> list[Example]:
    """What has been news to the group from a moment on and may go out, the oldest first.

    News is what was shared, and where the group has editors what they let through.
    """
    news_at = func.coalesce(Example.reviewed_at, Example.created_at)
    before = group.editors_since or FAR_AHEAD
    is_through = or_(Example.review == Review.APPROVED, Example.review.is_(None) & (Example.created_at < before))
    chosen = select(Example).filter_by(group_id=group.id, stage=ExampleStage.SHARED)
    chosen = chosen.where(news_at >= since, is_through)
    return list(session.scalars(chosen.order_by(news_at, Example.id)))


def waiting_for_editors(session: Session, group: Group) -> list[Example]:
    """What an editor has not said a word to yet, the oldest first; nothing where the group has no editors."""
    if group.editors_since is None:
        return []
    chosen = select(Example).filter_by(group_id=group.id, stage=ExampleStage.SHARED, review=None)
    return list(session.scalars(chosen.where(Example.created_at >= group.editors_since).order_by(Example.id)))


def results_awaited(session: Session, group: Group, before: datetime, by: Person | None = None) -> list[Reuse]:
    """Re-uses begun by then of which nobody has told how it went, the oldest first; `by` keeps those of one person."""
    chosen = select(Reuse).join(Example).where(Example.group_id == group.id, Example.stage == ExampleStage.SHARED)
    chosen = chosen.where(Reuse.at <= before, Reuse.result == "").order_by(Reuse.id)
    return list(session.scalars(chosen if by is None else chosen.where(Reuse.person_id == by.id)))


def set_editors(session: Session, group: Group, now: datetime, *, on: bool) -> None:
    """From now on somebody reads what is shared before it goes out, or nobody: then what waited is news."""
    if on:
        group.editors_since = group.editors_since or now
        return
    for example in waiting_for_editors(session, group):
        example.reviewed_at = now
    group.editors_since = None


def search(session: Session, group: Group, wanted: Wanted) -> list[Example]:
    """What fits all that is wanted. What has the words in its title first, then the most thanked and re-used.

    Raises RuleBroken for more words than a title may have.
    """
    if len(wanted.words) > prose.TITLE_LIMIT:
        raise RuleBroken("search-too-long", limit=str(prose.TITLE_LIMIT))
    words = prose.folded(wanted.words).split()
    chosen = select(Example).filter_by(group_id=group.id, stage=ExampleStage.SHARED)
    chosen = chosen.where(*(Example.words.contains(word, autoescape=True) for word in words))
    for goal in wanted.goals:
        chosen = chosen.where(Example.goal_tags.any(GoalTag.goal == goal))
    if wanted.unit is not None:
        chosen = chosen.where(Example.unit_id == wanted.unit.id)
    if wanted.year is not None:
        begin, end = (_new_year(year, group) for year in (wanted.year, wanted.year + 1))
        chosen = chosen.where(Example.created_at >= begin, Example.created_at < end)
    counted = (selectinload(Example.thanks), selectinload(Example.reuses), selectinload(Example.questions))
    return sorted(session.scalars(chosen.options(*counted)), key=lambda example: _rank(example, words))


def alike(session: Session, example: Example) -> Example | None:
    """An older example of the group that is likely the same: by a link in common, or nearly the same title."""
    chosen = select(Example.id, Example.title, Example.links).filter_by(stage=ExampleStage.SHARED)
    chosen = chosen.where(Example.group_id == example.group_id, Example.id < example.id, _may_be_alike(example))
    found = [(_likeness_of(title, links, example), number) for number, title, links in session.execute(chosen)]
    likeness, number = max(found, default=(0.0, 0))
    return session.get_one(Example, number) if likeness >= ALIKE else None


def _may_be_alike(example: Example) -> ColumnElement[bool]:
    """Has a piece of the title's longest word, or a link: the others of a large bank need not be compared."""
    longest = max(prose.folded(example.title).split(), key=len)
    pieces = {longest[place : place + PIECE] for place in range(max(len(longest) - PIECE, 0) + 1)}
    in_words = (Example.words.contains(piece, autoescape=True) for piece in sorted(pieces)[:PIECES_AT_MOST])
    return or_(*in_words, cast(Example.links, String) != "[]" if example.links else false())


def _likeness_of(title: str, links: list[str], example: Example) -> float:
    return 1.0 if set(links) & set(example.links) else _likeness(title, example.title)


def _new_year(year: int, group: Group) -> datetime:
    return datetime(year, 1, 1, tzinfo=ZoneInfo(group.timezone)).astimezone(UTC)


def _rank(example: Example, words: list[str]) -> tuple[bool, int, int]:
    title = prose.folded(example.title)
    in_title = all(word in title for word in words)
    return not in_title, -len(example.thanks) - 2 * len(example.reuses), -example.id


def _likeness(one: str, other: str) -> float:
    threes, others = _threes(one), _threes(other)
    return 2 * len(threes & others) / (len(threes) + len(others))


def _threes(title: str) -> set[str]:
    """Its words in threes of letters: endings and the order of words count for little."""
    return {f"  {word} "[place : place + 3] for word in prose.folded(title).split() for place in range(len(word) + 1)}
