"""Cards with everything in them that somebody might write to make Tuva do something else."""

import contextlib
from datetime import timedelta
from pathlib import Path

from config.texts import texts_in
from digests.cards import card
from digests.cards.agenda import agenda_card
from digests.cards.meeting import meeting_card
from hostile import INJECTIONS, STRINGS, hostile_texts
from people import ANA, BO, MONDAY, settle_in
from settled import settled
from storage import meetings, prose
from storage.agenda_items import Outcome, take_in
from storage.database import Database
from storage.messages import Action, Message
from storage.proposal_stages import ProposalKind
from storage.proposals import propose
from storage.rules import RuleBroken

SV = texts_in("sv")
STATE = "**Stöd: 0 · Invändningar: 0**"
ADVERSARIAL_SECONDS = 0.05
LONGEST = hostile_texts(prose.BODY_LIMIT)
TOMORROW = MONDAY + timedelta(days=1)
ACTIONS = tuple(Action(verb, f"proposal 12 {verb}") for verb in ("support", "object", "neutral"))


def as_title(text: str) -> str:
    """A text as a title."""
    return " ".join(prose.clean(text).split())[: prose.TITLE_LIMIT]


def hostile_cards(folder: Path) -> dict[str, Message]:
    """A proposal's card with each string in every place: title, body, proposer, unit and an objection's reason."""
    file = folder / "tuva.db"
    file.write_bytes(settled(MONDAY))
    database = Database(f"sqlite:///{file}")
    with database.transaction() as session:
        members = settle_in(session).memberships
        told = {}
        for text in filter(as_title, STRINGS):
            clean = prose.clean(text)
            members[ANA].person.name = members[BO].person.name = members[ANA].unit.name = as_title(text)
            proposal = propose(session, members[ANA], as_title(text), clean, ProposalKind.IDEA, ["sdg:7"], MONDAY)
            session.flush()
            proposal.object(members[BO].person, clean, MONDAY)
            told[text] = card(proposal, SV)
    database.close()
    return told


def hostile_agendas(folder: Path) -> dict[str, tuple[Message, Message]]:
    """A meeting's card and its agenda's, with some of the strings in every place: what people call it, say of an item
    and where they meet.
    """
    file = folder / "tuva.db"
    file.write_bytes(settled(MONDAY))
    database = Database(f"sqlite:///{file}")
    with database.transaction() as session:
        members = settle_in(session).memberships
        told = {}
        for text in (text for kind in INJECTIONS.values() for text in kind[::4] if as_title(text)):
            title, clean = as_title(text), prose.clean(text)
            members[ANA].person.name = members[BO].person.name = title
            meeting = meetings.plan(session, members[ANA].group, TOMORROW, MONDAY, title=title, place=title)
            meeting.led_by(members[ANA].person, is_fixed=True)
            with contextlib.suppress(RuleBroken):
                meeting.link = prose.link(text)
            proposal = propose(session, members[ANA], title, "", ProposalKind.IDEA, ["sdg:7"], MONDAY)
            item = take_in(session, meeting, proposal, MONDAY)
            meeting.send_instead(members[ANA].person, members[BO].person, MONDAY)
            item.carried, item.carry_reason = 1, clean
            item.outcome, item.outcome_text = Outcome.AGREED, clean
            told[text] = meeting_card(meeting, SV), agenda_card(meeting, SV)
    database.close()
    return told


def is_written(link: str, source: str) -> bool:
    """Whether a link stands in what was written, as it is or escaped."""
    return link in source or link in source.replace("\\", "")
