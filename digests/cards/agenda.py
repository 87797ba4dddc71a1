"""The card of an agenda: the standing sections of a meeting, each with its items."""

from collections.abc import Sequence

from config.texts import Texts
from digests.cards.answer import answer_line, progress
from digests.cards.meeting import answer_buttons, answers_of, facts_of, meeting_stage
from digests.cards.proposal import carried, proposal_title, stage_of, stands_taken
from digests.cards.subgroup import subgroup_title
from digests.cards.words import bold, goals_named, lines, named, one_line, paragraphs
from digests.markup import escape
from storage.agenda_items import AgendaItem, Outcome, Section, current, section_of
from storage.groups import Group
from storage.meetings import Meeting
from storage.messages import Message
from storage.proposals import Proposal

# Under the first line of an item of a list.
BELOW = "\n    "


def agenda_noun(meeting: Meeting) -> str:
    """How the cards name an agenda: `meeting:3:agenda`."""
    return f"{meeting.noun}:agenda"


def agenda_title(meeting: Meeting, texts: Texts) -> str:
    """`Dagordning till möte 3: TITLE`, as plain text."""
    return texts.say("card-agenda", number=str(meeting.id), title=meeting.title)


def agenda_card(meeting: Meeting, texts: Texts, coming_in: Sequence[Proposal] = ()) -> Message:
    """The agenda as it stands. `coming_in` goes on it by itself when its list is closed."""
    sections = (_section(meeting, section, coming_in, texts) for section in Section)
    state = lines(bold(meeting_stage(meeting, texts)), time_of(meeting, texts), bold(answers_of(meeting, texts)))
    return Message(
        body=paragraphs(facts_of(meeting, texts), *sections),
        foot=state,
        subject=agenda_title(meeting, texts),
        actions=answer_buttons(meeting, texts) if meeting.is_ahead else (),
    )


def minutes_of(meeting: Meeting) -> int:
    """How long the items take together, as far as they were given a time."""
    return sum(item.minutes or 0 for item in current(meeting))


def time_of(meeting: Meeting, texts: Texts) -> str:
    """How long the items take, and whether that is too long; nothing where none was given a time."""
    minutes = minutes_of(meeting)
    if not minutes:
        return ""
    key = "agenda-too-long" if minutes > meeting.minutes else "agenda-time"
    return texts.say(key, minutes=str(minutes), length=str(meeting.minutes))


def item_line(item: AgendaItem, texts: Texts) -> str:
    """An item of a list, in Markdown: its title and time, whose it is, and what became of it, a line each."""
    minutes = texts.say("agenda-minutes", minutes=str(item.minutes)) if item.minutes else ""
    said = (carried_before(item, texts), answer_to(item.proposal, item, texts), outcome_of(item, texts))
    return BELOW.join(filter(None, (_proposal(item.proposal, texts, minutes), *said)))


def carried_before(item: AgendaItem, texts: Texts) -> str:
    """How many times it was put off until this meeting, in one line."""
    return carried(item.carried, item.carry_reason, texts)


def outcome_of(item: AgendaItem, texts: Texts) -> str:
    """What became of it, in one line; nothing while it waits."""
    if item.outcome is None:
        return ""
    if item.outcome is Outcome.CARRIED:
        stage = bold(texts.say("agenda-carried"))
    elif item.outcome is Outcome.SUBGROUP and (subgroup := item.proposal.subgroup):
        stage = bold(texts.say("agenda-subgroup", number=str(subgroup.id), day=texts.day(subgroup.due)))
    else:
        stage = bold(stage_of(item.proposal, texts))
    return f"{stage}: {one_line(item.outcome_text)}" if item.outcome_text else stage


def answer_to(proposal: Proposal, item: AgendaItem | None, texts: Texts) -> str:
    """What its subgroup says of it, in one line; nothing where it has none, and where it was left to that."""
    subgroup = proposal.subgroup
    is_left = item is not None and item.outcome is Outcome.SUBGROUP
    return "" if subgroup is None or (is_left and not subgroup.report) else answer_line(subgroup, texts)


def subgroups_in(meeting: Meeting, section: Section, coming_in: Sequence[Proposal] = ()) -> list[Group]:
    """The subgroups that tell how they get on in their section: all that are at work, and have no item."""
    if section is not Section.SUBGROUPS:
        return []
    items = {*(item.proposal_id for item in current(meeting)), *(proposal.id for proposal in coming_in)}
    tasks = ((group, group.task) for group in meeting.group.subgroups)
    return [group for group, task in tasks if task is None or (task.announced_at and task.proposal_id not in items)]


def subgroup_told(group: Group, texts: Texts) -> str:
    """How a subgroup gets on, below its title; nothing of a group inside that has no question."""
    return progress(group.task, texts) if group.task else ""


def _section(meeting: Meeting, section: Section, coming_in: Sequence[Proposal], texts: Texts) -> str:
    """Its heading, and its items; where there are none, what it is for."""
    told = [_subgroup(group, texts) for group in subgroups_in(meeting, section, coming_in)]
    told += [item_line(item, texts) for item in current(meeting, section)]
    told += [_coming(proposal, texts) for proposal in coming_in if section_of(proposal) is section]
    listed = "\n".join(f"- {line}" for line in told) or f"*{texts.say(f'section-{section}-about')}*"
    return f"**{texts.say(f'section-{section}')}**\n\n{listed}"


def _subgroup(group: Group, texts: Texts) -> str:
    named = escape(subgroup_title(group.task, texts) if group.task else group.name)
    return BELOW.join(filter(None, (named, subgroup_told(group, texts))))


def _coming(proposal: Proposal, texts: Texts) -> str:
    return BELOW.join(filter(None, (_proposal(proposal, texts), answer_to(proposal, None, texts))))


def _proposal(proposal: Proposal, texts: Texts, minutes: str = "") -> str:
    heading = " · ".join(filter(None, (escape(proposal_title(proposal, texts)), minutes)))
    told = (
        escape(named(proposal.proposer, proposal.unit)),
        stands_taken(proposal, texts),
        escape(", ".join(goals_named(proposal.goals, texts))),
    )
    return heading + BELOW + " · ".join(filter(None, told))
