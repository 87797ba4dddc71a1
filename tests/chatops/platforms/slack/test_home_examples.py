"""The Home tab and good examples: what is mine, with its counts, and what waits for me."""

from datetime import timedelta

import pytest

from living import place, until
from on_slack import Running, U
from people import ANA, BO, CHEN, MONDAY
from slackland import Slack
from slackside.sight import Shown
from storage import examples
from storage.database import Database
from storage.tips import Tip

HOSTILE = "<!channel> <@U0ANA> *fet* =SUM(1)"


@pytest.fixture
def bank(database: Database, tuva: Running) -> None:
    """Bo was tipped, does as two examples of Ana's, and shared one himself; Ana reads before they go out."""
    now, long_ago = tuva.now(), tuva.now() - timedelta(weeks=14)
    with database.transaction() as session:
        ana, bo, chen = (place(session, address) for address in (ANA, BO, CHEN))
        ana.group.editors_since = MONDAY
        for title, given_at in ((HOSTILE, now), ("", now), ("Glömt", long_ago)):
            tip = Tip(group=bo.group, author=bo.person, finder=ana.person, title=title, body="", given_at=given_at)
            session.add(tip)
        old, new = (examples.share(session, ana, title, "", [], MONDAY) for title in ("Hönshus", "Bin på taket"))
        old.reuse(bo, "Vi med", long_ago)
        new.reuse(bo, "Vi med", now)
        examples.share(session, bo, "Cykelpool", "", [], MONDAY, effect="Färre bilar").thank(chen.person, now)


def home(slack: Slack, address: str, words: str) -> Shown:
    """Somebody's page, once it says so."""
    slack.open_home(U[address])
    return until(lambda: (page := slack.home(U[address])) and words in page.words and page)


@pytest.mark.usefixtures("bank")
def test_what_waits_for_me_can_be_done_there(slack: Slack) -> None:
    page = home(slack, BO, "De här kan bli goda exempel")
    assert "Inget väntar" not in page.words
    assert "Glömt" not in page.words
    assert HOSTILE in page.words
    assert page.live == []
    assert "Tack: 1 · Frågor: 0 · Gör likadant: 0" in page.words
    assert page.words.count("Hönshus") == 1
    assert page.words.count("Bin på taket") == 0
    slack.press_home(U[BO], "result", value="example 1")
    until(lambda: slack.view(U[BO]))
    slack.submit(U[BO], {"words": "Tre hönor"})
    assert until(lambda: "Hur gick det" not in slack.home(U[BO]).words)
    slack.press_home(U[BO], "group:grona", value="example share tip:2")
    until(lambda: slack.view(U[BO]))
    slack.submit(U[BO], {"title": "Lådcyklar"})
    assert until(lambda: "Det här kan bli ett gott exempel" in slack.home(U[BO]).words)
    assert "Exempel 4: Lådcyklar" in slack.home(U[BO]).words


@pytest.mark.usefixtures("bank")
def test_an_editor_reads_what_is_to_go_out(slack: Slack) -> None:
    assert "Effekt: Färre bilar" in home(slack, ANA, "väntar på att du läser").words
    assert "läser" not in home(slack, CHEN, "What I can do").words
    for number, verdict in ((1, "approve"), (2, "leave-out"), (3, "approve")):
        slack.press_home(U[ANA], verdict, value=f"example {number}")
    assert until(lambda: "läser" not in slack.home(U[ANA]).words)


@pytest.mark.usefixtures("bank")
def test_an_older_page_never_replaces_a_newer(slack: Slack) -> None:
    home(slack, ANA, "väntar på att du läser")
    before = len(slack.calls("views.publish"))
    slack.fault("views.publish", "delay", seconds=0.5)
    for number in (1, 2, 3):
        slack.press_home(U[ANA], "approve", value=f"example {number}")
    until(lambda: [call.ok for call in slack.calls("views.publish")[before:]] == [True] * 3)
    assert "läser" not in slack.home(U[ANA]).words


def test_many_keep_within_the_page(slack: Slack, tuva: Running, database: Database) -> None:
    with database.transaction() as session:
        ana, bo = place(session, ANA), place(session, BO)
        for number in range(20):
            told = {"title": f"Nummer {number} {'å' * 280}", "body": "", "given_at": tuva.now()}
            session.add(Tip(group=bo.group, author=bo.person, finder=ana.person, **told))
    page = home(slack, BO, "… och 15 till.")
    assert len(page.blocks) <= 100
    assert "Det här kan jag" in page.words
