"""tuva demo: a first meeting with Tuva, from standard input."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from living import Done, tuva

ENGLISH = "emma.hill@trollhattan.example"
PROPOSE = "/propose Solceller på skolans tak\n"


def demo(folder: Path, typed: str = "", **environment: str) -> Done:
    """One demo, to its end."""
    done = tuva("demo", folder=folder, stdin=typed, **environment)
    assert (done.status, done.err) == (0, "")
    return done


def letters(done: Done) -> dict[str, EmailMessage]:
    """The letters that the demo told of, by recipient."""
    told = [line.split("\t") for line in done.out.splitlines() if line.count("\t") == 2]
    read = {address: message_from_bytes(Path(path).read_bytes(), policy=policy.default) for path, address, _ in told}
    assert all(Path(path).is_absolute() for path, _, _ in told)
    assert {address: (letter["To"], letter["Subject"]) for address, letter in read.items()} == {
        address: (address, subject) for _, address, subject in told
    }
    assert len(read) == len(told)
    return read


def text(letter: EmailMessage) -> str:
    """What a letter says in plain text."""
    return letter.get_body(("plain",)).get_content()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A demo with a proposal, a mistake and a body in it."""
    folder = tmp_path_factory.mktemp("demo")
    typed = f"{PROPOSE}  Taket är platt.\n/nonsense\nno command\n/tuva status\nquit\n/propose Efteråt\n"
    return folder, demo(folder, typed)


def test_it_welcomes_in_four_lines(played: tuple[Path, Done]) -> None:
    welcome = played[1].out.partition("> ")[0].splitlines()
    assert len(welcome) == 4
    assert str(played[0] / "var/demo/mail") in welcome[3]
    assert re.search(r"http://127\.0\.0\.1:\d+", welcome[3])


def test_the_first_proposal_is_number_1(played: tuple[Path, Done]) -> None:
    assert f"> {PROPOSE}  Taket är platt.\n[1] Förslag 1: Solceller på skolans tak\n" in played[1].out


def test_a_mistake_is_answered_and_changes_no_status(played: tuple[Path, Done]) -> None:
    assert "Jag känner inte till kommandot ”nonsense”." in played[1].out


def test_nothing_is_heard_after_quit(played: tuple[Path, Done]) -> None:
    assert "Efteråt" not in played[1].out


def test_everybody_gets_the_letter_and_each_is_told_in_a_line(played: tuple[Path, Done]) -> None:
    roster = (Path(__file__).parents[2] / "chatops/demo/roster.csv").read_text("utf-8").splitlines()[1:]
    assert set(letters(played[1])) == {line.split(",")[1] for line in roster}
    assert f"{len(roster)} brev skickade:" in played[1].out


def test_every_letter_lies_in_the_maildir_of_the_demo(played: tuple[Path, Done]) -> None:
    folder, done = played
    told = {Path(line.partition("\t")[0]) for line in done.out.splitlines() if line.count("\t") == 2}
    assert told == set((folder / "var/demo/mail").resolve().glob("new/*"))


def test_the_english_reader_gets_an_english_letter(played: tuple[Path, Done]) -> None:
    found = letters(played[1])
    assert found[ENGLISH]["Subject"].startswith("New in week ")
    assert "Proposal 1: Solceller på skolans tak" in text(found[ENGLISH])
    assert found["bo.ek@trollhattan.example"]["Subject"].endswith(": ett förslag")


def test_it_writes_nowhere_but_in_its_folder(played: tuple[Path, Done]) -> None:
    assert [path.name for path in played[0].iterdir()] == ["var"]
    assert [path.name for path in (played[0] / "var").iterdir()] == ["demo"]


def test_with_nothing_said_nothing_is_new_and_no_letter_is_sent(tmp_path: Path) -> None:
    done = demo(tmp_path)
    assert done.out.splitlines()[-1] == "Inget nytt, så inga brev."
    assert list((tmp_path / "var/demo/mail").glob("*/*")) == []


def test_it_has_no_proposals_of_its_own(tmp_path: Path) -> None:
    out = demo(tmp_path, "/proposal list all\n/example list\n").out
    assert "Inga förslag ännu." in out
    assert "Inga goda exempel ännu." in out


def test_a_second_run_does_not_tell_the_old_as_new(tmp_path: Path) -> None:
    demo(tmp_path, PROPOSE)
    first = set((tmp_path / "var/demo/mail").glob("new/*"))
    assert demo(tmp_path).out.splitlines()[-1] == "Inget nytt, så inga brev."
    demo(tmp_path, "/propose Vindkraft\n")
    second = set((tmp_path / "var/demo/mail").glob("new/*")) - first
    assert len(second) == len(first) == 15
    for path in second:
        new = text(message_from_bytes(path.read_bytes(), policy=policy.default))
        assert "Vindkraft" in new
        assert "Solceller" not in re.split("Väntar på dig|Waiting for you", new)[0]


def test_the_letters_it_tells_of_are_all_that_it_sent(tmp_path: Path) -> None:
    for round_ in range(3):
        folder = tmp_path / str(round_)
        folder.mkdir()
        told = letters(demo(folder, PROPOSE))
        assert len(told) == len(list((folder / "var/demo/mail").glob("new/*"))) == 15


def test_settings_of_the_surroundings_do_not_lead_letters_out(tmp_path: Path) -> None:
    outside = {"TUVA_MAIL__URL": "smtp://127.0.0.1:1", "TUVA_SERVICE__DATABASE": f"sqlite:///{tmp_path}/other.db"}
    assert len(letters(demo(tmp_path, PROPOSE, **outside))) == 15
    assert not (tmp_path / "other.db").exists()


def test_the_other_commands_work_on_what_the_demo_left(played: tuple[Path, Done]) -> None:
    config = ("--config", "var/demo/tuva.toml")
    assert tuva(*config, "outbox", folder=played[0]).out == "Allt är skickat.\n"
    assert "hallbarhet\t" in tuva(*config, "group", "list", folder=played[0]).out
