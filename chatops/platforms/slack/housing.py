"""Housing: the channels that Tuva makes for subgroups: opened, furnished, filled and closed.

Slack has no key by which it would know a wish again, but it gives a name to one channel only. So what may have been
made is made again under the same name, and where that is taken our own channel is looked for
(docs.slack.dev/reference/methods/conversations.create).
"""

from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from chatops.platforms.slack.limits import ABOUT_CHANNEL
from chatops.platforms.slack.mrkdwn import escaped
from chatops.platforms.slack.people import profile_of
from chatops.platforms.slack.record import CLOSED, PLATFORM, SlackRecord
from chatops.platforms.slack.web_api import WebApi
from digests import subgroups
from digests.courier.parcels import Blame, NotDelivered, NotYet, Outcome, Parcel
from storage.database import Session
from storage.outbox import OutboxKind
from storage.rooms import RoomStage, room_numbered

LOG = structlog.get_logger()
# What the app or the workspace does not allow. It is about this method: everything else may go on.
RIGHTS = frozenset({"missing_scope", "not_allowed_token_type", "no_permission", "restricted_action"})
# So many names are tried. A short name of ours has no low line, so that no subgroup takes another's for its own.
NAMES = 9
KINDS = "public_channel,private_channel"
PAGE = 200
Json = dict[str, Any]


@dataclass(frozen=True)
class Housing:
    """Carries rooms, invitations and removals. Every step may be done twice.

    `bot`, `tenant` and `grace` are as in the carrier: a channel may be made as late as that.
    """

    api: WebApi
    record: SlackRecord
    now: Callable[[], datetime]
    grace: timedelta
    bot: Callable[[], str]
    tenant: Callable[[], str]

    async def carry(self, parcel: Parcel) -> str:
        """Do what is wished for. Returns the channel, or the account. Raises NotDelivered or NotYet."""
        try:
            return await self._carried(parcel)
        except NotDelivered as failure:
            if failure.reason in RIGHTS or (failure.outcome is Outcome.REFUSED and parcel.kind is OutboxKind.ROOM):
                raise NotDelivered(Outcome.REFUSED, failure.reason, Blame.POLICY) from None
            raise

    async def _carried(self, parcel: Parcel) -> str:
        match parcel.kind, parcel.parts.get("do"):
            case OutboxKind.ROOM, "open":
                return await self._open(parcel)
            case OutboxKind.ROOM, "furnish":
                return await self._furnish(parcel)
            case OutboxKind.ROOM, _:
                return await self._close(parcel)
            case OutboxKind.INVITATION, _:
                return await self._let_in(parcel)
        return await self._put_out(parcel)

    async def _open(self, parcel: Parcel) -> str:
        assert parcel.room is not None, "a room without a number"
        number = parcel.room
        stage, address = await self.record.read(lambda session: _stage(session, number))
        if stage is not RoomStage.OPENING:
            return address
        channel = await self._made(parcel)
        link = f"https://slack.com/app_redirect?channel={channel}"
        await self.record.write(lambda session: subgroups.opened(session, number, channel, link, self.now()))
        return channel

    async def _made(self, parcel: Parcel) -> str:
        """A channel of a name that was free, or that is our own. Never one that somebody else has made."""
        is_private = not parcel.parts["public"]
        for name in _names(parcel.parts["slug"]):
            try:
                answer = await self.api.call("conversations_create", name=name, is_private=is_private)
                return str(answer["channel"]["id"])
            except NotDelivered as failure:
                if failure.reason != "name_taken":
                    raise
            if channel := await self._ours(name):
                return channel
            self._require_grace(parcel)
        raise NotDelivered(Outcome.REFUSED, "name_taken")

    async def _ours(self, name: str) -> str:
        """The channel of that name which we have made and of which the record knows nothing; empty without one."""
        async for channel in self._channels():
            if (channel["name"], channel["creator"]) == (name, self.bot()):
                return "" if await self.record.is_bound(channel["id"]) else str(channel["id"])
        return ""

    async def _channels(self) -> AsyncIterator[Json]:
        """Those that we are in: few, where a workspace may have thousands. Of the archived ones none can be used."""
        cursor = None
        while cursor != "":
            asked: Json = {"types": KINDS, "exclude_archived": True, "limit": PAGE}
            answer = await self.api.call("users_conversations", repeatable=True, cursor=cursor, **asked)
            for channel in answer["channels"]:
                yield channel
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")

    def _require_grace(self, parcel: Parcel) -> None:
        """Raises NotYet while what we made ourselves may not be in the list yet."""
        late = (self.now() - parcel.tried_at) if parcel.doubtful and parcel.tried_at else self.grace
        if late < self.grace:
            raise NotYet(self.grace - late)

    async def _furnish(self, parcel: Parcel) -> str:
        """What stands there already is not set again: Slack would tell everybody of it."""
        channel = parcel.address
        try:
            there = (await self._ask("conversations_info", channel=channel))["channel"]
            for what, method in (("topic", "conversations_setTopic"), ("purpose", "conversations_setPurpose")):
                wanted = kept(parcel.parts[what])
                if there[what]["value"] != wanted:
                    await self._ask(method, channel=channel, **{what: wanted})
        except NotDelivered as failure:
            await self._require_lost(channel, failure)
        return channel

    async def _close(self, parcel: Parcel) -> str:
        number = parcel.room
        assert number is not None, "a room without a number"
        await self._ask("conversations_archive", {"already_archived", "channel_not_found"}, channel=parcel.address)
        await self.record.write(lambda session: subgroups.archived(session, number))
        return parcel.address

    async def _let_in(self, parcel: Parcel) -> str:
        account = await self._account(parcel)
        if account and account != self.bot():
            channel = _channel(parcel)
            try:
                await self._ask("conversations_invite", {"already_in_channel"}, channel=channel, users=account)
            except NotDelivered as failure:
                await self._require_lost(channel, failure)
        return account

    async def _put_out(self, parcel: Parcel) -> str:
        account = await self._account(parcel)
        if account and account != self.bot():
            nobody_there = CLOSED | {"user_not_found"}
            await self._ask("conversations_kick", nobody_there, channel=_channel(parcel), user=account)
        return account

    async def _account(self, parcel: Parcel) -> str:
        """Whose the parcel is: by account, else by an address that Slack has verified; empty for who is not there."""
        if account := parcel.personal["account"]:
            return account
        answer = await self._ask("users_lookupByEmail", {"users_not_found"}, email=parcel.personal["mail"])
        user = answer.get("user", {})
        return str(user["id"]) if user and profile_of(user, self.tenant()).email else ""

    async def _require_lost(self, channel: str, failure: NotDelivered) -> None:
        """A channel that is closed to us is told of, once, and what was wished for is wished for anew with the next.

        Raises the failure when it is of another kind.
        """
        if failure.reason not in CLOSED:
            raise failure
        LOG.warning("slack.channel_lost", reason=failure.reason)
        await self.record.write(lambda session: subgroups.lost(session, PLATFORM, channel, self.now()))

    async def _ask(self, method: str, done: Collection[str] = (), **arguments: Any) -> Mapping[str, Any]:
        """Slack's answer; an empty one where it says in one of these words that it is done."""
        try:
            return await self.api.call(method, repeatable=True, **arguments)
        except NotDelivered as failure:
            if failure.reason not in done:
                raise
        return {}


def kept(text: str) -> str:
    """A topic or purpose as Slack keeps it, as long as it may be."""
    while len(escaped(text)) > ABOUT_CHANNEL:
        text = f"{text.removesuffix('…')[:-1]}…"
    return escaped(text)


def _names(slug: str) -> Iterator[str]:
    """Under which names a channel is made, until one is free."""
    yield slug
    yield from (f"{slug}_{number}" for number in range(2, NAMES + 1))


def _channel(parcel: Parcel) -> str:
    return parcel.address.partition(" ")[0]


def _stage(session: Session, number: int) -> tuple[RoomStage, str]:
    room = room_numbered(session, number)
    assert room is not None, "a room that nobody knows"
    return room.stage, room.address
