"""How news are put into words, in letters and in rooms alike."""

from collections.abc import Sequence
from datetime import date

from config.texts import Texts
from digests.cards import title
from digests.cards.words import EXCERPT_LENGTH, one_line, shortened
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
    inside = texts.say("letter-inside", **counted(news, texts))
    if is_weekly:
        return texts.say("letter-subject-week", week=str(day.isocalendar().week), inside=inside)
    return texts.say("letter-subject", inside=inside)


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
    """Its name, whether it was formed, and how much is new there."""
    facts = [
        texts.say("subgroup-formed") if one.is_formed else "",
        texts.say("subgroup-examples", count=len(one.examples)) if one.examples else "",
        texts.say("subgroup-proposals", count=len(one.proposals)) if one.proposals else "",
    ]
    return texts.say("subgroup-line", group=one.group.name, news=texts.listed([fact for fact in facts if fact]))
