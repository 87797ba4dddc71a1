"""What people's calendars are told of meetings: who gets a letter, which one, and once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import icalendar
import pytest
from sqlalchemy import select

from config.settings import Settings
from digests import letters
from digests.agenda import people
from digests.invitations import invite, invite_newcomer, thread_of
from digests.links import Links
from digests.mail import Mail
from digests.mail.mime import Letter
from digests.schedule import moment_at
from living import place
from people import ANA, BO, CHEN, GUS, INA, MONDAY, ZOE
from posting import parcel
from storage import diary, meetings
from storage.database import Database, Session
from storage.groups import group_called
from storage.meeting_series import MeetingSeries
from storage.meetings import Meeting
from storage.outbox import OutboxEntry, OutboxState
from storage.roster import Newcomer, add_member
from storage.subscriptions import subscription_of
from storage.tokens import live_tokens

LATER = MONDAY + timedelta(days=1)
FIRST_TUESDAYS = [datetime.fromisoformat(f"2027-{day}T13:00") for day in ("03-02", "04-06", "05-04", "09-07", "11-02")]


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


def plan(session: Session, local: datetime = FIRST_TUESDAYS[0], slug: str = "grona", **told: Any) -> Meeting:
    group = group_called(session, slug)
    at = moment_at(local.date(), local.time(), group.timezone).at
    given = {"title": "Möte om grönytor", "place": "Rådhuset", "link": "https://meet.example.org/x"}
    return meetings.plan(session, group, at, MONDAY, **given | told)


def plan_series(session: Session, rule: str = "FREQ=MONTHLY;BYDAY=1TU;BYMONTH=3,4,5,9,11;COUNT=5") -> list[Meeting]:
    group = group_called(session, "grona")
    series = MeetingSeries(group_id=group.id, rule=rule)
    session.add(series)
    session.flush()
    return [plan(session, local, series=series, slot=f"{local:%Y-%m-%dT%H:%M}") for local in FIRST_TUESDAYS]


def entries(session: Session, *states: OutboxState) -> list[OutboxEntry]:
    chosen = select(OutboxEntry).where(OutboxEntry.topic.startswith("invitation:")).order_by(OutboxEntry.id)
    return [entry for entry in session.scalars(chosen) if entry.state in (states or (OutboxState.READY,))]


def to(session: Session, address: str) -> list[OutboxEntry]:
    return [entry for entry in entries(session) if entry.address == address]


def send_all(session: Session) -> None:
    for entry in entries(session):
        entry.state = OutboxState.SENT
    session.flush()


@pytest.fixture
def written(session: Session, settings: Settings) -> Callable[[OutboxEntry], Letter]:
    assert settings.mail
    mail = Mail(settings.mail, Links("https://tuva.example.org", live_tokens(session)))

    def written(entry: OutboxEntry) -> Letter:
        facts = {name: getattr(entry, name) for name in ("key", "address", "personal", "created_at")}
        return mail.written(parcel(number=entry.id, content=entry.content_id, parts=entry.content.parts, **facts))

    return written


Written = Callable[[OutboxEntry], Letter]


def calendar_in(letter: Letter) -> icalendar.Calendar:
    read = message_from_bytes(letter.content, policy=policy.default)
    [file] = read.iter_attachments()
    return icalendar.Calendar.from_ical(file.get_content())


def text_in(letter: Letter) -> str:
    body = message_from_bytes(letter.content, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_everybody_but_the_informed_is_invited_once(session: Session) -> None:
    meeting = plan(session)
    for _ in range(2):
        invite(session, [meeting], MONDAY)
    assert [entry.address for entry in entries(session)] == [ANA, BO, CHEN, GUS]


def test_nobody_of_another_group_is_invited(session: Session) -> None:
    invite(session, [plan(session, slug="andra")], MONDAY)
    assert [entry.address for entry in entries(session)] == [ZOE]


def test_who_reads_the_same_language_shares_one_letter(session: Session) -> None:
    invite(session, [plan(session)], MONDAY)
    assert len({entry.content_id for entry in entries(session)}) == 2


def test_an_invitation_says_when_and_where_and_has_its_buttons(session: Session, written: Written) -> None:
    invite(session, [plan(session)], MONDAY)
    letter = written(to(session, BO)[0])
    read = message_from_bytes(letter.content, policy=policy.default)
    assert read["Subject"] == "Inbjudan: Möte om grönytor, tisdag 2 mars 2027 kl. 13:00–15:00"
    text = text_in(letter)
    for words in ("Rådhuset", "https://meet.example.org/x", "Jag kommer:", "Jag kommer inte:", "/do/", "/calendar/"):
        assert words in text, words
    assert "/unsubscribe/" not in text


def test_a_reader_of_english_is_invited_in_english(session: Session, written: Written) -> None:
    invite(session, [plan(session)], MONDAY)
    letter = written(to(session, CHEN)[0])
    assert "Tuesday 2 March 2027" in message_from_bytes(letter.content, policy=policy.default)["Subject"]
    assert "Say whether you are coming" in calendar_in(letter).events[0]["DESCRIPTION"]


def test_the_language_of_ones_letters_counts(session: Session, written: Written) -> None:
    bo = place(session, BO)
    subscription_of(session, bo.person, bo.group).language = "en"
    invite(session, [plan(session)], MONDAY)
    assert "Invitation: " in to(session, BO)[0].content.parts["subject"]


def test_the_calendar_has_the_reader_alone(session: Session, written: Written) -> None:
    meeting = plan(session)
    invite(session, [meeting], MONDAY)
    for entry in entries(session):
        [event] = calendar_in(written(entry)).events
        assert event["ATTENDEE"] == f"mailto:{entry.address}"
        assert (event["UID"], event["SEQUENCE"]) == (f"m-{meeting.id}@example.org", 0)
        assert event["DTSTART"].dt.astimezone(UTC) == meeting.starts_at
        assert "https://tuva.example.org/p/" in event["DESCRIPTION"]


@pytest.mark.parametrize(
    ("title", "shown"), [("Möte", "Gröna gruppen: Möte"), ("Gröna gruppens höstmöte", "Gröna gruppens höstmöte")]
)
def test_a_calendar_shows_which_group_meets(title: str, shown: str, session: Session, written: Written) -> None:
    invite(session, [plan(session, title=title)], MONDAY)
    assert calendar_in(written(to(session, BO)[0])).events[0]["SUMMARY"] == shown


def test_the_same_bytes_at_each_try(session: Session, written: Written) -> None:
    invite(session, [plan(session)], MONDAY)
    [entry] = to(session, BO)
    assert written(entry).content == written(entry).content


def test_a_moved_meeting_keeps_its_name_in_calendars(session: Session, written: Written) -> None:
    meeting = plan(session)
    invite(session, [meeting], MONDAY)
    send_all(session)
    meeting.move(meeting.starts_at + timedelta(days=1), LATER)
    invite(session, [meeting], LATER)
    letter = written(to(session, BO)[0])
    read = calendar_in(letter)
    [event] = read.events
    assert read["METHOD"] == "REQUEST"
    assert (event["UID"], event["SEQUENCE"]) == (f"m-{meeting.id}@example.org", 1)
    assert event["DTSTART"].dt.astimezone(UTC) == meeting.starts_at
    assert event["DTSTAMP"].dt == LATER
    assert message_from_bytes(letter.content, policy=policy.default)["Subject"].startswith("Ändrat möte: ")


def test_a_newer_letter_replaces_one_that_still_waits(session: Session) -> None:
    meeting = plan(session)
    invite(session, [meeting], MONDAY)
    meeting.change({"place": "Parken"}, LATER)
    invite(session, [meeting], LATER)
    assert len(to(session, BO)) == 1
    assert len(entries(session, OutboxState.EXPIRED)) == 4


def test_a_cancelled_meeting_is_cancelled_in_calendars(session: Session, written: Written) -> None:
    meeting = plan(session)
    invite(session, [meeting], MONDAY)
    send_all(session)
    meeting.cancel(LATER)
    invite(session, [meeting], LATER)
    letter = written(to(session, BO)[0])
    read = calendar_in(letter)
    [event] = read.events
    assert (read["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert event["UID"] == f"m-{meeting.id}@example.org"
    assert "/do/" not in text_in(letter)
    assert "/p/" not in event["DESCRIPTION"]


def test_a_series_comes_in_one_letter_with_its_days(session: Session, written: Written) -> None:
    planned = plan_series(session)
    invite(session, planned, MONDAY)
    [entry] = to(session, BO)
    [event] = calendar_in(written(entry)).events
    assert event["UID"] == "s-1@example.org"
    assert event["RRULE"].to_ical() == b"FREQ=MONTHLY;UNTIL=20271102T120000Z;BYDAY=1TU"
    assert len([one for each in event["EXDATE"] for one in each.dts]) == 4
    text = text_in(written(entry))
    assert text.count("kl. 13:00–15:00") == 5
    assert "https://meet.example.org/x" in text
    assert "Rådhuset" in event["DESCRIPTION"]


def test_one_meeting_of_a_series_is_moved_and_cancelled_by_its_place_in_it(session: Session, written: Written) -> None:
    moved, off, *_ = plan_series(session)
    moved.move(moved.starts_at + timedelta(hours=1), LATER)
    off.cancel(LATER)
    invite(session, [moved, off], LATER)
    first, second = (calendar_in(written(entry)) for entry in to(session, BO))
    assert (first["METHOD"], second["METHOD"]) == ("REQUEST", "CANCEL")
    for read, slot in ((first, FIRST_TUESDAYS[0]), (second, FIRST_TUESDAYS[1])):
        [event] = read.events
        assert (event["UID"], event["RECURRENCE-ID"].dt.replace(tzinfo=None)) == ("s-1@example.org", slot)
        assert "RRULE" not in event


def test_a_whole_series_is_cancelled_in_one_letter(session: Session, written: Written) -> None:
    planned = plan_series(session)
    for meeting in planned:
        meeting.cancel(LATER)
    invite(session, planned, LATER)
    [entry] = to(session, BO)
    read = calendar_in(written(entry))
    [event] = read.events
    assert (read["METHOD"], event["UID"], "RECURRENCE-ID" in event) == ("CANCEL", "s-1@example.org", False)


def test_a_rule_that_not_every_program_reads_becomes_single_meetings(session: Session, written: Written) -> None:
    planned = plan_series(session, "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1;COUNT=5")
    invite(session, planned, MONDAY)
    events = [event for entry in to(session, BO) for event in calendar_in(written(entry)).events]
    assert [event["UID"] for event in events] == [f"m-{meeting.id}@example.org" for meeting in planned]


def newcomer(session: Session, now: datetime) -> None:
    group = group_called(session, "grona")
    invite_newcomer(session, add_member(session, group, Newcomer("Ny Nord", "ny@example.org", ""), None, now), now)


def test_a_newcomer_is_invited_to_what_comes(session: Session, written: Written) -> None:
    plan_series(session)
    single = plan(session, datetime.fromisoformat("2027-06-01T09:00"))
    off = plan(session, datetime.fromisoformat("2027-06-02T09:00"))
    off.cancel(LATER)
    newcomer(session, LATER)
    nouns = [entry.topic.removeprefix("invitation:") for entry in to(session, "ny@example.org")]
    assert nouns == [single.noun, "series:1"]


def test_a_newcomer_to_a_series_learns_what_was_changed_in_it(session: Session, written: Written) -> None:
    _, moved, off, *_ = plan_series(session)
    moved.move(moved.starts_at + timedelta(hours=2), LATER)
    off.cancel(LATER)
    at = datetime(2027, 3, 10, tzinfo=UTC)
    newcomer(session, at)
    [entry] = to(session, "ny@example.org")
    whole, differs = calendar_in(written(entry)).events
    assert whole["DTSTART"].dt.replace(tzinfo=None) == FIRST_TUESDAYS[1]
    assert {one.dt.month for each in whole["EXDATE"] for one in each.dts} == {5, 6, 7, 8, 10}
    assert differs["RECURRENCE-ID"].dt.replace(tzinfo=None) == FIRST_TUESDAYS[1]
    assert differs["DTSTART"].dt.astimezone(UTC) == moved.starts_at


def test_who_is_in_the_group_already_is_no_newcomer(session: Session) -> None:
    plan(session)
    invite_newcomer(session, place(session, BO), LATER)
    assert entries(session) == []


def test_who_has_left_hears_nothing_more(session: Session) -> None:
    meeting = plan(session)
    invite(session, [meeting], MONDAY)
    send_all(session)
    place(session, BO).end(LATER)
    session.flush()
    meeting.cancel(LATER)
    invite(session, [meeting], LATER)
    assert [entry.address for entry in entries(session)] == [ANA, CHEN, GUS]


def test_later_letters_stand_under_an_invitation_that_was_sent(session: Session, written: Written) -> None:
    meeting, bo = plan(session), place(session, BO).person
    assert thread_of(session, meeting, bo) == {}
    invite(session, [meeting], MONDAY)
    assert thread_of(session, meeting, bo) == {}
    [first] = to(session, BO)
    send_all(session)
    assert thread_of(session, meeting, bo) == {"thread": first.key}
    meeting.cancel(LATER)
    invite(session, [meeting], LATER)
    head = message_from_bytes(written(first).content)["Message-ID"]
    assert message_from_bytes(written(to(session, BO)[0]).content)["References"] == head


def test_what_is_mailed_about_a_meeting_stands_under_its_invitation(session: Session) -> None:
    meeting, bo = plan(session), place(session, BO)
    invite(session, [meeting], MONDAY)
    [first] = to(session, BO)
    send_all(session)
    agenda = letters.notice("grona", "Gröna gruppen", "Dagordning", "Därför")
    people.send(session, meeting, "agenda:1:agenda", [bo], lambda texts, is_invited: agenda, LATER)
    sent = session.scalars(select(OutboxEntry).where(OutboxEntry.key.startswith("agenda:1:agenda"))).one()
    assert sent.personal["thread"] == first.key


def test_a_meeting_of_a_series_stands_under_its_invitation(session: Session) -> None:
    first, *_ = planned = plan_series(session)
    invite(session, planned, MONDAY)
    send_all(session)
    assert thread_of(session, first, place(session, BO).person)["thread"].startswith("invitation:series:1:")


def test_an_invitation_that_is_too_late_is_not_sent(session: Session) -> None:
    meeting = plan(session)
    invite(session, [meeting], MONDAY)
    assert {entry.not_after for entry in entries(session)} == {meeting.ends_at}


def test_informed_read_the_diary_but_are_not_invited(session: Session) -> None:
    meeting = plan(session)
    invite(session, [meeting], MONDAY)
    assert to(session, INA) == []
    assert diary.meetings_for_calendar(session, place(session, INA).person, MONDAY) == [meeting]
