"""Secured lines, and signing in: as the settings say, never less; what is wrong with it is the operator's to mend."""

import io
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import trustme

from chatops import logs
from digests.courier.parcels import Blame
from mailserver import MailServer, mail_server
from posting import Post

HOST = "127.0.0.2"  # of this computer, but not by a name that says so
SECRET = "hemligt-42"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Who signs certificates."""
    return trustme.CA()


@pytest.fixture
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    """The certificate of the servers."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1", HOST).configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This computer trusts the authority."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


@pytest.fixture
def serving() -> Iterator[Any]:
    """Servers with habits, closed at the end."""
    with ExitStack() as stack:
        yield lambda **habits: stack.enter_context(mail_server(**habits))


def sent(post: Post, *addresses: str) -> set[str]:
    post.letter_to(*addresses or ("bo@example.org",))
    post.drain()
    return set(post.states().values())


def refused(post: Post, blame: Blame) -> str:
    """Nothing went out, nobody was charged, and it is told. Returns why."""
    assert sent(post) == {"retry"}
    assert post.row("bo@example.org").attempts == 0
    assert post.trouble is not None
    assert post.trouble.blame is blame
    return post.trouble.reason


# --- TLS ---


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("written", ["", "starttls"])
def test_a_line_to_elsewhere_is_secured_by_starttls(posting, serving, certificate, written: str) -> None:
    server = serving(host=HOST, certificate=certificate)
    assert sent(posting(server, tls=written)) == {"sent"}
    assert server.secured == [True]


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("chosen", [{"tls": "implicit"}, {"url": "smtps://127.0.0.1:PORT"}])
def test_an_implicit_line_is_secured_from_its_first_byte(posting, serving, certificate, chosen: dict) -> None:
    server = serving(certificate=certificate, is_implicit=True)
    chosen = {key: value.replace("PORT", str(server.port)) for key, value in chosen.items()}
    assert sent(posting(server, **chosen)) == {"sent"}
    assert server.secured == [True]


def test_a_line_to_this_computer_is_plain(posting, serving, certificate) -> None:
    server = serving(certificate=certificate)
    assert sent(posting(server)) == {"sent"}
    assert server.secured == [False]


def test_who_wants_none_gets_none(posting, serving) -> None:
    server = serving(host=HOST)
    assert sent(posting(server, tls="none")) == {"sent"}
    assert server.secured == [False]


@pytest.mark.parametrize("is_implicit", [False, True])
def test_a_certificate_that_nobody_trusts_is_the_operators(posting, serving, certificate, is_implicit: bool) -> None:
    server = serving(host=HOST, certificate=certificate, is_implicit=is_implicit)
    reason = refused(posting(server, tls="implicit" if is_implicit else "starttls"), Blame.OPERATOR)
    assert "certificate" in reason
    assert server.taken == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_host_is_the_operators(posting, serving, authority: trustme.CA) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("mail.example.org").configure_cert(context)
    server = serving(host=HOST, certificate=context)
    assert "certificate" in refused(posting(server), Blame.OPERATOR)


def test_without_starttls_nothing_goes_out_plain(posting, serving) -> None:
    server = serving(host=HOST, users={"tuva": SECRET})
    post = posting(server, username="tuva", password=SECRET)
    assert "STARTTLS" in refused(post, Blame.OPERATOR)
    assert (server.taken, server.signed_in) == ([], [])


def test_an_implicit_line_to_a_plain_server_is_the_operators(posting, serving) -> None:
    server = serving(host=HOST, greeting="220 hello")
    refused(posting(server, tls="implicit"), Blame.OPERATOR)


@pytest.mark.usefixtures("trusted")
def test_authorities_are_read_once_for_all_connections(
    posting, serving, certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[ssl.SSLContext] = []
    create = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", lambda: made.append(create()) or made[-1])
    monkeypatch.setattr("digests.mail.smtp.LETTERS_A_CONNECTION", 2)
    server = serving(host=HOST, certificate=certificate)
    assert sent(posting(server), *(f"reader-{number}@example.org" for number in range(20))) == {"sent"}
    assert (server.connections >= 10, len(made)) == (True, 1)


# --- signing in ---


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_a_name_and_a_password_sign_in(posting, serving, certificate, mechanism: str) -> None:
    server = serving(host=HOST, certificate=certificate, users={"tuva": SECRET}, mechanisms=(mechanism,))
    assert sent(posting(server, username="tuva", password=SECRET)) == {"sent"}
    assert server.signed_in == [f"{mechanism} tuva"]


def test_each_connection_signs_in_once(posting, serving) -> None:
    server = serving(users={"tuva": SECRET})
    post = posting(server, username="tuva", password=SECRET, connections=1)
    assert sent(post, *(f"reader-{number}@example.org" for number in range(5))) == {"sent"}
    assert server.signed_in == ["PLAIN tuva"]


def test_a_wrong_password_is_the_operators_and_cured_by_the_right_one(posting, serving) -> None:
    server = serving(users={"tuva": "another"})
    post = posting(server, username="tuva", password=SECRET)
    assert refused(post, Blame.OPERATOR).startswith("535")
    server.users["tuva"] = SECRET
    post.drain(seconds=5)
    assert set(post.states().values()) == {"sent"}


def test_who_must_sign_in_and_has_no_name_is_told(posting, serving) -> None:
    assert refused(posting(serving(users={"tuva": SECRET})), Blame.OPERATOR).startswith("530")


def test_a_server_where_nobody_signs_in_is_the_operators(posting, server: MailServer) -> None:
    assert refused(posting(server, username="tuva", password=SECRET), Blame.OPERATOR)


def test_a_way_of_signing_in_that_we_do_not_know_is_the_operators(posting, serving) -> None:
    server = serving(users={"tuva": SECRET}, mechanisms=("XOAUTH2",))
    refused(posting(server, username="tuva", password=SECRET), Blame.OPERATOR)


def test_a_sign_in_that_fails_for_now_is_the_ways(posting, serving) -> None:
    server = serving(users={"tuva": SECRET}, sign_in="454 4.7.0 later")
    refused(posting(server, username="tuva", password=SECRET), Blame.WAY)


@pytest.mark.parametrize(("username", "password"), [("tuva", "hemligtåäö"), ("töva", SECRET)])
def test_a_password_outside_ascii_is_the_operators_and_parks_no_letter(
    posting, serving, username: str, password: str
) -> None:
    server = serving(users={"tuva": SECRET})
    reason = refused(posting(server, username=username, password=password), Blame.OPERATOR)
    assert "ASCII" in reason
    assert "å" not in reason


@pytest.mark.parametrize("password", [SECRET, "hemligtå"])
def test_no_secret_is_told(posting, serving, password: str) -> None:
    log = io.StringIO()
    logs.configure("debug", log)
    server = serving(users={"tuva": "another"})
    reason = refused(posting(server, username="tuva", password=password), Blame.OPERATOR)
    assert log.getvalue()
    assert "hemligt" not in log.getvalue() + reason
