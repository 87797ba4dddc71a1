"""Signing in with an access token, as Microsoft 365 asks: a token is fetched once, and anew when it is refused."""

import io
import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
import trustme

from chatops import logs
from digests.courier.parcels import Blame
from mailserver import MailServer, mail_server
from posting import Post

SECRET = "hemligt-42"
SIGN_IN = {"username": "tuva@example.org", "client_id": "tuva-id", "client_secret": SECRET}
TOKENS = {"token-1", "token-2"}


@dataclass
class TokenServer:
    """What the token address answers, and what it was asked."""

    status: int = 200
    body: bytes = b""
    lives: float | None = 3_600
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    url: str = ""

    def answer(self) -> bytes:
        """The next token, or what was set."""
        lives = {} if self.lives is None else {"expires_in": self.lives}
        return self.body or json.dumps({"access_token": f"token-{len(self.asked)}", **lives}).encode()


@pytest.fixture
def tokens() -> Iterator[TokenServer]:
    """A token address on loopback."""
    told = TokenServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(told.status)
            self.end_headers()
            self.wfile.write(told.answer())

        def log_message(self, *words: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        serving = threading.Thread(target=http.serve_forever, args=(0.01,))
        serving.start()
        told.url = f"http://127.0.0.1:{http.server_port}/token"
        yield told
        http.shutdown()
        serving.join()


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that takes tokens alone."""
    with mail_server(tokens=set(TOKENS), mechanisms=("LOGIN", "XOAUTH2")) as server:
        yield server


@pytest.fixture
def post(posting, server: MailServer, tokens: TokenServer) -> Post:
    """A courier that signs in with tokens."""
    return posting(server, **SIGN_IN, token_url=tokens.url)


def readers(count: int) -> list[str]:
    return [f"reader-{number}@example.org" for number in range(count)]


def refused(post: Post, blame: Blame) -> str:
    """Nothing went out, nobody was charged, and it is told. Returns why."""
    post.letter_to("bo@example.org")
    post.drain()
    row = post.row("bo@example.org")
    assert (row.state, row.attempts) == ("retry", 0)
    assert post.trouble is not None
    assert post.trouble.blame is blame
    return post.trouble.reason


def test_a_token_signs_in(post: Post, server: MailServer, tokens: TokenServer) -> None:
    post.letter_to("bo@example.org")
    post.drain()
    assert (server.recipients, server.signed_in) == (["bo@example.org"], ["XOAUTH2 tuva@example.org"])
    [asked] = tokens.asked
    assert asked == {
        "grant_type": ["client_credentials"],
        "client_id": ["tuva-id"],
        "client_secret": [SECRET],
        "scope": ["https://outlook.office365.com/.default"],
    }


def test_one_token_serves_all_connections(post: Post, server: MailServer, tokens: TokenServer) -> None:
    post.letter_to(*readers(20))
    post.drain()
    assert (len(server.taken), len(tokens.asked)) == (20, 1)
    assert len(server.signed_in) == server.connections


def test_a_token_that_is_refused_is_asked_for_anew(post: Post, server: MailServer, tokens: TokenServer) -> None:
    server.tokens.remove("token-1")
    assert refused(post, Blame.OPERATOR).startswith("535")
    post.drain(seconds=5)
    assert set(post.states().values()) == {"sent"}
    assert len(tokens.asked) == 2


def test_a_token_is_not_used_in_its_last_minute(post: Post, tokens: TokenServer) -> None:
    tokens.lives = 59
    for reader in readers(2):
        post.letter_to(reader)
        post.drain()
    assert (set(post.states().values()), len(tokens.asked)) == ({"sent"}, 2)


def test_a_token_that_tells_no_end_is_kept(post: Post, tokens: TokenServer) -> None:
    tokens.lives = None
    for reader in readers(2):
        post.letter_to(reader)
        post.drain()
    assert (set(post.states().values()), len(tokens.asked)) == ({"sent"}, 1)


def test_a_wrong_secret_is_the_operators_and_cured_by_the_right_one(
    post: Post, server: MailServer, tokens: TokenServer
) -> None:
    tokens.status, tokens.body = 401, json.dumps({"error": "invalid_client", "error_description": SECRET}).encode()
    assert refused(post, Blame.OPERATOR) == "535 the token address answered 401 invalid_client"
    tokens.status, tokens.body = 200, b'{"access_token": "token-1"}'
    post.drain(seconds=5)
    assert server.recipients == ["bo@example.org"]


@pytest.mark.parametrize("body", [b"no", b"[]", b"{}", b'"x"', b'{"error": 5}', b"\xff"])
def test_no_token_in_the_answer_parks_no_letter(post: Post, tokens: TokenServer, body: bytes) -> None:
    tokens.body = body
    assert "no token" in refused(post, Blame.WAY)


@pytest.mark.parametrize("body", [b"no", b"[]", b"{}"])
def test_a_refusal_without_words_is_the_operators_too(post: Post, tokens: TokenServer, body: bytes) -> None:
    tokens.status, tokens.body = 400, body
    assert refused(post, Blame.OPERATOR) == "535 the token address answered 400"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_token_address_in_trouble_is_the_ways(post: Post, tokens: TokenServer, status: int) -> None:
    tokens.status = status
    assert str(status) in refused(post, Blame.WAY)


def test_a_token_address_that_is_not_there_is_the_ways(posting, server: MailServer) -> None:
    refused(posting(server, **SIGN_IN, token_url="http://127.0.0.1:1/token"), Blame.WAY)


def test_a_token_address_that_nobody_trusts_is_the_operators(posting, server: MailServer) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with mail_server(certificate=context, is_implicit=True) as elsewhere:
        post = posting(server, **SIGN_IN, token_url=f"https://127.0.0.1:{elsewhere.port}/token")
        assert "certificate" in refused(post, Blame.OPERATOR)


@pytest.mark.parametrize("right", [True, False])
def test_no_secret_is_told(post: Post, server: MailServer, tokens: TokenServer, right: bool) -> None:
    log = io.StringIO()
    logs.configure("debug", log)
    server.tokens = TOKENS if right else {"none"}
    post.letter_to("bo@example.org")
    post.drain()
    told = log.getvalue() + post.row("bo@example.org").reason + (post.trouble.reason if post.trouble else "")
    assert len(tokens.asked) == 1
    assert [secret for secret in (SECRET, "token-1", "Bearer") if secret in told] == []
