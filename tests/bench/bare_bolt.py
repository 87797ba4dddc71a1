"""A bolt app as its documentation shows one, whose command does nothing: API_URL BOT_TOKEN APP_TOKEN.

docs.slack.dev/tools/bolt-python/concepts/async
"""

import asyncio
import sys

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def main(url: str, bot_token: str, app_token: str) -> None:
    """Acknowledge until killed."""
    app = AsyncApp(client=AsyncWebClient(bot_token, base_url=url))

    @app.command("/propose")
    async def propose(ack: AsyncAck) -> None:
        await ack()

    await AsyncSocketModeHandler(app, app_token).start_async()


asyncio.run(main(*sys.argv[1:]))
