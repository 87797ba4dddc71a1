"""Every card: what a proposal or an example looks like, in words, and the wish to have it in every room."""

from datetime import datetime
from typing import Any

from config.goals import catalogue_of, goal_keyed
from config.texts import Texts, texts_in
from digests.markup import escape
from storage import outbox
from storage.database import Session
from storage.examples import Example
from storage.groups import Group
from storage.messages import Action, Message
from storage.organisations import Unit
from storage.outbox import OutboxKind
from storage.people import Person
from storage.proposals import Proposal
from storage.rooms import Room, RoomStage
from storage.stands import Stand

Item = Proposal | Example


def card(item: Item, texts: Texts) -> Message:
    """The card of a proposal or an example."""
    return _proposal(item, texts) if isinstance(item, Proposal) else _example(item, texts)


def line(proposal: Proposal, texts: Texts) -> str:
    """A proposal in one line of Markdown: its title, its counts, and its stage when it is no longer open."""
    counts = {"support": str(len(proposal.supporters)), "objections": str(len(proposal.objections))}
    title = texts.say("card-proposal", number=str(proposal.id), title=escape(proposal.title))
    stage = [] if proposal.is_open else [texts.say(f"stage-{proposal.stage}")]
    return " · ".join((title, texts.say("card-counts", **counts), *stage))


def show(session: Session, item: Item, now: datetime) -> None:
    """Wish for the card, as it is now, in every open room of its group, in the group's language."""
    message = card(item, texts_in(item.group.language))
    actions = [[action.label, action.command] for action in message.actions]
    said = {"subject": message.subject, "body": message.body, "foot": message.foot}
    parts = {**said, "actions": actions, "revision": item.revision, "language": item.group.language}
    for room in rooms_of(item.group):
        outbox.put(
            session,
            key=f"card:{item.noun}:{room.id}:{item.revision}",
            route=room.platform,
            kind=OutboxKind.CARD,
            address=room.address,
            parts=parts,
            now=now,
            topic=item.noun,
            room_id=room.id,
            group_id=item.group_id,
        )


def rooms_of(group: Group) -> list[Room]:
    """Where a group's cards stand: in an encrypted room we would speak in clear."""
    return [room for room in group.rooms if room.stage is RoomStage.OPEN]


def as_message(parts: dict[str, Any]) -> Message:
    """A card as it came out of the outbox."""
    actions = tuple(Action(label, command) for label, command in parts["actions"])
    return Message(parts["body"], parts["subject"], actions, parts["foot"])


def goals_named(goals: list[str], texts: Texts) -> list[str]:
    """`7 Hållbar energi för alla (Agenda 2030)`, for each goal still in the catalogues."""
    known = [goal for goal in map(goal_keyed, goals) if goal]
    return [
        f"{goal.key.partition(':')[2]} {goal.names[texts.language]} ({catalogue_of(goal.key).names[texts.language]})"
        for goal in known
    ]


def _proposal(proposal: Proposal, texts: Texts) -> Message:
    number = str(proposal.id)
    support, objections = str(len(proposal.supporters)), str(len(proposal.objections))
    by = _by("card-proposal-by", proposal.proposer, proposal.unit, texts, kind=texts.say(f"kind-{proposal.kind}"))
    state = [
        "" if proposal.is_open else f"**{texts.say(f'stage-{proposal.stage}')}**",
        _goals(proposal, texts),
        f"**{texts.say('card-counts', support=support, objections=objections)}**",
    ]
    return Message(
        body=_paragraphs(by, proposal.body),
        foot=_paragraphs(_lines(*state), *map(_objection, proposal.objections)),
        subject=texts.say("card-proposal", number=number, title=proposal.title),
        actions=_actions(f"proposal {number}", ("support", "object", "neutral"), texts) if proposal.is_open else (),
    )


def _example(example: Example, texts: Texts) -> Message:
    number = str(example.id)
    thanks = f"**{texts.say('card-thanks', count=str(len(example.thanks)))}**"
    return Message(
        body=_paragraphs(_by("card-example-by", example.sharer, example.unit, texts), example.body),
        foot=_lines(_goals(example, texts), thanks),
        subject=texts.say("card-example", number=number, title=example.title),
        actions=_actions(f"example {number}", ("thank",), texts),
    )


def _by(key: str, person: Person, unit: Unit | None, texts: Texts, **facts: str) -> str:
    who = person.name if unit is None else f"{person.name}, {unit.name}"
    return f"*{texts.say(key, who=escape(who), **facts)}*"


def _objection(stand: Stand) -> str:
    """An item of a list. All lines of its reason belong to it."""
    reason = stand.reason.replace("\n", "\n    ")
    return f"- **{escape(stand.person.name)}**: {reason}"


def _goals(item: Item, texts: Texts) -> str:
    goals = goals_named(item.goals, texts)
    return texts.say("card-goals", goals=escape(" · ".join(goals))) if goals else ""


def _actions(noun: str, verbs: tuple[str, ...], texts: Texts) -> tuple[Action, ...]:
    return tuple(Action(texts.say(f"button-{verb}"), f"{noun} {verb}") for verb in verbs)


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _paragraphs(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs))
