"""The log at its most talkative: ids and actions, and nothing that anybody wrote, is called or keeps secret."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from chatops import logs
from chatops.platforms.console_input import Typed
from chatops.terminal import Terminal
from config.settings import MailSettings, ServiceSettings, Settings
from living import free_port, open_door
from people import ANA, BO, MONDAY
from storage.database import Database

CANARY = "kanariefågel"
SECRET = "hemlig-kanariefagel"


class Grumbler:
    """A mail server that asks for a password, refuses one reader and quotes what it was told."""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == BO:
            return f"550 5.1.1 {address} {CANARY} is not here"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def smtp() -> Iterator[MailSettings]:
    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        return AuthResult(success=True)

    port = free_port()
    controller = Controller(
        Grumbler(), "127.0.0.1", port, authenticator=authenticate, auth_require_tls=False, auth_required=True
    )
    controller.start()
    yield MailSettings(url=f"smtp://127.0.0.1:{port}", tls="none", username="tuva", password=SECRET)
    controller.stop()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged at DEBUG, also by libraries that somebody has turned up."""
    out = io.StringIO()
    logs.configure("debug", out)
    yield out
    logs.configure("error")


LINES = (
    (f"/propose {CANARY} i titeln", f"{CANARY} i texten"),
    (f"/example {CANARY}", ""),
    (f"/proposal 1 object {CANARY}", ""),
    (f"/proposal 99 {CANARY}", ""),
    (f"/{CANARY}", ""),
    (f"/digest weekly zone:{CANARY}", ""),
    (f"as {CANARY}@example.org", ""),
    ("time +7d", ""),
)


# aiosmtpd is right: nobody should do without TLS. On the loopback of a test it is the shortest way to a password.
@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
def test_at_debug_the_log_holds_no_text_no_name_and_no_secret(
    database: Database, smtp: MailSettings, log: io.StringIO, tmp_path: Path
) -> None:
    settings = Settings(service=ServiceSettings(database=f"sqlite:///{tmp_path}/tuva.db"), mail=smtp)
    asyncio.run(_talk(settings))
    with open_door(settings) as door:
        door.get(f"/do/{CANARY.encode().hex()}")
        door.post(door.items_link("do", ANA, f"proposal 1 object {CANARY}"), data={"reason": CANARY})
    logging.getLogger("library").warning("it says %s", CANARY)
    told = log.getvalue()
    events = {json.loads(line)["event"] for line in told.splitlines()}
    assert {"outbox.sent", "outbox.not_delivered", "occurrence.fired", "library"} <= events
    for word in (CANARY, SECRET, ANA, BO, "Ana Ask", "Gröna gruppen"):
        assert word not in told


def test_a_fault_of_ours_is_logged_without_the_words_in_it(log: io.StringIO) -> None:
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("library").exception("it broke: %s", CANARY)
    assert "ValueError" in log.getvalue()
    assert CANARY not in log.getvalue()


async def _talk(settings: Settings) -> None:
    terminal = Terminal(settings, None, "https://tuva.example.org", lambda line: None, lambda: MONDAY)
    for line, body in LINES:
        await terminal.console.hear(Typed(line).line, body)
    terminal.service.close()
