"""The agenda letter: every section of the agenda, its items with links to read them, and the buttons to answer."""

from collections.abc import Iterator, Sequence

from config.texts import Texts
from digests import letters
from digests.cards.agenda import answer_to, carried_before, outcome_of, subgroup_told, subgroups_in, time_of
from digests.cards.meeting import answer_buttons, facts_of, meeting_title
from digests.cards.proposal import proposal_title, stands_taken
from digests.cards.subgroup import subgroup_title
from digests.cards.words import goals_line, lines, named
from digests.letters import Item, Letter, Section
from digests.markup import escape
from storage.agenda_items import AgendaItem, current, section_of
from storage.agenda_items import Section as Standing
from storage.groups import Group
from storage.meetings import Meeting
from storage.messages import Message
from storage.proposals import Proposal
from storage.subgroups import Subgroup


def write(meeting: Meeting, texts: Texts, invited: bool, coming_in: Sequence[Proposal] = ()) -> Letter:
    """The agenda in one language. Who is `invited` may answer. `coming_in` goes on it when its list is closed."""
    buttons = answer_buttons(meeting, texts) if invited else ()
    head = Message(facts_of(meeting, texts), meeting_title(meeting, texts), buttons)
    items = texts.say("agenda-items", count=sum(item.is_waiting for item in current(meeting)) + len(coming_in))
    return _notice(
        meeting,
        texts.say("agenda-letter", title=meeting.title, moment=texts.soon(meeting.starts_at, meeting.group.timezone)),
        texts,
        opening=" ".join(filter(None, (items, time_of(meeting, texts)))),
        sections=(Section("", (Item(meeting.noun, head),)), *_sections(meeting, coming_in, texts)),
        invitation=texts.say("agenda-letter-more") if invited else "",
    )


def about_meeting(meeting: Meeting, said: Message, texts: Texts, sections: tuple[Section, ...] = ()) -> Letter:
    """A letter about a meeting that says one thing, under the meeting's title."""
    shown = Message(said.body, meeting_title(meeting, texts), said.actions)
    return _notice(meeting, said.subject, texts, sections=(Section("", (Item(meeting.noun, shown),)), *sections))


def _notice(meeting: Meeting, subject: str, texts: Texts, **rest: object) -> Letter:
    group = meeting.group
    return letters.notice(group.slug, group.name, subject, texts.say("note-why", group=group.name), **rest)


def _sections(meeting: Meeting, coming_in: Sequence[Proposal], texts: Texts) -> Iterator[Section]:
    """All that stand on every agenda; of an empty one is said what it is for."""
    for standing in Standing:
        items = [_item(item.proposal, item, texts) for item in current(meeting, standing)]
        items += [_item(one, None, texts) for one in coming_in if section_of(one) is standing]
        inside = subgroups_in(meeting, standing, coming_in)
        items += [_subgroup(group.task, group, texts) for group in inside if group.task]
        groups = tuple(group.name for group in inside if group.task is None)
        about = () if items or groups else (texts.say(f"section-{standing}-about"),)
        yield Section(texts.say(f"section-{standing}"), tuple(items), lines=groups or about)


def _subgroup(subgroup: Subgroup, group: Group, texts: Texts) -> Item:
    return Item(subgroup.noun, Message(subgroup_told(group, texts), subgroup_title(subgroup, texts)))


def _item(proposal: Proposal, item: AgendaItem | None, texts: Texts) -> Item:
    minutes = texts.say("agenda-minutes", minutes=str(item.minutes)) if item and item.minutes else ""
    by = " · ".join(filter(None, (escape(named(proposal.proposer, proposal.unit)), minutes)))
    facts = lines(
        by,
        stands_taken(proposal, texts),
        goals_line(proposal.goals, texts),
        carried_before(item, texts) if item else "",
        answer_to(proposal, item, texts),
        outcome_of(item, texts) if item else "",
    )
    return Item(proposal.noun, Message(facts, proposal_title(proposal, texts)))
