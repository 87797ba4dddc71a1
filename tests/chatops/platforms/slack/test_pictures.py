"""Pictures on Slack: sent with an example or later, fetched with the token, shown on the card, or refused."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from chatops.platforms.slack import files
from digests.cards import show
from digests.pictures import LARGEST_UPLOAD
from illustrating import illustrate
from jpegs import looked_at, photo, tells_nothing
from living import place, until
from on_slack import CHANNEL, U, bind, running, workspace
from people import ANA, BO
from running import BRISK
from settled import installation
from slack_outbox import Table
from slackland import Slack
from slackside.sight import Json, Sighted
from storage.database import Database
from storage.examples import Example, share

PHOTO = photo(900, 600)


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    with workspace() as slack:
        yield slack


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, slack: Slack) -> Iterator[Database]:
    """The record of Tuva, which lives here for all of these tests. A picture comes a moment after its card."""
    settings = installation(tmp_path_factory.mktemp("tuva"))
    database = Database(settings.service.database)
    bind(database)
    with running(settings, slack, replace(BRISK, between=0.1)):
        yield database
    database.close()


def images(seen: Sighted) -> list[Json]:
    return [block for block in seen.blocks if block["type"] == "image"]


def cards(slack: Slack, title: str) -> list[Sighted]:
    return [seen for seen in slack.messages(CHANNEL) if seen.user == slack.bot_user and f": {title}" in seen.words]


def card(slack: Slack, title: str) -> Sighted:
    return until(lambda: next(iter(cards(slack, title)), None))


def illustrated(slack: Slack, title: str) -> Json:
    """The picture on the only card of that title, once it is there."""
    until(lambda: images(card(slack, title)))
    [shown] = cards(slack, title)
    [image] = images(shown)
    return image


def given(slack: Slack, image: Json) -> bytes:
    """What Slack shows there."""
    return bytes(next(file["content"] for file in slack.files_given() if file["id"] == image["slack_file"]["id"]))


def pictures(database: Database, title: str) -> list[tuple[bool, str]]:
    """Those of an example: whether they are here, and their words."""
    with database.reading() as session:
        example = session.scalars(select(Example).where(Example.title == title)).one()
        return [(picture.is_here, picture.alt) for picture in example.pictures]


def number(database: Database, title: str) -> int:
    with database.reading() as session:
        return session.scalars(select(Example.id).where(Example.title == title)).one()


def whispered(slack: Slack, address: str, words: str) -> None:
    """Wait until somebody is told these words."""
    until(lambda: [seen for seen in slack.ephemerals(U[address]) if words in seen.words])


def told(slack: Slack, sentence: str) -> str:
    """What Tuva said by itself to Ana with these words in it, once it has."""
    return str(until(lambda: next((seen.words for seen in slack.direct(U[ANA]) if sentence in seen.words), "")))


def test_a_picture_sent_with_an_example_stands_on_its_card_without_where_it_was_taken(
    slack: Slack, record: Database
) -> None:
    slack.mention(U[ANA], CHANNEL, "example Ställ", files=[slack.add_file(U[ANA], PHOTO, alt="Två ställ vid entrén")])
    image = illustrated(slack, "Ställ")
    assert [block["type"] for block in card(slack, "Ställ").blocks][:2] == ["header", "image"]
    assert image["alt_text"] == "Två ställ vid entrén"
    assert looked_at(given(slack, image)).size == (600, 900)
    assert tells_nothing(given(slack, image))


def test_without_words_of_its_own_the_title_says_what_a_picture_shows(slack: Slack, record: Database) -> None:
    slack.say(U[ANA], "example Cyklar", files=[slack.add_file(U[ANA], PHOTO)])
    assert illustrated(slack, "Cyklar")["alt_text"] == "Cyklar"


def test_a_picture_comes_later_is_replaced_and_taken_away(slack: Slack, record: Database) -> None:
    slack.mention(U[ANA], CHANNEL, "example Tak")
    card(slack, "Tak")
    example = f"exempel {number(record, 'Tak')} bild"
    for colour in ("red", "blue"):
        slack.mention(U[ANA], CHANNEL, example, files=[slack.add_file(U[ANA], photo(9, 6, colour))])
        until(lambda colour=colour: shows(given(slack, illustrated(slack, "Tak")), colour))
    slack.mention(U[ANA], CHANNEL, f"{example} bort")
    until(lambda: not images(card(slack, "Tak")))
    assert pictures(record, "Tak") == []


def shows(content: bytes, colour: str) -> bool:
    red, _, blue = looked_at(content).getpixel((1, 1))  # type: ignore[misc]
    return bool(red > blue) == (colour == "red")


def test_the_first_picture_counts_and_the_others_are_told_of(slack: Slack, record: Database) -> None:
    page = slack.add_file(U[ANA], b"<html>", "plan.html", "text/html")
    files = [page, *(slack.add_file(U[ANA], photo(9, 6, colour)) for colour in ("red", "blue"))]
    slack.mention(U[ANA], CHANNEL, "example Rött", files=files)
    assert shows(given(slack, illustrated(slack, "Rött")), "red")
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


def test_what_is_no_picture_is_told_to_its_sender_alone_and_the_example_stands(slack: Slack, record: Database) -> None:
    for place_, (content, facts) in enumerate(REFUSED.values()):
        file = slack.add_file(U[ANA], content, **{name: fact for name, fact in facts.items() if name != "deleted"})
        slack.change_file(file, deleted="deleted" in facts)
        slack.mention(U[ANA], CHANNEL, f"example Utan {place_}", files=[file])
    for place_, sentence in enumerate(REFUSED):
        assert f"Exempel {number(record, f'Utan {place_}')}" in told(slack, sentence)
        assert images(card(slack, f"Utan {place_}")) == pictures(record, f"Utan {place_}") == []


def test_a_picture_of_forty_megabytes_is_refused_at_once_and_never_fetched(slack: Slack, record: Database) -> None:
    before = len(slack.calls("files.info"))
    slack.mention(U[ANA], CHANNEL, "example Stor", files=[slack.add_file(U[ANA], PHOTO, size=40 * 1024**2)])
    whispered(slack, ANA, "högst 20 MB")
    card(slack, "Stor")
    assert len(slack.calls("files.info")) == before
    assert pictures(record, "Stor") == []


def test_others_do_not_change_the_picture_and_a_line_without_one_is_told_how(slack: Slack, record: Database) -> None:
    slack.mention(U[ANA], CHANNEL, "example Grind")
    card(slack, "Grind")
    example = f"exempel {number(record, 'Grind')} bild"
    slack.mention(U[BO], CHANNEL, example, files=[slack.add_file(U[BO], PHOTO)])
    whispered(slack, BO, "Det här får bara")
    slack.mention(U[ANA], CHANNEL, example)
    whispered(slack, ANA, "lägg till bilden")


def test_a_picture_is_chosen_in_the_form(slack: Slack, record: Database) -> None:
    slack.command("/example", by=U[ANA], channel=CHANNEL)
    until(lambda: slack.view(U[ANA]))
    slack.submit(U[ANA], {"title": "Formulär", "picture": [slack.add_file(U[ANA], PHOTO)]})
    assert illustrated(slack, "Formulär")


def test_a_message_that_becomes_an_example_brings_its_picture(slack: Slack, record: Database) -> None:
    said = slack.say(U[BO], "Entré", channel=CHANNEL, files=[slack.add_file(U[BO], PHOTO)])
    slack.shortcut("example", by=U[ANA], channel=CHANNEL, ts=said.ts)
    assert "Bilden i meddelandet följer med" in until(lambda: slack.view(U[ANA])).words
    slack.submit(U[ANA])
    assert illustrated(slack, "Entré")


def test_a_message_with_another_file_becomes_an_example_without(slack: Slack, record: Database) -> None:
    report = slack.add_file(U[BO], b"%PDF-1.7", name="rapport.pdf", mimetype="application/pdf")
    said = slack.say(U[BO], "Rapport", channel=CHANNEL, files=[report])
    slack.shortcut("example", by=U[ANA], channel=CHANNEL, ts=said.ts)
    assert "JPEG, PNG" in until(lambda: slack.view(U[ANA])).words
    slack.submit(U[ANA])
    assert card(slack, "Rapport")
    assert pictures(record, "Rapport") == []


@pytest.fixture
def without(slack: Slack, request: pytest.FixtureRequest) -> Iterator[None]:
    """The app lacks a scope meanwhile."""
    slack.take_scope(request.param)
    yield
    slack.give_scope(request.param)


@pytest.mark.parametrize("without", ["files:write"], indirect=True)
@pytest.mark.usefixtures("without")
def test_where_no_file_may_be_given_the_card_does_without_and_nothing_is_held_back(
    slack: Slack, record: Database
) -> None:
    slack.mention(U[ANA], CHANNEL, "example Naken", files=[slack.add_file(U[ANA], PHOTO)])
    until(lambda: [call for call in slack.calls("files.getUploadURLExternal") if call.error == "missing_scope"])
    assert pictures(record, "Naken") == [(True, "")]
    slack.mention(U[BO], CHANNEL, "propose Solceller")
    assert card(slack, "Solceller")
    assert images(card(slack, "Naken")) == []


@pytest.mark.parametrize("without", ["files:read"], indirect=True)
@pytest.mark.usefixtures("without")
def test_where_no_file_may_be_read_there_is_no_field_for_one_and_the_sender_is_told(
    slack: Slack, record: Database
) -> None:
    slack.mention(U[ANA], CHANNEL, "example Oläst", files=[slack.add_file(U[ANA], PHOTO)])
    assert told(slack, "files:read")
    slack.command("/example", by=U[ANA], channel=CHANNEL)
    assert "picture" not in [block["block_id"] for block in until(lambda: slack.view(U[ANA])).blocks]
    slack.close_view(U[ANA])
    slack.mention(U[BO], CHANNEL, "propose Vindkraft")
    assert card(slack, "Vindkraft")


def test_slack_that_asks_us_to_wait_with_an_upload_is_waited_for(slack: Slack, record: Database) -> None:
    slack.fault("files.completeUploadExternal", "ratelimited", retry_after=1)
    slack.mention(U[ANA], CHANNEL, "example Vänta", files=[slack.add_file(U[ANA], PHOTO)])
    assert illustrated(slack, "Vänta")


@pytest.mark.parametrize("fault", ["cut", "lose_reply"])
def test_a_post_that_is_lost_behind_its_upload_leads_to_one_card_with_one_picture(
    fault: str, slack: Slack, table: Table
) -> None:
    before = len(slack.files_given())
    share_illustrated(table)
    slack.fault("chat.postMessage", fault)
    for _ in range(4):
        table.drain(minutes=2)
    [shown] = table.shown()
    [file] = slack.files_given()[before:]
    assert images(shown)[0]["slack_file"]["id"] == file["id"]


def share_illustrated(table: Table) -> None:
    """Wish for the card of an example with a picture."""
    with table.database.transaction() as session:
        example = share(session, place(session, ANA), "Borta", "", [], table.now())
        illustrate(session, example)
        show(session, example, table.now())


@pytest.fixture
def looking(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Slack looks at files until it is told that it has, and nobody waits for that."""
    monkeypatch.setattr(files, "BETWEEN_LOOKS_SECONDS", 0.0)
    slack.switches(looks_for=3600.0)
    yield
    slack.switches(looks_for=0.3)


@pytest.mark.usefixtures("looking")
def test_a_picture_that_slack_takes_long_to_look_at_comes_onto_its_card_by_itself(slack: Slack, table: Table) -> None:
    share_illustrated(table)
    table.drain()
    table.propose()
    table.drain()
    without, _ = table.shown()
    assert images(without) == []
    slack.look_at_files()
    table.drain(seconds=5)
    illustrated, _ = table.shown()
    assert (illustrated.ts, len(images(illustrated))) == (without.ts, 1)
    assert table.rows() == [("sent", ""), ("sent", "")]


@pytest.mark.usefixtures("looking")
def test_for_a_picture_that_slack_never_shows_it_is_asked_less_and_less_and_then_no_more(
    slack: Slack, table: Table
) -> None:
    share_illustrated(table)
    for _ in range(200):
        table.drain(seconds=5)
    [shown] = table.shown()
    assert images(shown) == []
    assert table.rows() == [("sent", "")]
    assert table.posts() == 2
    assert 4 < len(table.calls("chat.update")) < 20
