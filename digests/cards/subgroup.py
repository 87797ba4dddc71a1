"""The card of a subgroup: what it is to do, who does it until when, and where they speak."""

from collections.abc import Iterator
from datetime import date

from config.texts import Texts
from digests.cards.answer import headed
from digests.cards.proposal import proposal_title
from digests.cards.words import actions, bold, lines, one_line, paragraphs
from digests.markup import escape
from storage.messages import Message
from storage.subgroups import Subgroup

# So many are named; of more, how many there are.
NAMED_AT_MOST = 20


def brief_noun(subgroup: Subgroup) -> str:
    """How the cards name the mandate that stands in the subgroup's own rooms: `subgroup:3:brief`."""
    return f"{subgroup.noun}:brief"


def subgroup_title(subgroup: Subgroup, texts: Texts) -> str:
    """`Undergrupp 3: QUESTION`, as plain text."""
    return texts.say("card-subgroup", number=str(subgroup.id), title=subgroup.question)


def subgroup_card(subgroup: Subgroup, texts: Texts) -> Message:
    """The card for the group that asks."""
    return _card(subgroup, texts, ("join",))


def brief_card(subgroup: Subgroup, texts: Texts, origin: str = "") -> Message:
    """The mandate, for those who have it. `origin` is a link to the card of the proposal that it comes from."""
    return _card(subgroup, texts, ("report",), origin)


def facts_of(subgroup: Subgroup, texts: Texts, origin: str = "") -> str:
    """Who leads it, who is in it, until when, what it comes from and where it speaks: a line each."""
    return lines(*_facts(subgroup, texts, origin))


def subgroup_stage(subgroup: Subgroup, texts: Texts) -> str:
    """`bildas`, `pågår`, or how it ended."""
    return texts.say(f"stage-{subgroup.stage}")


def days_left(subgroup: Subgroup, today: date, texts: Texts) -> str:
    """`12 dagar kvar`, or since when the answer is late; nothing once it is there."""
    if subgroup.is_closed or subgroup.reported_at:
        return ""
    days = (subgroup.due - today).days
    return texts.say("subgroup-days-left" if days >= 0 else "subgroup-days-late", count=abs(days))


def subgroup_line(subgroup: Subgroup, texts: Texts) -> str:
    """A subgroup in one line of Markdown."""
    lead = texts.say("subgroup-lead", name=escape(subgroup.lead.name))
    told = (escape(subgroup_title(subgroup, texts)), subgroup_stage(subgroup, texts), lead)
    return " · ".join(told)


def _card(subgroup: Subgroup, texts: Texts, verbs: tuple[str, ...], origin: str = "") -> Message:
    answer = headed(texts.say("subgroup-report"), subgroup.report)
    return Message(
        body=paragraphs(subgroup.mandate, facts_of(subgroup, texts, origin), answer),
        foot=lines(bold(subgroup_stage(subgroup, texts)), _outcome(subgroup, texts)),
        subject=subgroup_title(subgroup, texts),
        actions=() if subgroup.is_closed else actions(f"subgroup {subgroup.id}", verbs, texts),
    )


def _facts(subgroup: Subgroup, texts: Texts, origin: str) -> Iterator[str]:
    yield texts.say("subgroup-lead", name=escape(subgroup.lead.name))
    others = [escape(person.name) for person in subgroup.members if person is not subgroup.lead]
    if len(others) > NAMED_AT_MOST:
        yield texts.say("subgroup-with-many", count=len(others))
    elif others:
        yield texts.say("subgroup-with", names=texts.listed(others))
    yield texts.say("subgroup-due", day=texts.day(subgroup.due))
    if subgroup.proposal:
        key = "subgroup-from" if subgroup.comes_from else "subgroup-taken-up"
        title = escape(proposal_title(subgroup.proposal, texts))
        yield texts.say(key, proposal=f"[{title}]({origin})" if origin else title)
    rooms = [f"[{texts.say(f'name-{room.platform}')}]({room.link})" for room in subgroup.team.rooms if room.link]
    if rooms:
        yield texts.say("subgroup-rooms", rooms=" · ".join(rooms))


def _outcome(subgroup: Subgroup, texts: Texts) -> str:
    """What came of it."""
    return texts.say("subgroup-outcome", outcome=one_line(subgroup.outcome)) if subgroup.outcome else ""
