"""The stories: whole flows as transcripts, told to a fresh installation and compared line by line."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from chatops.platforms.console_input import read_transcript
from chatops.terminal import Terminal
from config.settings import Settings
from living import Done, process, tuva
from people import MONDAY
from storage.database import Database

FOLDER = Path(__file__).parent
README = FOLDER.parents[1] / "README.md"
STORIES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_the_story_goes_as_told(story: Path, settings: Settings, database: Database) -> None:
    assert difference(story, settings) == []


def test_a_story_that_goes_otherwise_is_seen(tmp_path: Path, settings: Settings, database: Database) -> None:
    story = tmp_path / "wrong.txt"
    story.write_text("> /propose Solceller\n[1] Förslag 2: Solceller\n", "utf-8")
    assert "-[1] Förslag 2: Solceller" in difference(story, settings)


def test_what_a_story_tells_is_itself_a_story(tmp_path: Path, settings: Settings, database: Database) -> None:
    told = told_by(STORIES[0], settings)
    again = tmp_path / "again.txt"
    again.write_text("\n".join(told), "utf-8")
    assert read_transcript(again).difference(told) == []


@pytest.mark.parametrize(("story", "run"), [("in_the_demo", process), ("in_the_demo_in_english", tuva)])
def test_the_demo_goes_as_the_readme_tells(story: str, run: Callable[..., Done], tmp_path: Path) -> None:
    told = (FOLDER / "demo" / f"{story}.txt").read_text("utf-8").strip()
    assert told in README.read_text("utf-8")
    typed = "".join(f"{line.removeprefix('> ')}\n" for line in told.split("\n") if line.startswith(("> ", "  ")))
    demo = run("demo", folder=tmp_path, stdin=typed)
    assert (demo.status, demo.err) == (0, "")
    assert told in "\n".join(line.rstrip() for line in demo.out.split("\n"))


def difference(story: Path, settings: Settings) -> list[str]:
    return read_transcript(story).difference(told_by(story, settings))


def told_by(story: Path, settings: Settings) -> list[str]:
    told: list[str] = []

    async def tell() -> None:
        terminal = Terminal(settings, None, "https://tuva.example.org", told.append, lambda: MONDAY)
        try:
            await terminal.converse(read_transcript(story).replay(), echo=True)
        finally:
            terminal.service.close()

    asyncio.run(tell())
    return told
