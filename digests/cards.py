"""Every card: what a proposal or an example looks like, in words, and the wish to have it in every room."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from config.goals import catalogue_of, goal_keyed
from config.texts import Texts, texts_in
from digests.markup import escape
from storage import outbox
from storage.database import Session
from storage.examples import Example
from storage.groups import Group
from storage.messages import Action, Illustration, Message
from storage.organisations import Unit
from storage.outbox import OutboxKind
from storage.people import Person
from storage.pictures import picture_of
from storage.proposals import Proposal
from storage.reuses import Reuse
from storage.rooms import Room, RoomStage
from storage.stands import Stand

REUSES_AT_MOST = 5
Item = Proposal | Example
# Of the addresses that shared workspaces make up, nobody reads more.
LONGEST_LINK_SHOWN = 70


def card(item: Item, texts: Texts) -> Message:
    """The card of a proposal or an example."""
    return _proposal(item, texts) if isinstance(item, Proposal) else _example(item, texts)


def title(item: Item, texts: Texts) -> str:
    """`Förslag 12: TITLE`, as plain text."""
    kind = "card-proposal" if isinstance(item, Proposal) else "card-example"
    return texts.say(kind, number=str(item.id), title=item.title)


def named(person: Person, unit: Unit | None) -> str:
    """Who somebody is and where from, as plain text."""
    return person.name if unit is None else f"{person.name}, {unit.name}"


def line(item: Item, texts: Texts) -> str:
    """An item in one line of Markdown: its title, its counts, and its stage when it is no longer open."""
    told = [escape(title(item, texts))]
    if isinstance(item, Example):
        told += [escape(item.unit.name if item.unit else item.sharer.name), _counts_of(item, texts)]
    else:
        told.append(_stands_on(item, texts))
    return " · ".join(filter(None, (*told, _stage(item, texts))))


def forwardable(item: Item, texts: Texts) -> Message:
    """What may be passed on to somebody outside the group: nobody's name, no counts, no buttons."""
    unit = texts.say("forward-unit", unit=escape(item.unit.name)) if item.unit else ""
    facts = _facts(item, texts) if isinstance(item, Example) else ()
    return Message(body=_paragraphs(f"*{unit}*" if unit else "", item.body, *facts), subject=item.title)


def show(session: Session, item: Item, now: datetime) -> None:
    """Wish for the card, as it is now, in every open room of its group, in the group's language."""
    post(session, item.group, item.noun, card(item, texts_in(item.group.language)), item.revision, now)


def post(session: Session, group: Group, noun: str, message: Message, revision: int, now: datetime) -> None:
    """Wish for a card, known as `noun`, in every open room of a group."""
    actions = [[action.label, action.command] for action in message.actions]
    said = {"subject": message.subject, "body": message.body, "foot": message.foot}
    parts = {**said, "actions": actions, "revision": revision, "language": group.language}
    if message.illustration:
        parts["illustration"] = asdict(message.illustration)
    for room in rooms_of(group):
        outbox.put(
            session,
            key=f"card:{noun}:{room.id}:{revision}",
            route=room.platform,
            kind=OutboxKind.CARD,
            address=room.address,
            parts=parts,
            now=now,
            topic=noun,
            room_id=room.id,
            group_id=group.id,
        )


def rooms_of(group: Group) -> list[Room]:
    """Where a group's cards stand: in an encrypted room we would speak in clear."""
    return [room for room in group.rooms if room.stage is RoomStage.OPEN]


def as_message(parts: dict[str, Any]) -> Message:
    """A card as it came out of the outbox."""
    actions = tuple(Action(label, command) for label, command in parts["actions"])
    shown = Illustration(**parts["illustration"]) if "illustration" in parts else None
    return Message(parts["body"], parts["subject"], actions, parts["foot"], shown)


def goals_named(goals: list[str], texts: Texts) -> list[str]:
    """`7 Hållbar energi för alla (Agenda 2030)`, for each goal still in the catalogues."""
    known = [goal for goal in map(goal_keyed, goals) if goal]
    return [
        f"{goal.key.partition(':')[2]} {goal.names[texts.language]} ({catalogue_of(goal.key).names[texts.language]})"
        for goal in known
    ]


def _proposal(proposal: Proposal, texts: Texts) -> Message:
    by = _by("card-proposal-by", proposal.proposer, proposal.unit, texts, kind=texts.say(f"kind-{proposal.kind}"))
    state = [_bold(_stage(proposal, texts)), _goals(proposal, texts), _bold(_stands_on(proposal, texts))]
    verbs = ("support", "object", "neutral") if proposal.is_open else ()
    return Message(
        body=_paragraphs(by, proposal.body),
        foot=_paragraphs(_lines(*state), *map(_objection, proposal.objections)),
        subject=title(proposal, texts),
        actions=_actions(f"proposal {proposal.id}", verbs, texts),
    )


def _example(example: Example, texts: Texts) -> Message:
    by = _by("card-example-by", example.sharer, example.unit, texts)
    state = [_bold(_stage(example, texts)), _goals(example, texts), _bold(_counts_of(example, texts))]
    verbs = ("thank", "reuse") if example.is_current else ()
    return Message(
        body=_paragraphs(by, example.body, *_facts(example, texts)),
        foot=_paragraphs(_lines(*state), *_reuses(example, texts)),
        subject=title(example, texts),
        actions=_actions(f"example {example.id}", verbs, texts),
        illustration=picture.shown if (picture := picture_of(example)) else None,
    )


def _facts(example: Example, texts: Texts) -> Iterator[str]:
    """What came of it, whom to ask, and where to read on."""
    links = " · ".join(map(_link, example.links))
    yield texts.say("card-effect", effect=example.effect) if example.effect else ""
    yield _lines(
        texts.say("card-contact", contact=escape(example.contact)) if example.contact else "",
        texts.say("card-links", links=links) if links else "",
    )


def _link(link: str) -> str:
    """A link of an example. Of a long one its site is read, and it leads on to where the whole does."""
    address = urlsplit(link)
    if not address.netloc:
        return f"[{escape(link)}]({link})"
    return link if len(link) <= LONGEST_LINK_SHOWN else f"[{escape(address.netloc)}/…]({link})"


def _reuses(example: Example, texts: Texts) -> Iterator[str]:
    """The latest of them: a card stays a card, however many do the same."""
    yield from (_reuse(reuse, texts) for reuse in example.reuses[-REUSES_AT_MOST:])
    more = len(example.reuses) - REUSES_AT_MOST
    yield texts.say("letter-more", count=more) if more > 0 else ""


def _reuse(reuse: Reuse, texts: Texts) -> str:
    """Who does the same, and how it went."""
    result = texts.say("card-result", result=reuse.result) if reuse.result else ""
    return _said_by(named(reuse.person, reuse.unit), _paragraphs(reuse.note, result))


def _stage(item: Item, texts: Texts) -> str:
    """Nothing while it is open, or holds."""
    is_usual = item.is_open if isinstance(item, Proposal) else item.is_current
    return "" if is_usual else texts.say(f"stage-{item.stage}")


def _stands_on(proposal: Proposal, texts: Texts) -> str:
    support, objections = str(len(proposal.supporters)), str(len(proposal.objections))
    return texts.say("card-counts", support=support, objections=objections)


def _counts_of(example: Example, texts: Texts) -> str:
    thanks, questions, reuses = (str(len(some)) for some in (example.thanks, example.questions, example.reuses))
    return texts.say("card-thanks", thanks=thanks, questions=questions, reuses=reuses)


def _bold(text: str) -> str:
    return f"**{text}**" if text else ""


def _by(key: str, person: Person, unit: Unit | None, texts: Texts, **facts: str) -> str:
    return f"*{texts.say(key, who=escape(named(person, unit)), **facts)}*"


def _objection(stand: Stand) -> str:
    return _said_by(stand.person.name, stand.reason)


def _said_by(who: str, words: str) -> str:
    """An item of a list. All lines of the words belong to it."""
    return f"- **{escape(who)}**: " + words.replace("\n", "\n    ")


def _goals(item: Item, texts: Texts) -> str:
    goals = goals_named(item.goals, texts)
    return texts.say("card-goals", goals=escape(" · ".join(goals))) if goals else ""


def _actions(noun: str, verbs: tuple[str, ...], texts: Texts) -> tuple[Action, ...]:
    return tuple(Action(texts.say(f"button-{verb}"), f"{noun} {verb}") for verb in verbs)


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _paragraphs(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs))
