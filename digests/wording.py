"""How news are put into words, in letters and in rooms alike."""

from collections.abc import Iterator, Sequence
from datetime import date

from config.texts import Texts
from digests.cards import title
from digests.cards.subgroup import subgroup_title
from digests.cards.words import EXCERPT_LENGTH, in_short, one_line, shortened
from digests.news import Change, News, Subgroup
from storage.proposals import Proposal

# Of each kind; of more only the number is told.
MOST = 7


def counted(news: Sequence[News], texts: Texts) -> dict[str, str | int]:
    """How many examples and proposals are new, as numbers and as words."""
    examples, proposals = sum(len(one.examples) for one in news), sum(len(one.proposals) for one in news)
    words = {
        "examples_word": texts.say("number", count=examples),
        "proposals_word": texts.say("number", count=proposals),
    }
    return {"examples": examples, "proposals": proposals, **words}


def subject(news: Sequence[News], day: date, texts: Texts, *, is_weekly: bool) -> str:
    """What is inside. What comes once a week names the week (ISO 8601)."""
    is_counted = any(one.items for one in news)
    inside = texts.say("letter-inside", **counted(news, texts)) if is_counted else texts.say("letter-inside-subgroups")
    if is_weekly:
        return texts.say("letter-subject-week", week=str(day.isocalendar().week), inside=inside)
    return texts.say("letter-subject", inside=inside)


def opening(news: Sequence[News], groups: str, texts: Texts) -> str:
    """How many are new in the groups, in a sentence."""
    if not any(one.items for one in news):
        return texts.say("letter-opening-subgroups", group=groups)
    return texts.say("letter-opening", group=groups, **counted(news, texts))


def more(some: Sequence[object], texts: Texts) -> str:
    """How many there are beside the first ones."""
    return texts.say("letter-more", count=len(some) - MOST) if len(some) > MOST else ""


def changed(change: Change, texts: Texts) -> str:
    """`Exempel 3: TITLE – ändrat och återanvänt`; of what was decided also what came of it."""
    verbs = [texts.say(f"changed-{action.partition('.')[2]}") for action in change.actions]
    told = texts.say("letter-change-line", title=title(change.item, texts), changes=texts.listed(verbs))
    outcome = change.item.outcome if isinstance(change.item, Proposal) else ""
    return f"{told}: {shortened(one_line(outcome), EXCERPT_LENGTH)}" if outcome else told


def subgroup(one: Subgroup, texts: Texts) -> str:
    """What is new of it: that it was formed, how much is new there, its answer, and what came of it."""
    return texts.listed([fact for fact in _facts(one, texts) if fact])


def subgroup_line(one: Subgroup, texts: Texts) -> str:
    """The same, behind its name."""
    task, told = one.group.task, subgroup(one, texts)
    named = subgroup_title(task, texts) if task else one.group.name
    return texts.say("subgroup-task-line" if task else "subgroup-line", group=named, news=told)


def _facts(one: Subgroup, texts: Texts) -> Iterator[str]:
    task = one.group.task
    if task and task.is_closed:
        yield texts.say("subgroup-has-ended", outcome=in_short(task.outcome))
        return
    if one.is_formed:
        lead = {"name": task.lead.name, "day": texts.day(task.due)} if task else {}
        yield texts.say("subgroup-formed-by" if task else "subgroup-formed", **lead)
    yield texts.say("subgroup-examples", count=len(one.examples)) if one.examples else ""
    yield texts.say("subgroup-proposals", count=len(one.proposals)) if one.proposals else ""
    if task and one.acts:
        yield texts.say("subgroup-has-answered", answer=in_short(task.report))
