"""What people type about subgroups, what goes wrong, and what follows for rooms and people."""

from datetime import date, timedelta
from unittest.mock import Mock

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from chatops.commands import mandates
from chatting import Chat
from digests import stuck
from digests import subgroups as hub
from living import LATER, propose
from people import ANA, BO, CHEN, GUS, INA
from storage import roster
from storage.cards import posted
from storage.database import Database, Session
from storage.groups import GroupStage, bind_room, group_called
from storage.memberships import Role, members_of
from storage.outbox import OutboxEntry, OutboxKind, OutboxState
from storage.people import person_with_mail
from storage.rooms import RoomStage
from storage.rules import RuleBroken
from storage.subgroups import Subgroup

# The card of an answer that was given at that time.
REPORT_CARD = f"subgroup:1:report:{LATER:%Y%m%d%H%M%S}"
START = "undergrupp starta Var ska cykelställen stå? @Bo klart 1 mars"


@pytest.fixture
def chat(database: Database) -> Chat:
    """A group with a channel on Slack and a room on Matrix. Ana is on both, Bo on Slack and Chen on Matrix."""
    with database.transaction() as session:
        group = group_called(session, "grona")
        bind_room(session, group, "slack", "C0GRONA")
        bind_room(session, group, "matrix", "!grona:example.org")
        for address, platform, account in (
            (ANA, "slack", "UANA"),
            (ANA, "matrix", "@ana:example.org"),
            (BO, "slack", "UBO"),
            (CHEN, "matrix", "@chen:example.org"),
        ):
            person = person_with_mail(session, address)
            assert person
            person.known_as(platform, account, "T1" if platform == "slack" else "")
    return Chat(database)


def subgroup(session: Session, number: int = 1) -> Subgroup:
    return session.get_one(Subgroup, number)


def open_room(database: Database, platform: str, address: str) -> None:
    """The platform has made a room."""
    with database.transaction() as session:
        room = next(room for room in subgroup(session).team.rooms if room.platform == platform)
        hub.opened(session, room.id, address, f"https://{platform}.example.org/", LATER)


def wishes(database: Database, *kinds: OutboxKind) -> list[OutboxEntry]:
    with database.reading() as session:
        chosen = select(OutboxEntry).where(OutboxEntry.kind.in_(kinds)).order_by(OutboxEntry.id)
        return list(session.scalars(chosen.options(joinedload(OutboxEntry.content))))


def invited(database: Database) -> list[str]:
    return sorted(entry.address for entry in wishes(database, OutboxKind.INVITATION))


@pytest.mark.parametrize(
    ("line", "question", "others", "lead", "due"),
    [
        ("Var ska de stå?", "Var ska de stå?", [], "Ana Ask", date(2027, 4, 12)),
        (
            "Var ska de stå? @Bo @Chen klart 1 mars",
            "Var ska de stå?",
            ["Bo Bark", "Chen Cho"],
            "Ana Ask",
            date(2027, 3, 1),
        ),
        ("klart senast 2027-03-01 Var ska de stå?", "Var ska de stå?", [], "Ana Ask", date(2027, 3, 1)),
        ("Vad är klart i mars?", "Vad är klart i mars?", [], "Ana Ask", date(2027, 4, 12)),
        ("Mat lead:@Bo Bark due 2027-03-01", "Mat", ["Bo Bark"], "Bo Bark", date(2027, 3, 1)),
        ("sammankallande:Bo Mat och klimat", "Mat och klimat", ["Bo Bark"], "Bo Bark", date(2027, 4, 12)),
        (
            "Mat med:Bo, Chen Cho och Gus klart:2027-03-01",
            "Mat",
            ["Bo Bark", "Chen Cho", "Gus Gren"],
            "Ana Ask",
            date(2027, 3, 1),
        ),
        ("@bo@example.org Mat @ torget", "Mat @ torget", ["Bo Bark"], "Ana Ask", date(2027, 4, 12)),
    ],
)
def test_a_line_tells_the_question_the_people_and_the_day(
    line: str, question: str, others: list[str], lead: str, due: date, chat: Chat
) -> None:
    chat.do(f"undergrupp starta {line}")
    with chat.database.reading() as session:
        made = subgroup(session)
        assert (made.question, made.lead.name, made.due) == (question, lead, due)
        assert {person.name for person in made.members} == {"Ana Ask", *others}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("undergrupp starta ?! …", "question-wordless"),
        ("undergrupp starta 🚲🚲", "question-wordless"),
        (f"undergrupp starta {'x' * 301}", "title-too-long"),
        ("undergrupp starta Mat @Nemo", "member-unknown"),
        ("undergrupp starta Mat @Zoe", "member-unknown"),
        ("undergrupp starta Mat lead:Ina", "lead-informed"),
        ("undergrupp starta Mat klart 1 mars 2020", "day-past"),
        ("undergrupp starta Mat klart:snart", "day-unknown"),
        ("undergrupp starta Mat kanal:hemlig", "value-unknown"),
        ("undergrupp starta förslag:99 Mat", "proposal-unknown"),
        ("undergrupp 99", "subgroup-unknown"),
        ("undergrupp", ""),
        ("undergrupp rapport Vi vet.", "subgroup-none"),
    ],
)
def test_what_goes_wrong_is_said_and_changes_nothing(line: str, why: str, chat: Chat) -> None:
    if why:
        assert chat.why(line) == why
    else:
        assert not chat.say(line).refused


def test_nothing_is_announced_and_nobody_let_in_before_every_room_is_there(chat: Chat) -> None:
    assert "Bildas" in chat.do(START).message.whole
    open_room(chat.database, "slack", "C0BIKES")
    assert chat.cards("subgroup:1") == []
    assert invited(chat.database) == []
    open_room(chat.database, "matrix", "!bikes:example.org")
    assert "Pågår" in chat.cards("subgroup:1")[0]["foot"]
    assert invited(chat.database) == ["!bikes:example.org @ana:example.org", "C0BIKES UANA", "C0BIKES UBO"]


def test_a_room_that_is_not_there_after_a_while_is_said_to_be_late(chat: Chat) -> None:
    assert "öppnas just nu" in chat.do(START).aside
    assert "inte klart än" in chat.do("undergrupp 1", at=LATER + timedelta(hours=1)).aside


def test_the_mandate_stands_in_its_rooms_with_the_way_to_the_sister_room(chat: Chat) -> None:
    chat.do(START)
    open_room(chat.database, "slack", "C0BIKES")
    open_room(chat.database, "matrix", "!bikes:example.org")
    brief = chat.cards("subgroup:1:brief")
    assert len(brief) == 2
    assert all(card["pinned"] and "https://matrix.example.org/" in card["body"] for card in brief)


def test_the_mandate_leads_to_the_card_it_came_from_on_the_same_platform(chat: Chat) -> None:
    number = propose(chat.database, CHEN, "Cykelställ")
    with chat.database.transaction() as session:
        for room, receipt in zip(group_called(session, "grona").rooms, ("C0GRONA/17.5", "$event"), strict=True):
            posted(session, room.id, f"proposal:{number}", receipt)
    chat.do(f"undergrupp starta förslag:{number}")
    open_room(chat.database, "slack", "C0BIKES")
    open_room(chat.database, "matrix", "!bikes:example.org")
    slack, matrix = sorted(
        (card["body"] for card in chat.cards("subgroup:1:brief")), key=lambda body: "%24event" in body
    )
    assert "(https://slack.com/app_redirect?channel=C0GRONA&message_ts=17.5)" in slack
    assert "(https://matrix.to/#/%21grona%3Aexample.org/%24event)" in matrix


def test_a_room_told_twice_is_opened_once(chat: Chat) -> None:
    chat.do(START)
    for _ in range(2):
        open_room(chat.database, "slack", "C0BIKES")
        open_room(chat.database, "matrix", "!bikes:example.org")
    assert len(invited(chat.database)) == 3
    assert len(chat.cards("subgroup:1")) == 2


def test_without_a_room_that_is_not_to_come_it_goes_on(chat: Chat) -> None:
    chat.do(START)
    open_room(chat.database, "slack", "C0BIKES")
    with chat.database.transaction() as session:
        entry = session.scalars(select(OutboxEntry).filter_by(kind=OutboxKind.ROOM, route="matrix")).one()
        hub.drop(session, entry, LATER)
        assert subgroup(session).stage is GroupStage.ACTIVE
    assert invited(chat.database) == ["C0BIKES UANA", "C0BIKES UBO"]
    assert "inget rum på Matrix" in chat.do("undergrupp 1").aside
    assert "inget rum" not in chat.do("undergrupp 1 rum").aside
    with chat.database.reading() as session:
        assert [room.stage for room in subgroup(session).team.rooms if room.platform == "matrix"] == [RoomStage.OPENING]


def test_who_joins_is_invited_where_they_are(chat: Chat) -> None:
    chat.do(START)
    open_room(chat.database, "slack", "C0BIKES")
    open_room(chat.database, "matrix", "!bikes:example.org")
    chat.do("undergrupp 1 gå med", account=CHEN)
    assert "!bikes:example.org @chen:example.org" in invited(chat.database)


def test_who_goes_into_a_room_by_themselves_is_in_it_on_both_sides(chat: Chat) -> None:
    chat.do("undergrupp starta Mat klart 1 mars", account=CHEN)
    open_room(chat.database, "slack", "C0BIKES")
    open_room(chat.database, "matrix", "!bikes:example.org")
    with chat.database.transaction() as session:
        ana = person_with_mail(session, ANA)
        assert ana
        hub.arrived(session, "matrix", "!bikes:example.org", ana, LATER)
        hub.arrived(session, "matrix", "!bikes:example.org", ana, LATER)
    assert invited(chat.database).count("C0BIKES UANA") == 1


def test_who_leaves_the_group_is_out_of_its_subgroups_and_their_rooms(chat: Chat) -> None:
    chat.do(START)
    open_room(chat.database, "slack", "C0BIKES")
    open_room(chat.database, "matrix", "!bikes:example.org")
    chat.do("tuva medlemmar avsluta Bo")
    with chat.database.reading() as session:
        assert [person.name for person in subgroup(session).members] == ["Ana Ask"]
    assert [entry.address for entry in wishes(chat.database, OutboxKind.REMOVAL)] == ["C0BIKES UBO"]


def test_what_somebody_led_who_leaves_the_group_a_chair_leads(chat: Chat) -> None:
    chat.do("undergrupp starta Mat @Chen", account=BO)
    open_room(chat.database, "slack", "C0BIKES")
    open_room(chat.database, "matrix", "!bikes:example.org")
    chat.do("tuva medlemmar avsluta Bo")
    with chat.database.reading() as session:
        made = subgroup(session)
        assert made.lead.name == "Ana Ask"
        assert [place.person.name for place in members_of(session, made.team) if place.role is Role.CHAIR] == [
            "Ana Ask"
        ]
    assert chat.notes(ANA)[-1] == "Du är nu sammankallande i undergrupp 1: Mat"


def test_in_its_rooms_everything_is_about_it(chat: Chat) -> None:
    chat.do(START)
    with chat.database.transaction() as session:
        bind_room(session, subgroup(session).team, "console", "bikes")
        for room in subgroup(session).team.rooms:
            room.stage = RoomStage.OPEN
        subgroup(session).activate(LATER)
    for line in ("föreslå Tak över ställen", "exempel Stället i Parken", "möte planera 1 februari kl. 9", "dagordning"):
        assert not chat.say(line, room="bikes").refused, line
    assert "Klart senast" in chat.say("undergrupp klart 2 mars", room="bikes").message.body
    assert chat.say("undergrupp rapport 3 ställ vid stationen.", BO, room="bikes").changed
    with chat.database.reading() as session:
        made = subgroup(session)
        assert (made.report, made.due) == ("3 ställ vid stationen.", date(2027, 3, 2))
        kinds = {entry.group_id for entry in session.scalars(select(OutboxEntry).filter_by(topic="proposal:1"))}
        assert kinds == {made.team_id}


def test_outside_its_rooms_the_large_group_is_meant(chat: Chat) -> None:
    chat.do(START)
    chat.do("föreslå Solceller", account=BO)
    with chat.database.reading() as session:
        group = group_called(session, "grona")
        assert {entry.group_id for entry in session.scalars(select(OutboxEntry).filter_by(topic="proposal:1"))} == {
            group.id
        }


def test_a_subgroup_has_no_subgroups(chat: Chat) -> None:
    chat.do(START)
    with chat.database.transaction() as session:
        bind_room(session, subgroup(session).team, "console", "bikes")
    assert chat.say("undergrupp starta Tak", room="bikes").why == "subgroup-within"
    assert "Undergrupp 1" in chat.say("undergrupp", room="bikes").message.body


def test_a_proposal_is_with_its_subgroup_until_that_has_answered(chat: Chat) -> None:
    number = propose(chat.database, CHEN, "Cykelställ", "Vi saknar ställ.")
    chat.do(f"förslag {number} stöd", account=BO)
    started = chat.do(f"undergrupp starta förslag:{number} @Bo klart 1 mars").message
    assert "Vi saknar ställ." in started.body
    assert "Hos undergrupp 1" in chat.say(f"förslag {number}").message.foot
    assert chat.why(f"förslag {number} stöd", CHEN) == "proposal-not-open"
    assert chat.why(f"undergrupp starta förslag:{number}") == "subgroup-of-proposal"
    chat.do("möte planera 20 mars kl. 13", "undergrupp 1 rapport Vid stationen.")
    assert chat.items(1) == [number]


def test_what_it_answered_goes_on_the_next_agenda_also_when_it_came_from_nothing(chat: Chat) -> None:
    chat.do(START, "möte planera 20 mars kl. 13")
    reply = chat.do("undergrupp 1 rapport Vid stationen.")
    assert reply.aside == "Svaret är upplagt i gruppens rum och tas upp på möte 1."
    assert chat.items(1) == [1]
    assert "Vid stationen." in chat.cards(REPORT_CARD)[0]["body"]


def test_those_who_asked_hear_what_came_of_it_once(chat: Chat) -> None:
    number = propose(chat.database, CHEN, "Cykelställ")
    chat.do(f"förslag {number} stöd", account=BO)
    chat.do(f"undergrupp starta förslag:{number} @Gus")
    chat.do("undergrupp 1 rapport Vid stationen.", "undergrupp 1 avsluta Vi bygger tre.")
    assert chat.notes(BO) == ["Så gick det för undergrupp 1: Cykelställ"]
    assert len(chat.notes(GUS)) == len(chat.notes(CHEN)) == 1
    assert chat.notes(ANA) == chat.notes(INA) == []
    assert "Överens" in chat.say(f"förslag {number}").message.foot
    assert chat.why("undergrupp 1 avsluta Igen") == "subgroup-closed"


def test_the_last_that_its_own_rooms_show_is_that_it_is_closed(chat: Chat) -> None:
    chat.do(START)
    open_room(chat.database, "slack", "C0BIKES")
    open_room(chat.database, "matrix", "!bikes:example.org")
    chat.do("undergrupp 1 rapport Vid stationen.", "undergrupp 1 avsluta Vi bygger tre.")
    assert all(not chat.cards(card)[-1]["actions"] for card in ("subgroup:1:brief", REPORT_CARD))
    said = [entry for entry in wishes(chat.database, OutboxKind.CARD, OutboxKind.ROOM) if entry.address == "C0BIKES"]
    assert [entry.topic for entry in said[-3:-1]] == ["subgroup:1:brief", "subgroup:1:goodbye"]
    assert said[-1].key.endswith(":close")


def test_whoever_sees_the_card_in_short_reads_what_was_done(chat: Chat) -> None:
    chat.do(START)
    assert chat.do("undergrupp 1 gå med", account=GUS).aside.startswith("Du är med i undergruppen.")
    assert chat.do("undergrupp 1 klart 20 mars").aside.startswith("Svaret väntas senast lördag 20 mars 2027.")
    assert chat.do("undergrupp 1 bjud in @Chen").aside.startswith("Chen Cho är med i undergruppen.")
    assert chat.do("undergrupp 1 sammankallande @Bo").aside.startswith("Bo Bark är sammankallande.")
    assert chat.do("undergrupp 1 lämna", account=GUS).aside.startswith("Du är inte med i undergruppen längre.")


def test_the_chair_reads_which_subgroup_to_try_again(chat: Chat) -> None:
    chat.do(START)
    with chat.database.transaction() as session:
        for entry in session.scalars(select(OutboxEntry).filter_by(kind=OutboxKind.ROOM)):
            entry.state, entry.reason = OutboxState.HELD, "restricted_action"
        stuck.tell(session, LATER)
        [letter] = session.scalars(select(OutboxEntry).filter_by(kind=OutboxKind.NOTICE))
        assert "/tuva undergrupp 1 rum" in str(letter.content.parts)


@pytest.mark.parametrize(
    ("state", "may_be_there", "goes_on"),
    [
        (OutboxState.RETRY, False, False),
        (OutboxState.HELD, False, False),
        (OutboxState.RETRY, True, True),
        (OutboxState.HELD, True, True),
        (OutboxState.SENDING, False, True),
    ],
)
def test_of_one_that_is_closed_early_only_what_may_be_there_is_looked_for(
    chat: Chat, state: OutboxState, may_be_there: bool, goes_on: bool
) -> None:
    chat.do(START)
    with chat.database.transaction() as session:
        for wish in session.scalars(select(OutboxEntry).filter_by(kind=OutboxKind.ROOM)):
            wish.state, wish.possible_duplicate = state, may_be_there
    chat.do("undergrupp 1 avsluta Vi behövs inte.")
    assert {wish.state for wish in wishes(chat.database, OutboxKind.ROOM)} == {
        state if goes_on else OutboxState.EXPIRED
    }
    with chat.database.reading() as session:
        stages = {room.stage for room in subgroup(session).team.rooms}
    assert stages == {RoomStage.OPENING if goes_on else RoomStage.ARCHIVED}


def test_whoever_leaves_while_rooms_are_formed_gets_no_power_over_them(chat: Chat) -> None:
    chat.do("tuva medlemmar lägg till Bo Bark bo@example.org Parken roll:ordförande")
    chat.do("undergrupp starta Mat sammankallande:Chen", account=BO)
    chat.do("tuva medlemmar avsluta Ana", account=BO)
    trusted = [["matrix", "@chen:example.org"], ["slack", "UBO"]]
    assert [wish.content.parts["trustees"] for wish in wishes(chat.database, OutboxKind.ROOM)] == [trusted] * 2


def test_nobody_comes_into_a_team_by_a_table_and_its_lead_stays_until_another_leads(chat: Chat) -> None:
    chat.do(START)
    with chat.database.transaction() as session:
        team = subgroup(session).team
        bind_room(session, team, "console", "bikes")
        with pytest.raises(RuleBroken, match="members-of-subgroup"):
            roster.import_roster(session, team, b"name,email,unit,role\nZoe,zoe@example.org,,", LATER, replace=True)
    assert chat.say("tuva medlemmar avsluta Ana", room="bikes").why == "member-leads"


def test_two_hundred_are_named_in_one_line_and_the_group_is_looked_through_once(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "\n".join(("name,email,unit,role", *(f"P{i} Ek,p{i}@example.org,Skolan,ledamot" for i in range(200))))
    looked = Mock(wraps=members_of)
    for module in (roster, mandates):
        monkeypatch.setattr(module, "members_of", looked)
    with chat.database.transaction() as session:
        roster.import_roster(session, group_called(session, "grona"), rows.encode(), LATER, replace=False)
    chat.do("undergrupp starta Mat " + " ".join(f"@P{i}" for i in range(200)))
    with chat.database.reading() as session:
        assert len(subgroup(session).members) == 201
    assert looked.call_count < 5
