"""What somebody writes on Matrix: when it is meant for Tuva, and where it is answered."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from chatops.platforms.matrix.heard import Heard
from homeserver import Synapse
from living import until
from matrix_person import Json, Person
from on_matrix import (
    answered_to,
    card,
    is_direct,
    is_edit,
    said_by,
    settled_in,
    signs,
    thread_of,
)
from people import ANA, BO, CHEN, GUS
from running import Running
from town import Town

Hears = Callable[..., str]
Silence = Callable[..., None]


@pytest.fixture(scope="module")
def town(homeserver: Synapse) -> Town:
    return Town(homeserver)


@pytest.fixture(scope="module")
def tuva(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Tuva in the town, for all tests here."""
    with settled_in(town, tmp_path_factory.mktemp("tuva")) as tuva:
        yield tuva


@pytest.fixture(autouse=True)
def _heard(tuva: Running, town: Town) -> None:
    for address in (ANA, BO, CHEN, GUS):
        town[address].listen()


@pytest.fixture
def hears(town: Town) -> Hears:
    """What somebody is answered in the thread of what they say."""

    def hears(line: str, who: str = BO, thread: str = "", **rest: object) -> str:
        said = town[who].say(town.room, line, thread, **rest)  # type: ignore[arg-type]
        heard = answered_to(town, town[who], said, thread or said)
        assert thread_of(heard) == (thread or said)
        return str(heard["content"]["body"])

    return hears


@pytest.fixture
def silence(town: Town, hears: Hears) -> Silence:
    """Nothing was answered to these events: what was said after them is answered, and that is all."""

    def silence(*silent: str) -> None:
        hears("!hjälp", CHEN)
        events = town[ANA].timeline(town.room)
        assert [said for said in said_by(events, town.tuva.user_id) if thread_of(said) in silent] == []
        assert [sign for event in silent for sign in signs(events, event, town.tuva.user_id)] == []

    return silence


def proposed(town: Town, title: str) -> tuple[str, str]:
    """Ana proposes something: its number, and the event of its card."""
    town[ANA].say(town.room, f"!föreslå {title}")
    shown = card(town, title)
    number = re.match(r"Förslag (\d+)", shown["content"]["body"])
    assert number
    return number[1], shown["event_id"]


def own(town: Town, events: list[Json]) -> list[Json]:
    """What Tuva sent."""
    return [event for event in events if event["sender"] == town.tuva.user_id]


# --- what is meant for Tuva ---


@pytest.mark.parametrize(
    "line",
    [
        "!propose Tjäle",
        "!föreslå Tjäle",
        "!FÖRESLÅ Tjäle",
        "! föreslå Tjäle",
        "!tuva föreslå Tjäle",
        "!tuva propose Tjäle",
        "  !foresla Tjäle",
        "@Tuva föreslå Tjäle",
        "@tuva: propose Tjäle",
        "@Tuva !föreslå Tjäle",
    ],
)
def test_a_command_begins_with_a_sign_or_a_name(line: str, hears: Hears) -> None:
    assert "Tjäle\n\nStöd: 0" in hears(line)


@pytest.mark.parametrize("called", ["{id} propose Tjäle", "{id}: föreslå Tjäle", "{id}, föreslå Tjäle"])
def test_whom_a_client_mentions_is_spoken_to_by_name_or_account(called: str, town: Town, hears: Hears) -> None:
    """A client writes the name in the plain text, and the pill in the other."""
    line = called.format(id=town.tuva.user_id)
    assert "Tjäle" in hears(line, mentions=[town.tuva.user_id])
    assert "Tjäle" in hears(line)


def test_other_words_are_no_commands(town: Town, silence: Silence) -> None:
    lines = (
        *("Kan vi be Tuva föreslå Tjäle?", "Hej @tuva föreslå Tjäle", "tuva föreslå Tjäle", "föreslå Tjäle"),
        *("!weather Trollhättan", "!", "!!!", "> !föreslå Tjäle", "Så här: !föreslå Tjäle", "tuvan !föreslå Tjäle"),
    )
    silence(*(town[BO].say(town.room, line) for line in lines))


def test_what_is_nearly_a_command_is_told_so(hears: Hears) -> None:
    assert "Jag känner inte till kommandot ”propse”" in hears("!propse Tjäle")


def test_what_another_program_says_and_tuvas_own_words_are_no_commands(town: Town, silence: Silence) -> None:
    others = [town[BO].say(town.room, "!föreslå Tjäle", msgtype=msgtype) for msgtype in ("m.notice", "m.emote")]
    silence(*others, town.tuva.say(town.room, "!föreslå Tjäle"))


@pytest.mark.parametrize("quoted", ["> <{chair}> ", "> * <{chair}> "])
def test_a_command_in_a_quote_is_not_obeyed_but_one_behind_it_is(
    quoted: str, town: Town, hears: Hears, silence: Silence
) -> None:
    number, shown = proposed(town, f"Citerat {len(quoted)}")
    quote = f"{quoted.format(chair=town[ANA].user_id)}!förslag {number} dra tillbaka\n> !förslag {number} stöd\n\n"
    relation = {"m.relates_to": {"m.in_reply_to": {"event_id": shown}}}
    silence(town[ANA].say(town.room, f"{quote}Menar du så?", **relation))
    assert "Stöd: 0 · Invändningar: 1" in hears(f"{quote}!förslag {number} invänd Dyrt", **relation)


def test_lines_under_a_command_are_its_body(town: Town, hears: Hears) -> None:
    assert "Många rader" in hears("!föreslå Många rader\nRad ett\n\n!förslag 1 stöd\n- punkt")
    shown = card(town, "Många rader")["content"]["body"]
    assert all(line in shown for line in ("Rad ett", "!förslag 1 stöd", "- punkt"))


# --- what is written anew ---


def test_a_mistake_that_is_mended_at_once_is_done(town: Town) -> None:
    said = town[BO].say(town.room, "!förslag 9999 stöd")
    assert "Det finns inget förslag" in answered_to(town, town[BO], said, said)["content"]["body"]
    mended = town[BO].edit(town.room, said, "!föreslå Rättat")
    assert "Rättat" in answered_to(town, town[BO], mended, said)["content"]["body"]
    assert town[BO].until(town.room, lambda events: signs(events, said, town.tuva.user_id) == ["✅"])


def test_what_was_done_stays_as_it_is_and_that_is_said_once(town: Town, silence: Silence) -> None:
    said = town[BO].say(town.room, "!föreslå Gjort")
    answered_to(town, town[BO], said, said)
    for words in ("!föreslå Gjort igen", "!föreslå Gjort en gång till"):
        edit = town[BO].edit(town.room, said, words)
    silence(edit)
    hints = [event for event in said_by(town[BO].timeline(town.room), town.tuva.user_id) if thread_of(event) == said]
    assert ["är redan gjort" in hint["content"]["body"] for hint in hints] == [False, True]
    assert "Gjort en gång till" not in str(own(town, town[BO].timeline(town.room)))


def test_nobody_mends_what_somebody_else_said(town: Town, silence: Silence) -> None:
    said = town[BO].say(town.room, "!förslag 9999 stöd")
    answered_to(town, town[BO], said, said)
    silence(town[CHEN].edit(town.room, said, "!föreslå Förfalskat"))
    assert "Förfalskat" not in str(own(town, town[BO].timeline(town.room)))


# --- threads and questions ---


def test_a_command_in_a_thread_is_answered_there(town: Town, hears: Hears) -> None:
    root = town[BO].say(town.room, "Vad tycker ni?")
    assert "I tråden" in hears("!föreslå I tråden", thread=root)


def test_the_question_for_a_reason_is_answered_by_the_next_words_of_whom_it_was_asked(
    town: Town, hears: Hears, silence: Silence
) -> None:
    number, _ = proposed(town, "Grusplan")
    said = town[BO].say(town.room, f"!förslag {number} invänd")
    asked = answered_to(town, town[BO], said, said)["content"]["body"]
    assert "Svara här med skälet" in asked
    assert signs(town[BO].timeline(town.room), said, town.tuva.user_id) == []
    town[CHEN].say(town.room, "I think so too", said)
    town[BO].say(town.room, "Utanför tråden")
    assert f"Förslag {number}" in hears(f"!förslag {number}", CHEN, said).replace("Proposal", "Förslag")
    assert "Stöd: 0 · Invändningar: 1" in hears("Förslag som det här kostar för mycket", thread=said)
    town[ANA].until(town.room, lambda _: "kostar för mycket" in card(town, "Grusplan")["content"]["body"])
    silence(town[BO].say(town.room, "Och en sak till", said))


def test_a_thumb_down_is_asked_why_in_the_cards_thread_by_name(town: Town, hears: Hears) -> None:
    _, shown = proposed(town, "Asfalt")
    sign = town[BO].react(town.room, shown, "👎🏿")
    asked = answered_to(town, town[BO], sign, shown)["content"]
    assert asked["m.mentions"] == {"user_ids": [town[BO].user_id]}
    assert "Stöd: 0 · Invändningar: 1" in hears("För varmt om sommaren", thread=shown)


# --- signs ---


@pytest.mark.parametrize("sign", ["👍", "👍🏽", "👍\ufe0f"])
def test_a_sign_is_a_stand_however_it_is_drawn_and_taking_it_away_takes_the_stand_back(sign: str, town: Town) -> None:
    title = f"Tecken {sign!a}"
    _, shown = proposed(town, title)
    given = town[BO].react(town.room, shown, sign)
    town[ANA].until(town.room, lambda _: "Stöd: 1" in card(town, title)["content"]["body"])
    town[BO].redact(town.room, given)
    assert town[ANA].until(town.room, lambda _: "Stöd: 0" in card(town, title)["content"]["body"])


def test_what_is_taken_away_is_named_in_the_content_or_above_it() -> None:
    of_new_rooms = Heard.of_event("!r", {"type": "m.room.redaction", "content": {"redacts": "$sign"}})
    of_old_rooms = Heard.of_event("!r", {"type": "m.room.redaction", "content": {}, "redacts": "$sign"})
    assert of_new_rooms.redacts == of_old_rooms.redacts == "$sign"
    assert replace(of_new_rooms, event={"content": {"redacts": 7}}).redacts == "7"


def test_somebody_elses_taking_away_takes_no_stand_back(town: Town) -> None:
    _, shown = proposed(town, "Moderatorn")
    sign, _ = (town[who].react(town.room, shown, "👍") for who in (BO, ANA))
    town[ANA].until(town.room, lambda _: "Stöd: 2" in card(town, "Moderatorn")["content"]["body"])
    town[ANA].redact(town.room, sign)
    town[CHEN].react(town.room, shown, "👍")
    assert town[ANA].until(town.room, lambda _: "Stöd: 3" in card(town, "Moderatorn")["content"]["body"])


# --- who ---


def test_a_refusal_of_rights_is_told_in_private(town: Town) -> None:
    _, shown = proposed(town, "Gästens tumme")
    sign = town[GUS].react(town.room, shown, "👍")
    told = answered_to(town, town[GUS], sign, "")
    assert "Det här får bara" in told["content"]["body"]
    assert is_direct(town, town[GUS], told["room_id"])
    assert "Stöd: 0" in card(town, "Gästens tumme")["content"]["body"]


@pytest.mark.parametrize("line", ["!utskick", "!tuva medlemmar", "!läge", "!tuva länka", "!tuva koppla grona"])
def test_what_is_for_one_alone_is_told_in_private_under_a_sign_for_all(line: str, town: Town) -> None:
    said = town[BO].say(town.room, line)
    told = answered_to(town, town[BO], said, "")
    assert is_direct(town, town[BO], told["room_id"])
    mark = "⛔" if "koppla" in line else "✅"
    assert town[ANA].until(town.room, lambda events: signs(events, said, town.tuva.user_id) == [mark])


@pytest.mark.parametrize("line", ["!förslag 9999", "!föreslå", "!utskick ibland", "!förslag 1 stöda", "!hjälp väder"])
def test_an_ordinary_mistake_is_told_beside_it(line: str, town: Town) -> None:
    said = town[BO].say(town.room, line)
    told = answered_to(town, town[BO], said, said)
    assert thread_of(told) == said
    assert town[ANA].until(town.room, lambda events: signs(events, said, town.tuva.user_id) == ["⛔"])


def in_the_room(town: Town, localpart: str, name: str) -> Person:
    """Somebody whom nobody knows."""
    eve = town.newcomer(localpart, name)
    town[ANA].invite(town.room, eve.user_id)
    eve.join(town.room)
    eve.listen()
    return eve


def test_a_name_gives_no_rights_and_a_stranger_is_answered_once_a_day(town: Town) -> None:
    number, shown = proposed(town, "Evas knep")
    eve = in_the_room(town, "eve", "Ana Ask")
    said = eve.say(town.room, f"!förslag {number} dra tillbaka")
    assert "känner inte igen dig" in answered_to(town, eve, said, said)["content"]["body"]
    eve.say(town.room, "!föreslå Evas idé")
    eve.react(town.room, shown, "👍")
    last = eve.say(town.room, f"!förslag {number} stöd")
    hello = town[CHEN].say(town.room, "!help")
    answered_to(town, town[CHEN], hello, hello)
    events = town[ANA].timeline(town.room)
    assert sum("känner inte igen dig" in str(event["content"].get("body")) for event in own(town, events)) == 1
    assert signs(events, last, town.tuva.user_id) == []
    assert eve.invitations() == []
    assert "Stöd: 0 · Invändningar: 0" in card(town, "Evas knep")["content"]["body"]


# --- in private ---


def privately_hears(town: Town, who: str, line: str) -> str:
    """What somebody is answered in their direct room with Tuva."""
    rooms = [room for room in town[who].rooms() if is_direct(town, town[who], room)]
    room = rooms[0] if rooms else town[who].create_room(is_direct=True, invite=[town.tuva.user_id])
    until(lambda: room in town.tuva.rooms())
    town[who].listen()
    said = town[who].say(room, line)
    return str(answered_to(town, town[who], said, "")["content"]["body"])


@pytest.mark.parametrize("line", ["hej", "Hej Tuva! Vad kan du?", "!hjälp", "hjälp", "tuva hjälp", "!!"])
def test_a_hello_in_private_is_answered_with_what_tuva_can_do(line: str, town: Town) -> None:
    told = privately_hears(town, BO, line)
    assert "Det här kan jag" in told
    assert "!föreslå" in told


def test_in_private_no_sign_is_needed_and_a_mistake_is_told(town: Town) -> None:
    assert "Enskilt" in privately_hears(town, BO, "föreslå Enskilt\nMed text.")
    assert "Det finns inget förslag 9999" in privately_hears(town, BO, "förslag 9999 stöd")


def test_a_question_in_private_is_answered_by_the_next_words_there(town: Town) -> None:
    number, _ = proposed(town, "Enskilt tvivel")
    assert "Svara här med skälet" in privately_hears(town, BO, f"förslag {number} invänd")
    assert "Förslag" in privately_hears(town, BO, f"förslag {number}")
    privately_hears(town, BO, f"förslag {number} invänd")
    assert "Invändningar: 1" in privately_hears(town, BO, "Det kostar för mycket")


# --- how much is said ---


def test_every_event_of_ours_says_whom_it_calls_and_that_is_hardly_ever_anybody(town: Town) -> None:
    _, shown = proposed(town, "Vem kallas")
    town[BO].react(town.room, shown, "👎")
    asked = town[BO].until(
        town.room,
        lambda events: [event for event in said_by(events, town.tuva.user_id) if thread_of(event) == shown],
    )
    written = [event for event in own(town, town[BO].timeline(town.room)) if event["type"] == "m.room.message"]
    assert all("m.mentions" in event["content"] for event in written)
    assert all("m.mentions" in event["content"]["m.new_content"] for event in written if is_edit(event))
    calling = [event for event in written if event["content"]["m.mentions"]]
    assert asked[0]["event_id"] in [event["event_id"] for event in calling]
    assert all("Vad invänder du mot" in event["content"]["body"] for event in calling)


def sent_for(town: Town, before: int, last: Callable[[list[Json]], object]) -> list[str]:
    """The kinds of events that Tuva has sent in the room since, when the last of them is there."""
    town[ANA].until(town.room, lambda events: last(own(town, events)[before:]))
    sent = own(town, town[ANA].timeline(town.room))[before:]
    return sorted("edit" if is_edit(event) else event["type"].removeprefix("m.") for event in sent)


def test_a_proposal_and_a_stand_cost_few_events(town: Town, silence: Silence) -> None:
    before = len(own(town, town[ANA].timeline(town.room)))
    said = town[BO].say(town.room, "!föreslå Räknat")
    shown = card(town, "Räknat")["event_id"]
    kinds = sent_for(town, before, lambda sent: len(sent) == 5)
    assert kinds == ["reaction", "reaction", "reaction", "room.message", "room.message"]
    town[BO].react(town.room, shown, "👍")
    assert sent_for(town, before + 5, lambda sent: any(map(is_edit, sent))) == ["edit"]
    assert signs(town[ANA].timeline(town.room), said, town.tuva.user_id) == ["✅"]
