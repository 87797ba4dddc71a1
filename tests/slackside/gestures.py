"""What people do, each as Slack tells the app of it; the answer is what the person sees of it."""

import uuid
from collections.abc import Sequence
from typing import Any

from slackside import forms, people
from slackside.block_kit import interactive, named
from slackside.delivery import Answer, Delivery
from slackside.files import Cabinet
from slackside.payloads import Payloads
from slackside.response_urls import show
from slackside.views import Screens
from slackside.workspace import Channel, Json, Message, Refused, Workspace


class Gestures:
    """One method for each thing a person can do in a channel; those with views are in `modals`."""

    def __init__(
        self, workspace: Workspace, screens: Screens, cabinet: Cabinet, payloads: Payloads, delivery: Delivery
    ) -> None:
        self.workspace = workspace
        self.screens = screens
        self.cabinet = cabinet
        self.payloads = payloads
        self.delivery = delivery

    async def command(self, command: str, text: str, by: str, channel: str) -> Json:
        """A slash command; the answer in the acknowledgement is shown."""
        if not self._may(by):
            return outcome(Answer(error="not_a_valid_command"), {})
        payload = self.payloads.command(command, text, by, self.room(by, channel))
        answer = await self.delivery.ask("slash_commands", payload)
        if not answer.error and answer.payload:
            self._show(answer, channel, by)
        return outcome(answer, payload)

    def room(self, by: str, channel: str) -> Channel:
        """A channel this person is in; KeyError when they are not."""
        found = self.workspace.channels[channel]
        if by not in found.members:
            raise KeyError(f"{by} is not in {channel}")
        return found

    def _may(self, by: str) -> bool:
        at_home = self.workspace.person(by).team == self.workspace.identity.team
        return at_home and "commands" in self.workspace.scopes

    def _show(self, answer: Answer, channel: str, by: str) -> None:
        try:
            show(self.workspace, channel, by, answer.payload)
        except Refused as refused:
            answer.error = f"invalid_command_response: {refused}"

    async def shortcut(self, callback_id: str, by: str, channel: str | None = None, ts: str | None = None) -> Json:
        """A shortcut, global or on a message."""
        if not self._may(by):
            return outcome(Answer(error="not_a_valid_shortcut"), {})
        if channel and ts:
            message = self.room(by, channel).messages[ts]
            return await self.interact(self.payloads.message_shortcut(by, callback_id, message))
        return await self.interact(self.payloads.global_shortcut(by, callback_id))

    async def interact(self, payload: Json) -> Json:
        """An interactive payload and what became of it."""
        return outcome(await self.delivery.ask("interactive", payload), payload)

    async def press(self, by: str, channel: str, ts: str, action_id: str, **more: Any) -> Json:
        """A button or menu of a message, as it is now or as it was (`blocks`)."""
        message = self.room(by, channel).messages[ts]
        action = find_action(named(more.get("blocks") or message.blocks), action_id, more)
        return await self.interact(self.payloads.message_press(by, message, action, is_ephemeral=False))

    async def press_ephemeral(self, by: str, action_id: str, **more: Any) -> Json:
        """A button of the latest whispered message that has it."""
        for message in reversed(self.workspace.ephemerals):
            if message.to == by and _has(message.blocks, action_id):
                action = find_action(message.blocks, action_id, more)
                return await self.interact(self.payloads.message_press(by, message, action, is_ephemeral=True))
        raise KeyError(f"{by} sees no {action_id}")

    async def react(self, by: str, channel: str, ts: str, name: str) -> Json:
        """A reaction put under a message."""
        first = people.react(self.workspace, self.room(by, channel).messages[ts], name, by)
        return await told(first)

    async def unreact(self, by: str, channel: str, ts: str, name: str) -> Json:
        """A reaction taken away."""
        first = people.unreact(self.workspace, self.room(by, channel).messages[ts], name, by)
        return await told(first)

    async def say(
        self,
        by: str,
        text: str,
        channel: str | None = None,
        thread: str | None = None,
        files: Sequence[str] = (),
    ) -> Json:
        """Words, and files, in a channel or in the direct channel with the bot; a mention of it is told as such too."""
        room = self.room(by, channel or self.workspace.direct(by).id)
        about = {"thread_ts": thread, "client_msg_id": str(uuid.uuid4())}
        sent = [self.cabinet.told(self.workspace.files[file]) for file in files]
        message = Message(self.workspace.new_ts(), room.id, by, text, files=sent, **about)
        mentions = (
            f"<@{self.workspace.identity.bot_user}>" in text and room.kind != "im" and self.workspace.bot_is_in(room)
        )
        twin = self.workspace.message_json(message) | {
            "type": "app_mention",
            "channel": room.id,
            "event_ts": message.ts,
        }
        twin.pop("subtype", None)
        firsts = [self.workspace.emit(twin, room)] if mentions else []
        firsts.append(self.workspace.add_told(message))
        return await told(*firsts) | {"ts": message.ts, "channel": room.id}

    async def edit(self, by: str, channel: str, ts: str, text: str) -> Json:
        """A person's own message changed."""
        message = self.room(by, channel).messages[ts]
        first = self.workspace.change(message, text=text, shows_edited=True)
        return await told(first)

    async def happen(self, event: Json, channel: str | None = None) -> Json:
        """Any other event."""
        room = self.workspace.channels[channel] if channel else None
        return await told(self.workspace.emit({"event_ts": self.workspace.new_ts()} | event, room))

    async def deliver(self, kind: str, payload: Json) -> Json:
        """A raw payload, once."""
        return outcome(await self.delivery.ask(kind, payload), payload)


def outcome(answer: Answer, payload: Json) -> Json:
    """What a gesture came to."""
    told = {"payload": answer.payload, "error": answer.error, "seconds": answer.seconds, "sent": payload}
    return told | {"event_ids": [], "ts": None, "channel": None}


async def told(*firsts: Any) -> Json:
    """What the first deliveries of events came to; nothing when the app is not told at all."""
    answers = [await each for each in firsts if each is not None]
    ids = [each.event_id for each in answers]
    error = next((each.error for each in answers if each.error), None)
    seconds = max((each.seconds for each in answers), default=0.0)
    return {
        "payload": None,
        "error": error,
        "seconds": seconds,
        "sent": None,
        "event_ids": ids,
        "ts": None,
        "channel": None,
    }


def find_action(blocks: list[Json], action_id: str, more: Json) -> Json:
    """An action as the payload carries it; KeyError when there is no such element."""
    for block in blocks:
        for one in interactive(block):
            fits = more.get("block_id") in (None, block["block_id"]) and more.get("value") in (None, one.get("value"))
            if one["action_id"] == action_id and fits:
                return _pressed(one, more) | {"block_id": block["block_id"], "action_id": action_id}
    raise KeyError(f"there is no {action_id}")


def _pressed(element: Json, more: Json) -> Json:
    if element["type"] != "button":
        return forms.chosen(element, more.get("selected"))
    return {key: element[key] for key in ("type", "text", "value", "style") if key in element}


def _has(blocks: list[Json], action_id: str) -> bool:
    return any(one["action_id"] == action_id for block in blocks for one in interactive(block))
