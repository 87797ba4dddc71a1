"""/calendar: a person's meetings as a feed, for whoever holds its address."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import icalendar
import pytest
import vobject

from config.settings import Settings
from living import LATER, Door, Installation, open_door, place, record
from people import ANA, BO, CHEN, MONDAY, ZOE
from storage import meetings
from storage.answers import Position
from storage.database import Database
from storage.groups import group_called
from storage.meetings import Meeting
from storage.people import person_with_mail
from storage.tokens import live_tokens

WINTER = datetime(2027, 2, 2, 12, tzinfo=UTC)
SUMMER = datetime(2027, 6, 1, 11, tzinfo=UTC)


def plan(database: Database, at: datetime = WINTER, slug: str = "grona", now: datetime = MONDAY) -> int:
    with database.transaction() as session:
        return meetings.plan(session, group_called(session, slug), at, now, title="Möte; om, träd", place="Parken").id


@pytest.fixture
def door(settings: Settings, database: Database) -> Iterator[Door]:
    plan(database)
    with open_door(settings) as door:
        yield door


def address(door: Door, whose: str = BO) -> str:
    with door.database.reading() as session:
        person = person_with_mail(session, whose)
        assert person is not None
        return f"/calendar/{door.tokens.make('calendar', str(person.id))}.ics"


def events(answer: httpx.Response) -> list[icalendar.Event]:
    assert answer.status_code == 200
    return icalendar.Calendar.from_ical(answer.content).events


def test_the_feed_has_the_meetings_of_ones_groups_at_their_moments(door: Door, database: Database) -> None:
    plan(database, SUMMER)
    plan(database, SUMMER, "andra")
    answer = door.get(address(door))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert [event["DTSTART"].dt.astimezone(UTC) for event in events(answer)] == [WINTER, SUMMER]
    assert [event["DTSTART"].dt.hour for event in events(answer)] == [13, 13]
    assert [str(event["UID"]) for event in events(answer)] == ["m-1@example.org", "m-2@example.org"]
    other = vobject.readOne(answer.text).vevent_list
    assert [event.dtstart.value.astimezone(UTC) for event in other] == [WINTER, SUMMER]
    assert [str(event["UID"]) for event in events(door.get(address(door, ZOE)))] == ["m-3@example.org"]


def test_an_entry_says_what_where_and_how_to_answer(door: Door) -> None:
    [event] = events(door.get(address(door)))
    assert (event["SUMMARY"], event["LOCATION"]) == ("Gröna gruppen: Möte; om, träd", "Parken")
    link = re.search(r"https://tuva\.example\.org(/p/\S+)", event["DESCRIPTION"])
    assert link
    assert "Jag kommer inte" in door.get(link[1]).text


def test_the_buttons_of_an_invitation_answer_it(door: Door, database: Database) -> None:
    for verb, position in (("coming", Position.COMING), ("absent", Position.ABSENT)):
        assert door.post(door.items_link("do", BO, f"meeting 1 {verb}")).status_code == 200
        with database.reading() as session:
            answer = session.get_one(Meeting, 1).answer_of(place(session, BO).person)
            assert answer is not None
            assert answer.position is position


def test_a_calendar_is_named_in_its_readers_language(door: Door) -> None:
    names = {icalendar.Calendar.from_ical(door.get(address(door, who)).content)["NAME"] for who in (BO, CHEN)}
    assert names == {"Möten i Gröna gruppen", "Meetings of Gröna gruppen"}


def test_a_cancelled_meeting_stays_as_cancelled(door: Door, database: Database) -> None:
    with database.transaction() as session:
        session.get_one(Meeting, 1).cancel(LATER)
    [event] = events(door.get(address(door)))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["SUMMARY"].startswith("Inställt: ")


def test_a_year_back_is_shown_and_no_more(settings: Settings, database: Database) -> None:
    plan(database)
    for days, count in ((364, 1), (366, 0)):
        with open_door(settings, WINTER + timedelta(days=days)) as door:
            assert len(events(door.get(address(door)))) == count


def test_what_is_known_is_not_sent_again_and_a_change_is(door: Door, database: Database) -> None:
    first = door.get(address(door))
    seal = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache"
    for known in (seal, f"W/{seal}", f'"x", {seal}'):
        again = door.get(address(door), headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", seal)
    with database.transaction() as session:
        session.get_one(Meeting, 1).move(SUMMER, LATER)
    assert door.get(address(door), headers={"If-None-Match": seal}).status_code == 200


def test_looking_changes_nothing(door: Door, database: Database) -> None:
    before = record(database)
    assert door.get(address(door)).status_code == door.ask("HEAD", address(door)).status_code == 200
    assert record(database) == before


def test_what_was_not_made_here_leads_nowhere(door: Door) -> None:
    true = address(door)
    token = true.rpartition("/")[2].removesuffix(".ics")
    other = door.tokens.make("p", "2")
    nobody = door.tokens.make("calendar", "999")
    forged = (f"{token[:-1]}.ics", f"{token}x.ics", f"x{token}.ics", f"{other}.ics", f"{nobody}.ics", ".ics", "å.å.ics")
    for path in (*forged, token, "1.ics"):
        assert door.get(f"/calendar/{path}").status_code == 404, path


def test_who_has_left_all_groups_has_no_feed(door: Door, database: Database) -> None:
    with database.transaction() as session:
        place(session, BO).end(LATER)
    assert door.get(address(door)).status_code == 404
    assert door.get(address(door, ANA)).status_code == 200


def test_the_page_of_choices_names_the_address(door: Door) -> None:
    page = door.get(door.letters_link("preferences", BO)).text
    assert f'<a href="https://tuva.example.org{address(door)}">' in page


def test_over_a_socket_head_is_get_without_a_body(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.settle_in(MONDAY)
    with installation.database() as database:
        plan(database)
        with database.reading() as session:
            token = live_tokens(session).make("calendar", str(place(session, BO).person_id))
    with installation.running() as running:
        found = httpx.get(f"{running.base}/calendar/{token}.ics")
        head = httpx.head(f"{running.base}/calendar/{token}.ics")
        assert [event["DTSTART"].dt.astimezone(UTC) for event in events(found)] == [WINTER]
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["ETag"] == found.headers["ETag"]
