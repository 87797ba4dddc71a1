"""Slack's app manifest, written from the table of commands: what Slack offers is what Tuva understands.

Its keys and limits: https://docs.slack.dev/reference/app-manifest and the schema in slackapi/manifest-schema.
"""

import re
from collections.abc import Sequence
from typing import Any

from chatops.verbs import Command
from config.texts import Texts

NAME = "Tuva"
# The green of the letters.
COLOR = "#24613c"
EVENTS_PATH = "/slack/events"
NEEDED = (
    "commands",
    "chat:write",
    "app_mentions:read",
    "reactions:read",
    "channels:read",
    "groups:read",
    "channels:join",
    "channels:manage",
    "groups:write",
    "pins:write",
    "im:history",
    "im:write",
    "users:read",
    "users:read.email",
)
# What an installation may go without: reading back, and pictures.
HISTORY = ("channels:history", "groups:history", "files:read", "files:write")
ALWAYS_HEARD = (
    "app_mention",
    "app_home_opened",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "member_joined_channel",
    "member_left_channel",
    "channel_left",
    "group_left",
    "channel_archive",
    "group_archive",
    "channel_unarchive",
    "group_unarchive",
    "channel_deleted",
    "group_deleted",
    "tokens_revoked",
    "app_uninstalled",
)
# What is said between people is none of Tuva's business, but for one thing: that somebody asks something in the thread
# of an example's card. What does not stand there is let go at once, unread and unkept.
HEARD_WITH_HISTORY = ("message.channels", "message.groups")


def manifest(commands: Sequence[Command], texts: Texts, *, history: bool, url: str = "") -> dict[str, Any]:
    """The manifest of these commands, as JSON holds it.

    `history` asks for HISTORY too. `url` is the public address of the web door, where Slack shall post; without it
    Tuva calls Slack (Socket Mode).
    """
    posts_to = url + EVENTS_PATH if url else ""
    return {
        "display_information": {
            "name": NAME,
            "description": texts.say("slack-about"),
            "long_description": texts.say("slack-about-long"),
            "background_color": COLOR,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "shortcuts": [_shortcut(command, texts) for command in commands if command.of_message],
            "slash_commands": [_slash_command(command, texts, posts_to) for command in commands],
        },
        "oauth_config": {"scopes": {"bot": list(scopes(history=history))}},
        "settings": {
            "event_subscriptions": _reached_at("request_url", posts_to) | {"bot_events": list(events(history=history))},
            "interactivity": {"is_enabled": True} | _reached_at("request_url", posts_to),
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def scopes(*, history: bool) -> tuple[str, ...]:
    """What the app may do, in Slack's words."""
    return NEEDED + HISTORY if history else NEEDED


def events(*, history: bool) -> tuple[str, ...]:
    """What Slack tells the app of, in Slack's words."""
    return ALWAYS_HEARD + HEARD_WITH_HISTORY if history else ALWAYS_HEARD


def reason(scope: str, texts: Texts) -> str:
    """What Tuva needs a scope for."""
    return texts.say(f"slack-scope-{re.sub('[^a-z]', '-', scope)}")


def _slash_command(command: Command, texts: Texts, posts_to: str) -> dict[str, Any]:
    """`should_escape` turns a mention into the person's id; elsewhere a text stays as it was typed."""
    about = texts.say(f"help-{command.name}")
    return {
        "command": f"/{command.name}",
        **_reached_at("url", posts_to),
        "description": about[0].upper() + about[1:],
        "usage_hint": texts.say(f"slack-hint-{command.name}"),
        "should_escape": command.people,
    }


def _shortcut(command: Command, texts: Texts) -> dict[str, str]:
    return {
        "name": texts.say(f"slack-shortcut-{command.name}"),
        "type": "message",
        "callback_id": command.name,
        "description": texts.say(f"slack-shortcut-{command.name}-about"),
    }


def _reached_at(key: str, url: str) -> dict[str, str]:
    return {key: url} if url else {}
