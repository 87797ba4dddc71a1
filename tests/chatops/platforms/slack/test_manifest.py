"""Slack's app manifest: what the table of commands says, within what Slack takes, asking for what the manual tells."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from chatops.commands import COMMANDS
from chatops.grammar import command_called
from chatops.platforms.slack.manifest import HISTORY, events, manifest, reason, scopes
from config.texts import FOLDER, LANGUAGES, texts_in
from living import clean_environment

MANUAL = (Path(__file__).parents[4] / "docs" / "slack.md").read_text("utf-8")
OTHER_NAMES = "Other names for the commands"
PUBLIC = "https://tuva.example.org"
MANIFESTS = [
    manifest(COMMANDS, texts_in(language), history=history, url=url)
    for language, history, url in product(LANGUAGES, (True, False), ("", PUBLIC))
]
WHOLE = manifest(COMMANDS, texts_in("sv"), history=True)
OVER_HTTP = manifest(COMMANDS, texts_in("sv"), history=True, url=PUBLIC)
# Fewest and most characters, by Slack's own schema: https://github.com/slackapi/manifest-schema
FITS = {
    "display_information": {"name": (1, 35), "description": (1, 140), "long_description": (175, 4000)},
    "bot_user": {"display_name": (1, 80)},
    "shortcuts": {"name": (1, 24), "callback_id": (1, 255), "description": (1, 150)},
    "slash_commands": {"command": (2, 32), "description": (1, 2000), "usage_hint": (1, 1000)},
}
MOST = {"shortcuts": 10, "slash_commands": 50}


def lengths(made: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Every text that Slack measures: where it stands, its key, how long it is."""
    parts = {"display_information": made["display_information"]} | made["features"]
    for part, keys in FITS.items():
        for entry, key in product(parts[part] if part in MOST else [parts[part]], keys):
            yield part, key, len(entry[key])


def slash_commands(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["command"]: entry for entry in made["features"]["slash_commands"]}


def section(heading: str) -> str:
    """One section of the manual."""
    return MANUAL.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


# --- the commands ---


def test_every_command_of_the_table_is_there_and_no_other() -> None:
    assert list(slash_commands(WHOLE)) == [f"/{command.name}" for command in COMMANDS]


def test_what_is_made_of_a_text_has_a_shortcut() -> None:
    shortcuts = [(entry["type"], entry["callback_id"]) for entry in WHOLE["features"]["shortcuts"]]
    assert shortcuts == [("message", "propose"), ("message", "example"), ("message", "subgroup")]


def test_where_people_are_named_slack_gives_their_ids() -> None:
    escaped = {name for name, entry in slash_commands(WHOLE).items() if entry["should_escape"]}
    assert "/tuva" in escaped
    assert escaped == {f"/{command.name}" for command in COMMANDS if command.people}


def test_there_is_no_sentence_for_a_command_that_is_not() -> None:
    written = (FOLDER / "sv.ftl").read_text("utf-8")
    assert set(re.findall(r"^slack-hint-(\S+)", written, re.M)) == {command.name for command in COMMANDS}
    shortcuts = {entry["callback_id"] for entry in WHOLE["features"]["shortcuts"]}
    assert set(re.findall(r"^slack-shortcut-([a-z]+)", written, re.M)) == shortcuts


# --- what Slack takes ---


@pytest.mark.parametrize("made", MANIFESTS)
def test_every_text_fits(made: dict[str, Any]) -> None:
    outside = [
        (part, key, length)
        for part, key, length in lengths(made)
        if not FITS[part][key][0] <= length <= FITS[part][key][1]
    ]
    assert outside == []


@pytest.mark.parametrize("made", MANIFESTS)
def test_there_are_no_more_entries_than_slack_takes(made: dict[str, Any]) -> None:
    assert all(1 <= len(made["features"][part]) <= most for part, most in MOST.items())


def test_names_and_colour_are_as_slack_writes_them() -> None:
    assert re.fullmatch("#[0-9a-f]{6}", WHOLE["display_information"]["background_color"])
    assert all(re.fullmatch("/[a-z]+", name) for name in slash_commands(WHOLE))


def test_the_colour_is_that_of_the_letters() -> None:
    letter = (FOLDER.parents[1] / "digests" / "shell" / "letter.html.j2").read_text("utf-8")
    assert f"a {{ color: {WHOLE['display_information']['background_color']};" in letter


# --- what it asks for ---


def test_it_asks_for_no_more_than_tuva_uses() -> None:
    asked = WHOLE["oauth_config"]["scopes"]
    assert list(asked) == ["bot"]
    assert len(set(asked["bot"])) == len(asked["bot"])
    forbidden = ("chat:write.public", "chat:write.customize", "admin", "search")
    assert [scope for scope in asked["bot"] if scope.startswith(forbidden)] == []


def test_without_history_nothing_can_be_read_back() -> None:
    asked = manifest(COMMANDS, texts_in("sv"), history=False)["oauth_config"]["scopes"]["bot"]
    assert {*WHOLE["oauth_config"]["scopes"]["bot"]} - {*asked} == {*HISTORY}
    assert [scope for scope in asked if scope.endswith("history")] == ["im:history"]


# https://docs.slack.dev/reference/events
@pytest.mark.parametrize(
    ("event", "scope"),
    [
        ("app_mention", "app_mentions:read"),
        ("message.im", "im:history"),
        ("reaction_added", "reactions:read"),
        ("reaction_removed", "reactions:read"),
        ("member_joined_channel", "channels:read"),
        ("channel_unarchive", "channels:read"),
        ("group_unarchive", "groups:read"),
    ],
)
def test_what_is_listened_to_may_be_heard(event: str, scope: str) -> None:
    assert event in events(history=False)
    assert scope in scopes(history=False)


def test_what_people_say_to_each_other_is_heard_only_where_history_may_be_read() -> None:
    told = {
        history: [event for event in events(history=history) if event.startswith("message.")]
        for history in (False, True)
    }
    assert told == {False: ["message.im"], True: ["message.im", "message.channels", "message.groups"]}
    assert {"channels:history", "groups:history"} <= {*scopes(history=True)}
    made = manifest(COMMANDS, texts_in("sv"), history=False)["settings"]["event_subscriptions"]["bot_events"]
    assert made == list(events(history=False))


def test_there_is_no_reason_for_a_scope_that_is_not_asked_for() -> None:
    written = (FOLDER / "sv.ftl").read_text("utf-8")
    assert len(re.findall("^slack-scope-", written, re.M)) == len(scopes(history=True))


# --- how Slack reaches Tuva ---


def test_without_an_address_tuva_calls_slack() -> None:
    assert WHOLE["settings"]["socket_mode_enabled"] is True
    assert "http" not in json.dumps(WHOLE)


def test_with_an_address_slack_posts_everything_there() -> None:
    door = f"{PUBLIC}/slack/events"
    chosen = OVER_HTTP["settings"]
    assert chosen["socket_mode_enabled"] is False
    assert chosen["event_subscriptions"]["request_url"] == chosen["interactivity"]["request_url"] == door
    assert {entry["url"] for entry in slash_commands(OVER_HTTP).values()} == {door}


# --- the manual ---


def test_the_manual_lists_the_scopes_of_the_manifest() -> None:
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \|$", section("What each scope is for"), re.M)
    assert rows == [(scope, reason(scope, texts_in("en"))) for scope in scopes(history=True)]


def test_the_manual_tells_what_is_off_without_history() -> None:
    told = section("The smaller app")
    assert all(f"`{scope}`" in told for scope in HISTORY)
    off = ("looking", "questions", "words", "pictures")
    assert all(f"- {texts_in('en').say(f'slack-without-{what}')}\n" in told for what in off)


def test_the_manual_names_every_shortcut() -> None:
    told = section("Så använder ni Tuva i Slack")
    assert [entry["name"] for entry in WHOLE["features"]["shortcuts"] if f"*{entry['name']}*" not in told] == []


def test_every_name_that_the_manual_gives_a_command_is_understood() -> None:
    rows = re.findall(r"^\| `/(\w+)` \|(?: `/(\w+)`)? \|(?: `/tuva (\w+)`)? \|$", section(OTHER_NAMES), re.M)
    assert [name for name, *_ in rows] == [command.name for command in COMMANDS]
    for name, *others in rows:
        called = [command_called(word, COMMANDS) for word in others if word]
        assert called == [command_called(name, COMMANDS)] * len(called)


def test_the_files_that_the_manual_leads_to_are_there() -> None:
    leads = re.findall(r"\]\((?!https?:|#)(.+?)\)", MANUAL)
    assert leads
    assert [lead for lead in leads if not (FOLDER.parents[1] / "docs" / lead).exists()] == []


# --- what it costs ---


def test_the_command_line_does_not_wait_for_slacks_libraries() -> None:
    words = "import sys, chatops.commandline; sys.exit('slack_sdk' in sys.modules or 'slack_bolt' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], env=clean_environment(), check=False).returncode == 0
