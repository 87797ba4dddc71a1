"""What a subgroup says of the question that it takes care of: whole on cards, in a line on agendas and in digests."""

from config.texts import Texts
from digests.cards.words import bold, in_short, paragraphs
from digests.markup import escape
from storage.subgroups import Subgroup


def answer_of(subgroup: Subgroup, texts: Texts) -> str:
    """The answer, whole, under whose it is; nothing before there is one."""
    return headed(texts.say("subgroup-answer", number=str(subgroup.id)), subgroup.report)


def headed(heading: str, words: str) -> str:
    """What somebody wrote, behind a heading, or below it where it is of several lines; nothing without words."""
    if not words:
        return ""
    return paragraphs(bold(heading), words) if "\n" in words else f"{bold(heading)} {words}"


def answer_line(subgroup: Subgroup, texts: Texts) -> str:
    """What it says of somebody else's proposal, and else who takes care of that until when."""
    number = str(subgroup.id)
    if subgroup.report:
        return f"{bold(texts.say('subgroup-answer', number=number))} {escape(in_short(subgroup.report))}"
    if subgroup.is_closed:
        return texts.say("subgroup-closed-line", number=number, outcome=escape(in_short(subgroup.outcome)))
    return " · ".join((texts.say("subgroup-at-work", number=number), progress(subgroup, texts)))


def progress(subgroup: Subgroup, texts: Texts) -> str:
    """What it says itself: its answer in one line, and else who leads it until when."""
    if subgroup.report:
        return f"{bold(texts.say('subgroup-report'))} {escape(in_short(subgroup.report))}"
    lead = texts.say("subgroup-lead", name=escape(subgroup.lead.name))
    return " · ".join((lead, texts.say("subgroup-due", day=texts.day(subgroup.due))))
