"""The server: the Web API, the websockets, the response_urls and the control room behind one port."""

import time
from dataclasses import asdict
from typing import Any

from aiohttp import web

from slackside import methods
from slackside.arguments import Arguments, read, token
from slackside.delivery import Delivery
from slackside.faults import Faults
from slackside.files import Cabinet
from slackside.gestures import Gestures
from slackside.modals import Modals
from slackside.payloads import Payloads
from slackside.response_urls import respond
from slackside.sockets import Sockets
from slackside.views import Screens
from slackside.workspace import Channel, Identity, Json, Refused, Workspace

SCOPE_OF_EVENT = {
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "user_change": "users:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
}
MESSAGES = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


class Server:
    """Everything there is of one workspace."""

    def __init__(self, told: Json) -> None:
        self.workspace = Workspace(Identity(**told["identity"]), told["scopes"], told["events"])
        self.screens = Screens(self.workspace)
        self.cabinet = Cabinet(self.workspace)
        self.sockets = Sockets(self.workspace, told["ack_seconds"])
        self.delivery = Delivery(self.sockets, told["pace"])
        self.faults = Faults()
        self.calls: list[Json] = []
        self.workspace.emit = self.emit

    def listen_at(self, host: str) -> None:
        """Tell it where it is reached."""
        self.host = self.cabinet.host = host
        self.payloads = Payloads(self.workspace, self.screens, host)
        self.gestures = Gestures(self.workspace, self.screens, self.cabinet, self.payloads, self.delivery)
        self.modals = Modals(self.gestures)

    def emit(self, event: Json, channel: Channel | None) -> Any:
        """Tell the app of an event, if it subscribed, has the scope and is there to see it."""
        name = MESSAGES[channel.kind] if event["type"] == "message" and channel else event["type"]
        scope = SCOPE_OF_EVENT.get(name)
        if name not in self.workspace.subscriptions or (scope and scope not in self.workspace.scopes):
            return None
        if channel and not self.workspace.bot_is_in(channel):
            return None
        return self.delivery.emit(self.payloads.event(event, channel))

    async def api(self, request: web.Request) -> web.Response:
        """One call of the Web API."""
        method, began = request.match_info["method"], time.monotonic()
        entry: Json = {"method": method, "at": began, "args": {}, "ok": None, "error": None}
        self.calls.append(entry)
        try:
            arguments = await read(request)
        except Refused as refused:
            return web.json_response(refused.answer)
        entry["args"] = {key: value for key, value in arguments.given.items() if key != "token"}
        shown = token(request, arguments)
        fault = self.faults.next(method)
        entry["fault"] = asdict(fault)["kind"] if fault else None

        async def act() -> web.Response:
            return self._answer(entry, method, shown, arguments)

        return await self.faults.around(fault, request, act)

    def _answer(self, entry: Json, method: str, shown: str, arguments: Arguments) -> web.Response:
        try:
            if method == "apps.connections.open":
                methods.check_app_token(self.workspace, shown)
                answer: Json = {"ok": True, "url": self.sockets.ticket(self.host)}
            else:
                answer = methods.call(self.workspace, self.screens, self.cabinet, method, shown, arguments)
        except Refused as refused:
            answer = refused.answer
        entry |= {"ok": answer["ok"], "error": answer.get("error"), "applied": time.monotonic()}
        entry["ts"] = answer.get("ts")
        return web.json_response(answer, headers={"x-oauth-scopes": ",".join(self.workspace.scopes)})

    async def response_url(self, request: web.Request) -> web.Response:
        """A POST to a response_url."""
        url = self.payloads.response_urls.get(request.match_info["number"])
        given = await request.json()
        entry = {"method": "response_url", "at": time.monotonic(), "args": given, "ok": True, "error": None}
        self.calls.append(entry)
        fault = self.faults.next("response_url")

        async def act() -> web.Response:
            try:
                if url is None:
                    raise Refused("invalid_url")
                respond(self.workspace, url, given)
            except Refused as refused:
                entry.update(ok=False, error=refused.answer["error"])
                return web.json_response(refused.answer, status=404)
            return web.Response(text="ok")

        return await self.faults.around(fault, request, act)
