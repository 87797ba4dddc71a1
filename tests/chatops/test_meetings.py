"""What people type about meetings and agendas, also what goes wrong: each fault has its own sentence, and nothing is
lost or sent twice.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatting import Chat
from living import LATER, place, propose, record
from people import ANA, BO, CHEN, GUS, INA, MONDAY, ZOE
from storage.database import Database
from storage.groups import bind_room, group_called
from storage.meetings import Meeting
from storage.memberships import Role
from storage.roster import import_roster
from storage.subscriptions import Interval, subscription_of

DAY = timedelta(days=1)
# A Wednesday, 13:00 in Stockholm.
STARTS = datetime.fromisoformat("2027-03-10T12:00+00:00")


@pytest.fixture
def chat(database: Database) -> Chat:
    """A group with a room and one meeting."""
    with database.transaction() as session:
        bind_room(session, group_called(session, "grona"), "matrix", "!grona:example.org")
    chat = Chat(database)
    chat.do("möte planera 2027-03-10 13:00 Vårmötet plats:Stadshuset")
    return chat


def chairs(database: Database, *accounts: str) -> None:
    with database.transaction() as session:
        for account in accounts:
            place(session, account).become(Role.CHAIR, MONDAY)


# --- planning ---


FAULTS = {
    "möte planera 29 februari 2027 13:00": "day-unreal",
    "möte planera 2027-03-28 02:30": "hour-skipped",
    "möte planera första tisdagen för alltid 13:00": "series-endless",
    "möte planera varje tisdag 61 gånger 13:00": "series-too-many",
    "möte planera 2026-01-01 13:00": "day-past",
    "möte planera 2027-06-02 13:00 " + "x" * 301: "meeting-title-too-long",
    "möte planera 2027-06-02 13:00 Möte plats:" + "x" * 301: "place-too-long",
    "möte planera 2027-06-02 13:00 Möte länk:javascript:alert(1)": "link-wrong",
    "möte planera 2027-06-02 13:00 Möte längd:0": "length-wrong",
    "möte planera 2027-06-02 13:00 Möte längd:13h": "length-wrong",
    "möte planera 2027-06-02 13:00-13:05": "meeting-too-short",
    "möte 1 flytta igår": "day-past",
    "möte 1 flytta 2026-01-01": "day-past",
    "möte 1 flytta": "move-when",
    "möte 1 ändra": "change-what",
    "möte 1 ändra länk:javascript:alert(1)": "link-wrong",
    "möte 1 byt": "rota-swap-which",
    "möte 1 byt 1": "rota-swap-what",
    "möte 1 byt 99": "meeting-unknown",
    "möte 1 hoppa över": "rota-alone",
    "möte 1 ordförande": "chair-who",
    "möte 1 ordförande Ina": "rota-outsider",
    "möte 1 ersättare": "substitute-who",
    "möte 1 ersättare Ana": "substitute-oneself",
    "möte 1 ersättare Ina": "substitute-outsider",
    "möte 1 ersättare Kalle": "member-unknown",
    "möte 1 kommer Bo": "answer-for-another",
    "möte 1 hej": "verb-unknown",
    "möte 99 kommer": "meeting-unknown",
    "möte 999999999999999999 kommer": "meeting-unknown",
    "dagordning flytta 12 999999999999": "proposal-unknown",
    "dagordning flytta": "agenda-which",
    "dagordning ta bort": "agenda-which",
    "dagordning lägg till": "agenda-add-what",
    "dagordning lägg till " + "x" * 301: "title-too-long",
    "dagordning lägg till 1 möte:99": "meeting-unknown",
    "tuva inställningar stängning 2": "step-order",
    "tuva inställningar stängning 99": "step-days",
}


def test_each_fault_has_its_own_sentence_and_changes_nothing(chat: Chat) -> None:
    before = record(chat.database)
    assert {line: chat.say(line).why for line in FAULTS} == FAULTS
    assert record(chat.database) == before


def test_what_is_not_understood_behind_a_number_is_not_called_a_proposal(chat: Chat) -> None:
    said = chat.say("möte 1 hej").message.body
    assert "`/tuva hjälp möte`" in said
    assert "förslag" not in said


def test_a_second_meeting_at_the_same_time_is_remarked(chat: Chat) -> None:
    reply = chat.do("möte planera 2027-03-10 14:00 Dubbelt")
    assert "redan ett möte då" in reply.aside
    assert "Möte 1: Vårmötet" in reply.aside
    assert "redan" not in chat.do("möte planera 2027-03-10 16:00 Efteråt").aside


def test_sixty_meetings_are_planned_and_shown_once(chat: Chat) -> None:
    reply = chat.do("möte planera varje tisdag 60 gånger 13:00")
    assert reply.message.subject == "60 möten är planerade"
    assert len(chat.cards("meeting:2")) == 1
    assert chat.cards("meeting:3") == []


def test_a_year_without_an_end_says_which_meeting_can_be_cancelled(chat: Chat) -> None:
    aside = chat.do("möte planera första tisdagen varje månad 13:00").aside
    with chat.database.reading() as session:
        last = session.query(Meeting).count()
    assert f"`/möte {last} ställ in`" in aside


def test_a_title_and_a_place_are_shown_literally(chat: Chat) -> None:
    reply = chat.say("möte 1 ändra <!channel> *x*", body="plats: Sal 3 <!here> @room")
    assert reply.message.subject == "Möte 1: <!channel> *x*"
    assert "Plats: Sal 3 <\\!here\\> @room" in reply.message.body


def test_a_link_may_be_taken_away(chat: Chat) -> None:
    assert "https://example.org/m" in chat.do("möte 1 ändra länk:https://example.org/m").message.body
    assert "Länk" not in chat.do("möte 1 ändra länk:").message.body


# --- moving and cancelling ---


def test_what_is_changed_to_what_it_is_tells_nobody(chat: Chat) -> None:
    before = [chat.cards(noun) for noun in ("meeting:1:changed:0", "meeting:1:changed:1")]
    for line in ("möte 1 flytta 2027-03-10", "möte 1 ändra plats:Stadshuset"):
        assert chat.do(line).aside == "Så är det redan, så ingenting ändrades."
    assert [chat.cards(noun) for noun in ("meeting:1:changed:0", "meeting:1:changed:1")] == before == [[], []]


def test_a_meeting_moved_there_and_back_is_told_each_time_once(chat: Chat) -> None:
    chat.do("möte 1 flytta 2027-03-11", "möte 1 flytta 2027-03-10")
    assert [len(chat.cards(f"meeting:1:changed:{number}")) for number in (0, 1, 2, 3)] == [0, 1, 1, 0]


def test_a_meeting_is_cancelled_once(chat: Chat) -> None:
    chat.do("möte 1 ställ in")
    assert chat.why("möte 1 ställ in") == "meeting-cancelled-before"
    assert chat.why("möte 1 flytta 2027-03-20") == "meeting-cancelled"
    assert chat.why("möte 1 kommer", BO) == "answer-cancelled"
    assert chat.why("dagordning lägg till Fika möte:1") == "meeting-cancelled"
    assert len(chat.cards("meeting:1:changed:1")) == 1


def test_the_items_of_a_cancelled_meeting_wait_for_the_next(chat: Chat) -> None:
    number = propose(chat.database, BO)
    chat.do("möte planera 2027-04-14 13:00 Aprilmötet", "förslag 1 ta upp 1", "dagordning 1 skicka nu")
    chat.do("möte 1 ställ in", "dagordning skicka nu")
    assert chat.items(2) == [number]


# --- answering ---


def test_an_answer_after_the_meeting_is_too_late(chat: Chat) -> None:
    assert chat.why("möte 1 kommer", BO, STARTS) == "answer-late"
    assert chat.why("möte 1 ersättare Chen", BO, STARTS) == "answer-late"
    assert chat.why("möte 1 ångra", BO, STARTS) == "answer-late"


def test_who_asked_a_substitute_hears_that_they_do_not_come(chat: Chat) -> None:
    chat.do("möte 1 ersättare Bo", account=GUS)
    chat.do("möte 1 kommer inte", account=BO)
    chat.do("möte 1 kommer inte", account=BO, at=LATER + DAY)
    assert chat.notes(GUS) == ["Bo Bark kan inte komma i ditt ställe: Möte 1: Vårmötet"]
    assert "i stället" not in (chat.do("möte 1").message.foot or "")


def test_a_substitute_hears_that_they_are_not_needed(chat: Chat) -> None:
    chat.do("möte 1 ersättare Bo", "möte 1 kommer", account=GUS)
    assert chat.notes(BO)[-1] == "Gus Gren kommer själv: Möte 1: Vårmötet"


def test_a_substitute_of_two_is_remarked_and_of_who_has_said_no_refused(chat: Chat) -> None:
    chat.do("möte 1 ersättare Bo", account=CHEN)
    assert "Bo Bark är också ersättare för Chen Cho" in chat.do("möte 1 ersättare Bo", account=GUS).aside
    chat.do("möte 1 kommer inte", account=BO)
    assert chat.why("möte 1 ersättare Bo") == "substitute-absent"


def test_a_card_says_who_was_asked_and_who_comes_instead(chat: Chat) -> None:
    chat.do("möte 1 ersättare Bo", account=GUS)
    assert "Gus Gren har bett Bo Bark komma i stället" in chat.do("möte 1").message.foot
    chat.do("möte 1 kommer", account=BO)
    assert "Bo Bark kommer i stället för Gus Gren" in chat.do("möte 1").message.foot


def test_a_chair_who_cannot_come_is_told_what_to_do(chat: Chat) -> None:
    assert "`/möte 1 ordförande @namn`" in chat.do("möte 1 kommer inte").aside
    assert "hoppa över" not in chat.do("möte 1 kommer inte").aside
    chairs(chat.database, BO)
    assert "`/möte 1 hoppa över`" in chat.do("möte 1 kommer inte").aside


def test_who_is_in_two_groups_is_asked_which_is_meant(chat: Chat) -> None:
    with chat.database.transaction() as session:
        table = f"name,email,unit\nBo Bark,{BO},\n".encode()
        import_roster(session, group_called(session, "andra"), table, MONDAY, replace=False)
    chat.do("möte planera 2027-03-09 13:00 Zoes möte", account=ZOE)
    assert "grupp:grona" in chat.say("möte kommer", BO).message.body
    assert "Zoes möte" in chat.do("möte kommer grupp:andra", account=BO).message.subject
    assert "Vårmötet" in chat.do("möte 1 kommer", account=BO).message.subject


# --- of another group ---


@pytest.mark.parametrize(
    "line", ["möte 1", "möte 1 kommer", "möte 1 flytta 2027-03-11", "dagordning 1", "dagordning lägg till Fika möte:1"]
)
def test_a_meeting_of_another_group_is_as_if_there_were_none(line: str, chat: Chat) -> None:
    assert chat.why(line, ZOE) == "meeting-unknown"


def test_a_proposal_of_another_group_does_not_come_on_the_agenda(chat: Chat) -> None:
    chat.do("möte planera 2027-03-09 13:00 Zoes möte", "föreslå Zoes förslag", account=ZOE)
    assert chat.why("dagordning lägg till 1") == "proposal-unknown"
    with chat.database.transaction() as session:
        table = f"name,email,unit,role\nAna Ask,{ANA},,ledamot\n".encode()
        import_roster(session, group_called(session, "andra"), table, MONDAY, replace=False)
    assert chat.why("dagordning lägg till 1 grupp:grona") == "proposal-unknown"
    assert chat.why("dagordning lägg till Fika möte:2 grupp:grona") == "meeting-unknown"
    assert chat.why("dagordning flytta 1 först grupp:grona") == "proposal-unknown"


# --- the agenda and its outcomes ---


def test_an_outcome_comes_after_the_meeting(chat: Chat) -> None:
    propose(chat.database, BO)
    chat.do("förslag 1 ta upp")
    assert chat.why("förslag 1 överens Ja") == "agreed-too-early"
    chat.do("förslag 1 överens Ja", at=STARTS)


@pytest.mark.parametrize("day", ["igår", "2020-01-01", "2027-02-30", "2099-01-01"])
def test_nothing_rests_until_a_day_that_is_not_to_come(day: str, chat: Chat) -> None:
    propose(chat.database, BO)
    assert chat.why(f"förslag 1 vila {day}").startswith("day-")


def test_while_a_meeting_goes_on_its_agenda_is_shown(chat: Chat) -> None:
    chat.do("möte planera 2027-04-14 13:00 Aprilmötet")
    assert "möte 1" in chat.do("dagordning", at=STARTS).message.subject
    assert "möte 2" in chat.do("dagordning", at=STARTS + DAY).message.subject


def test_forty_proposals_come_on_the_agenda_once(chat: Chat) -> None:
    for number in range(40):
        propose(chat.database, BO, f"Förslag nummer {number}")
    chat.do("dagordning skicka nu")
    assert chat.why("dagordning skicka nu") == "agenda-sent-before"
    assert chat.items(1) == list(range(1, 41))


def test_an_item_stays_where_it_is_asked_to_go_and_a_place_is_asked_for(chat: Chat) -> None:
    propose(chat.database, BO)
    chat.do("dagordning flytta 1 del:övrigt", "dagordning flytta 1 del:övrigt")
    assert chat.items(1) == [1]
    assert chat.why("dagordning flytta 1") == "agenda-which"
    assert chat.why("dagordning flytta 1 hej") == "agenda-place"


def test_an_item_that_moves_to_another_meeting_leaves_the_agenda_it_was_on(chat: Chat) -> None:
    chat.do("möte planera 14 april 13:00", "föreslå Solceller", "förslag 1 ta upp 1", "dagordning 1 skicka nu")
    before = len(chat.cards("meeting:1:agenda"))
    chat.do("dagordning flytta 1 först möte:2")
    assert (chat.items(1), chat.items(2)) == ([], [1])
    assert len(chat.cards("meeting:1:agenda")) == before + 1


def test_nought_is_no_title(chat: Chat) -> None:
    assert chat.why("dagordning lägg till 0") == "proposal-unknown"


def test_an_item_may_take_five_minutes(chat: Chat) -> None:
    assert "5 min" in chat.do("dagordning lägg till Fika längd:5min").message.body


def test_an_item_taken_back_after_the_agenda_was_sent_is_told_as_that(chat: Chat) -> None:
    propose(chat.database, BO)
    chat.do("dagordning skicka nu")
    chat.do("förslag 1 dra tillbaka", account=BO)
    assert "Återtaget" in chat.do("dagordning").message.body


def test_a_group_with_no_room_no_mail_and_no_answer_has_its_meeting(database: Database) -> None:
    with database.transaction() as session:
        for account in (ANA, BO, CHEN, GUS, INA):
            member = place(session, account)
            subscription_of(session, member.person, member.group).choose(MONDAY, interval=Interval.OFF)
    chat = Chat(database)
    chat.do("möte planera 2027-03-10 13:00", "dagordning skicka nu", "möte 1 flytta 2027-03-11", "möte 1 ställ in")


def test_two_chairs_who_change_the_order_at_once_lose_and_double_nothing(chat: Chat) -> None:
    chairs(chat.database, BO)
    for title in "ABCDEF":
        propose(chat.database, CHEN, title)
    chat.do("dagordning skicka nu")
    begin = threading.Barrier(2)

    def rearrange(account: str, number: int) -> list[bool]:
        begin.wait(10)
        return [chat.say(f"dagordning flytta {number} {to}", account).refused for to in ("först", "sist", "2")]

    with ThreadPoolExecutor(2) as pool:
        refused = [*pool.map(rearrange, (ANA, BO), (6, 5))]
    assert not any(map(any, refused))
    assert sorted(chat.items(1)) == [1, 2, 3, 4, 5, 6]
    assert {chat.items(1)[1], chat.items(1)[2]} & {5, 6}


# --- who leads ---


def test_a_cancelled_meeting_passes_its_turn_on_and_the_cards_follow(chat: Chat) -> None:
    chairs(chat.database, BO)
    chat.do("möte planera 2027-04-14 13:00 Aprilmötet")
    assert chat.led() == ["Ana", "Bo"]
    chat.do("möte 1 ställ in")
    assert "Ordförande: Ana Ask" in chat.cards("meeting:2")[-1]["body"]


@pytest.mark.parametrize(
    "line", ["tuva medlemmar avsluta Bo", f"tuva medlemmar lägg till Bo Bark {BO} Parken roll:ledamot"]
)
def test_a_chair_who_leaves_leads_no_meeting_ahead_and_the_card_follows(line: str, chat: Chat) -> None:
    chairs(chat.database, BO)
    chat.do("möte planera 2027-04-14 13:00 Aprilmötet")
    chat.do("möte 2 kommer", account=BO)
    chat.do(line)
    assert chat.led() == ["Ana", "Ana"]
    assert "Ordförande: Ana Ask" in chat.cards("meeting:2")[-1]["body"]


def test_who_leaves_neither_comes_nor_is_a_substitute(chat: Chat) -> None:
    chat.do("möte 1 kommer", account=BO)
    chat.do("möte 1 ersättare Bo", account=GUS)
    chat.do("tuva medlemmar avsluta Bo")
    assert chat.cards("meeting:1")[-1]["foot"] == "**Kommer: 0 · Kommer inte: 1**"


# --- anything ---

TYPED = """
planera flytta kommer inte ställ in ändra ersättare byt hoppa över ordförande ångra turordning lista visa skicka nu
lägg till ta bort först sist upp ner 1 2 #1 0 -1 99 1.5 möte:1 möte: grupp:grona grupp: plats: länk: längd: 2h tid:5min
del:övrigt del: @Bo Bo Ana imorgon igår tisdag 29 februari 2027-02-29 02:30 13:00 25:00 varje första inte juli till
åååå ” " ' ` * <!channel> {x} $y % \\
"""
WORDS = st.sampled_from(TYPED.split())
LINES = st.lists(WORDS | st.text(max_size=8), max_size=7).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(command=st.sampled_from(["möte", "möte 1", "dagordning", "dagordning 1", "tuva inställningar"]), line=LINES)
def test_whatever_is_typed_nothing_ever_goes_wrong(command: str, line: str, chat: Chat) -> None:
    reply = chat.say(f"{command} {line}")
    assert reply.why != "went-wrong"
    assert reply.message.body or reply.message.subject
