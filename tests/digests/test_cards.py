"""Cards: the words that others read, and one in every room."""

import pytest

from config.texts import texts_in
from digests import markup
from digests.cards import card, show
from people import ANA, BO, CHEN, MONDAY, settle_in
from storage import examples, outbox
from storage.database import Database, Session
from storage.groups import bind_room
from storage.proposal_stages import ProposalKind
from storage.proposals import Proposal, propose


def proposed(session: Session, title: str = "Solceller") -> Proposal:
    place = settle_in(session)
    return propose(session, place.memberships[ANA], title, "Text", ProposalKind.IDEA, ["sdg:7"], MONDAY)


def test_a_card_begins_with_noun_number_and_title(database: Database) -> None:
    with database.transaction() as session:
        proposal = proposed(session)
        assert card(proposal, texts_in("sv")).subject == "Förslag 1: Solceller"
        assert card(proposal, texts_in("en")).subject == "Proposal 1: Solceller"


def test_counts_are_shown_also_when_nobody_has_spoken(database: Database) -> None:
    with database.transaction() as session:
        proposal = proposed(session)
        assert "Stöd: 0 · Invändningar: 0" in card(proposal, texts_in("sv")).foot
        assert "Support: 0 · Objections: 0" in card(proposal, texts_in("en")).foot


def test_what_somebody_wrote_of_an_outcome_takes_nothing_of_the_state_along(database: Database) -> None:
    with database.transaction() as session:
        proposal = proposed(session)
        proposal.agree("Vi provar:\n\n```\ntio cyklar")
        state = card(proposal, texts_in("sv")).foot.partition("\n\n")[0]
    assert "Vi provar: ``` tio cyklar" in state
    assert markup.text(state).endswith("\nStöd: 0 · Invändningar: 0")


def test_the_state_is_one_paragraph_with_stage_goals_and_counts(database: Database) -> None:
    with database.transaction() as session:
        proposal = proposed(session)
        proposal.withdraw()
        state = markup.text(card(proposal, texts_in("sv")).foot)
    assert state == "Återtaget\nMål: 7 Hållbar energi för alla (Agenda 2030)\nStöd: 0 · Invändningar: 0"


def test_every_line_of_a_reason_stands_at_its_own_item(database: Database) -> None:
    with database.transaction() as session:
        proposal = proposed(session)
        people = settle_in(session).memberships
        proposal.object(people[BO].person, "Vem sköter dem?\n\nInte vi.\n- nej", MONDAY)
        proposal.object(people[CHEN].person, "Dyrt", MONDAY)
        said = markup.text(card(proposal, texts_in("sv")).foot).partition("\n\n")[2]
    assert said.splitlines() == ["– Bo Bark: Vem sköter dem?", "  Inte vi.", "  - nej", "– Chen Cho: Dyrt"]


def test_buttons_are_command_lines(database: Database) -> None:
    with database.transaction() as session:
        actions = card(proposed(session), texts_in("sv")).actions
    assert [(action.label, action.command) for action in actions] == [
        ("Stödjer", "proposal 1 support"),
        ("Invänd", "proposal 1 object"),
        ("Avstå", "proposal 1 neutral"),
    ]


def test_a_withdrawn_proposal_has_no_buttons(database: Database) -> None:
    with database.transaction() as session:
        proposal = proposed(session)
        proposal.withdraw()
        assert card(proposal, texts_in("sv")).actions == ()


def test_a_card_is_wished_for_in_every_room_of_the_group(database: Database) -> None:
    with database.transaction() as session:
        proposal = proposed(session)
        bind_room(session, proposal.group, "slack", "C1")
        bind_room(session, proposal.group, "matrix", "!r:example.org")
        session.flush()
        show(session, proposal, MONDAY)
        session.flush()
        addresses = {(entry.route, entry.address) for entry in outbox.unfinished(session)}
    assert addresses == {("slack", "C1"), ("matrix", "!r:example.org")}


def test_a_newer_card_replaces_one_that_is_still_waiting(database: Database) -> None:
    with database.transaction() as session:
        proposal = proposed(session)
        bind_room(session, proposal.group, "slack", "C1")
        session.flush()
        for person in (ANA, BO):
            show(session, proposal, MONDAY)
            proposal.support(settle_in(session).memberships[person].person, MONDAY)
        session.flush()
        show(session, proposal, MONDAY)
        session.flush()
        [entry] = outbox.unfinished(session)
        assert entry.content.parts["revision"] == proposal.revision


@pytest.mark.parametrize("end", ["a" * 480, "_*" * 240, "_*" * 20 + "_", "x]y", "(]" * 80])
def test_a_link_on_a_card_leads_where_it_says_however_long_it_is(end: str, database: Database) -> None:
    with database.transaction() as session:
        sharer = settle_in(session).memberships[ANA]
        example = examples.share(session, sharer, "Pool", "", [], MONDAY, links=f"Https://example.org/{end}")
        links = markup.parse(card(example, texts_in("sv")).body).findall(".//a")
        assert [link.get("href") for link in links] == example.links
        assert "example.org/" in "".join(links[0].itertext())
