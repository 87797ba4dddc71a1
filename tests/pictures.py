"""`make pictures`: the letter in Chromium, light, dark and narrow, as docs/letter-*.png."""

import asyncio
import tempfile
from email import message_from_bytes, policy
from pathlib import Path

from browser import VIEWS, chromium
from chatops import logs
from chatops.platforms.console_input import read_transcript
from chatops.terminal import Terminal
from config.settings import MailSettings, ServiceSettings, Settings
from people import MONDAY, settle_in
from storage import schema
from storage.database import Database

DOCS = Path(__file__).parents[1] / "docs"
STORY = Path(__file__).parent / "stories" / "from_idea_to_letter.txt"


def letter_of_the_story(folder: Path) -> str:
    """The page of the chair's letter at the end of the README's story."""
    service = ServiceSettings(database=f"sqlite:///{folder}/tuva.db", public_url="https://tuva.example.org")
    settings = Settings(service=service, mail=MailSettings(url=f"maildir:{folder}/mail"))
    database = Database(service.database)
    schema.migrate(database, MONDAY)
    with database.transaction() as session:
        settle_in(session)
    database.close()
    return asyncio.run(_told(settings))


async def _told(settings: Settings) -> str:
    terminal = Terminal(settings, None, settings.service.public_url, lambda line: None, lambda: MONDAY)
    await terminal.converse(read_transcript(STORY).replay(), echo=True)
    path = terminal.letters()[0][0]
    terminal.service.close()
    page = message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("html",))
    assert page is not None
    return str(page.get_content())


def main() -> None:
    """Take the pictures."""
    logs.configure("warning")
    with tempfile.TemporaryDirectory() as folder:
        page = letter_of_the_story(Path(folder))
    with chromium() as browser:
        for name, width, scheme in VIEWS[:3]:
            view = browser.new_page(viewport={"width": width, "height": 400}, color_scheme=scheme)
            view.set_content(page)
            view.screenshot(path=DOCS / f"letter-{name}.png", full_page=True)


if __name__ == "__main__":
    main()
