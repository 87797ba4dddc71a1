"""What Slack sends to the app: docs.slack.dev/reference/interaction-payloads and /apis/events-api."""

import time
from typing import Any

from slackside.views import Screens, View
from slackside.workspace import Channel, Json, Message, Workspace

VERIFICATION_TOKEN = "verification-token-of-old"
NAMES = {"im": "directmessage", "group": "privategroup"}


class Payloads:
    """Builds them, complete."""

    def __init__(self, workspace: Workspace, screens: Screens, host: str) -> None:
        self.workspace = workspace
        self.screens = screens
        self.host = host
        self.response_urls: dict[str, ResponseUrl] = {}

    def event(self, event: Json, channel: Channel | None) -> Json:
        """An event in its wrapper."""
        who = self.workspace.identity
        granted = {"enterprise_id": None, "team_id": who.team, "user_id": who.bot_user, "is_bot": True}
        about = {"token": VERIFICATION_TOKEN, "team_id": who.team, "context_team_id": who.team}
        about |= {"context_enterprise_id": None, "api_app_id": who.app}
        told: Json = {"event": event, "type": "event_callback", "event_id": self.workspace.new_id("Ev")}
        told |= {"event_time": int(time.time()), "event_context": self.workspace.new_id("4-")}
        told |= {"authorizations": [granted | {"is_enterprise_install": False}]}
        return about | told | {"is_ext_shared_channel": bool(channel and channel.shared)}

    def command(self, command: str, text: str, by: str, channel: Channel) -> Json:
        """A slash command; every value is text, as in a form."""
        who, person = self.workspace.identity, self.workspace.person(by)
        where = {"channel_id": channel.id, "channel_name": NAMES.get(channel.kind, channel.name)}
        about = {"token": VERIFICATION_TOKEN, "team_id": who.team, "team_domain": who.domain, **where}
        said = {"user_id": person.id, "user_name": person.name, "command": command, "text": text}
        about |= said | {"api_app_id": who.app, "is_enterprise_install": "false"}
        trigger = self.workspace.new_trigger(by)
        return about | {"response_url": self.response_url(channel.id, by, "commands"), "trigger_id": trigger}

    def gesture(self, kind: str, by: str, **more: Any) -> Json:
        """What all interactive payloads share."""
        who, person = self.workspace.identity, self.workspace.person(by)
        home = person.team or who.team
        user = {"id": person.id, "username": person.name, "name": person.name, "team_id": home}
        about: Json = {"type": kind, "user": user, "api_app_id": who.app, "token": VERIFICATION_TOKEN}
        about |= {"team": {"id": who.team, "domain": who.domain}, "enterprise": None, "is_enterprise_install": False}
        return about | {"trigger_id": self.workspace.new_trigger(by)} | more

    def message_press(self, by: str, message: Message, action: Json, *, is_ephemeral: bool) -> Json:
        """block_actions from a message."""
        channel = self.workspace.channels[message.channel]
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": is_ephemeral,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        more: Json = {"container": container, "channel": self._channel(channel), "actions": [self._at(action)]}
        more |= {"state": {"values": {}}, "response_url": self.response_url(channel.id, by, "actions", message)}
        if not is_ephemeral:
            more["message"] = self.workspace.message_json(message)
        return self.gesture("block_actions", by, **more)

    def view_press(self, by: str, view: View, action: Json, values: Json) -> Json:
        """block_actions from a modal or the home tab."""
        container = {"type": "view", "view_id": view.id}
        told = self.screens.told(view, values)
        return self.gesture("block_actions", by, container=container, view=told, actions=[self._at(action)])

    def message_shortcut(self, by: str, callback_id: str, message: Message) -> Json:
        """message_action."""
        channel = self.workspace.channels[message.channel]
        url = self.response_url(channel.id, by, "app")
        about = {"callback_id": callback_id, "message_ts": message.ts, "channel": self._channel(channel)}
        about |= {"message": self.workspace.message_json(message), "response_url": url}
        return self.gesture("message_action", by, **about, action_ts=self.workspace.new_ts())

    def global_shortcut(self, by: str, callback_id: str) -> Json:
        """shortcut: no channel, no response_url."""
        return self.gesture("shortcut", by, callback_id=callback_id, action_ts=self.workspace.new_ts())

    def submission(self, by: str, view: View, values: Json) -> Json:
        """view_submission."""
        return self.gesture("view_submission", by, view=self.screens.told(view, values), response_urls=[])

    def closed(self, by: str, view: View, values: Json, *, is_cleared: bool) -> Json:
        """view_closed; it has no trigger."""
        payload = self.gesture("view_closed", by, view=self.screens.told(view, values), is_cleared=is_cleared)
        del payload["trigger_id"]
        return payload

    def response_url(self, channel: str, by: str, kind: str, message: Message | None = None) -> str:
        """An address that answers to this gesture."""
        number = self.workspace.new_id("R")
        self.response_urls[number] = ResponseUrl(channel, by, message)
        return f"http://{self.host}/{kind}/{self.workspace.identity.team}/{number}"

    def _channel(self, channel: Channel) -> Json:
        return {"id": channel.id, "name": NAMES.get(channel.kind, channel.name)}

    def _at(self, action: Json) -> Json:
        return action | {"action_ts": self.workspace.new_ts()}


class ResponseUrl:
    """A response_url: five uses in thirty minutes."""

    def __init__(self, channel: str, by: str, message: Message | None) -> None:
        self.channel = channel
        self.by = by
        self.message = message
        self.uses = 0
        self.made = time.monotonic()
