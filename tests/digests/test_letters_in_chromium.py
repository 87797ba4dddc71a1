"""Letters as a browser shows them: nothing scrolls sideways, and everything can be read, in light and in dark."""

import base64

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page

from browser import CHROMIUM, VIEWS, chromium
from config.texts import texts_in
from digests import letters, weekly
from digests.links import GAP
from illustrating import SIZE, illustrate
from jpegs import written
from people import ANA, BO, MONDAY, settle_in
from storage.database import Database, Session
from storage.examples import share
from storage.proposal_stages import ProposalKind
from storage.proposals import propose
from storage.subscriptions import subscription_of

# Left out only where Debian's Chromium is missing: `make browser` installs it.
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing; install it with: make browser")

GREEN = written(Image.new("RGB", SIZE, "green"))
SEEN = f"data:image/jpeg;base64,{base64.b64encode(GREEN).decode()}"
LONG_WORD = "Arbetsmarknadsförvaltningschefsbefattningsbeskrivningsarbetsgrupp"


@pytest.fixture(scope="module")
def browser():  # type: ignore[no-untyped-def]
    with chromium() as opened:
        yield opened


def page_with(database: Database, items: int) -> str:
    """A letter with so many items of each kind, and one that waits."""
    with database.transaction() as session:
        place = settle_in(session)
        for number in range(items):
            body = "> citat\n\n- ett\n- två"
            example = share(session, place.memberships[BO], f"{LONG_WORD} {number}", body, ["sdg:13"], MONDAY)
            illustrate(session, example, alt=LONG_WORD)
            propose(
                session, place.memberships[BO], f"Förslag {number}", "`kod` https://a.se", ProposalKind.IDEA, [], MONDAY
            )
        return _page(session, place.memberships[ANA].group.slug)


def _page(session: Session, slug: str) -> str:
    membership = settle_in(session).memberships[ANA]
    letter = weekly.preview(session, subscription_of(session, membership.person, membership.group), MONDAY)
    assert letter is not None
    return GAP.sub(lambda gap: SEEN if gap[1] == "picture" else gap[0], letters.html(letter, texts_in("sv")))


def view(browser: Browser, page: str, width: int, scheme: str) -> Page:
    opened = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    opened.set_content(page)
    return opened


@pytest.mark.parametrize("items", [1, 5, 40])
def test_a_letter_never_scrolls_sideways(browser: Browser, database: Database, items: int) -> None:
    page = page_with(database, items)
    for _, width, scheme in VIEWS:
        shown = view(browser, page, width, scheme)
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        shown.close()


def test_a_picture_fits_its_letter_and_without_it_its_words_stand_there(browser: Browser, database: Database) -> None:
    page = page_with(database, 1)
    for width, least in ((700, 530), (360, 250)):
        shown = view(browser, page, width, "light")
        seen = shown.locator("img").bounding_box()
        assert seen is not None
        assert least < seen["width"] <= 544
        assert seen["height"] / seen["width"] == pytest.approx(3 / 4, abs=0.02)
        shown.close()
    unseen = view(browser, page.replace(SEEN, "https://nowhere.invalid/x.jpg"), 360, "light")
    assert unseen.evaluate("document.documentElement.scrollWidth") <= 360
    unseen.close()


@pytest.mark.parametrize(("width", "scheme"), [(700, "light"), (700, "dark"), (360, "light"), (360, "dark")])
def test_axe_finds_nothing_in_a_letter(browser: Browser, database: Database, width: int, scheme: str) -> None:
    shown = view(browser, page_with(database, 2), width, scheme)
    found = [
        (fault["id"], [node["html"] for node in fault["nodes"]]) for fault in Axe().run(shown).response["violations"]
    ]
    assert found == []
    shown.close()
