"""A tiny real app of slack-bolt, in a thread: it writes down what it hears, and does what a test gives it to do."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from slackside.land import Land

Json = dict[str, Any]
Deed = Callable[..., Awaitable[Any]]
EVENTS = (
    "app_mention",
    "app_home_opened",
    "message",
    "reaction_added",
    "reaction_removed",
    "member_joined_channel",
    "member_left_channel",
    "channel_left",
    "channel_deleted",
    "group_archive",
    "channel_archive",
    "channel_unarchive",
    "tokens_revoked",
)


class TinyApp:
    """`does` has a coroutine for a kind of thing heard (it acknowledges itself); everything else is acknowledged."""

    def __init__(self, slack: Land) -> None:
        self.client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        self.app = AsyncApp(client=self.client, signing_secret=slack.signing_secret, process_before_response=True)
        self.heard: list[tuple[str, Json]] = []
        self.does: dict[str, Deed] = {}
        self.handlers: list[AsyncSocketModeHandler] = []
        self.loop = asyncio.new_event_loop()
        for name in EVENTS:
            self.app.event(name)(self._listener(name))
        self.app.command("/propose")(self._listener("command"))
        self.app.action("support")(self._listener("action"))
        self.app.view("propose")(self._listener("view"))
        self.app.view_closed("propose")(self._listener("closed"))
        self.app.shortcut("ask")(self._listener("shortcut"))

    def run(self, deed: Awaitable[Any]) -> Any:
        """Do something in the app's own loop."""
        return asyncio.run_coroutine_threadsafe(_awaited(deed), self.loop).result(10)

    def kinds(self) -> list[str]:
        """What was heard, by kind."""
        return [kind for kind, _ in self.heard]

    async def connect(self, slack: Land, sockets: int) -> None:
        """Open as many connections."""
        for _ in range(sockets):
            handler = AsyncSocketModeHandler(self.app, slack.app_token, web_client=self.client, ping_interval=0.2)
            self.handlers.append(handler)
            await handler.connect_async()

    async def disconnect(self) -> None:
        """Close them."""
        for handler in self.handlers:
            await handler.close_async()

    def _listener(self, kind: str) -> Deed:
        async def listener(ack: AsyncAck, body: Json, client: AsyncWebClient, respond: Any) -> None:
            self.heard.append((kind, body))
            deed = self.does.get(kind)
            await (deed(ack=ack, body=body, client=client, respond=respond) if deed else ack())

        return listener


@contextmanager
def tiny(slack: Land, sockets: int = 1) -> Iterator[TinyApp]:
    """The app with its connections, or without any."""
    app = TinyApp(slack)
    thread = threading.Thread(target=app.loop.run_forever)
    thread.start()
    try:
        app.run(app.connect(slack, sockets))
        yield app
    finally:
        app.run(app.disconnect())
        app.loop.call_soon_threadsafe(app.loop.stop)
        thread.join()
        app.loop.close()


@contextmanager
def over_http(slack: Land) -> Iterator[TinyApp]:
    """The app behind a request URL."""
    with tiny(slack, sockets=0) as app:
        runner = web.AppRunner(app.app.web_app(path="/slack/events"), access_log=None)
        app.run(runner.setup())
        app.run(web.TCPSite(runner, "127.0.0.1", 0).start())
        try:
            assert slack.use_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
            yield app
        finally:
            app.run(runner.cleanup())


async def _awaited(deed: Awaitable[Any]) -> Any:
    return await deed


def answering(*said: Any, **answer: Any) -> Deed:
    """A deed that acknowledges with that."""

    async def deed(ack: Any, **_: Any) -> None:
        await ack(*said, **answer)

    return deed
