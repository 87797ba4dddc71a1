"""What is typed: lines, the bodies under them, and stories."""

import os
import pty
import subprocess
import sys
from pathlib import Path

from chatops.platforms.console_input import Typed, read_transcript
from config.settings import Settings
from storage.database import Database


def story(tmp_path: Path, text: str) -> tuple[Typed, ...]:
    file = tmp_path / "story.txt"
    file.write_text(text, "utf-8")
    return read_transcript(file).typed


def installation(tmp_path: Path, settings: Settings) -> Path:
    file = tmp_path / "tuva.toml"
    mail = settings.mail.url if settings.mail else ""
    file.write_text(f'[service]\ndatabase = "{settings.service.database}"\n[mail]\nurl = "{mail}"\n', "utf-8")
    return file


def test_lines_with_two_spaces_are_the_body_of_the_command_above(tmp_path: Path) -> None:
    assert story(tmp_path, "> /propose A\n  ett\n  två\nsvar\n> /b") == (Typed("/propose A", "ett\ntvå"), Typed("/b"))


def test_a_blank_line_inside_a_body_is_a_new_paragraph(tmp_path: Path) -> None:
    assert story(tmp_path, "> /propose A\n  ett\n\n  två\n") == (Typed("/propose A", "ett\n\ntvå"),)


def test_a_comment_is_no_line_of_the_story(tmp_path: Path) -> None:
    assert story(tmp_path, "# så här\n> /a\n") == (Typed("/a"),)


def test_blank_lines_and_trailing_spaces_do_not_count(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("> /a\n\nsvar  \n\n", "utf-8")
    assert read_transcript(file).difference(["> /a", "svar", ""]) == []


def test_commands_from_a_pipe_are_echoed_and_answered(tmp_path: Path, settings: Settings, database: Database) -> None:
    typed = "/propose A\n  ett\n\n  två\n# en kommentar\n/foo\nquit\n/propose B\n"
    console = subprocess.run(
        [sys.executable, "-m", "chatops", "console", "--config", str(installation(tmp_path, settings))],
        input=typed,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = console.stdout.splitlines()
    assert lines[:5] == ["> /propose A", "  ett", "", "  två", "[1] Förslag 1: A"]
    assert "> /propose B" not in lines


def test_a_terminal_takes_pasted_bodies_and_ends_with_its_input(
    tmp_path: Path, settings: Settings, database: Database
) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "chatops", "console", "--config", str(installation(tmp_path, settings))],
        stdin=theirs,
        stdout=subprocess.PIPE,
        text=True,
    ) as console:
        os.close(theirs)
        os.write(ours, b"/propose A\n  ett\n/propose B \\\nunder B\n\x04")
        said, _ = console.communicate(timeout=30)
    os.close(ours)
    assert console.returncode == 0
    assert "Förslag 1: A\nIdé från Ana Ask, Skolan\nett\n" in said
    assert "Förslag 2: B\nIdé från Ana Ask, Skolan\nunder B\n" in said
