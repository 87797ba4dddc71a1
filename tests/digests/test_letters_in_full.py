"""What rides along in a letter, what a reader leaves out of it, which ways it goes, and one letter for all groups."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from config.texts import texts_in
from digests import letters, links, weekly
from digests.letters import Letter
from living import place
from people import ANA, BO, MONDAY, ZOE
from storage import audit, bank, choices, delivery, digest_items, occurrences, outbox
from storage.database import Database, Session
from storage.examples import Example, share
from storage.groups import GroupChoices, GroupKind, group_called, save_group
from storage.memberships import Role
from storage.outbox import OutboxEntry, OutboxKind
from storage.people import person_with_mail
from storage.proposal_stages import ProposalKind
from storage.proposals import Proposal, propose
from storage.rooms import Room, RoomStage
from storage.roster import enter
from storage.subscriptions import Channel, Interval, Subscription, subscription_of
from storage.tips import Tip

WEEK = timedelta(weeks=1)
NEXT_MONDAY = MONDAY + timedelta(days=6, hours=23)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One open transaction, with the cast."""
    with database.transaction() as session:
        yield session


def subscribed(session: Session, address: str, slug: str = "grona") -> Subscription:
    member = place(session, address, slug)
    return subscription_of(session, member.person, member.group)


def shared(
    session: Session, title: str = "Cykelpool", by: str = ANA, at: datetime = MONDAY, slug: str = "grona"
) -> Example:
    return share(session, place(session, by, slug), title, "", [], at)


def proposed(session: Session, title: str = "Solceller", at: datetime = MONDAY, slug: str = "grona") -> Proposal:
    by = ANA if slug == "grona" else ZOE
    return propose(session, place(session, by, slug), title, "", ProposalKind.IDEA, [], at)


def done(session: Session, action: str, noun: str, by: str = ANA, at: datetime = NEXT_MONDAY) -> None:
    who = place(session, by)
    audit.note(
        session, at=at, action=action, noun=noun, platform="console", person_id=who.person_id, group_id=who.group_id
    )


def fired(session: Session, now: datetime) -> list[OutboxEntry]:
    """All that has been written for readers when everything due has fired."""
    session.info.clear()
    weekly.plan(session, 100)
    while due := [one for one in occurrences.due(session, now, 100) if one.series.startswith(weekly.SERIES)]:
        for occurrence in due:
            weekly.fire(session, occurrence, now)
        session.flush()
        weekly.plan(session, 100)
    return outbox.unfinished(session)


def to(address: str, entries: list[OutboxEntry]) -> list[OutboxEntry]:
    return [entry for entry in entries if entry.address == address]


def letter(session: Session, address: str = BO, now: datetime = NEXT_MONDAY + WEEK) -> Letter:
    session.info.clear()
    found = weekly.preview(session, subscribed(session, address), now)
    assert found is not None
    return found


def lines(found: Letter, heading: str) -> list[str]:
    """What stands in one section: titles, then lines."""
    sections = [section for section in found.sections if section.heading == heading]
    return [line for one in sections for line in (*(item.card.subject for item in one.items), *one.lines)]


def headings(found: Letter) -> list[str]:
    return [section.heading for section in found.sections]


# --- what rides along ---


def test_the_parts_of_a_letter_stand_in_their_order(session: Session) -> None:
    told = shared(session)
    fired(session, NEXT_MONDAY)
    done(session, "example.edit", told.noun)
    shared(session, "Ny", at=NEXT_MONDAY)
    proposed(session, at=NEXT_MONDAY)
    fired(session, NEXT_MONDAY + WEEK)
    shared(session, "Nyare", at=NEXT_MONDAY + WEEK)
    proposed(session, "Växthus", at=NEXT_MONDAY + WEEK)
    done(session, "example.edit", told.noun, at=NEXT_MONDAY + WEEK)
    found = letter(session, now=NEXT_MONDAY + 2 * WEEK)
    assert headings(found) == ["Goda exempel", "Nya förslag", "Ändrat sedan sist", "Väntar på dig"]


def test_what_changed_of_what_was_told_is_told_once_in_one_line(session: Session) -> None:
    told, unknown = shared(session), shared(session, "Okänt", at=MONDAY - WEEK)
    fired(session, NEXT_MONDAY)
    for action in ("example.edit", "example.reuse", "example.edit"):
        done(session, action, told.noun)
    done(session, "example.edit", unknown.noun)
    shared(session, "Ny", at=NEXT_MONDAY)
    assert lines(letter(session), "Ändrat sedan sist") == ["Exempel 1: Cykelpool – ändrat och fler gör likadant"]
    fired(session, NEXT_MONDAY + WEEK)
    shared(session, "Nyare", at=NEXT_MONDAY + WEEK)
    assert lines(letter(session, now=NEXT_MONDAY + 2 * WEEK), "Ändrat sedan sist") == []


def test_a_change_alone_sends_no_letter_and_is_told_in_the_next(session: Session) -> None:
    told = proposed(session)
    first = len(fired(session, NEXT_MONDAY))
    told.withdraw()
    done(session, "proposal.withdraw", told.noun)
    assert len(fired(session, NEXT_MONDAY + 3 * WEEK)) == first
    proposed(session, "Växthus", at=NEXT_MONDAY + 3 * WEEK)
    found = letter(session, now=NEXT_MONDAY + 4 * WEEK)
    assert lines(found, "Ändrat sedan sist") == ["Förslag 1: Solceller – återtaget"]


def test_ones_own_changes_and_those_before_the_first_telling_are_no_news(session: Session) -> None:
    told = shared(session)
    done(session, "example.edit", told.noun, at=MONDAY)
    fired(session, NEXT_MONDAY)
    done(session, "example.reuse", told.noun, by=BO)
    shared(session, "Ny", at=NEXT_MONDAY)
    assert lines(letter(session), "Ändrat sedan sist") == []


def test_of_a_subgroup_its_name_and_numbers_are_told_once(session: Session) -> None:
    sub = GroupChoices(name="Cykelgruppen", kind=GroupKind.SUBGROUP, parent="grona")
    inside = save_group(session, "cykel", sub, "sv", "Europe/Stockholm", MONDAY)
    enter(session, inside, person_with_mail(session, ANA), Role.MEMBER, MONDAY)
    shared(session, "Hemligt", slug="cykel")
    shared(session)
    assert lines(letter(session), "I undergrupperna") == ["Cykelgruppen: nybildad och ett nytt gott exempel"]
    assert "I undergrupperna" not in headings(letter(session, ANA))
    fired(session, NEXT_MONDAY)
    shared(session, "Ny", at=NEXT_MONDAY)
    assert "I undergrupperna" not in headings(letter(session))


def test_tips_reuses_and_what_is_to_be_read_wait_for_me(session: Session) -> None:
    bo, ana = place(session, BO), place(session, ANA)
    session.add(Tip(group=bo.group, author=bo.person, finder=ana.person, title="Ställ", body="", given_at=NEXT_MONDAY))
    shared(session).reuse(bo, "Vi också", MONDAY)
    later = NEXT_MONDAY + 13 * WEEK
    bank.set_editors(session, bo.group, later, on=True)
    shared(session, "Oläst", at=later)
    proposed(session, at=later)
    tip, asked = lines(letter(session, now=later), "Väntar på dig")
    assert "Ana Ask tycker att det du skrev är ett gott exempel: Ställ" in tip
    assert "Exempel 1: Cykelpool" in asked
    assert lines(letter(session, ANA, later), "Väntar på dig")[-1].startswith("Ett gott exempel väntar på att du läser")


def test_of_more_than_seven_the_first_are_shown_and_all_are_told(session: Session) -> None:
    for number in range(10):
        shared(session, f"Nummer {number}")
    section = letter(session).sections[0]
    assert (len(section.items), section.more) == (7, "… och 3 till.")
    fired(session, NEXT_MONDAY)
    assert len(digest_items.told(session, place(session, BO).person)) == 10


def test_a_monthly_letter_names_no_week_and_the_preheader_fills_its_line(session: Session) -> None:
    shared(session)
    choices.choose(session, subscribed(session, BO), MONDAY, interval=Interval.MONTHLY)
    found = letter(session)
    assert found.subject == "Nytt sedan sist: ett gott exempel"
    assert 85 <= len(found.preheader) <= 100


# --- what is left out ---


def test_own_items_and_answered_ones_are_left_out_by_choice_and_never_come_later(session: Session) -> None:
    bo = subscribed(session, BO)
    choices.choose(session, bo, MONDAY, with_own=False, with_reacted=False)
    shared(session, "Eget", by=BO)
    shared(session, "Tackat").thank(bo.person, MONDAY)
    proposed(session, "Stött").support(bo.person, MONDAY)
    assert to(BO, fired(session, NEXT_MONDAY)) == []
    choices.choose(session, bo, NEXT_MONDAY, with_own=True, with_reacted=True)
    assert weekly.preview(session, bo, NEXT_MONDAY) is None


# --- the ways ---


def open_room(session: Session) -> None:
    group = group_called(session, "grona")
    group.rooms.append(Room(platform="matrix", address="!r:example.org", stage=RoomStage.OPEN))
    session.flush()


@pytest.mark.parametrize(
    ("channel", "account", "kinds"),
    [
        (Channel.MAIL, True, [OutboxKind.LETTER]),
        (Channel.CHAT, True, [OutboxKind.NOTE]),
        (Channel.CHAT, False, [OutboxKind.LETTER]),
        (Channel.BOTH, True, [OutboxKind.LETTER, OutboxKind.NOTE]),
        (Channel.BOTH, False, [OutboxKind.LETTER]),
    ],
)
def test_a_letter_goes_the_chosen_way_or_the_one_that_is_open(
    session: Session, channel: Channel, account: bool, kinds: list[OutboxKind]
) -> None:
    open_room(session)
    bo = subscribed(session, BO)
    if account:
        bo.person.known_as("matrix", "@bo:example.org")
    choices.choose(session, bo, MONDAY, channel=channel)
    shared(session)
    entries = fired(session, NEXT_MONDAY)
    assert [one.kind for one in entries if one.address in (BO, "@bo:example.org")] == kinds


def test_who_has_no_address_gets_the_letter_in_chat(session: Session) -> None:
    open_room(session)
    bo = subscribed(session, BO)
    bo.person.known_as("matrix", "@bo:example.org")
    bo.person.email = None
    shared(session)
    [note] = [one for one in fired(session, NEXT_MONDAY) if one.kind is OutboxKind.NOTE]
    assert note.content.parts["subject"] == "Nytt vecka 3: ett gott exempel"


@pytest.mark.parametrize(("mail_came", "told"), [(True, 1), (False, 0)])
def test_what_came_by_neither_way_is_news_again(session: Session, mail_came: bool, told: int) -> None:
    open_room(session)
    bo = subscribed(session, BO)
    bo.person.known_as("matrix", "@bo:example.org")
    choices.choose(session, bo, MONDAY, channel=Channel.BOTH)
    shared(session)
    [mail] = to(BO, fired(session, NEXT_MONDAY))
    session.flush()
    if mail_came:
        mail.arrived()
        session.flush()
    for route in ("mail", "matrix"):
        delivery.claim(session, route, "token", NEXT_MONDAY + timedelta(days=4))
    session.expire_all()
    assert len(digest_items.told(session, bo.person)) == told


# --- one letter for all groups ---


@pytest.fixture
def both(session: Session) -> tuple[Subscription, Subscription]:
    """Bo's two subscriptions, in one letter."""
    enter(session, place(session, ZOE, "andra").group, person_with_mail(session, BO), Role.MEMBER, MONDAY)
    lead, rider = subscribed(session, BO), subscribed(session, BO, "andra")
    choices.choose(session, rider, MONDAY, together=True)
    return lead, rider


def test_the_groups_come_in_one_letter_under_their_names(
    session: Session, both: tuple[Subscription, Subscription]
) -> None:
    shared(session)
    proposed(session, "Odling", slug="andra")
    [one] = to(BO, fired(session, NEXT_MONDAY))
    text = one.content.parts["text"]
    assert text.index("Gröna gruppen\n====") < text.index("Cykelpool") < text.index("Andra gruppen\n====")
    assert one.content.parts["subject"] == "Nytt vecka 3: ett gott exempel och ett förslag"
    assert one.content.parts["sender"] == "Gröna gruppen med flera"


def test_choosing_in_one_group_chooses_for_the_letter(
    session: Session, both: tuple[Subscription, Subscription]
) -> None:
    lead, rider = both
    choices.choose(session, rider, MONDAY, weekday=4, hour="10:00")
    assert (lead.weekday, lead.hour) == (4, "10:00")
    assert weekly.next_letter(session, rider) == weekly.next_letter(session, lead)


def test_who_leaves_the_leading_group_gets_the_rest_at_the_next_moment(
    session: Session, both: tuple[Subscription, Subscription]
) -> None:
    proposed(session, "Odling", slug="andra")
    fired(session, NEXT_MONDAY)
    tuesday = NEXT_MONDAY + timedelta(days=1)
    proposed(session, "Kompost", tuesday, slug="andra")
    place(session, BO).end(tuesday)
    assert len(to(BO, fired(session, tuesday))) == 1
    assert len(to(BO, fired(session, NEXT_MONDAY + WEEK))) == 2


def test_stopping_the_letter_stops_all_of_it_and_undoing_brings_all_back(
    session: Session, both: tuple[Subscription, Subscription]
) -> None:
    lead, rider = both
    choices.stop(session, lead, MONDAY + WEEK)
    assert lead.interval is rider.interval is Interval.OFF
    choices.resume(session, lead, MONDAY + WEEK)
    assert lead.interval is rider.interval is Interval.WEEKLY


def test_apart_again_each_begins_after_now(session: Session, both: tuple[Subscription, Subscription]) -> None:
    proposed(session, "Odling", slug="andra")
    fired(session, NEXT_MONDAY + 4 * WEEK)
    now = NEXT_MONDAY + 4 * WEEK + timedelta(days=2)
    choices.choose(session, both[0], now, together=False)
    assert {weekly.next_letter(session, one).at for one in both} == {NEXT_MONDAY + 5 * WEEK}


def test_what_waits_for_me_has_its_button_in_a_letter_and_its_line_in_chat(session: Session) -> None:
    bo, ana = place(session, BO), place(session, ANA)
    session.add(Tip(group=bo.group, author=bo.person, finder=ana.person, title="Ställ", body="", given_at=NEXT_MONDAY))
    shared(session).reuse(bo, "Vi också", MONDAY)
    later = NEXT_MONDAY + 13 * WEEK
    proposed(session, at=later)
    written = letter(session, now=later)
    page, said = letters.html(written, texts_in("sv")), letters.as_message(written).body
    assert links.pressing("example share tip:1 group:grona") in page
    assert links.pressing("example decline tip:1") in page
    assert links.pressing("example 1 result") in page
    assert "`/tuva exempel dela tips:1`" in said
    assert "`/tuva exempel 1 resultat`" in said
