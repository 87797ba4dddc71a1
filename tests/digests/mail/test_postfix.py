"""Letters through a real Postfix: a private instance on loopback, in a folder of its own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from living import free_port, until
from posting import Post, parcel
from storage.outbox import OutboxState

POSTFIX = shutil.which("postfix", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = [
    pytest.mark.skipif(POSTFIX is None, reason="Postfix is not here. On Debian, as root: make postfix"),
    pytest.mark.skipif(os.geteuid() != 0, reason="Postfix starts only as root"),
]

MAIN = """\
compatibility_level = 3.6
config_directory = {folder}/etc
queue_directory = {folder}/queue
data_directory = {folder}/data
myhostname = mail.test
mydestination =
inet_interfaces = 127.0.0.1
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = example.org
virtual_mailbox_maps = inline:{{ {recipients} }}
virtual_mailbox_base = {folder}/mail
virtual_uid_maps = static:{owner.pw_uid}
virtual_gid_maps = static:{owner.pw_gid}
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
error unix - - n - - error
virtual unix - n n - - virtual
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
"""


@dataclass(frozen=True)
class Relay:
    """A running Postfix."""

    port: int
    mail: Path

    def letters(self) -> list[bytes]:
        """What was delivered."""
        return [path.read_bytes() for path in sorted(self.mail.glob("new/*"))]


@pytest.fixture(scope="module")
def relay() -> Iterator[Relay]:
    """A Postfix of our own. Its folder is open to its own users, as a test's folder is not."""
    owner, port = pwd.getpwnam("nobody"), free_port()
    with tempfile.TemporaryDirectory(prefix="tuva-postfix-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for room in ("etc", "queue", "data", "mail"):
            (folder / room).mkdir()
        shutil.chown(folder / "mail", owner.pw_uid, owner.pw_gid)
        shutil.chown(folder / "data", "postfix")
        recipients = ", ".join(f"{who}@example.org=box/" for who in ("ana", "bo", "chen"))
        (folder / "etc/main.cf").write_text(MAIN.format(folder=folder, owner=owner, recipients=recipients))
        (folder / "etc/master.cf").write_text(MASTER.format(port=port))
        _postfix(folder, "start")
        try:
            yield Relay(port, folder / "mail" / "box")
        finally:
            _postfix(folder, "stop")


def _postfix(folder: Path, verb: str) -> None:
    assert POSTFIX
    ran = subprocess.run([POSTFIX, "-c", f"{folder}/etc", verb], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def body_of(letter: bytes) -> bytes:
    return letter.replace(b"\r\n", b"\n").partition(b"\n\n")[2]


def test_letters_arrive_as_they_were_written_and_a_stranger_is_parked(posting, relay: Relay) -> None:
    post: Post = posting(url=f"smtp://127.0.0.1:{relay.port}")
    readers = [f"{who}@example.org" for who in ("ana", "bo", "chen")]
    post.letter_to(*readers, "nobody@example.org")
    post.drain()
    assert {post.row(reader).state for reader in readers} == {OutboxState.SENT}
    assert all("queued as" in post.row(reader).receipt for reader in readers)
    stranger = post.row("nobody@example.org")
    assert (stranger.state, stranger.reason[:9], stranger.attempts) == (OutboxState.PARKED, "550 5.1.1", 1)
    assert post.trouble is None

    until(lambda: len(relay.letters()) == 3)
    row = post.row("bo@example.org")
    sent = post.mail.written(parcel(number=row.id, key=row.key, content=row.content_id, created_at=row.created_at))
    [arrived] = [letter for letter in relay.letters() if b"\nTo: bo@example.org\n" in letter]
    assert body_of(arrived) == body_of(sent.content)
    assert all(line in arrived.split(b"\n") for line in sent.content.partition(b"\r\n\r\n")[0].split(b"\r\n"))
