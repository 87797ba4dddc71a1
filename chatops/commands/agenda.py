"""/agenda: what the next meeting takes up, in which order, and when the agenda goes out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from chatops.arguments import fold, number_in
from chatops.commands.meeting import LEADERS, PLANNERS, meeting_of, usual
from chatops.commands.steps import STEPS
from chatops.conversation import Reply, Request
from chatops.verbs import GROUP, READERS, Argument, Command, Kind, Verb
from config.texts import Texts
from digests import agenda, cards
from digests.agenda import closing
from digests.cards.agenda import agenda_card, agenda_noun
from digests.cards.proposal import proposal_title
from storage import agenda_items, diary, outcomes, proposals
from storage.agenda_items import AgendaItem, Section, current
from storage.agenda_steps import Step
from storage.database import Session
from storage.docket import proposal_for
from storage.groups import Group
from storage.meetings import Meeting, meeting_for
from storage.memberships import Duty, Membership, Role
from storage.messages import Action
from storage.proposal_stages import ProposalKind
from storage.proposals import Proposal
from storage.rules import RuleBroken

SECTIONS = {
    Section.ROUND: ("round", "avstämning"),
    Section.SCAN: ("scan", "omvärld", "omvärldsbevakning"),
    Section.DIALOGUE: ("dialogue", "dialog", "frågor"),
    Section.LEARNING: ("learning", "kompetens", "kompetensutveckling"),
    Section.SUBGROUPS: ("subgroups", "undergrupper"),
    Section.REPORTING: ("reporting", "rapportering"),
    Section.OTHER: ("other", "övrigt"),
}
PLACES = {"first": ("first", "först"), "last": ("last", "sist"), "up": ("up", "upp"), "down": ("down", "ner", "ned")}
# What may stand before the number of a proposal; folded.
NAMED = ("", "forslag", "proposal")


def usual_agenda(session: Session, group: Group, now: datetime) -> Meeting:
    """The meeting that goes on, or the next one. Raises RuleBroken when none is planned."""
    return diary.meeting_under_way(session, group, now) or usual(session, group, now)


def show(request: Request, session: Session, texts: Texts) -> Reply:
    """The agenda as it stands; who may change it also sees how it gets on, and the buttons for it."""
    return _shown(request, session, request.noun, texts)


def add(request: Request, session: Session, texts: Texts) -> Reply:
    """A proposal by its number, or something new by its title, is taken up; again, it gets another time or section."""
    meeting = _meeting(request, session)
    words = request.arguments["words"]
    if not words:
        raise RuleBroken("agenda-add-what")
    is_new = _number(words) is None
    proposal = _proposed(request, session, words) if is_new else _proposal(request, session, meeting, words)
    changed = _taken_in(session, meeting, proposal, request.now)
    item = agenda_items.item_on(meeting, proposal)
    item.minutes = request.arguments.get("minutes", item.minutes)
    item.section = Section(request.arguments.get("section", item.section))
    return _changed(request, session, changed, proposal, texts)


def move(request: Request, session: Session, texts: Texts) -> Reply:
    """An item goes first, last, up, down, to a place, or to another section."""
    meeting = _meeting(request, session)
    first, _, rest = request.arguments["words"].partition(" ")
    proposal = _proposal(request, session, meeting, first)
    if not rest and "section" not in request.arguments:
        raise RuleBroken("agenda-which", meeting=str(meeting.id))
    changed = _taken_in(session, meeting, proposal, request.now)
    item = agenda_items.item_on(meeting, proposal)
    section = Section(request.arguments.get("section", item.section))
    agenda_items.move(meeting, item, _place(meeting, item, section, rest), section)
    return _changed(request, session, changed, proposal, texts)


def remove(request: Request, session: Session, texts: Texts) -> Reply:
    """An item is not taken up at this meeting; its proposal stays open."""
    meeting = _meeting(request, session)
    proposal = _proposal(request, session, meeting, request.arguments["words"])
    meeting.require_ahead(request.now)
    agenda_items.take_out(agenda_items.item_on(meeting, proposal))
    return _changed(request, session, [meeting], proposal, texts)


def send(request: Request, session: Session, texts: Texts) -> Reply:
    """The agenda goes out now."""
    agenda.send_now(session, request.noun, request.now)
    return _shown(request, session, request.noun, texts, texts.say("agenda-sent-now"))


def skip(request: Request, session: Session, texts: Texts) -> Reply:
    """The next step of the agenda clock is left out."""
    only = Step(request.arguments["step"]) if "step" in request.arguments else None
    step = agenda.skip_next(session, request.noun, request.now, only)
    if step is None:
        key = "agenda-skipped-already" if only else "agenda-nothing-to-skip"
        raise RuleBroken(key, number=str(request.noun.id))
    return _shown(request, session, request.noun, texts, texts.say("agenda-skipped", step=texts.say(f"step-{step}")))


def _taken_in(session: Session, meeting: Meeting, proposal: Proposal, now: datetime) -> list[Meeting]:
    """It stands on the agenda of the meeting. Returns every meeting whose agenda is another by that, this one first."""
    if any(item.proposal is proposal and item.is_waiting for item in meeting.items):
        return [meeting]
    return outcomes.schedule(session, proposal, meeting, now)


def _shown(request: Request, session: Session, meeting: Meeting, texts: Texts, aside: str = "") -> Reply:
    """The agenda; to who leads the meeting alone, also what they may press, and whom it will not reach."""
    coming_in = [] if meeting.closed_at else agenda_items.coming_in(session, meeting)
    message = agenda_card(meeting, texts, coming_in)
    reply = Reply(
        message, about=agenda_noun(meeting), revision=meeting.agenda_revision, noted=meeting.noun, aside=aside
    )
    if not meeting.is_ahead or meeting.has_begun(request.now) or not _leads(request, meeting):
        return reply
    pressed = (*message.actions, *_buttons(request, session, meeting, texts))
    told = filter(None, (aside, *agenda.outlook(session, meeting, request.now, texts)))
    return replace(reply, message=replace(message, actions=pressed), aside="\n\n".join(told), private=True)


def _leads(request: Request, meeting: Meeting) -> bool:
    return _orders(request.membership) or meeting.chair is request.person


def _orders(place: Membership) -> bool:
    return place.role is Role.CHAIR or Duty.SECRETARY in place.duties


def _buttons(request: Request, session: Session, meeting: Meeting, texts: Texts) -> Iterator[Action]:
    """Up, for all but the first of each section, to who may order them; and what who leads may press."""
    up = texts.say("agenda-up")
    for section in Section if _orders(request.membership) else ():
        for item in current(meeting, section)[1:]:
            label, line = proposal_title(item.proposal, texts), f"agenda move {item.proposal_id} {up}"
            yield Action(label, f"{line} meeting:{meeting.id}", menu=texts.say("button-up"))
    yield from closing.buttons(session, meeting, texts)


def _changed(request: Request, session: Session, changed: list[Meeting], proposal: Proposal, texts: Texts) -> Reply:
    for meeting in changed:
        agenda.items_changed(session, meeting, request.now)
    cards.show(session, proposal, request.now)
    return _shown(request, session, changed[0], texts)


def _meeting(request: Request, session: Session) -> Meeting:
    """The meeting that is named, of the very group in which the speaker may change it; else the next one."""
    group = request.membership.group
    if "meeting" not in request.arguments:
        return usual(session, group, request.now)
    return meeting_of(session, request.person, group, request.arguments["meeting"])


def _proposal(request: Request, session: Session, meeting: Meeting, words: str) -> Proposal:
    number = _number(words)
    if number is None:
        raise RuleBroken("agenda-which", meeting=str(meeting.id))
    proposal = proposal_for(session, request.person, number)
    if proposal.group is not meeting.group:
        raise RuleBroken("proposal-unknown", number=str(number))
    return proposal


def _proposed(request: Request, session: Session, words: str) -> Proposal:
    title, _, body = words.partition("\n")
    kind = ProposalKind.INFORMATION
    return proposals.propose(session, request.membership, title, body, kind, [], request.now)


def _number(words: str) -> int | None:
    """`12`, `#12` and `förslag 12` name a proposal."""
    *named, last = words.split() or [""]
    return number_in(last) if fold(" ".join(named)) in NAMED else None


def _place(meeting: Meeting, item: AgendaItem, section: Section, words: str) -> int:
    """Where in its section an item is to stand, from 1."""
    others = [one for one in current(meeting, section) if one is not item]
    now = current(meeting, section).index(item) + 1 if item.section is section else len(others) + 1
    named = next((name for name, known in PLACES.items() if fold(words) in map(fold, known)), None)
    places = {"first": 1, "last": len(others) + 1, "up": max(now - 1, 1), "down": now + 1}
    if named:
        return places[named]
    if words.isdecimal() and len(words) <= 4:
        return int(words)
    if words:
        raise RuleBroken("agenda-place", word=words, number=str(item.proposal_id))
    return now


WORDS = Argument("words", Kind.WORDS)
WHICH = (Argument("meeting", Kind.NUMBER, keys=("meeting", "möte")), GROUP)
SECTION = Argument("section", Kind.CHOICE, keys=("section", "avsnitt", "del"), choices=SECTIONS)
STEP = Argument("step", Kind.CHOICE, keys=("step", "steg"), choices=STEPS)
MINUTES = Argument("minutes", Kind.LENGTH, keys=("length", "längd", "tid"))

AGENDA = Command(
    name="agenda",
    words=("dagordning",),
    noun=meeting_for,
    usual=usual_agenda,
    bare="show",
    shown="show",
    verbs=(
        Verb("show", show, READERS, ("visa",), arguments=(GROUP,), on_noun=True, changes=False),
        Verb("add", add, PLANNERS, ("lägg till",), arguments=(WORDS, MINUTES, SECTION, *WHICH)),
        Verb("move", move, PLANNERS, ("flytta",), arguments=(WORDS, SECTION, *WHICH)),
        Verb("remove", remove, PLANNERS, ("ta bort",), arguments=(WORDS, *WHICH)),
        Verb("send", send, LEADERS, ("skicka nu", "send now", "skicka"), arguments=(GROUP,), on_noun=True),
        Verb("skip", skip, LEADERS, ("hoppa över",), arguments=(STEP, GROUP), on_noun=True),
    ),
)
