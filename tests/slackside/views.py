"""The views.* methods, and the modals and home tabs that people have before them."""

import time
from dataclasses import dataclass, field
from typing import Any

from slackside.arguments import Arguments
from slackside.block_kit import check_view, interactive
from slackside.live import live_in_blocks
from slackside.workspace import Json, Refused, Trigger, Workspace

TRIGGER_SECONDS = 3.0
DEEPEST = 3


@dataclass
class View:
    """A view before a person; `typed` is what they filled in, by block and action."""

    id: str
    by: str
    content: Json
    hash: str
    root: str = ""
    previous: str | None = None
    typed: dict[tuple[str, str], Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


class Screens:
    """The modals, at most three deep, and the home tab of each person."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def open(self, arguments: Arguments) -> Json:
        """views.open."""
        trigger = self._trigger(arguments)
        content = check_view(self._given(arguments), "modal")
        trigger.used = True
        self._not_twice(content)
        self.modals[trigger.by] = []
        return self.answer(self.push_for(trigger.by, content))

    def push(self, arguments: Arguments) -> Json:
        """views.push: on top of an open modal."""
        trigger = self._trigger(arguments)
        content = check_view(self._given(arguments), "modal")
        stack = self.modals.get(trigger.by, [])
        if not stack:
            raise Refused("not_found")
        if len(stack) >= DEEPEST:
            raise Refused("push_limit_reached")
        trigger.used = True
        self._not_twice(content)
        return self.answer(self.push_for(trigger.by, content))

    def update(self, arguments: Arguments) -> Json:
        """views.update, by view_id or external_id."""
        content = check_view(self._given(arguments), "modal")
        number, name = arguments.text("view_id"), arguments.text("external_id")
        for view in (each for stack in self.modals.values() for each in stack):
            if view.id == number or (name and view.content.get("external_id") == name):
                self._same_hash(view, arguments)
                return self.answer(self.replace(view, content))
        raise Refused("not_found")

    def publish(self, arguments: Arguments) -> Json:
        """views.publish: the home tab of a person."""
        person = self.workspace.person(arguments.needed("user_id"))
        content = check_view(self._given(arguments), "home")
        view = self.homes.get(person.id)
        if view is None:
            view = self.homes[person.id] = View(self.workspace.new_id("V"), person.id, content, "")
        self._same_hash(view, arguments)
        return self.answer(self.replace(view, content))

    def push_for(self, by: str, content: Json) -> View:
        """A modal on top of what a person has open."""
        stack = self.modals.setdefault(by, [])
        view = View(self.workspace.new_id("V"), by, content, self._new_hash())
        view.root, view.previous = (stack[0].id, stack[-1].id) if stack else (view.id, None)
        stack.append(view)
        self._witness(view)
        return view

    def replace(self, view: View, content: Json) -> View:
        """Other content in the same view; what was typed stays where block and action are the same."""
        names = {(block["block_id"], one["action_id"]) for block in content["blocks"] for one in interactive(block)}
        view.typed = {key: value for key, value in view.typed.items() if key in names}
        view.content, view.hash, view.errors = content, self._new_hash(), {}
        self._witness(view)
        return view

    def answer(self, view: View) -> Json:
        """What the methods answer."""
        return {"ok": True, "view": self.told(view)}

    def told(self, view: View, values: Json | None = None) -> Json:
        """A view as the Web API and the payloads carry it."""
        who = self.workspace.identity
        own = {"id": view.id, "team_id": who.team, "app_id": who.app, "bot_id": who.bot, "hash": view.hash}
        own |= {
            "app_installed_team_id": who.team,
            "root_view_id": view.root or view.id,
            "previous_view_id": view.previous,
        }
        blank: Json = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None, "close": None}
        blank |= {"submit": None, "clear_on_close": False, "notify_on_close": False}
        return blank | view.content | own | {"state": {"values": values or {}}}

    def top(self, by: str) -> View | None:
        """The modal a person looks at."""
        stack = self.modals.get(by)
        return stack[-1] if stack else None

    def _given(self, arguments: Arguments) -> Any:
        given = arguments.structure("view", "invalid_arguments")
        if not given:
            raise Refused("invalid_arguments", "[ERROR] missing required field: view")
        return given

    def _trigger(self, arguments: Arguments) -> Trigger:
        trigger = self.workspace.triggers.get(arguments.needed("trigger_id"))
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if time.monotonic() - trigger.at > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        return trigger

    def _not_twice(self, content: Json) -> None:
        name = content.get("external_id")
        shown = (each for stack in self.modals.values() for each in stack)
        if name and any(each.content.get("external_id") == name for each in shown):
            raise Refused("duplicate_external_id")

    def _same_hash(self, view: View, arguments: Arguments) -> None:
        if arguments.text("hash") and arguments.text("hash") != view.hash:
            raise Refused("hash_conflict")

    def _new_hash(self) -> str:
        return f"{self.workspace.new_ts().partition('.')[0]}.{self.workspace.new_id('h')}"

    def _witness(self, view: View) -> None:
        told = {"to": view.by, "view": view.id, "blocks": view.content["blocks"], "title": view.content.get("title")}
        told["live"] = live_in_blocks(self.workspace, view.content["blocks"])
        self.workspace.seen.append({"at": time.monotonic(), "what": view.content["type"], **told})
