"""What the tests of mail may ask for: a mail server, and a courier that carries to it."""

from collections.abc import Callable, Iterator

import pytest

from config.settings import MailSettings
from mailserver import MailServer, mail_server
from posting import Post
from storage.database import Database

Posting = Callable[..., Post]


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server without TLS that anybody may use."""
    with mail_server() as server:
        yield server


@pytest.fixture
def posting(database: Database) -> Posting:
    """A courier with mail to a server, or with other settings."""

    def posting(server: MailServer | None = None, **settings: object) -> Post:
        url = {"url": f"smtp://{server.host}:{server.port}"} if server else {}
        return Post(database, MailSettings(**url | settings))

    return posting


@pytest.fixture
def post(server: MailServer, posting: Posting) -> Post:
    """A courier with mail to the server."""
    return posting(server)
