"""/unsubscribe: one click stops one group's letters, and one more brings them back (RFC 8058)."""

import re
from collections.abc import Iterator

import pytest

from config.settings import Settings
from digests import weekly
from living import LATER, Door, open_door, record, subscription
from people import ANA, BO, CHEN
from storage.database import Database
from storage.groups import group_called
from storage.occurrences import Occurrence
from storage.roster import import_roster
from storage.subscriptions import Interval, subscription_numbered

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
BODIES = {
    "form": {"data": ONE_CLICK},
    "multipart": {"files": {name: (None, value) for name, value in ONE_CLICK.items()}},
    "empty": {},
    "nonsense": {"content": b"\xff\x00", "headers": {"Content-Type": "image/png"}},
}


@pytest.fixture
def door(settings: Settings, database: Database) -> Iterator[Door]:
    with open_door(settings) as door:
        yield door


@pytest.fixture
def link(door: Door) -> str:
    return door.letters_link("unsubscribe", BO)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_nothing(method: str, door: Door, database: Database, link: str) -> None:
    before = record(database)
    assert door.ask(method, link).status_code == 200
    assert record(database) == before


def test_the_page_asks_and_has_a_button_that_posts_to_itself(door: Door, link: str) -> None:
    page = door.get(link).text
    assert "Sluta få brevet?" in page
    assert "Gröna gruppen" in page
    assert f'<form method="post" action="{link}">' in page


@pytest.mark.parametrize("body", BODIES)
def test_a_post_stops_the_letters_whatever_its_body(body: str, door: Door, database: Database, link: str) -> None:
    assert door.post(link, **BODIES[body]).status_code == 200
    assert subscription(database, BO).interval is Interval.OFF


def test_a_post_neither_redirects_nor_sets_a_cookie(door: Door, link: str) -> None:
    answer = door.post(link, data=ONE_CLICK)
    assert answer.status_code == 200
    assert not {"set-cookie", "location"} & set(answer.headers)


def test_a_cookie_is_not_needed_and_a_wrong_one_does_no_harm(door: Door, database: Database, link: str) -> None:
    assert door.post(link, headers={"Cookie": b"session=x; \xff"}).status_code == 200
    assert subscription(database, BO).interval is Interval.OFF


def test_only_the_letters_of_that_group_stop(door: Door, database: Database, link: str) -> None:
    with database.transaction() as session:
        table = f"name,email,unit\nBo Bark,{BO},\n".encode()
        import_roster(session, group_called(session, "andra"), table, LATER, replace=False)
    door.post(link)
    assert subscription(database, BO, "andra").interval is Interval.WEEKLY
    assert subscription(database, ANA).interval is Interval.WEEKLY


def test_a_planned_letter_is_no_longer_due(door: Door, database: Database, link: str) -> None:
    with database.transaction() as session:
        weekly.plan(session, 100)
    door.post(link)
    with database.reading() as session:
        assert session.query(Occurrence).filter_by(series=subscription(database, BO).series).count() == 0


def test_a_repeated_post_is_as_good_as_the_first(door: Door, database: Database, link: str) -> None:
    assert [door.post(link).status_code for _ in range(3)] == [200] * 3
    assert subscription(database, BO).interval is Interval.OFF


@pytest.mark.parametrize("interval", [Interval.WEEKLY, Interval.FORTNIGHTLY, Interval.MONTHLY])
def test_undo_brings_the_same_interval_back(interval: Interval, door: Door, database: Database, link: str) -> None:
    with database.transaction() as session:
        found = subscription_numbered(session, subscription(database, BO).id)
        assert found is not None
        found.choose(LATER, interval=interval)
    door.post(link)
    door.post(link)
    assert door.post(f"{link}/undo").status_code == 200
    assert subscription(database, BO).interval is interval


def test_undo_leaves_letters_alone_that_were_never_stopped(door: Door, database: Database, link: str) -> None:
    assert door.post(f"{link}/undo").status_code == 200
    assert subscription(database, BO).interval is Interval.WEEKLY


def test_the_page_after_stopping_offers_the_undo_that_works(door: Door, database: Database, link: str) -> None:
    offered = re.findall(r'<form method="post" action="([^"]+)">', door.post(link).text)
    assert offered == [f"{link}/undo"]
    assert "Du får brev igen" in door.post(offered[0]).text
    assert subscription(database, BO).interval is Interval.WEEKLY


def test_undo_is_not_for_looking(door: Door, database: Database, link: str) -> None:
    door.post(link)
    assert door.get(f"{link}/undo").status_code == 405
    assert subscription(database, BO).interval is Interval.OFF


def test_a_token_cut_anywhere_is_no_token(door: Door, database: Database, link: str) -> None:
    before, begin = record(database), len("/unsubscribe/")
    assert {door.post(link[:end]).status_code for end in range(begin, len(link))} == {404}
    assert record(database) == before


def test_a_token_with_one_bit_flipped_is_no_token(door: Door, database: Database, link: str) -> None:
    before, begin = record(database), len("/unsubscribe/")
    flipped = [link[:n] + chr(ord(link[n]) ^ 1) + link[n + 1 :] for n in range(begin, len(link))]
    assert {door.post(path).status_code for path in flipped} == {404}
    assert record(database) == before


@pytest.mark.parametrize("token", ["1", "Mg", "Mg.", ".", "x" * 4_000, "%F0%9F%8C%B1.%F0%9F%8C%B1", "%00", "Mg.%FF"])
@pytest.mark.parametrize("end", ["", "/undo"])
def test_an_invented_token_is_no_token(token: str, end: str, door: Door) -> None:
    assert door.post(f"/unsubscribe/{token}{end}").status_code == 404


@pytest.mark.parametrize("purpose", ["preferences", "p", "do", ""])
def test_a_token_of_another_purpose_is_no_token(purpose: str, door: Door, database: Database) -> None:
    token = door.tokens.make(purpose, str(subscription(database, BO).id))
    assert door.get(f"/unsubscribe/{token}").status_code == 404
    assert door.post(f"/unsubscribe/{token}").status_code == 404


def test_the_proof_of_one_reader_does_not_serve_another(door: Door, link: str) -> None:
    anas = door.letters_link("unsubscribe", ANA)
    mixed = f"{anas.partition('.')[0]}.{link.partition('.')[2]}"
    assert door.post(mixed).status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "[", "evil.example/x?", "a b", "å", ""])
def test_the_host_header_is_not_checked(host: str, door: Door, database: Database, link: str) -> None:
    page = door.get(link, headers={"Host": host.encode()})
    assert page.status_code == 200
    assert f'action="{link}"' in page.text
    assert door.post(link, headers={"Host": host.encode()}).status_code == 200
    assert subscription(database, BO).interval is Interval.OFF


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_slash_too_many_sends_nobody_to_the_host_that_the_request_named(method: str, door: Door, link: str) -> None:
    answer = door.ask(method, f"{link}/", headers={"Host": "evil.example"})
    assert "evil.example" not in answer.headers.get("location", "")


def test_the_pages_speak_the_readers_language(door: Door) -> None:
    chens = door.letters_link("unsubscribe", CHEN)
    assert '<html lang="en">' in door.get(chens).text
    assert "Stop getting the letter?" in door.get(chens).text
    assert "Done, no more letters" in door.post(chens).text
    assert "You get letters again" in door.post(f"{chens}/undo").text
