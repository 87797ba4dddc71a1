"""Slack's route of the outbox, for tests: the real outbox, courier and carrier, at a time that is moved by hand."""

import asyncio
import itertools
from datetime import datetime, timedelta

from sqlalchemy import select

from chatops.platforms import PlatformCarrier
from chatops.platforms.slack.carrier import SlackCarrier
from chatops.platforms.slack.channel import Channel
from chatops.platforms.slack.record import SlackRecord
from chatops.platforms.slack.web_api import WebApi
from digests import cards
from digests.clock import real_time
from digests.courier import Courier
from living import place, propose
from on_slack import U, bind
from people import ANA, CHEN
from slackland import Slack
from slackside.sight import Call, Sighted
from storage.database import Database
from storage.outbox import OutboxEntry
from storage.proposals import Proposal

# So long, as Slack counts, that it goes on twice in the thread.
LONG = "\n\n".join(f"Stycke {number}. {'& ' * 110}" for number in range(10))


NUMBERS = itertools.count(1)


class Table:
    """What is laid on it comes into its channels, which nobody else has. Nothing hears.

    Wishes are of the real time, which is Slack's too.
    """

    def __init__(self, database: Database, slack: Slack, channels: int = 1) -> None:
        self.database = database
        self.slack = slack
        self._later = timedelta()
        self._calls_before = len(slack.calls())
        self.channels = [f"CTABLE{next(NUMBERS)}" for _ in range(channels)]
        for channel in self.channels:
            slack.add_channel(channel, U.values())
            bind(database, channel)
        self.api = WebApi(slack.bot_token, slack.api_url)
        us = {"bot": lambda: slack.bot_user, "tenant": lambda: slack.team}
        self._carrier = SlackCarrier(self.api, SlackRecord(database, "sv", self.now), self.now, **us)
        self._loop = asyncio.new_event_loop()
        self.courier = self._loop.run_until_complete(self._courier())

    async def _courier(self) -> Courier:
        platform = Carrying(self._carrier)
        return Courier(self.database, {"slack": PlatformCarrier(platform)}, self.now)

    def found(self, bot: str) -> list[str]:
        """The cards in the first channel that are found by their names, as posted by `bot`."""
        channel, (card,) = Channel(self.api, lambda: bot), self.shown()
        looked = channel.posted(self.channels[0], card.metadata["event_payload"]["k"], self.now())
        return [message["ts"] for message in self._loop.run_until_complete(looked)]

    def now(self) -> datetime:
        """The real time, and what has passed by hand."""
        return real_time() + self._later

    def propose(self, title: str = "Solceller", body: str = "") -> int:
        """Wish for a card; returns the number of its proposal."""
        number = propose(self.database, ANA, title, body, real_time())
        self._show(number)
        return number

    def support(self, number: int, by: str = CHEN) -> None:
        """Change the card."""
        with self.database.transaction() as session:
            session.get_one(Proposal, number).support(place(session, by).person, self.now())
        self._show(number)

    def _show(self, number: int) -> None:
        with self.database.transaction() as session:
            cards.show(session, session.get_one(Proposal, number), real_time())

    def drain(self, **later: float) -> None:
        """Carry what is due, some time later."""
        self._later += timedelta(**later)
        if later:
            self._carrier._coalescing._shown_at.clear()
        self._loop.run_until_complete(self.courier.drain())

    def rested(self) -> None:
        """Slack has been let rest as long as it asked."""
        self.api._resting.clear()

    def rows(self) -> list[tuple[str, str]]:
        """State and reason of everything in the outbox, in order; sweeps aside."""
        with self.database.reading() as session:
            kinds = select(OutboxEntry).where(OutboxEntry.kind == "card").order_by(OutboxEntry.id)
            return [(entry.state.value, entry.reason) for entry in session.scalars(kinds)]

    @property
    def channel(self) -> str:
        """The first channel, or the only one."""
        return self.channels[0]

    def messages(self, channel: str = "") -> list[Sighted]:
        """What stands in a channel."""
        return self.slack.messages(channel or self.channel)

    def shown(self) -> list[Sighted]:
        """What stands in the channel, replies aside."""
        return [seen for seen in self.messages() if seen.thread_ts in (None, seen.ts)]

    def calls(self, method: str) -> list[Call]:
        """The calls of a method."""
        return self.slack.calls(method, self._calls_before)

    def posts(self) -> int:
        """How many posts were tried."""
        return len(self.calls("chat.postMessage"))

    def close(self) -> None:
        """Clear it."""
        self.slack.clear_faults()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


class Carrying:
    """The part of a platform that carries."""

    def __init__(self, carrier: SlackCarrier) -> None:
        self.carry = carrier.carry

    async def prepare(self) -> None:
        """Who we are is told from outside."""
