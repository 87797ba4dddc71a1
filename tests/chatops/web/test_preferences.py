"""/preferences: what a reader has chosen, and choosing anew."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from config.settings import Settings
from digests import weekly
from living import LATER, Door, open_door, place, propose, record, subscription
from people import ANA, BO, CHEN, MONDAY
from storage.database import Database
from storage.occurrences import Occurrence
from storage.subscriptions import Channel, Interval, subscription_of

FIELDS = (
    "interval",
    "weekday",
    "hour",
    "timezone",
    "language",
    "channel",
    "titles_only",
    "with_own",
    "with_reacted",
)
OTHERWISE = {
    "interval": "fortnightly",
    "weekday": "4",
    "hour": "14:30",
    "timezone": "Europe/Helsinki",
    "language": "en",
    "channel": "both",
    "titles": "only",
    "own": "without",
    "reacted": "without",
    "letters": "together",
}


@pytest.fixture
def door(settings: Settings, database: Database) -> Iterator[Door]:
    with open_door(settings) as door:
        yield door


@pytest.fixture
def link(door: Door) -> str:
    return door.letters_link("preferences", BO)


def selected(page: str) -> dict[str, str]:
    """What stands in the form: the chosen option of every list, and the hour."""
    lists = re.findall(r'<select id="\w+" name="(\w+)">(.*?)</select>', page, re.DOTALL)
    chosen = {name: re.findall(r'<option value="([^"]*)" selected>', options) for name, options in lists}
    assert all(len(options) == 1 for options in chosen.values()), chosen
    hour = re.findall(r'<input id="hour" name="hour" type="time" value="([^"]*)"', page)
    return {name: options[0] for name, options in chosen.items()} | {"hour": hour[0]}


def choices(database: Database) -> dict[str, object]:
    """What the record holds."""
    found = subscription(database, BO)
    return {name: getattr(found, name) for name in FIELDS}


def test_the_form_shows_the_choices_of_a_new_reader(door: Door, link: str) -> None:
    assert selected(door.get(link).text) == {
        "interval": "weekly",
        "weekday": "0",
        "hour": "08:00",
        "timezone": "Europe/Stockholm",
        "language": "sv",
        "channel": "mail",
        "titles": "all",
        "own": "with",
        "reacted": "with",
        "letters": "apart",
    }


def test_looking_changes_nothing(door: Door, database: Database, link: str) -> None:
    before = record(database)
    assert door.get(link).status_code == door.ask("HEAD", link).status_code == 200
    assert record(database) == before


def test_every_choice_is_kept_and_shown(door: Door, database: Database, link: str) -> None:
    assert "Saved." in door.post(link, data=OTHERWISE).text
    assert choices(database) == {
        "interval": Interval.FORTNIGHTLY,
        "weekday": 4,
        "hour": "14:30",
        "timezone": "Europe/Helsinki",
        "language": "en",
        "channel": Channel.BOTH,
        "titles_only": True,
        "with_own": False,
        "with_reacted": False,
    }
    assert selected(door.get(link).text) == OTHERWISE


@pytest.mark.parametrize("name", OTHERWISE)
def test_one_choice_leaves_the_others_as_they_were(name: str, door: Door, link: str) -> None:
    before = selected(door.get(link).text)
    door.post(link, data={name: OTHERWISE[name]})
    assert selected(door.get(link).text) == before | {name: OTHERWISE[name]}


def test_only_the_readers_own_letters_change(door: Door, database: Database, link: str) -> None:
    door.post(link, data=OTHERWISE)
    assert subscription(database, ANA).interval is Interval.WEEKLY
    assert subscription(database, ANA).hour == "08:00"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("interval", "hourly"),
        ("interval", ""),
        ("weekday", "7"),
        ("weekday", "-1"),
        ("weekday", "12"),
        ("weekday", "0123456"),
        ("weekday", "²"),
        ("hour", "24:00"),
        ("hour", "8:00"),
        ("hour", "08:60"),
        ("hour", "08:00\n"),
        ("hour", "1٢:30"),
        ("timezone", "Mars/Phobos"),
        ("timezone", "../../etc/passwd"),
        ("language", "fr"),
        ("titles", "none"),
        ("id", "1"),
        ("person_id", "1"),
        ("watermark", "2000-01-01"),
    ],
)
def test_what_is_not_offered_changes_nothing(name: str, value: str, door: Door, database: Database, link: str) -> None:
    before = choices(database)
    assert door.post(link, data={name: value}).status_code == 200
    assert choices(database) == before
    with database.transaction() as session:
        weekly.plan(session, 100)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe=%zz&&&=", b"interval=off;x", b"interval[]=off"])
def test_a_form_that_is_none_changes_nothing(body: bytes, door: Door, database: Database, link: str) -> None:
    before = choices(database)
    assert door.post(link, content=body).status_code == 200
    assert choices(database) == before


def test_the_next_letter_follows_the_new_choice(door: Door, database: Database, link: str) -> None:
    with database.transaction() as session:
        weekly.plan(session, 100)
    door.post(link, data={"weekday": "2", "hour": "14:30", "timezone": "Europe/Helsinki"})
    with database.transaction() as session:
        weekly.plan(session, 100)
        due = session.query(Occurrence).filter_by(series=subscription(database, BO).series).one()
    assert due.due_at == datetime(2027, 1, 13, 14, 30, tzinfo=ZoneInfo("Europe/Helsinki"))


def test_off_means_no_letter_is_planned(door: Door, database: Database, link: str) -> None:
    door.post(link, data={"interval": "off"})
    with database.transaction() as session:
        weekly.plan(session, 100)
        assert session.query(Occurrence).filter_by(series=subscription(database, BO).series).count() == 0


def test_the_letter_after_is_in_the_chosen_language_and_has_titles_only(door: Door, database: Database) -> None:
    propose(database, ANA, "Solceller", "Taket är platt.", MONDAY)
    door.post(door.letters_link("preferences", BO), data={"language": "en", "titles": "only"})
    with database.reading() as session:
        bo = place(session, BO)
        letter = weekly.preview(session, subscription_of(session, bo.person, bo.group), LATER)
    assert letter is not None
    assert letter.subject == "New in week 2: one proposal"
    assert [item.brief for section in letter.sections for item in section.items] == [True]


def test_saving_twice_is_saving_once(door: Door, database: Database, link: str) -> None:
    door.post(link, data=OTHERWISE)
    once = record(database)
    door.post(link, data=OTHERWISE)
    assert record(database) == once


def test_the_page_speaks_the_readers_language(door: Door) -> None:
    page = door.get(door.letters_link("preferences", CHEN)).text
    assert '<html lang="en">' in page
    assert "Your letters" in page
    assert selected(page)["language"] == "en"


def test_a_forged_token_finds_no_choices_to_change(door: Door, database: Database, link: str) -> None:
    before = record(database)
    forged = (
        link[:-1],
        link + "A",
        link.replace("/preferences/", "/preferences/M"),
        "/preferences/1",
        "/preferences/.",
    )
    assert {door.get(path).status_code for path in forged} == {404}
    assert {door.post(path, data=OTHERWISE).status_code for path in forged} == {404}
    assert record(database) == before


@pytest.mark.parametrize("purpose", ["unsubscribe", "p", "do"])
def test_a_token_of_another_purpose_is_no_token(purpose: str, door: Door, database: Database) -> None:
    token = door.tokens.make(purpose, str(subscription(database, BO).id))
    assert door.post(f"/preferences/{token}", data=OTHERWISE).status_code == 404


def test_what_was_chosen_just_now_counts_from_now(door: Door, database: Database, link: str) -> None:
    door.post(link, data={"hour": "09:00"})
    assert subscription(database, BO).chosen_at == LATER
