"""The control room: what a test asks of the stand-in, a verb for each."""

import asyncio
import base64
import random
import traceback
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from slackside.faults import Fault
from slackside.files import File
from slackside.gestures import told
from slackside.http_delivery import HttpDelivery
from slackside.live import live, live_in_blocks
from slackside.payloads import VERIFICATION_TOKEN
from slackside.room_control import RoomControl
from slackside.server import Server
from slackside.sockets import Connection
from slackside.workspace import Json, Message, Person, Refused

GESTURES = {"command", "shortcut", "press", "press_ephemeral", "react", "unreact", "say", "edit", "happen", "deliver"}
MODALS = {"open_home", "press_home", "press_view", "fill", "submit", "close_view"}


class Control(RoomControl):
    """Verbs are methods; gestures go to those who know them."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.workspace = server.workspace
        self.under_way: set[asyncio.Task[Any]] = set()

    async def handle(self, request: web.Request) -> web.Response:
        """One verb; a mistake of the test comes back as its traceback."""
        asked = await request.json()
        try:
            return web.json_response(await self.do(request.match_info["verb"], asked))
        except (KeyError, Refused, TypeError, StopIteration):
            return web.json_response(traceback.format_exc(), status=400)

    async def do(self, verb: str, asked: Json) -> Any:
        """Do it."""
        if verb in GESTURES:
            return await getattr(self.server.gestures, verb)(**asked)
        if verb in MODALS:
            return await getattr(self.server.modals, verb)(**asked)
        done = VERBS[verb](self, **asked)
        return await done if asyncio.iscoroutine(done) else done

    async def at_once(self, gestures: list[Any]) -> list[Any]:
        """Many gestures at the same time."""
        return await asyncio.gather(*(self.do(verb, asked) for verb, asked in gestures))

    def add_person(self, **about: Any) -> None:
        """Somebody new."""
        about["team"] = about.get("team") or self.workspace.identity.team
        self.workspace.people[about["id"]] = Person(**about)

    def change_person(self, id: str, **changes: Any) -> None:
        """Other facts about somebody."""
        for name, value in changes.items():
            setattr(self.workspace.people[id], name, value)

    def add_file(self, by: str, content: str, **about: Any) -> str:
        """A file that somebody has sent: its content in base64."""
        file = File(self.workspace.new_id("F"), by, content=base64.b64decode(content), **about)
        self.workspace.files[file.id] = file
        return file.id

    def change_file(self, id: str, **changes: Any) -> None:
        """Other facts about a file."""
        for name, value in changes.items():
            setattr(self.workspace.files[id], name, value)

    def look_at_files(self) -> None:
        """Every file has been looked at."""
        for file in self.workspace.files.values():
            file.known_from = 0.0

    def files(self) -> list[Json]:
        """Every file there is, its content in base64."""
        found = self.workspace.files.values()
        return [asdict(file) | {"content": base64.b64encode(file.content).decode()} for file in found]

    async def token(self, error: str) -> None:
        """What the bot's token is answered with, empty when it is good; the app is told when it goes."""
        self.workspace.token_error = error
        who = {"oauth": [], "bot": [self.workspace.identity.bot_user]}
        if error:
            event = {"type": "tokens_revoked", "tokens": who, "event_ts": self.workspace.new_ts()}
            await told(self.workspace.emit(event, None))

    def age_triggers(self, seconds: float) -> None:
        """Every trigger there is becomes that much older."""
        for each in self.workspace.triggers.values():
            each.at -= seconds

    def scope(self, name: str, granted: bool) -> None:
        """Give or take a scope."""
        scopes = [each for each in self.workspace.scopes if each != name]
        self.workspace.scopes[:] = [*scopes, name] if granted else scopes

    def subscribe(self, names: list[str]) -> None:
        """The events the app is told of."""
        self.workspace.subscriptions = set(names)

    def messages(self, channel: str, thread: str | None = None) -> list[Json]:
        """What stands in a channel or a thread, the oldest first."""
        room = self.workspace.channels.get(channel)
        standing = room.messages.values() if room else ()
        return [self._told(each) for each in standing if thread is None or thread in (each.thread_ts, each.ts)]

    def ephemerals(self, by: str) -> list[Json]:
        """What was whispered to a person and still stands."""
        return [self._told(each) for each in self.workspace.ephemerals if each.to == by]

    def _told(self, message: Message) -> Json:
        return asdict(message) | {"live": live(self.workspace, message)}

    def view(self, by: str, home: bool = False) -> Json | None:
        """The modal on top, or the home tab."""
        screens = self.server.screens
        view = screens.homes.get(by) if home else screens.top(by)
        if view is None:
            return None
        depth = len(screens.modals.get(by, []))
        active = live_in_blocks(self.workspace, view.content["blocks"])
        return screens.told(view) | {"errors": view.errors, "depth": depth, "live": active}

    def seen(self, since: int) -> list[Json]:
        """Everything anybody saw, since that place."""
        return self.workspace.seen[since:]

    def calls(self, since: int) -> list[Json]:
        """Every call of the Web API, since that place."""
        return self.server.calls[since:]

    def deliveries(self, since: int) -> list[Json]:
        """Every delivery to the app, since that place."""
        return self.server.delivery.deliveries[since:]

    def events(self) -> list[Json]:
        """Every event and what became of it."""
        return [asdict(each) for each in self.server.delivery.events.values()]

    async def again(self, event_ids: list[str], times: int, shuffle: bool) -> list[Any]:
        """A storm of repetitions; the errors of those not acknowledged."""
        wanted = [
            (each, attempt) for each in event_ids or self.server.delivery.events for attempt in range(1, times + 1)
        ]
        if shuffle:
            random.shuffle(wanted)
        answers = await asyncio.gather(*(self.server.delivery.again(*each) for each in wanted))
        return [each.error for each in answers]

    async def settle(self, seconds: float) -> int:
        """Wait until nothing is on its way; how much still is."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while (left := len(self.server.delivery.under_way)) and loop.time() < end:
            await asyncio.wait(list(self.server.delivery.under_way), timeout=end - loop.time())
        return left

    def fault(self, method: str, **about: Any) -> None:
        """A fault for coming calls."""
        self.server.faults.add(method, Fault(**about))

    async def arrive(self) -> None:
        """What is late arrives."""
        await self.server.faults.arrive()

    def clear_faults(self) -> None:
        """No more faults."""
        self.server.faults.waiting.clear()

    def connections(self) -> list[Json]:
        """The open sockets."""
        names = ("number", "half_open", "leaving", "opened")
        open_ones = [each for each in self.server.sockets.connections if not each.is_cut]
        return [{name: getattr(each, name) for name in names} for each in open_ones]

    def drop_sockets(self, which: int | None) -> None:
        """Cut wires."""
        for each in self._which(which):
            self.server.sockets.drop(each)

    def half_open(self, which: int | None) -> None:
        """Stop reading and answering, without a word."""
        for each in self._which(which):
            each.half_open = True

    def disconnect(self, which: int | None, reason: str, grace: float) -> None:
        """Ask connections to go."""
        if reason == "link_disabled":
            self.server.sockets.refusing = True
        for each in self._which(which):
            task = asyncio.ensure_future(self.server.sockets.disconnect(each, reason, grace))
            self.under_way.add(task)
            task.add_done_callback(self.under_way.discard)

    def _which(self, number: int | None) -> list[Connection]:
        return [each for each in self.server.sockets.connections if number in (None, each.number)]

    def switches(self, **changes: Any) -> None:
        """How sockets, events and files behave."""
        holders = (self.server.sockets, self.server.delivery, self.server.cabinet)
        for name, value in changes.items():
            holder = next(each for each in holders if hasattr(each, name))
            setattr(holder, name, value)

    async def use_http(self, url: str | None) -> bool:
        """Deliver to a request URL, or over sockets again; whether the challenge came back."""
        delivery = self.server.delivery
        if url is None:
            delivery.route = self.server.sockets
            return True
        secret = self.workspace.identity.signing_secret
        route = HttpDelivery(url, secret, self.server.sockets.ack_seconds)
        delivery.route = route
        return await route.verify(VERIFICATION_TOKEN)


VERBS: dict[str, Callable[..., Any]] = {
    verb: getattr(Control, verb) for verb in dir(Control) if not verb.startswith("_") and verb not in ("handle", "do")
}
