"""A reader's letter, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from config.texts import Texts
from digests import letters, links, notes, wording
from digests.cards import Item, card, title
from digests.cards.meeting import meeting_title, when
from digests.cards.subgroup import subgroup_title
from digests.cards.words import shortened
from digests.letters import Letter, Section
from digests.markup import escape
from digests.news import Change, Subgroup
from digests.weekly.gathering import Part, Waiting
from digests.wording import MOST
from storage.groups import Group, GroupKind
from storage.memberships import Membership, Role
from storage.messages import Action, Message
from storage.reuses import Reuse
from storage.subscriptions import Interval, Subscription
from storage.tips import Tip

PREHEADER_LENGTH = 100


def write(parts: list[Part], lead: Subscription, day: date, texts: Texts) -> Letter:
    """The letter in one language, as it goes out on that `day`. Each of several groups has its part of it."""
    news, places = [part.news for part in parts], [part.membership for part in parts]
    larger = [one for one in places if one.group.kind is not GroupKind.SUBGROUP] or places
    teams = [part.membership.group for part in parts if part.news.items and part.membership not in larger]
    groups = texts.listed([*(place.group.name for place in larger), *(_in_short(team, texts) for team in teams)])
    opening = wording.opening(news, groups, texts)
    why = texts.say("letter-why", places=texts.listed([_place(place, texts) for place in larger]))
    titles = [title for one in news for title in one.titles]
    is_read_only = all(place.role is Role.INFORMED for place in places)
    return Letter(
        group=lead.group.slug,
        sender=lead.group.name if len(larger) == 1 else texts.say("letter-sender-together", group=lead.group.name),
        subject=wording.subject(news, day, texts, is_weekly=lead.interval is Interval.WEEKLY),
        preheader=shortened(" · ".join([*titles, opening, why]), PREHEADER_LENGTH),
        heading=texts.say("letter-heading"),
        opening=opening,
        sections=tuple(_sections(parts, texts, brief=lead.titles_only)),
        invitation="" if is_read_only else texts.say("letter-invitation"),
        why=why,
        forward=texts.say("letter-forward") if any(one.items for one in news) else "",
    )


def _place(place: Membership, texts: Texts) -> str:
    return texts.say("letter-why-place", group=place.group.name, role=texts.say(f"role-{place.role}"))


def _sections(parts: list[Part], texts: Texts, *, brief: bool) -> Iterator[Section]:
    for part in parts:
        named = _named(part.membership.group, texts) if len(parts) > 1 else ""
        for section in _sections_of(part, texts, brief=brief):
            yield replace(section, group=named)
            named = ""


def _named(group: Group, texts: Texts) -> str:
    return subgroup_title(group.task, texts) if group.task else group.name


def _in_short(team: Group, texts: Texts) -> str:
    return texts.say("subgroup-short", number=str(team.task.id)) if team.task else team.name


def _sections_of(part: Part, texts: Texts, *, brief: bool) -> Iterator[Section]:
    """New examples, new proposals, what changed, the subgroups, what waits, and the next meeting; no empty ones."""
    news, mute = part.news, not part.membership.takes_stands
    chosen = (
        _new("letter-examples", news.examples, texts, brief=brief),
        _new("letter-proposals", news.proposals, texts, brief=brief, mute=mute),
        _changes(news.changes, texts),
        _subgroups(news.subgroups, texts),
        _waiting(part.waiting, texts),
        Section(texts.say("letter-meeting"), lines=tuple(_meeting(part, texts))),
    )
    yield from (section for section in chosen if section.items or section.lines)


def _new(key: str, items: Sequence[Item], texts: Texts, *, brief: bool, mute: bool = False) -> Section:
    shown = _items(items[:MOST], texts, brief=brief, mute=mute)
    return Section(texts.say(key), shown, wording.more(items, texts), more_at=links.FORWARD)


def _changes(changes: Sequence[Change], texts: Texts) -> Section:
    """Each as a title that leads to its item."""
    items = ((change.item.noun, Message("", wording.changed(change, texts))) for change in changes[:MOST])
    shown = tuple(letters.Item(noun, message, brief=True) for noun, message in items)
    return Section(texts.say("letter-changes"), shown, wording.more(changes, texts))


def _subgroups(subgroups: Sequence[Subgroup], texts: Texts) -> Section:
    """What a subgroup takes care of leads to its card, where its answer is read whole."""
    told = ((one.group.task, wording.subgroup(one, texts)) for one in subgroups)
    cards = ((task, escape(words[:1].upper() + words[1:])) for task, words in told if task)
    items = (letters.Item(task.noun, Message(words, subgroup_title(task, texts))) for task, words in cards)
    lines = (wording.subgroup_line(one, texts) for one in subgroups if one.group.task is None)
    return Section(texts.say("letter-subgroups"), tuple(items), lines=tuple(lines))


def _meeting(part: Part, texts: Texts) -> Iterator[str]:
    """When and where it is, and until when something can be proposed for it; nothing where none is planned."""
    if part.meeting is None:
        return
    yield " · ".join(filter(None, (meeting_title(part.meeting, texts), when(part.meeting, texts), part.meeting.place)))
    if part.closes_at is not None and part.membership.role is not Role.INFORMED:
        moment = texts.soon(part.closes_at, part.membership.group.timezone)
        yield texts.say("letter-meeting-until", moment=moment)


def _waiting(waiting: Waiting, texts: Texts) -> Section:
    """Proposals, tips and re-uses, each with its buttons; a tip without words can only be shared in chat."""
    named, nameless = _parted(waiting.tips[:MOST])
    items = (
        *_items(waiting.proposals[:MOST], texts, brief=True),
        *(_tip(tip, texts) for tip in named),
        *(_result(reuse, texts) for reuse in waiting.reuses[:MOST]),
    )
    lines = [texts.say("waiting-tip-textless", number=str(tip.id)) for tip in nameless]
    lines += [texts.say("waiting-queue", count=len(waiting.queue))] if waiting.queue else []
    return Section(texts.say("letter-waiting"), items, wording.more(waiting.proposals, texts), tuple(lines))


def _parted(tips: Sequence[Tip]) -> tuple[list[Tip], list[Tip]]:
    return [tip for tip in tips if tip.title], [tip for tip in tips if not tip.title]


def _tip(tip: Tip, texts: Texts) -> letters.Item:
    key = "waiting-tip-oneself" if tip.finder_id == tip.author_id else "waiting-tip"
    said = texts.say(key, name=tip.finder.name, title=tip.title)
    shown = Message("", said, notes.tip(tip, texts).actions)
    return letters.Item(f"tip:{tip.id}", shown, brief=True, typed=texts.say("waiting-tip-typed", number=str(tip.id)))


def _result(reuse: Reuse, texts: Texts) -> letters.Item:
    number = str(reuse.example_id)
    answer = Action(texts.say("button-result"), f"example {number} result")
    shown = Message("", texts.say("waiting-result", example=title(reuse.example, texts)), (answer,))
    typed = texts.say("waiting-result-typed", number=number)
    return letters.Item(reuse.example.noun, shown, brief=True, typed=typed)


def _items(items: Sequence[Item], texts: Texts, *, brief: bool, mute: bool = False) -> tuple[letters.Item, ...]:
    """`brief` items show their titles alone; `mute` ones have no buttons, for readers who may not press them."""
    cards = ((item.noun, card(item, texts)) for item in items)
    return tuple(letters.Item(noun, replace(shown, actions=()) if mute else shown, brief) for noun, shown in cards)
