"""The card of a good example."""

from collections.abc import Iterator

from config.texts import Texts
from digests.cards.words import actions, bold, by, goals_line, lines, link_shown, named, paragraphs, said_by
from digests.markup import escape
from storage.examples import Example
from storage.messages import Message
from storage.pictures import picture_of
from storage.reuses import Reuse

REUSES_AT_MOST = 5


def example_title(example: Example, texts: Texts) -> str:
    """`Exempel 3: TITLE`, as plain text."""
    return texts.say("card-example", number=str(example.id), title=example.title)


def stage_of(example: Example, texts: Texts) -> str:
    """Nothing while it holds."""
    return "" if example.is_current else texts.say(f"stage-{example.stage}")


def example_card(example: Example, texts: Texts) -> Message:
    who = by("card-example-by", example.sharer, example.unit, texts)
    state = [bold(stage_of(example, texts)), goals_line(example.goals, texts), bold(counts_of(example, texts))]
    verbs = ("thank", "reuse") if example.is_current else ()
    return Message(
        body=paragraphs(who, example.body, *facts_of(example, texts)),
        foot=paragraphs(lines(*state), *_reuses(example, texts)),
        subject=example_title(example, texts),
        actions=actions(f"example {example.id}", verbs, texts),
        illustration=picture.shown if (picture := picture_of(example)) else None,
    )


def facts_of(example: Example, texts: Texts) -> Iterator[str]:
    """What came of it, whom to ask, and where to read on."""
    links = " · ".join(map(link_shown, example.links))
    yield texts.say("card-effect", effect=example.effect) if example.effect else ""
    yield lines(
        texts.say("card-contact", contact=escape(example.contact)) if example.contact else "",
        texts.say("card-links", links=links) if links else "",
    )


def _reuses(example: Example, texts: Texts) -> Iterator[str]:
    """The latest of them: a card stays a card, however many do the same."""
    yield from (_reuse(reuse, texts) for reuse in example.reuses[-REUSES_AT_MOST:])
    more = len(example.reuses) - REUSES_AT_MOST
    yield texts.say("letter-more", count=more) if more > 0 else ""


def _reuse(reuse: Reuse, texts: Texts) -> str:
    """Who does the same, and how it went."""
    result = texts.say("card-result", result=reuse.result) if reuse.result else ""
    return said_by(named(reuse.person, reuse.unit), paragraphs(reuse.note, result))


def counts_of(example: Example, texts: Texts) -> str:
    """How many said thanks, asked and do the same."""
    thanks, questions, reuses = (str(len(some)) for some in (example.thanks, example.questions, example.reuses))
    return texts.say("card-thanks", thanks=thanks, questions=questions, reuses=reuses)
