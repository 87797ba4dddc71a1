"""Slack: where many members already are. Built on slack-bolt: Socket Mode or signed HTTP, with the same listeners."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from chatops.platforms import Answer, Health
from chatops.platforms.slack import sockets
from chatops.platforms.slack.carrier import BETWEEN_UPDATES_SECONDS, GRACE, SlackCarrier
from chatops.platforms.slack.desk import Desk
from chatops.platforms.slack.doorway import Doorway
from chatops.platforms.slack.events import Events
from chatops.platforms.slack.hearing import Hearing, NotStored
from chatops.platforms.slack.home import Home
from chatops.platforms.slack.http_door import PATH, HttpDoor
from chatops.platforms.slack.interactions import Interactions
from chatops.platforms.slack.people import People, Workspace
from chatops.platforms.slack.record import SWEEP_AFTER, SlackRecord
from chatops.platforms.slack.sockets import Sockets
from chatops.platforms.slack.threads import Threads
from chatops.platforms.slack.voice import Voice
from chatops.platforms.slack.web_api import SILENT, WebApi
from chatops.verbs import Command
from config.settings import SlackSettings
from digests.courier.parcels import Blame, NotDelivered, NotYet, Outcome, Parcel
from storage.database import Database

LOG = structlog.get_logger()
FINISH_WITHIN_SECONDS = 5.0
ASK_AGAIN_SECONDS = 5.0
# A connection of which nothing was heard for so long does not count as one.
SOCKET_MAY_BE_SILENT_SECONDS = 60.0


@dataclass(frozen=True)
class Patience:
    """How long Slack is waited for: a late post, one later than that, between two changes of a card, a ping of a
    connection, and between the two connections (seconds)."""

    grace: timedelta = GRACE
    sweep: timedelta = SWEEP_AFTER
    between: float = BETWEEN_UPDATES_SECONDS
    ping: float = sockets.PING_SECONDS
    apart: float = sockets.APART_SECONDS


class Slack:
    """The platform. Made on the event loop it lives on."""

    def __init__(
        self,
        settings: SlackSettings,
        database: Database,
        commands: Sequence[Command],
        language: str,
        now: Callable[[], datetime],
        patience: Patience | None = None,
    ) -> None:
        patience = patience or Patience()
        self._settings = settings
        self._commands = commands
        self._now = now
        self._api = WebApi(settings.bot_token.get_secret_value(), settings.api_url)
        self._record = SlackRecord(database, language, now, patience.sweep)
        self._carrier = SlackCarrier(
            self._api, self._record, now, patience.grace, patience.between, self._bot, self._tenant
        )
        self._workspace: Workspace | None = None
        self._asking = asyncio.Lock()
        self._fault = ""
        self._hearing: Hearing | None = None
        self._app = self._bolt()
        token = settings.app_token.get_secret_value()
        self._sockets = Sockets(self._app, self._api, token, patience.ping, patience.apart) if self._by_socket else None
        self._settling: asyncio.Task[None] | None = None

    def listen(self, answer: Answer) -> None:
        """Hand everything that is said to Tuva to `answer`."""
        people = People(self._api)
        self._hearing = Hearing(answer, people)
        voice = Voice(self._api, self._commands)
        home = Home(self._api, self._record, voice, self._hearing.known, self._now)
        desk = Desk(self._api, self._record, people, self._hearing, voice, home, self._commands, self._where, self._now)
        Interactions(desk).register(self._app)
        Doorway(desk).register(self._app)
        Events(desk, Threads(desk)).register(self._app)

    async def prepare(self) -> None:
        """Ask who we are: what is ours is not known without that, and what a crash has left is here before."""
        with contextlib.suppress(NotDelivered, NotYet):
            await self._settled()

    async def carry(self, parcel: Parcel) -> str:
        """Post or change what the outbox wishes for. Returns the receipt; raises NotDelivered or NotYet."""
        await self._settled()
        return await self._carrier.carry(parcel)

    async def open(self, heard_again: Callable[[], None]) -> None:
        """Begin to hear. While Slack does not answer it is asked again."""
        self._settling = asyncio.create_task(self._settle(heard_again))

    async def close(self) -> None:
        """Each call has a connection of its own."""

    async def stop(self) -> None:
        """Hear nothing more, and finish what is in hand."""
        if self._settling:
            self._settling.cancel()
        if self._sockets:
            await self._sockets.close()
        if self._hearing:
            await self._hearing.finish(FINISH_WITHIN_SECONDS)

    def health(self) -> Health:
        """Whether Slack is heard, and how many seconds ago it last gave a sign."""
        if self._sockets is None:
            return Health(self._workspace is not None, 0.0, self._fault)
        age = self._sockets.age()
        is_heard = self._sockets.is_open() and age <= SOCKET_MAY_BE_SILENT_SECONDS
        return Health(is_heard, age, self._fault or self._sockets.fault)

    def doors(self) -> Mapping[str, Any]:
        """What the web is to hand to Slack, by path."""
        return {} if self._by_socket else {PATH: HttpDoor(self._app)}

    @property
    def _by_socket(self) -> bool:
        return self._settings.mode == "socket"

    async def _settle(self, heard_again: Callable[[], None]) -> None:
        while self._workspace is None:
            await self.prepare()
            if self._workspace is None:
                await asyncio.sleep(ASK_AGAIN_SECONDS)
        LOG.info("slack.settled", mode=self._settings.mode)
        if self._sockets:
            self._sockets.open(heard_again)

    async def _settled(self) -> None:
        """Slack has said where we are. Raises NotDelivered, which is about no entry of the outbox, and NotYet."""
        async with self._asking:
            self._workspace = self._workspace or await self._asked()

    async def _asked(self) -> Workspace:
        """Where the app is installed, as Slack says (docs.slack.dev/reference/methods/auth.test)."""
        try:
            answer = await self._api.call("auth_test", repeatable=True)
        except (NotDelivered, NotYet) as fault:
            if not self._fault:
                LOG.error("slack.not_settled", reason=str(fault))
            self._fault = str(fault)
            if isinstance(fault, NotDelivered) and fault.blame is Blame.ENTRY:
                raise NotDelivered(Outcome.NOT_SENT, fault.reason, Blame.WAY) from None
            raise
        self._fault = ""
        return Workspace(answer["team_id"], answer["user_id"], answer.get("bot_id", ""))

    def _bot(self) -> str:
        return self._workspace.bot if self._workspace else ""

    def _tenant(self) -> str:
        return self._workspace.tenant if self._workspace else ""

    def _where(self) -> Workspace:
        """Raises NotStored before Slack has said where we are: then nothing is acknowledged."""
        if self._workspace is None:
            raise NotStored
        return self._workspace

    def _bolt(self) -> AsyncApp:
        """Bolt, which acknowledges when a listener has ended, and not before (trap T2 of bolt's events)."""

        async def authorize() -> AuthorizeResult:
            return self._authorized()

        app = AsyncApp(
            client=self._api.client,
            # Without one bolt looks for it in the environment; in Socket Mode nothing is signed.
            signing_secret=self._settings.signing_secret.get_secret_value() or "-",
            authorize=authorize,
            process_before_response=True,
            logger=SILENT,
        )
        app.error(_broken)
        return app

    def _authorized(self) -> AuthorizeResult:
        """Known without asking: each question would be a call to Slack."""
        place = self._where()
        token = self._settings.bot_token.get_secret_value()
        return AuthorizeResult(
            enterprise_id=None, team_id=place.tenant, bot_user_id=place.bot, bot_id=place.bot_id, bot_token=token
        )


async def _broken(error: Exception) -> None:
    """Bolt answers 500, over HTTP, or nothing, in Socket Mode: Slack delivers an event again."""
    if isinstance(error, NotStored):
        LOG.warning("slack.not_stored")
    else:
        LOG.error("slack.failed", fault=type(error).__name__, exc_info=error)
