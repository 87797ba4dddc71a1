"""tuva on the command line: what each command prints, where, and with which status."""

import json
import re
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agendas import plan
from living import PROGRAM, Installation, place, process, propose, record, refusal, said, tuva
from people import ANA, BO, CHEN, INA, MONDAY, ZOE
from storage import outbox
from storage.meetings import Meeting
from storage.outbox import OutboxKind, OutboxState

KEYS = ["id", "state", "kind", "address", "reason", "next_try"]
HEADER = "name,email,unit,role,language\n"
TWO_WEEKS_AGO = datetime.now(UTC) - timedelta(weeks=2)


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    """A settled installation, on real time."""
    house = Installation(tmp_path)
    house.settle_in(TWO_WEEKS_AGO)
    return house


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """A migrated installation with nobody in it."""
    house = Installation(tmp_path)
    assert house.tuva("migrate").status == 0
    return house


# --- processes ---

TUVA = [str(Path(sys.executable).with_name("tuva"))]


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        ("group list", ""),
        ("unit add andra Hamnen", ""),
        ("roster import grona roster.csv", ""),
        ("check", ""),
        ("migrate", ""),
        ("preview weekly grona", ""),
        ("outbox list --json", ""),
        ("console --as bo@example.org", "/propose Räksmörgås\n  på taket\n/nonsense\n"),
        ("console --script story.txt --check", ""),
    ],
)
def test_a_process_of_its_own_says_the_same_as_the_tests_hear_inside(words: str, stdin: str, tmp_path: Path) -> None:
    told = []
    for folder, run in ((tmp_path / "inside", tuva), (tmp_path / "process", process)):
        settled_with_news(folder)
        done = run(*words.split(), folder=folder, stdin=stdin)
        told.append((done.status, done.out.replace(str(folder), ""), done.err.replace(str(folder), "")))
    assert told[0] == told[1]


def settled_with_news(folder: Path) -> None:
    """An installation that every command has something to say about."""
    folder.mkdir()
    house = Installation(folder)
    house.settle_in(TWO_WEEKS_AGO)
    with_news(house)
    (folder / "roster.csv").write_text(f"{HEADER}Eva Ek,eva@example.org,Skolan,kung,\n", "utf-8")
    (folder / "story.txt").write_text("> /propose Solceller\n[1] Förslag 1: Vindkraft\n", "utf-8")


@pytest.mark.parametrize(
    ("program", "words", "status"),
    [(TUVA, "outbox", 0), (TUVA, "outbox drop 99", 1), (TUVA, "nonsense", 2), (PROGRAM, "nonsense", 2)],
)
def test_a_shell_gets_the_status(program: list[str], words: str, status: int, house: Installation) -> None:
    assert process(*words.split(), folder=house.folder, program=program).status == status


# --- the settings ---


@pytest.mark.parametrize("words", [["--config", "FILE", "group", "list"], ["group", "list", "--config", "FILE"]])
def test_the_settings_file_is_named_before_or_after_the_subcommand(
    words: list[str], house: Installation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    named = [word.replace("FILE", str(house.folder / "tuva.toml")) for word in words]
    assert "grona\t" in said(tuva(*named, folder=tmp_path_factory.mktemp("elsewhere")))


@pytest.mark.parametrize(
    "words", [["--config", "F", "outbox"], ["outbox", "--config", "F"], ["outbox", "list", "--config", "F"]]
)
def test_the_outbox_takes_the_settings_file_in_every_place(
    words: list[str], house: Installation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    named = [word.replace("F", str(house.folder / "tuva.toml")) for word in words]
    assert said(tuva(*named, folder=tmp_path_factory.mktemp("elsewhere"))) == "Allt är skickat.\n"


def test_the_settings_file_may_stand_in_the_environment(
    house: Installation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert "grona\t" in said(tuva("group", "list", folder=elsewhere, TUVA_CONFIG=str(house.folder / "tuva.toml")))
    assert list(elsewhere.iterdir()) == []


def test_what_is_named_beats_the_environment_and_that_the_folder(house: Installation) -> None:
    assert "nowhere.toml" in refusal(house.tuva("group", "list", TUVA_CONFIG="nowhere.toml"))
    assert said(house.tuva("group", "list", "--config", "tuva.toml", TUVA_CONFIG="nowhere.toml"))


def test_the_settings_file_of_the_working_directory_is_taken_by_itself(house: Installation) -> None:
    assert "grona\tGröna gruppen\tworking\t5\t" in said(house.tuva("group", "list"))


def test_the_environment_alone_is_enough_and_counts_from_the_working_directory(tmp_path: Path) -> None:
    assert str(tmp_path / "a/b.db") in said(tuva("migrate", folder=tmp_path, TUVA_SERVICE__DATABASE="sqlite:///a/b.db"))
    assert (tmp_path / "a/b.db").exists()


def test_the_environment_beats_the_file(house: Installation) -> None:
    assert "Everything has been sent." in said(house.tuva("outbox", TUVA_SERVICE__LANGUAGE="en"))


def test_five_mistakes_in_the_settings_are_told_at_once(tmp_path: Path) -> None:
    mistakes = 'language = "fr"\ntimezone = "Mars"\nlisten = "here"\ndatabse = "x"\n[mail]\nurl = "pigeon:x"\n'
    (tmp_path / "tuva.toml").write_text(f"[service]\n{mistakes}", "utf-8")
    lines = refusal(tuva("check", folder=tmp_path)).splitlines()
    told = {line.partition(":")[0] for line in lines}
    assert told == {"service.language", "service.timezone", "service.listen", "service.databse", "mail.url"}
    assert any("service.database" in line for line in lines)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"[service", b"service = 3", b"service = []", b"[servce]", b"x = 1", b"[mail]\nurl=1"]
)
def test_a_settings_file_that_is_none_is_told_in_words(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "tuva.toml").write_bytes(content)
    refusal(tuva("group", "list", folder=tmp_path))


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    assert "a-folder" in refusal(tuva("check", "--config", "a-folder", folder=tmp_path))
    (tmp_path / "a-folder").mkdir()
    assert "a-folder" in refusal(tuva("check", "--config", "a-folder", folder=tmp_path))


def test_a_variable_that_is_no_setting_is_told(house: Installation) -> None:
    assert "TUVA_SERVICE__LANGAUGE" in refusal(house.tuva("check", TUVA_SERVICE__LANGAUGE="en"))


# --- wrong usage, and what is broken ---


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["group"],
        ["group", "nonsense"],
        ["group", "add"],
        ["unit", "add", "grona"],
        ["preview"],
        ["preview", "daily", "grona"],
        ["outbox", "retry"],
        ["outbox", "retry", "abc"],
        ["run", "--nonsense"],
        ["group", "add", "x", "--name", "X", "--kind", "subgroup"],
        ["group", "add", "x", "--name", "X", "--language", "fr"],
    ],
)
def test_wrong_usage_is_status_2(words: list[str], house: Installation) -> None:
    done = house.tuva(*words)
    assert done.status == 2
    assert "Traceback" not in done.err


COMMANDS = [
    ["group", "list"],
    ["group", "add", "x", "--name", "X"],
    ["unit", "add", "grona", "X"],
    ["check"],
    ["migrate"],
    ["preview", "weekly", "grona"],
    ["outbox"],
    ["outbox", "drop", "1"],
    ["console"],
    ["run"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_database_that_is_none_is_told_in_words(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "tuva.db").write_bytes(b"no database at all " * 500)
    assert "tuva.db" in refusal(Installation(tmp_path).tuva(*words))


@pytest.mark.parametrize("words", [words for words in COMMANDS if words != ["migrate"]], ids=" ".join)
def test_a_database_that_is_not_migrated_is_told_with_its_cure(words: list[str], tmp_path: Path) -> None:
    assert "tuva migrate" in refusal(Installation(tmp_path).tuva(*words))


@pytest.mark.parametrize("database", ["folder", "file/tuva.db"])
def test_a_database_that_cannot_be_opened_is_told_in_words(database: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    refusal(tuva("migrate", folder=tmp_path, TUVA_SERVICE__DATABASE=f"sqlite:///{database}"))


# --- the record ---


def test_migrating_twice_is_migrating_once(empty: Installation) -> None:
    with empty.database() as database:
        before = record(database)
    assert "tuva.db" in said(empty.tuva("migrate"))
    with empty.database() as database:
        assert record(database) == before


def test_adding_a_group_again_changes_what_is_named(empty: Installation) -> None:
    said(empty.tuva("group", "add", "grona", "--name", "Gröna", "--kind", "steering", "--matrix", "!a:x.org"))
    said(empty.tuva("group", "add", "grona", "--name", "Gröna gruppen", "--matrix", "!b:x.org"))
    listed = said(empty.tuva("group", "list"))
    assert listed == "grona\tGröna gruppen\tsteering\t0\tmatrix !a:x.org, matrix !b:x.org\n"


@pytest.mark.parametrize("room", ["!abc:example.org", "!abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"])
def test_a_room_on_matrix_is_bound_with_and_without_a_servers_name(empty: Installation, room: str) -> None:
    said(empty.tuva("group", "add", "grona", "--name", "Gröna", "--matrix", room))
    assert f"matrix {room}" in said(empty.tuva("group", "list"))


@pytest.mark.parametrize(
    ("room", "told"),
    [("#grona:example.org", "rummets adress"), ("grona", "inget rum"), ("!", "inget rum"), ("!a b", "inget rum")],
)
def test_what_is_no_room_on_matrix_is_refused_with_where_its_id_is(empty: Installation, room: str, told: str) -> None:
    refused = refusal(empty.tuva("group", "add", "grona", "--name", "Gröna", "--matrix", room))
    assert told in refused
    assert "Avancerat" in refused
    assert "matrix" not in said(empty.tuva("group", "list"))


def test_a_new_group_without_a_name_is_refused_with_the_cure(empty: Installation) -> None:
    assert "tuva group add grona --name" in refusal(empty.tuva("group", "add", "grona"))
    assert "tuva group add" in said(empty.tuva("group", "list"))


@pytest.mark.parametrize(
    "words",
    [
        ["Gröna", "--name", "X"],
        ["a b", "--name", "X"],
        ["x", "--name", "X", "--timezone", "Mars"],
        ["x", "--name", "X", "--parent", "none"],
        ["x" * 41, "--name", "X"],
    ],
)
def test_a_group_that_cannot_be_is_refused_and_leaves_nothing(words: list[str], empty: Installation) -> None:
    refusal(empty.tuva("group", "add", *words))
    assert "Inga grupper ännu" in said(empty.tuva("group", "list"))


def test_a_room_of_another_group_is_refused(house: Installation) -> None:
    said(house.tuva("group", "add", "grona", "--slack", "C1"))
    assert "grona" in refusal(house.tuva("group", "add", "andra", "--slack", "C1"))


def test_units_are_added_once_each(house: Installation) -> None:
    said(house.tuva("unit", "add", "andra", "Hamnen", "Torget", "--organisation", "Staden"))
    assert said(house.tuva("unit", "add", "andra", "Torget")) == "Enheter i Andra gruppen: Hamnen, Torget\n"


def test_the_units_of_55_municipalities_are_added_at_once(house: Installation) -> None:
    names = [f"Miljö- och byggnadsförvaltningen i kommun {number}" for number in range(55)]
    assert names[54] in said(house.tuva("unit", "add", "andra", *names))


def test_a_unit_of_no_group_is_refused_naming_those_there_are(house: Installation) -> None:
    assert "grona, andra" in refusal(house.tuva("unit", "add", "nowhere", "X"))


# --- the roster ---


def test_every_faulty_line_of_a_roster_is_told_and_nothing_is_imported(house: Installation) -> None:
    lines = (
        "Eva,eva@example.org,Skolan,,",
        "Per,no-address,,,",
        "Pia,pia@example.org,Hamnen,,",
        ",x@example.org,,kung,",
    )
    (house.folder / "roster.csv").write_text(HEADER + "\n".join(lines), "utf-8")
    told = refusal(house.tuva("roster", "import", "grona", "roster.csv"))
    assert re.findall(r"^rad (\d+): ", told, re.MULTILINE) == ["3", "4", "5", "5"]
    assert 'tuva unit add grona "Hamnen"' in told
    assert "grona\tGröna gruppen\tworking\t5\t" in said(house.tuva("group", "list"))


def test_a_roster_is_imported_and_updated_by_mail_address(house: Installation) -> None:
    roster = house.folder / "roster.csv"
    roster.write_bytes("\ufeffname;email;unit\nEva Ek;eva@example.org;Skolan\n".encode())
    assert said(house.tuva("roster", "import", "grona", "roster.csv")) == "En ny, ingen ändrad, ingen borttagen.\n"
    roster.write_text("name,email,unit\nEva Alm,EVA@example.org,\n", "utf-8")
    assert said(house.tuva("roster", "import", "grona", "roster.csv")) == "Ingen ny, en ändrad, ingen borttagen.\n"


def test_only_replace_removes_people(house: Installation) -> None:
    (house.folder / "roster.csv").write_text(f"name,email,unit,role\nAna Ask,{ANA},Skolan,ordförande\n", "utf-8")
    assert "ingen borttagen" in said(house.tuva("roster", "import", "grona", "roster.csv"))
    assert "4 borttagna" in said(house.tuva("roster", "import", "grona", "roster.csv", "--replace"))


def test_who_the_roster_removes_leads_no_meeting_ahead(house: Installation) -> None:
    now = datetime.now(UTC)
    with house.database() as database, database.transaction() as session:
        plan(session, now + timedelta(weeks=4), now).led_by(place(session, BO).person, is_fixed=True)
    (house.folder / "roster.csv").write_text(f"name,email,unit,role\nAna Ask,{ANA},Skolan,ordförande\n", "utf-8")
    said(house.tuva("roster", "import", "grona", "roster.csv", "--replace"))
    with house.database() as database, database.reading() as session:
        assert [one.chair and one.chair.email for one in session.query(Meeting)] == [ANA]


def test_a_roster_that_is_not_there_is_told_by_its_name(house: Installation) -> None:
    assert "nowhere.csv" in refusal(house.tuva("roster", "import", "grona", "nowhere.csv"))
    assert str(house.folder) in refusal(house.tuva("roster", "import", "grona", str(house.folder)))


@pytest.mark.parametrize(
    "table",
    [
        b"",
        b"\x00\x01\x02\xff\xfe" * 100,
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(128)) * 20,
        b"\xef\xbb\xbf",
        b"name,email,unit\n\x00,\x00,\x00\n",
        b'name,email,unit\n"' + b"x" * 200_000,
        b"name,email,unit\n" + b"x" * 200_000 + b",a@example.org,\n",
        b"name,email,unit\rAna,ana@example,\r",
        b"name,email,unit,name\nA,a@example.org,,B\n",
        b"name\temail\tunit\nA\ta@example.org\t\n",
    ],
    ids=["empty", "binary", "zip", "bom", "nul", "open quote", "huge cell", "cr", "column twice", "tabs"],
)
def test_a_table_that_is_none_is_told_in_words(table: bytes, house: Installation) -> None:
    (house.folder / "roster.csv").write_bytes(table)
    done = house.tuva("roster", "import", "grona", "roster.csv")
    assert "Traceback" not in done.err
    assert done.status in (0, 1)
    assert bool(done.err) == bool(done.status)


# --- the check-up ---


def test_the_check_up_tells_the_reach_and_every_problem_at_once(house: Installation) -> None:
    said(house.tuva("group", "add", "tom", "--name", "Tomma gruppen"))
    done = house.tuva("check", TUVA_MAIL__URL="smtp://127.0.0.1:1")
    assert done.status == 1
    assert "Gröna gruppen: nästa brev når 5 av 5." in done.out
    assert "smtp://127.0.0.1:1" in done.err
    assert "tuva roster import tom" in done.err
    assert "ingen representerar Torget" in done.err
    assert done.err.startswith("3 problem:")


def test_a_check_up_without_problems_is_status_0(house: Installation) -> None:
    (house.folder / "roster.csv").write_text("name,email,unit\nEva Ek,eva@example.org,Torget\n", "utf-8")
    said(house.tuva("roster", "import", "grona", "roster.csv"))
    out = said(house.tuva("check"))
    assert "Gröna gruppen: nästa brev når 6 av 6." in out
    assert "Allt är i ordning." in out


def test_a_group_without_chair_and_an_installation_without_mail_are_problems(empty: Installation) -> None:
    (empty.folder / "tuva.toml").write_text('[service]\ndatabase = "sqlite:///tuva.db"\n', "utf-8")
    (empty.folder / "roster.csv").write_text("name,email,unit\nEva Ek,eva@example.org,\n", "utf-8")
    said(empty.tuva("group", "add", "x", "--name", "X"))
    said(empty.tuva("roster", "import", "x", "roster.csv"))
    done = empty.tuva("check")
    assert done.status == 1
    assert "X har ingen ordförande" in done.err
    assert "[mail]" in done.err


# --- previews ---


def with_news(house: Installation, title: str = "Solceller") -> None:
    with house.database() as database:
        propose(database, BO, title, "Taket är platt.", datetime.now(UTC) - timedelta(days=1))


def test_the_agenda_is_previewed_as_it_would_be_sent_now_to_each_reader(house: Installation) -> None:
    with_news(house)
    now = datetime.now(UTC)
    with house.database() as database, database.transaction() as session:
        plan(session, now + timedelta(days=20), now)
    subject, blank, *text = said(house.tuva("preview", "agenda", "grona")).split("\n")
    assert subject.startswith("Subject: Dagordning: Vårmötet, ")
    assert (blank, "1. Förslag 1: Solceller" in text) == ("", True)
    assert "I’ll come:" in said(house.tuva("preview", "agenda", "grona", "--as", CHEN))
    assert "/do/" not in said(house.tuva("preview", "agenda", "grona", "--as", INA))


def test_without_a_meeting_there_is_no_agenda_to_preview(house: Installation) -> None:
    assert "har inget möte planerat" in said(house.tuva("preview", "agenda", "grona"))


def test_a_preview_is_a_subject_a_blank_line_and_the_text(house: Installation) -> None:
    with_news(house)
    subject, blank, *text = said(house.tuva("preview", "weekly", "grona")).split("\n")
    assert re.fullmatch(r"Subject: Nytt vecka \d+: ett förslag", subject)
    assert blank == ""
    assert "1. Förslag 1: Solceller" in text
    assert any("/unsubscribe/" in line for line in text)


def test_a_preview_is_for_the_first_chair_or_whom_one_names(house: Installation) -> None:
    with_news(house)
    assert "(ordförande)" in said(house.tuva("preview", "weekly", "grona"))
    named = said(house.tuva("preview", "weekly", "grona", "--as", CHEN.upper()))
    assert re.match(r"Subject: New in week \d+: one proposal\n\n", named)


def test_a_preview_of_nothing_is_a_sentence(house: Installation) -> None:
    out = said(house.tuva("preview", "weekly", "grona"))
    assert "Inget nytt att berätta" in out
    assert "Subject:" not in out


def test_a_preview_changes_nothing_and_is_the_same_again(house: Installation) -> None:
    with_news(house)
    with house.database() as database:
        before = record(database)
    first = said(house.tuva("preview", "weekly", "grona"))
    assert said(house.tuva("preview", "weekly", "grona")) == first
    with house.database() as database:
        assert record(database) == before
    assert house.letters() == []


def test_the_page_of_a_preview_is_kept_where_one_says(house: Installation) -> None:
    with_news(house)
    assert said(house.tuva("preview", "weekly", "grona", "--html", "page.html")).startswith("Subject: ")
    page = (house.folder / "page.html").read_text("utf-8")
    assert "<html" in page
    assert "Solceller" in page


def test_a_page_that_cannot_be_kept_is_told_in_words(house: Installation) -> None:
    with_news(house)
    done = house.tuva("preview", "weekly", "grona", "--html", "no/such/folder/page.html")
    assert done.status == 1
    assert "Traceback" not in done.err
    assert "no/such/folder" in done.err


@pytest.mark.parametrize("words", [["grona", "--as", "nobody@example.org"], ["grona", "--as", ZOE], ["nowhere"]])
def test_a_preview_for_nobody_there_is_refused(words: list[str], house: Installation) -> None:
    assert words[-1] in refusal(house.tuva("preview", "weekly", *words))


# --- the outbox ---


def with_letters(house: Installation) -> None:
    """Two letters that were not sent: one waits, one is parked."""
    with house.database() as database, database.transaction() as session:
        for number, address in enumerate((ANA, BO), 1):
            parts = {"subject": str(number)}
            outbox.put(
                session,
                key=f"test:{number}",
                route="mail",
                kind=OutboxKind.LETTER,
                address=address,
                parts=parts,
                now=MONDAY,
            )
        session.flush()
        outbox.entry_numbered(session, 2).state = OutboxState.PARKED
        outbox.entry_numbered(session, 2).reason = "550 no such person"


def test_an_empty_outbox_is_a_sentence_for_people_and_an_empty_list_for_programs(house: Installation) -> None:
    assert said(house.tuva("outbox")) == said(house.tuva("outbox", "list")) == "Allt är skickat.\n"
    assert json.loads(said(house.tuva("outbox", "list", "--json"))) == []


def test_programs_get_every_key_of_every_entry(house: Installation) -> None:
    with_letters(house)
    waiting, parked = json.loads(said(house.tuva("outbox", "list", "--json")))
    assert list(waiting) == list(parked) == KEYS
    assert waiting | {"next_try": None} == dict(zip(KEYS, (1, "ready", "letter", ANA, None, None), strict=True))
    assert parked == dict(zip(KEYS, (2, "parked", "letter", BO, "550 no such person", None), strict=True))
    moment = datetime.fromisoformat(waiting["next_try"])
    assert (moment, moment.utcoffset()) == (MONDAY, timedelta(0))


def test_people_get_a_line_for_every_entry(house: Installation) -> None:
    with_letters(house)
    assert [line.split("\t")[:4] for line in said(house.tuva("outbox", "list")).splitlines()] == [
        ["1", "ready", "letter", ANA],
        ["2", "parked", "letter", BO],
    ]


@pytest.mark.parametrize(("verb", "left"), [("retry", {"1": "ready", "2": "ready"}), ("arrived", {"1": "ready"})])
def test_a_decision_about_an_entry_is_carried_out(verb: str, left: dict[str, str], house: Installation) -> None:
    with_letters(house)
    said(house.tuva("outbox", verb, "2"))
    rows = json.loads(said(house.tuva("outbox", "list", "--json")))
    assert {str(row["id"]): row["state"] for row in rows} == left
    if verb == "arrived":
        assert "2" in refusal(house.tuva("outbox", "drop", "2"))


@pytest.mark.parametrize(
    ("verb", "number"), [("retry", "99"), ("arrived", "99"), ("drop", "0"), ("retry", "99999999999999999999")]
)
def test_an_entry_that_is_not_there_is_told_by_its_number(verb: str, number: str, house: Installation) -> None:
    assert number in refusal(house.tuva("outbox", verb, number))


# --- the console ---

STORY = """\
/propose Solceller på taket
  Taket är platt.
  # ingen kommentar

  Det håller.
/proposal 1 stöd
/nonsense
# en kommentar
1.2
För dyrt
/propose > inte ett kommando
react 1 yes
as bo@example.org
/proposal 1 stöd
/proposal lista
/tuva medlemmar
time 2027-01-11 09:00
letters
"""


def script(folder: Path, lines: str) -> str:
    """A transcript of these lines, typed."""
    typed = [line if line.startswith(("  ", "#")) or not line else f"> {line}" for line in lines.splitlines()]
    (folder / "story.txt").write_text("\n".join(typed) + "\n", "utf-8")
    return "story.txt"


def test_a_speaker_who_is_no_member_ends_the_console_at_once(house: Installation) -> None:
    told = refusal(house.tuva("console", "--as", "nobody@example.org", stdin="/tuva help\n"))
    assert "nobody@example.org" in told


def test_a_refused_command_changes_no_status(house: Installation) -> None:
    out = said(house.tuva("console", "--as", BO, stdin="/nonsense\n/proposal 99\nas nobody@example.org\n/tuva help\n"))
    assert "Det här kan jag" in out


def test_a_script_is_told_line_by_line_without_input(house: Installation) -> None:
    out = said(house.tuva("console", "--script", script(house.folder, "/propose Solceller")))
    assert out.startswith("> /propose Solceller\n[1] Förslag 1: Solceller\n")


def test_what_a_script_prints_is_a_transcript_that_is_accepted(tmp_path: Path) -> None:
    told, checked = tmp_path / "told", tmp_path / "checked"
    for folder in (told, checked):
        folder.mkdir()
        Installation(folder).settle_in(MONDAY - timedelta(days=5))
    story = re.sub("^letters\n", "", STORY, flags=re.MULTILINE)
    out = said(tuva("console", "--script", script(told, story), folder=told))
    (checked / "told.txt").write_text(out, "utf-8")
    assert said(tuva("console", "--script", "told.txt", "--check", folder=checked)) == ""


def test_a_transcript_that_came_otherwise_is_shown_as_a_diff_with_status_1(house: Installation) -> None:
    (house.folder / "story.txt").write_text("> /propose Solceller\n[1] Förslag 1: Vindkraft\n", "utf-8")
    done = house.tuva("console", "--script", "story.txt", "--check")
    assert done.status == 1
    assert "-[1] Förslag 1: Vindkraft" in done.out
    assert "+[1] Förslag 1: Solceller" in done.out


def test_blank_lines_comments_and_trailing_spaces_do_not_count(house: Installation) -> None:
    typed = script(house.folder, "/tuva help")
    out = said(house.tuva("console", "--script", typed))
    spaced = "# en berättelse\n\n" + "".join(f"{line}  \n\n" for line in out.splitlines())
    (house.folder / "spaced.txt").write_text(spaced, "utf-8")
    assert said(house.tuva("console", "--script", "spaced.txt", "--check")) == ""


@pytest.mark.parametrize("content", [None, b"> /tuva help\n\xff\xfe\n"])
def test_a_script_that_cannot_be_read_is_told_in_words(content: bytes | None, house: Installation) -> None:
    if content is not None:
        (house.folder / "story.txt").write_bytes(content)
    assert "story.txt" in refusal(house.tuva("console", "--script", "story.txt"))


def test_a_console_without_a_chair_says_so(empty: Installation) -> None:
    assert "--as" in refusal(empty.tuva("console", stdin="/tuva help\n"))


def test_who_has_left_speaks_no_more(house: Installation) -> None:
    with house.database() as database, database.transaction() as session:
        place(session, BO).end(datetime.now(UTC))
    assert BO in refusal(house.tuva("console", "--as", BO))


def test_the_database_is_whole_after_all_commands(house: Installation) -> None:
    with_news(house)
    for words in COMMANDS[:6]:
        house.tuva(*words)
    with closing(sqlite3.connect(house.folder / "tuva.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
