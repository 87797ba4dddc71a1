"""tuva slack-manifest: the manifest on standard output, what it asks for and why on standard error."""

import json
from pathlib import Path
from typing import Any

import pytest

from chatops.commands import COMMANDS
from chatops.platforms.slack.manifest import HISTORY, manifest, reason, scopes
from config.texts import LANGUAGES, texts_in
from inside import Done
from living import process, refusal, said, tuva

SLACK = '[slack]\nbot_token = "xoxb-1"\napp_token = "xapp-1"\nsigning_secret = "s"\n'
OVER_HTTP = f'{SLACK}mode = "http"\n'


def printed(done: Done) -> Any:
    assert done.status == 0
    return json.loads(done.out)


def test_it_needs_no_settings_and_leaves_nothing(tmp_path: Path) -> None:
    assert printed(tuva("slack-manifest", folder=tmp_path)) == manifest(COMMANDS, texts_in("sv"), history=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_that_is_chosen(language: str, tmp_path: Path) -> None:
    done = tuva("slack-manifest", folder=tmp_path, TUVA_SERVICE__LANGUAGE=language)
    assert printed(done) == manifest(COMMANDS, texts_in(language), history=True)
    assert reason("commands", texts_in(language)) in done.err


def test_what_it_prints_can_be_pasted_as_it_is(tmp_path: Path) -> None:
    done = process("slack-manifest", folder=tmp_path)
    assert done == process("slack-manifest", folder=tmp_path)
    assert done.out.startswith('{\n  "display_information": {\n')
    assert "Föreslå det här" in done.out


def test_every_scope_is_told_with_its_reason(tmp_path: Path) -> None:
    told = tuva("slack-manifest", folder=tmp_path).err.splitlines()
    assert told[1:] == [f"- {scope}: {reason(scope, texts_in('sv'))}" for scope in scopes(history=True)]


def test_without_history_it_tells_what_is_off(tmp_path: Path) -> None:
    done = tuva("slack-manifest", "--without-history", folder=tmp_path)
    assert printed(done) == manifest(COMMANDS, texts_in("sv"), history=False)
    assert not any(f"{scope}:" in done.err for scope in HISTORY)
    assert "Utan historik är det här avstängt:\n- Efter ett avbrott" in done.err


@pytest.mark.parametrize(
    ("written", "door"),
    [
        (f'[service]\npublic_url = "https://tuva.example.org/"\n{OVER_HTTP}', "https://tuva.example.org/slack/events"),
        (f'[service]\npublic_url = "https://tuva.example.org"\n{SLACK}', None),
        ('[service]\npublic_url = "https://tuva.example.org"\n', None),
    ],
)
def test_the_settings_tell_where_slack_posts(written: str, door: str | None, tmp_path: Path) -> None:
    (tmp_path / "tuva.toml").write_text(written, "utf-8")
    made = printed(tuva("slack-manifest", folder=tmp_path))
    assert made["settings"]["interactivity"].get("request_url") == door


def test_over_http_a_missing_address_is_told(tmp_path: Path) -> None:
    (tmp_path / "tuva.toml").write_text(OVER_HTTP, "utf-8")
    done = tuva("slack-manifest", folder=tmp_path)
    assert printed(done)["settings"]["socket_mode_enabled"] is True
    assert "service.public_url" in done.err.splitlines()[-1]


def test_mistakes_in_the_settings_are_told(tmp_path: Path) -> None:
    (tmp_path / "tuva.toml").write_text('[service]\nlanguage = "fr"\n', "utf-8")
    assert "service.language" in refusal(tuva("slack-manifest", folder=tmp_path))


def test_the_help_lists_it(tmp_path: Path) -> None:
    assert "slack-manifest" in said(tuva("--help", folder=tmp_path))
