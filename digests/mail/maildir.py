"""Letters into a folder (Maildir), for trying out and for tests. A second try writes over the first."""

import os
from email import message_from_bytes, policy
from pathlib import Path

from storage import crash_points


def deliver(folder: Path, number: int, letter: bytes) -> str:
    """Put one letter whole into `folder`, under its entry's own name. Returns that name."""
    for room in ("tmp", "new", "cur"):
        (folder / room).mkdir(parents=True, exist_ok=True)
    name = f"{number:08d}.eml"
    with (folder / "tmp" / name).open("wb") as file:
        file.write(letter)
        file.flush()
        os.fsync(file.fileno())
    crash_points.reached("maildir.deliver")
    (folder / "tmp" / name).replace(folder / "new" / name)
    crash_points.reached("maildir.delivered")
    return name


def letters_in(folder: Path) -> list[tuple[Path, str, str]]:
    """Every letter, the oldest first: its path, its recipient and its subject."""
    return [(path.resolve(), *_headers(path)) for path in sorted(folder.glob("new/*"))]


def _headers(path: Path) -> tuple[str, str]:
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    return str(letter["To"]), str(letter["Subject"])
