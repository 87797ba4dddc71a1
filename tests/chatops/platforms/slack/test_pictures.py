"""Pictures on Slack: sent with an example or later, fetched with the token, shown on the card, or refused."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from config.settings import Settings
from digests.cards import show
from digests.pictures import LARGEST_UPLOAD
from jpegs import looked_at, photo, tells_nothing
from living import place, until
from on_slack import CHANNEL, Running, U, bind, running
from people import ANA, BO
from running import BRISK
from slack_outbox import Table
from slackland import Slack
from slackside.sight import Json, Sighted
from storage.database import Database
from storage.examples import share
from storage.pictures import Picture, expect

PHOTO = photo(900, 600)
WORDS = "example Cykelställ"
# A picture comes a moment after its card.
AT_ONCE = replace(BRISK, between=0.1)


@pytest.fixture
def tuva(settings: Settings, database: Database, slack: Slack) -> Iterator[Running]:
    bind(database)
    with running(settings, slack, AT_ONCE) as tuva:
        yield tuva


def images(seen: Sighted) -> list[Json]:
    return [block for block in seen.blocks if block["type"] == "image"]


def illustrated(slack: Slack, words: str = "Cykelställ") -> Sighted:
    """The card of these words, once a picture is on it."""
    return until(lambda: next((seen for seen in cards(slack, words) if images(seen)), None))


def cards(slack: Slack, words: str) -> list[Sighted]:
    return [seen for seen in slack.messages(CHANNEL) if seen.user == slack.bot_user and words in seen.words]


def pictures(database: Database) -> list[tuple[bool, str]]:
    """All in the record: whether they are here, and their words."""
    with database.reading() as session:
        return [(picture.is_here, picture.alt) for picture in session.scalars(select(Picture))]


def whispered(slack: Slack, address: str, words: str) -> None:
    """Wait until somebody is told these words."""
    until(lambda: [seen for seen in slack.ephemerals(U[address]) if words in seen.words])


def told(slack: Slack, sentence: str) -> str:
    """What Tuva said by itself to Ana with these words in it, once it has."""
    return str(until(lambda: next((seen.words for seen in slack.direct(U[ANA]) if sentence in seen.words), "")))


def test_a_picture_sent_with_an_example_stands_on_its_card_without_where_it_was_taken(
    slack: Slack, tuva: Running
) -> None:
    slack.mention(U[ANA], CHANNEL, WORDS, files=[slack.add_file(U[ANA], PHOTO, alt="Två ställ vid entrén")])
    [image] = images(card := illustrated(slack))
    assert [block["type"] for block in card.blocks][:2] == ["header", "image"]
    assert image["alt_text"] == "Två ställ vid entrén"
    [file] = slack.files_given()
    assert image["slack_file"] == {"id": file["id"]}
    assert looked_at(file["content"]).size == (600, 900)
    assert tells_nothing(file["content"])
    assert len(cards(slack, "Cykelställ")) == 1


def test_without_words_of_its_own_the_title_says_what_a_picture_shows(slack: Slack, tuva: Running) -> None:
    slack.say(U[ANA], WORDS, files=[slack.add_file(U[ANA], PHOTO)])
    assert images(illustrated(slack))[0]["alt_text"] == "Cykelställ"


def test_a_picture_comes_later_is_replaced_and_taken_away(slack: Slack, tuva: Running, database: Database) -> None:
    slack.mention(U[ANA], CHANNEL, WORDS)
    until(lambda: cards(slack, "Cykelställ"))
    for colour in ("red", "blue"):
        slack.mention(U[ANA], CHANNEL, "exempel 1 bild", files=[slack.add_file(U[ANA], photo(9, 6, colour))])
        until(lambda colour=colour: [file for file in slack.files_given() if shows(file["content"], colour)])
    last = slack.files_given()[-1]["id"]
    until(lambda: images(illustrated(slack))[0]["slack_file"]["id"] == last)
    slack.mention(U[ANA], CHANNEL, "exempel 1 bild bort")
    until(lambda: not images(cards(slack, "Cykelställ")[0]))
    assert pictures(database) == []


def shows(content: bytes, colour: str) -> bool:
    red, _, blue = looked_at(content).getpixel((1, 1))  # type: ignore[misc]
    return bool(red > blue) == (colour == "red")


def test_the_first_picture_counts_and_the_others_are_told_of(slack: Slack, tuva: Running) -> None:
    page = slack.add_file(U[ANA], b"<html>", "plan.html", "text/html")
    files = [page, *(slack.add_file(U[ANA], photo(9, 6, colour)) for colour in ("red", "blue"))]
    slack.mention(U[ANA], CHANNEL, WORDS, files=files)
    illustrated(slack)
    assert shows(slack.files_given()[0]["content"], "red")
    whispered(slack, ANA, "den första av dem")


REFUSED: dict[str, tuple[bytes, Json]] = {
    "ingen bild som Tuva kan visa": (b"<html><script>alert(1)</script>", {}),
    "HEIC": (b"\0\0\0\x18ftypheic0000", {}),
    "skadad": (PHOTO[:500], {}),
    "högst 20 MB": (b"\xff\xd8\xff" + bytes(LARGEST_UPLOAD), {"size": 9}),
    "inte kvar": (PHOTO, {"deleted": True}),
    "en annan webbplats": (PHOTO, {"elsewhere": "https://drive.example.org/x.jpg"}),
    "får inte läsa filer": (PHOTO, {"redirects": "https://evil.example.org/"}),
}


def test_what_is_no_picture_is_told_to_its_sender_alone_and_the_example_stands(
    slack: Slack, tuva: Running, database: Database
) -> None:
    for content, facts in REFUSED.values():
        file = slack.add_file(U[ANA], content, **{name: fact for name, fact in facts.items() if name != "deleted"})
        slack.change_file(file, deleted="deleted" in facts)
        slack.mention(U[ANA], CHANNEL, WORDS, files=[file])
    for number, sentence in enumerate(REFUSED, 1):
        assert f"Exempel {number}" in told(slack, sentence)
    assert pictures(database) == []
    assert len(cards(slack, "Cykelställ")) == len(REFUSED)


def test_a_picture_of_forty_megabytes_is_refused_at_once_and_never_fetched(
    slack: Slack, tuva: Running, database: Database
) -> None:
    slack.mention(U[ANA], CHANNEL, WORDS, files=[slack.add_file(U[ANA], PHOTO, size=40 * 1024**2)])
    whispered(slack, ANA, "40 MB")
    until(lambda: cards(slack, "Cykelställ"))
    assert slack.calls("files.info") == []
    assert pictures(database) == []


def test_others_do_not_change_the_picture_and_a_line_without_one_is_told_how(slack: Slack, tuva: Running) -> None:
    slack.mention(U[ANA], CHANNEL, WORDS)
    until(lambda: cards(slack, "Cykelställ"))
    slack.mention(U[BO], CHANNEL, "exempel 1 bild", files=[slack.add_file(U[BO], PHOTO)])
    whispered(slack, BO, "Det här får bara")
    slack.mention(U[ANA], CHANNEL, "exempel 1 bild")
    whispered(slack, ANA, "lägg till bilden")


def test_a_picture_is_chosen_in_the_form(slack: Slack, tuva: Running) -> None:
    slack.command("/example", by=U[ANA], channel=CHANNEL)
    until(lambda: slack.view(U[ANA]))
    slack.submit(U[ANA], {"title": "Cykelställ", "picture": [slack.add_file(U[ANA], PHOTO)]})
    assert images(illustrated(slack))


def test_a_message_that_becomes_an_example_brings_its_picture(slack: Slack, tuva: Running) -> None:
    said = slack.say(U[BO], "Cykelställ vid entrén", channel=CHANNEL, files=[slack.add_file(U[BO], PHOTO)])
    slack.shortcut("example", by=U[ANA], channel=CHANNEL, ts=said.ts)
    until(lambda: slack.view(U[ANA]))
    slack.submit(U[ANA])
    assert images(illustrated(slack))


@pytest.fixture
def barred(settings: Settings, database: Database, slack: Slack, request: pytest.FixtureRequest) -> Iterator[Running]:
    """Tuva without some scopes."""
    for scope in request.param.split():
        slack.take_scope(scope)
    bind(database)
    with running(settings, slack, AT_ONCE) as tuva:
        yield tuva


@pytest.mark.parametrize("barred", ["files:write"], indirect=True)
def test_where_no_file_may_be_given_the_card_does_without_and_is_not_held_back(
    slack: Slack, barred: Running, database: Database
) -> None:
    slack.mention(U[ANA], CHANNEL, WORDS, files=[slack.add_file(U[ANA], PHOTO)])
    until(lambda: cards(slack, "Cykelställ"))
    until(lambda: pictures(database) == [(True, "")])
    until(lambda: [call for call in slack.calls("files.getUploadURLExternal") if call.error == "missing_scope"])
    slack.mention(U[BO], CHANNEL, "propose Solceller")
    until(lambda: cards(slack, "Solceller"))


@pytest.mark.parametrize("barred", ["files:read files:write"], indirect=True)
def test_where_no_file_may_be_read_there_is_no_field_for_one_and_the_sender_is_told(
    slack: Slack, barred: Running
) -> None:
    slack.command("/example", by=U[ANA], channel=CHANNEL)
    view = until(lambda: slack.view(U[ANA]))
    assert "picture" not in [block["block_id"] for block in view.blocks]
    slack.mention(U[ANA], CHANNEL, WORDS, files=[slack.add_file(U[ANA], PHOTO)])
    assert told(slack, "files:read")
    slack.mention(U[BO], CHANNEL, "propose Solceller")
    until(lambda: cards(slack, "Solceller"))


@pytest.mark.parametrize("fault", ["cut", "lose_reply", "server_error"])
def test_a_post_that_is_lost_behind_its_upload_leads_to_one_card_with_one_picture(
    fault: str, slack: Slack, table: Table
) -> None:
    with table.database.transaction() as session:
        example = share(session, place(session, ANA), "Cykelställ", "", [], table.now())
        expect(example, example.sharer, "").take(PHOTO, 900, 600)
        session.flush()
        show(session, example, table.now())
    slack.fault("chat.postMessage", fault)
    for _ in range(4):
        table.drain(minutes=2)
    [card] = table.shown()
    assert images(card)[0]["slack_file"]["id"] == slack.files_given()[0]["id"]
    assert len(slack.files_given()) == 1


def test_slack_that_asks_us_to_wait_with_an_upload_is_waited_for(slack: Slack, tuva: Running) -> None:
    slack.fault("files.completeUploadExternal", "ratelimited", retry_after=1)
    slack.mention(U[ANA], CHANNEL, WORDS, files=[slack.add_file(U[ANA], PHOTO)])
    illustrated(slack)
    assert len(cards(slack, "Cykelställ")) == 1
