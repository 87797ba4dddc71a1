"""What people do with views: open the home tab, press, fill in, submit and close."""

from typing import Any

from slackside import forms
from slackside.block_kit import check_view
from slackside.gestures import Gestures, find_action, outcome, told
from slackside.views import View
from slackside.workspace import Json, Refused

TROUBLE = "invalid_view_response"


class Modals:
    """One method for each thing a person can do with a view."""

    def __init__(self, gestures: Gestures) -> None:
        self.gestures = gestures
        self.workspace = gestures.workspace
        self.screens = gestures.screens
        self.payloads = gestures.payloads

    async def open_home(self, by: str, tab: str = "home") -> Json:
        """The app's tab opened."""
        channel = self.workspace.direct(by)
        event: Json = {"type": "app_home_opened", "user": by, "channel": channel.id, "tab": tab}
        event["event_ts"] = self.workspace.new_ts()
        if by in self.screens.homes and tab == "home":
            event["view"] = self.screens.told(self.screens.homes[by])
        return await told(self.workspace.emit(event, channel))

    async def press_home(self, by: str, action_id: str, **more: Any) -> Json:
        """A button or menu of the home tab."""
        return await self._press(self.screens.homes[by], action_id, more)

    async def press_view(self, by: str, action_id: str, **more: Any) -> Json:
        """A button or menu of the modal a person looks at."""
        return await self._press(self._top(by), action_id, more)

    async def _press(self, view: View, action_id: str, more: Json) -> Json:
        action = find_action(view.content["blocks"], action_id, more)
        if action["type"] != "button":
            state = {key: value for key, value in action.items() if key not in ("block_id", "action_id")}
            view.typed[action["block_id"], action_id] = state
        payload = self.payloads.view_press(view.by, view, action, forms.values(view))
        return await self.gestures.interact(payload)

    async def fill(self, by: str, values: Json) -> Json:
        """Type into the modal without sending it."""
        forms.fill(self._top(by), self.gestures.cabinet.picked(values))
        return {}

    async def submit(self, by: str, values: Json) -> Json:
        """Fill in and send the modal a person looks at; what the app answers is done."""
        view = self._top(by)
        forms.fill(view, self.gestures.cabinet.picked(values))
        view.errors = forms.faults(view)
        if view.errors:
            return {"payload": None, "error": "not_sent", "seconds": 0.0, "sent": None}
        payload = self.payloads.submission(by, view, forms.values(view))
        answer = await self.gestures.delivery.ask("interactive", payload)
        if answer.error is None:
            answer.error = self._follow(view, answer.payload)
        return outcome(answer, payload)

    async def close_view(self, by: str, whole: bool = False) -> Json:
        """Close the modal, or the whole stack; the app hears of it when it asked to."""
        view = self._top(by)
        self._leave(view, whole=whole or view.content.get("clear_on_close", False))
        if not view.content.get("notify_on_close"):
            return {}
        return await self.gestures.interact(self.payloads.closed(by, view, forms.values(view), is_cleared=whole))

    def _top(self, by: str) -> View:
        view = self.screens.top(by)
        if view is None:
            raise KeyError(f"{by} has no modal open")
        return view

    def _leave(self, view: View, *, whole: bool) -> None:
        stack = self.screens.modals[view.by]
        if whole:
            stack.clear()
        elif view in stack:
            stack.remove(view)

    def _follow(self, view: View, said: Any) -> str | None:
        if not said:
            self._leave(view, whole=False)
            return None
        if not isinstance(said, dict) or "response_action" not in said:
            return TROUBLE
        try:
            return self._act(view, said)
        except Refused as refused:
            return f"{TROUBLE}: {refused.answer.get('response_metadata', refused)}"

    def _act(self, view: View, said: Json) -> str | None:
        action = said["response_action"]
        if action == "errors":
            return self._show_errors(view, said.get("errors"))
        if action == "clear":
            self._leave(view, whole=True)
        elif action == "update":
            self.screens.replace(view, check_view(said.get("view"), "modal"))
        elif action == "push":
            self.screens.push_for(view.by, check_view(said.get("view"), "modal"))
        else:
            return TROUBLE
        return None

    def _show_errors(self, view: View, errors: Any) -> str | None:
        fields = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or not set(errors) <= fields:
            return TROUBLE
        view.errors = errors
        return None
