"""What letters tell of subgroups: to the group that they are there, have answered and are closed; to a team its own."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from config.texts import texts_in
from digests import bulletin, letters, links, markup, subgroups, weekly
from digests.letters import Letter
from living import place
from people import ANA, BO, CHEN, INA, MONDAY
from storage import choices, occurrences, outbox, subscriptions
from storage.bulletins import bulletin_of
from storage.database import Database, Session
from storage.groups import Group, GroupStage
from storage.occurrences import OccurrenceState
from storage.proposal_stages import ProposalKind
from storage.proposals import propose
from storage.rooms import Room
from storage.subscriptions import Interval, Subscription, subscription_of
from teams import ANSWER, QUESTION, form, noted, start

WEEK = timedelta(weeks=1)
NEXT_MONDAY = MONDAY + timedelta(days=6, hours=23)
DUE = date(2027, 3, 1)
SV = texts_in("sv")


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One open transaction, with the cast."""
    with database.transaction() as session:
        yield session


def own(session: Session, address: str, slug: str = "grona") -> Subscription:
    member = place(session, address, slug)
    return subscription_of(session, member.person, member.group)


def sent(session: Session, weeks: int = 0) -> list[str]:
    """To whom letters go at everybody's moment, so many weeks after the first."""
    session.info.clear()
    weekly.plan(session, 100)
    before = len(outbox.unfinished(session))
    for occurrence in occurrences.due(session, NEXT_MONDAY + weeks * WEEK, 100):
        if occurrence.series.startswith(weekly.SERIES):
            weekly.fire(session, occurrence, NEXT_MONDAY + weeks * WEEK)
    session.flush()
    return sorted(entry.address for entry in outbox.unfinished(session)[before:])


def letter(session: Session, address: str = CHEN, weeks: int = 0) -> Letter | None:
    session.info.clear()
    return weekly.preview(session, own(session, address), NEXT_MONDAY + weeks * WEEK)


def told(session: Session, address: str = CHEN, weeks: int = 0) -> list[str]:
    """What a letter says of subgroups, as plain text."""
    found = letter(session, address, weeks)
    headings = ("I undergrupperna", "In the subgroups")
    sections = [one for one in found.sections if one.heading in headings] if found else []
    return [markup.text(item.card.body) for section in sections for item in section.items]


def proposed(session: Session, slug: str, title: str = "Färgen", by: str = BO) -> None:
    propose(session, place(session, by, slug), title, "", ProposalKind.IDEA, [], NEXT_MONDAY)


# --- what the group is told ---


def test_the_group_reads_of_a_new_subgroup_once_it_is_there_and_once(session: Session) -> None:
    group = place(session, ANA).group
    group.rooms.append(Room(platform="matrix", address="!r:example.org"))
    made = start(session, DUE, BO)
    assert letter(session, INA) is None
    subgroups.opened(session, made.team.rooms[0].id, "!t:example.org", "", NEXT_MONDAY)
    assert told(session, INA) == ["Nybildad (sammankallande Ana Ask, klart senast måndag 1 mars 2027)"]
    assert sent(session) == ["chen@example.org", "gus@example.org", "ina@example.org"]
    assert letter(session, INA, 1) is None


def test_of_one_that_is_closed_before_all_its_rooms_were_there_the_group_reads_nothing(session: Session) -> None:
    group = place(session, ANA).group
    group.rooms.append(Room(platform="matrix", address="!r:example.org"))
    noted(session, start(session, DUE, BO), "close", MONDAY, "Det blev inget", by=ANA)
    assert letter(session, INA) is None


def test_it_reads_of_each_answer_and_of_the_end_once(session: Session) -> None:
    made = form(session, DUE, BO)
    sent(session)
    noted(session, made, "report", NEXT_MONDAY, by=BO)
    found = letter(session, INA, 1)
    assert found is not None
    assert found.subject == "Nytt vecka 4: det senaste från undergrupperna"
    assert links.reading(made.noun) in letters.text(found, SV)
    assert told(session, INA, 1) == [f"Har svarat: {ANSWER}"]
    sent(session, 1)
    noted(session, made, "close", NEXT_MONDAY + WEEK, "Vi bygger", by=ANA)
    assert told(session, INA, 2) == ["Avslutad: Vi bygger"]
    assert "ina@example.org" in sent(session, 2)
    assert letter(session, INA, 3) is None


def test_an_answer_and_the_end_in_one_week_are_told_as_the_end(session: Session) -> None:
    made = form(session, DUE, BO)
    noted(session, made, "report", MONDAY, by=BO)
    noted(session, made, "close", MONDAY, "Vi bygger", by=ANA)
    assert told(session, INA) == ["Avslutad: Vi bygger"]


def test_who_takes_part_and_who_did_it_hear_nothing_of_it_in_the_groups_own_part(session: Session) -> None:
    made = form(session, DUE, BO, lead=BO)
    noted(session, made, "report", MONDAY, by=BO)
    noted(session, made, "close", MONDAY, "Vi bygger", by=ANA)
    assert (told(session, BO), told(session, ANA)) == ([], [])


def test_a_second_answer_is_news_again(session: Session) -> None:
    made = form(session, DUE, BO)
    noted(session, made, "report", MONDAY, by=BO)
    sent(session)
    noted(session, made, "report", NEXT_MONDAY, "Fyra ställ", by=BO)
    assert told(session, INA, 1) == ["Har svarat: Fyra ställ"]


def test_the_question_that_an_answer_put_before_the_group_is_no_proposal_of_its_own(session: Session) -> None:
    made = form(session, DUE, BO)
    noted(session, made, "report", MONDAY + WEEK / 14, by=BO)
    found = letter(session, INA)
    assert found is not None
    assert "Nya förslag" not in [section.heading for section in found.sections]


def test_the_groups_rooms_read_the_same_in_a_line(session: Session) -> None:
    made = form(session, DUE, BO)
    noted(session, made, "report", MONDAY, "Tre ställ", by=BO)
    rooms = bulletin_of(session, made.group)
    body = markup.text(bulletin.write(bulletin.gather(session, rooms), rooms, DUE, SV).body)
    line = "nybildad (sammankallande Ana Ask, klart senast måndag 1 mars 2027) och har svarat: Tre ställ"
    assert f"– Undergrupp 1: {QUESTION} – {line}" in body


# --- what a team is told ---


def test_a_teams_news_are_a_part_of_the_letter_of_the_larger_group(session: Session) -> None:
    made = form(session, DUE, BO)
    sent(session)
    proposed(session, made.team.slug)
    proposed(session, "grona", "Växthus", ANA)
    assert sent(session, 1).count(BO) == 1


def test_its_part_stands_under_the_subgroups_name(session: Session) -> None:
    made = form(session, DUE, BO)
    proposed(session, made.team.slug)
    found = letter(session, BO)
    assert found is not None
    assert [section.group for section in found.sections if section.group] == [f"Undergrupp 1: {QUESTION}"]
    assert (found.sender, found.opening) == (
        "Gröna gruppen",
        "I Gröna gruppen och undergrupp 1 finns ett nytt förslag.",
    )
    assert found.why == "Du får det här brevet för att du är med i Gröna gruppen (ledamot)."


def test_a_team_without_news_has_no_part(session: Session) -> None:
    form(session, DUE, BO)
    proposed(session, "grona", "Växthus", ANA)
    found = letter(session, BO)
    assert found is not None
    assert found.opening == "I Gröna gruppen finns ett nytt förslag."


@pytest.mark.parametrize("together", [True, False])
def test_everybody_gets_one_letter_a_week_however_many_teams_they_are_in(session: Session, together: bool) -> None:
    made = [form(session, DUE, BO, question=f"Fråga {place}?") for place in range(2)]
    place(session, BO).person.together = together
    for one in made:
        proposed(session, one.team.slug)
    assert sent(session).count(BO) == 1
    assert sent(session, 1).count(BO) == 0


def test_a_teams_letter_has_no_moment_of_its_own(session: Session) -> None:
    made = form(session, DUE, BO)
    assert made.team_id not in [one.group_id for one in subscriptions.unplanned(session, 100)]


def test_of_all_letters_together_a_teams_never_leads(session: Session) -> None:
    made, bo = form(session, DUE, BO), place(session, BO)
    bo.person.together = True
    session.delete(own(session, BO))
    session.flush()
    subscriptions.subscribe(session, bo.person, bo.group, MONDAY)
    proposed(session, made.team.slug)
    assert weekly.leading(session, own(session, BO, made.team.slug)) is own(session, BO)
    assert sent(session).count(BO) == 1


def test_where_the_larger_groups_letter_is_off_the_teams_comes_by_itself_and_stops_when_that_is_back(
    session: Session,
) -> None:
    made = form(session, DUE, BO)
    sent(session)
    choices.stop(session, own(session, BO), NEXT_MONDAY)
    proposed(session, made.team.slug)
    assert sent(session, 1).count(BO) == 1
    weekly.plan(session, 100)
    choices.resume(session, own(session, BO), NEXT_MONDAY + WEEK)
    assert occurrences.due_under(session, own(session, BO, made.team.slug).series) == []
    proposed(session, made.team.slug, "Takhöjden")
    assert sent(session, 2).count(BO) == 1
    assert letter(session, BO, 3) is None


def test_what_is_chosen_in_a_team_is_about_the_letter_in_which_its_news_come(session: Session) -> None:
    made = form(session, DUE, BO)
    choices.choose(session, own(session, BO, made.team.slug), MONDAY, weekday=4)
    assert own(session, BO).weekday == 4
    assert weekly.next_letter(session, own(session, BO, made.team.slug)).key == "2027-01-15T08:00"


def test_a_team_may_be_left_out_of_the_letter(session: Session) -> None:
    made = form(session, DUE, BO)
    choices.choose(session, own(session, BO, made.team.slug), MONDAY, interval=Interval.OFF)
    proposed(session, made.team.slug)
    assert own(session, BO).interval is Interval.WEEKLY
    assert BO not in sent(session)


def test_a_closed_team_causes_no_letter_and_no_bulletin(session: Session) -> None:
    made = form(session, DUE, BO)
    choices.stop(session, own(session, BO), MONDAY)
    proposed(session, made.team.slug)
    weekly.plan(session, 100)
    bulletin.plan(session, 100)
    noted(session, made, "close", MONDAY, "Klart", by=ANA)
    assert BO not in sent(session)
    for occurrence in occurrences.due(session, NEXT_MONDAY, 100):
        bulletin.fire(session, occurrence, NEXT_MONDAY)
    past = occurrences.last_past(session, bulletin_of(session, made.team).series)
    assert past is not None
    assert (past.state, past.reason) == (OccurrenceState.SKIPPED, "retired")
    assert _next_of_teams(session) == []


def _next_of_teams(session: Session) -> list[str]:
    """The series of closed groups that have a moment ahead."""
    weekly.plan(session, 100)
    bulletin.plan(session, 100)
    closed = select(Group.id).where(Group.stage == GroupStage.CLOSED)
    own = [one.series for one in session.scalars(select(Subscription).where(Subscription.group_id.in_(closed)))]
    bulletins = [f"{bulletin.SERIES}{number}" for number in session.scalars(closed)]
    return [one for one in (*own, *bulletins) if occurrences.due_under(session, one)]
