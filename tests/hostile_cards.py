"""Cards with everything in them that somebody might write to make Tuva do something else."""

from pathlib import Path

from config.texts import texts_in
from digests.cards import card
from hostile import STRINGS, hostile_texts
from people import ANA, BO, MONDAY, settle_in
from settled import settled
from storage import prose
from storage.database import Database
from storage.messages import Action, Message
from storage.proposals import ProposalKind, propose

SV = texts_in("sv")
STATE = "**Stöd: 0 · Invändningar: 0**"
ADVERSARIAL_SECONDS = 0.05
LONGEST = hostile_texts(prose.BODY_LIMIT)
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


def is_written(link: str, source: str) -> bool:
    """Whether a link stands in what was written, as it is or escaped."""
    return link in source or link in source.replace("\\", "")
