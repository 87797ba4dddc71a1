"""Every page: the headers it has, the words it says when something is wrong, and that nothing makes it fall."""

import contextlib
import json
import random
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from config.settings import Settings
from living import Door, Installation, Running, open_door, place, propose
from people import ANA, BO, CHEN
from storage.database import Database
from storage.tokens import live_tokens

LIMIT = 64 * 1024
METHODS = (b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"PATCH", b"OPTIONS", b"TRACE", b"PROPFIND", b"BREW", b"get")
TYPES = (
    b"application/x-www-form-urlencoded",
    b"multipart/form-data",
    b"multipart/form-data; boundary=",
    b"application/json; charset=nosuch",
    b"text/plain; charset=utf-16",
    b"\xff\xfe",
    b"",
)
HOSTS = (b"", b"[", b"[::1", b"a b", b"\xe5", b"x:99999999", b"http://x/?#")
FORM = b"interval=weekly&weekday=6&hour=23:59&timezone=UTC&language=sv&titles=all"
BODIES = (b"", b"reason=%zz&&=&%00", FORM, b"\x00\xff" * 50, b"{" * 500, b"words=" + b"%F0%9F" * 99)
DOORS = (b"", b"p", b"do", b"unsubscribe", b"preferences", b"healthz", b"readyz", b"metrics", b"public", b"calendar")


@pytest.fixture
def door(settings: Settings, database: Database) -> Iterator[Door]:
    propose(database, ANA, "Solceller", "På taket.")
    with open_door(settings) as door:
        yield door


def pages(door: Door) -> dict[str, tuple[str, str, bytes]]:
    """One of every kind of answer that is a page."""
    press = door.items_link("do", BO, "proposal 1 support")
    unsubscribe, preferences = door.letters_link("unsubscribe", BO), door.letters_link("preferences", BO)
    return {
        "question": ("GET", unsubscribe, b""),
        "stopped": ("POST", unsubscribe, b""),
        "resumed": ("POST", f"{unsubscribe}/undo", b""),
        "preferences": ("GET", preferences, b""),
        "saved": ("POST", preferences, b"weekday=1"),
        "read": ("GET", door.items_link("p", BO, "proposal:1"), b""),
        "button": ("GET", press, b""),
        "pressed": ("POST", press, b""),
        "unknown": ("GET", "/nowhere", b""),
        "forged": ("GET", "/unsubscribe/forged", b""),
        "method": ("DELETE", unsubscribe, b""),
        "too large": ("POST", preferences, b"x" * (LIMIT + 1)),
    }


KINDS = ("question", "stopped", "resumed", "preferences", "saved", "read", "button", "pressed")
FAULTS = ("unknown", "forged", "method", "too large")


@pytest.mark.parametrize("kind", KINDS + FAULTS)
def test_every_page_keeps_its_address_to_itself(kind: str, door: Door) -> None:
    method, path, body = pages(door)[kind]
    headers = door.ask(method, path, content=body).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("kind", KINDS + FAULTS)
def test_no_page_may_run_or_fetch_anything(kind: str, door: Door) -> None:
    method, path, body = pages(door)[kind]
    answer = door.ask(method, path, content=body)
    policy = answer.headers["Content-Security-Policy"]
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["form-action"] == "'self'"
    assert "script-src" not in rules
    assert "<script" not in answer.text
    assert "src=" not in answer.text


@pytest.mark.parametrize("kind", KINDS + FAULTS)
def test_no_page_sets_a_cookie_or_redirects(kind: str, door: Door) -> None:
    method, path, body = pages(door)[kind]
    answer = door.ask(method, path, content=body)
    assert "set-cookie" not in answer.headers
    assert not 300 <= answer.status_code < 400


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_told_in_one_language_and_has_a_title(kind: str, door: Door) -> None:
    method, path, body = pages(door)[kind]
    answer = door.ask(method, path, content=body)
    assert answer.status_code == 200
    assert '<html lang="sv">' in answer.text
    assert "<title> –" not in answer.text
    assert answer.text.count("<h1>") == 1


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/unsubscribe/", "/p", "/p/a/b", "/static/x.js", "/robots.txt", "/.env", "//", "/%2e%2e/"]
)
def test_an_unknown_address_gets_a_page_in_words(path: str, door: Door) -> None:
    answer = door.get(path)
    assert answer.status_code == 404
    assert "Länken gäller inte" in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
def test_another_method_gets_a_page_in_words_and_changes_nothing(method: str, door: Door) -> None:
    answer = door.ask(method, door.letters_link("unsubscribe", BO))
    assert answer.status_code == 405
    assert "<h1>" in answer.text


@pytest.mark.parametrize("kind", ["preferences", "button"])
def test_a_form_over_64_kib_is_too_large_and_one_of_64_kib_is_not(kind: str, door: Door) -> None:
    _, path, _ = pages(door)[kind]
    fits = b"words=" + b"+" * (LIMIT - 6)
    assert door.post(path, content=fits).status_code == 200
    assert door.post(path, content=fits + b"+").status_code == 413


def test_a_form_that_is_too_large_chooses_nothing(door: Door) -> None:
    path = door.letters_link("preferences", BO)
    before = door.get(path).text
    door.post(path, content=b"interval=off&x=" + b"x" * LIMIT)
    assert door.get(path).text == before


# --- over a real socket ---


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with somebody's proposal in it."""
    house = Installation(tmp_path_factory.mktemp("house"))
    house.settle_in(datetime.now(UTC))
    with house.database() as database:
        propose(database, ANA, "Solceller", "På taket.", datetime.now(UTC) - timedelta(minutes=1))
    return house


@pytest.fixture(scope="module")
def running(house: Installation) -> Iterator[Running]:
    with house.running() as running:
        yield running


@pytest.fixture(scope="module")
def links(house: Installation) -> list[bytes]:
    """True links to everything."""
    with house.database() as database, database.reading() as session:
        tokens = live_tokens(session)
    about = [("p", "2:proposal:1"), ("do", "2:proposal 1 object"), ("unsubscribe", "2"), ("preferences", "2")]
    return [f"/{purpose}/{tokens.make(purpose, payload)}".encode() for purpose, payload in about]


def status_of(base: str, raw: bytes, patience: float = 10) -> int:
    """The status of the answer to raw bytes; 0 when there is none."""
    where = urlsplit(base)
    answer = b""
    with (
        closing(socket.create_connection((str(where.hostname), int(where.port or 0)), patience)) as line,
        contextlib.suppress(ConnectionError, TimeoutError),
    ):
        line.sendall(raw)
        while b"\r\n" not in answer and (more := line.recv(4096)):
            answer += more
    words = answer.split(b" ", 2)
    return int(words[1]) if len(words) > 2 else 0


def invented(chance: random.Random, links: list[bytes]) -> bytes:
    """A request that nobody sane would make: true in most of its parts, odd in the others."""

    def mostly(usual: bytes, *odd: bytes) -> bytes:
        return usual if chance.random() < 0.6 else chance.choice(odd)

    signs = bytes(chance.choice(b"/%.;:?&=<>'\"\\\x00\x01\x7f\x80\xc3\xff\xe5aZ09-_~{}|^`#@!*()") for _ in range(20))
    door = b"/" + chance.choice(DOORS)
    path = mostly(
        chance.choice(links),
        door + b"/" + signs,
        door + b"/" + b"a." * chance.choice([1, 1_000, 20_000]),
        door + chance.choice([b"/%00", b"/%ff.%ff", b"/../..", b"//", b"/%F0%9F%8C%B1"]),
        chance.choice(links) + chance.choice([b"/", b"/undo", b"?x=%ff", b"%00", b"#"]),
        chance.choice([b"*", b"http://x/p/1", b"//evil.example/p/1", b"", b"p"]),
    )
    body = chance.choice(BODIES)
    lines = [
        chance.choice(METHODS) + b" " + path + b" " + mostly(b"HTTP/1.1", b"HTTP/1.0", b"HTTP/9.9", b""),
        b"Host: " + mostly(b"tuva.example", *HOSTS),
        b"Content-Type: " + chance.choice(TYPES),
        b"Content-Length: " + (b"%d" % len(body) if chance.random() < 0.95 else b"-1"),
        b"Connection: " + mostly(b"close", b"upgrade\r\nUpgrade: websocket"),
        mostly(b"Accept: */*", b"Cookie: \xff=\x01", b"X-Forwarded-For: ;;", b"Expect: 100-continue", b"Range: x"),
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


@pytest.mark.parametrize("seed", range(3))
def test_no_request_whatever_is_answered_as_our_fault(seed: int, running: Running, links: list[bytes]) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        raw = invented(chance, links)
        assert status_of(running.base, raw, patience=2) < 500, raw


def test_what_was_invented_did_not_only_meet_the_first_gate(running: Running, links: list[bytes]) -> None:
    chance = random.Random(0)
    met = {status_of(running.base, invented(chance, links)) for _ in range(100)}
    assert {200, 400, 404, 405} <= met


def test_after_all_that_the_service_stands_and_its_log_is_json(running: Running) -> None:
    assert status_of(running.base, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") == 200
    for line in running.log.read_text("utf-8").splitlines():
        assert isinstance(json.loads(line), dict)


def test_no_log_line_tells_a_link(running: Running, links: list[bytes]) -> None:
    for link in links:
        assert link.decode().rpartition("/")[2] not in running.log.read_text("utf-8")


@pytest.mark.parametrize("name", ["<b>Ö</b>", "a" * 200, "\u202eabc"])
def test_a_group_of_any_name_has_pages(name: str, door: Door) -> None:
    with door.database.transaction() as session:
        place(session, CHEN).group.name = name
    for path in (door.letters_link("unsubscribe", CHEN), door.letters_link("preferences", CHEN)):
        answer = door.get(path)
        assert answer.status_code == 200
        assert "<b>" not in answer.text


def test_true_links_work_over_a_real_socket(running: Running, links: list[bytes]) -> None:
    for link in links:
        request = b"GET " + link + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        assert status_of(running.base, request) == 200
