"""How a card comes into a Slack channel, once: posted, looked for when nobody knows, and changed in place.

Slack has no key by which it would know a message again, so each carries a name of ours in its metadata
(docs.slack.dev/messaging/message-metadata): what may have been posted is looked for before it is posted again.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from chatops.platforms.coalescing import Coalescing
from chatops.platforms.in_private import or_by_mail
from chatops.platforms.pictures import Copies, Intake
from chatops.platforms.slack.blocks import Post, illustrated, posts
from chatops.platforms.slack.channel import UNSEEN, Channel, named
from chatops.platforms.slack.files import Files
from chatops.platforms.slack.housing import Housing
from chatops.platforms.slack.record import PLATFORM, SlackRecord
from chatops.platforms.slack.standing import Gone, Standing
from chatops.platforms.slack.sweeping import sweep
from chatops.platforms.slack.web_api import TIMEOUT_SECONDS, WebApi
from config.texts import texts_in
from digests.cards import as_message
from digests.courier.parcels import Blame, NotDelivered, NotYet, Outcome, Parcel, begun
from storage.database import DatabaseFault, DiskFull
from storage.messages import Illustration
from storage.outbox import OutboxKind

LOG = structlog.get_logger()
# A request may still be running at Slack when we have given it up or died: nothing is posted again before.
GRACE = timedelta(seconds=2 * TIMEOUT_SECONDS)
BETWEEN_UPDATES_SECONDS = 2.0
# A picture that Slack has not looked at yet is shown a little later, and then each time as late again; so long at most.
PICTURE_AFTER, PICTURE_WITHIN = timedelta(seconds=5), timedelta(minutes=10)
# More replies than any card needs.
REPLIES_LIMIT = 100


@dataclass
class SlackCarrier:
    """Carries what stands in channels, and the channels themselves. A card changes once in `between` seconds.

    `grace` is how late a post may still appear, `bot` our own account, and `tenant` our workspace, once known.
    """

    api: WebApi
    record: SlackRecord
    now: Callable[[], datetime]
    grace: timedelta = GRACE
    between: float = BETWEEN_UPDATES_SECONDS
    bot: Callable[[], str] = lambda: ""
    tenant: Callable[[], str] = lambda: ""

    def __post_init__(self) -> None:
        self._channel = Channel(self.api, self.bot)
        self._files = Files(self.api)
        self._housing = Housing(self.api, self.record, self.now, self.grace, self.bot, self.tenant)
        self._intake = Intake(self.record, self.now)
        self._copies = Copies(self.record, PLATFORM, self.tenant)
        self._coalescing = Coalescing(self.between)

    async def carry(self, parcel: Parcel) -> str:
        """Post the card, or change it in place. Returns where it stands. Raises NotDelivered or NotYet."""
        try:
            return await self._carried(parcel)
        except NotYet as pause:  # what stands in the channel has its place there: new cards need not wait
            may_pass = pause.others_may_pass or bool(parcel.receipt)
            raise NotYet(pause.after, others_may_pass=may_pass, begun=pause.begun) from None
        except (DatabaseFault, DiskFull) as fault:
            raise NotDelivered(Outcome.AMBIGUOUS, type(fault).__name__) from fault

    async def _carried(self, parcel: Parcel) -> str:
        match parcel.kind:
            case OutboxKind.SWEEP:
                return await sweep(self._channel, parcel)
            case OutboxKind.NOTE:
                return await or_by_mail(self._said(parcel), parcel, self.record, self.now)
            case OutboxKind.PICTURE:
                return await self._intake.take(parcel, self._files.read)
            case OutboxKind.ROOM | OutboxKind.INVITATION | OutboxKind.REMOVAL:
                return await self._housing.carry(parcel)
            case _:
                return await self._shown(parcel)

    async def _said(self, note: Parcel) -> str:
        return await self._shown(replace(note, address=await self._channel.direct(note.address)))

    async def _shown(self, parcel: Parcel) -> str:
        message = as_message(parcel.parts)
        first, *rest = posts(message, texts_in(parcel.parts["language"]))
        standing = await self._standing(parcel, len(rest))
        try:
            standing, is_whole = await self._show_illustrated(parcel, standing, first, message.illustration)
        except Gone:
            return await self._shown(replace(parcel, receipt=""))
        standing = await self._go_on(parcel, standing, rest)
        standing = await self._clear(standing, len(rest))
        if parcel.doubtful and parcel.tries > 1:
            await self._sweep_later(parcel, standing)
        if parcel.parts.get("pinned"):
            await self._keep(parcel, standing)
            await self._channel.pin(standing.channel, standing.ts)
        if not is_whole:
            await self._require_picture(parcel, standing)
        return str(standing)

    async def _go_on(self, parcel: Parcel, standing: Standing, rest: Sequence[Post]) -> Standing:
        try:
            for place, post in enumerate(rest):
                await self._keep(parcel, standing)
                standing = await self._reply(parcel, standing, place, post)
        except (NotDelivered, NotYet) as fault:
            if parcel.room is not None:
                raise
            raise begun(fault) from None
        return standing

    async def _require_picture(self, parcel: Parcel, standing: Standing) -> None:
        """The card stands without. Raises NotYet while Slack may still be looking at its picture."""
        waited = self.now() - parcel.created_at
        if parcel.room is not None and (waited < PICTURE_WITHIN or not parcel.receipt):
            await self._keep(parcel, standing)
            after = max(waited, PICTURE_AFTER) if parcel.receipt else PICTURE_AFTER
            raise NotYet(after, others_may_pass=True)

    async def _keep(self, parcel: Parcel, standing: Standing) -> None:
        """What stands of a card stands there also when the rest of it cannot be posted just now."""
        if parcel.room is not None and str(standing) != parcel.receipt:
            await self.record.stands_at(parcel.room, parcel.topic, str(standing))

    async def _standing(self, parcel: Parcel, replies: int) -> Standing:
        """Where it stands already. What may have been posted is looked for, and waited for while it may still appear.

        Raises NotYet; and NotDelivered, for a person to decide, where we may not look.
        """
        standing = Standing.read(parcel.receipt, parcel.address)
        if not parcel.doubtful or (standing.ts and len(standing.replies) >= replies):
            return standing
        try:
            found = await self._found(parcel, standing)
        except NotDelivered as failure:
            if failure.reason not in UNSEEN:
                raise
            if parcel.tries == 1:  # a person has looked, and says: once more
                return standing
            raise NotDelivered(Outcome.REFUSED, "arrived_unknown", Blame.POLICY) from None
        late = (self.now() - parcel.tried_at) if parcel.tried_at else self.grace
        if late < self.grace and (not found.ts or len(found.replies) < replies):
            raise NotYet(self.grace - late)
        return found

    async def _found(self, parcel: Parcel, standing: Standing) -> Standing:
        """The card and its replies where they were posted without our knowing."""
        if not standing.ts:
            ours = await self._channel.posted(standing.channel, _name(parcel, 0), parcel.created_at)
            standing = Standing(standing.channel, ours[0]["ts"] if ours else "")
        if not standing.ts:
            return standing
        names = {_name(parcel, place): place for place in range(1, REPLIES_LIMIT)}
        thread = await self._channel.thread(standing.channel, standing.ts)
        replies = {names[name]: message["ts"] for message in thread if (name := named(message)) in names}
        return Standing(standing.channel, standing.ts, tuple(replies[place] for place in sorted(replies)))

    async def _show_illustrated(
        self, parcel: Parcel, standing: Standing, post: Post, illustration: Illustration | None
    ) -> tuple[Standing, bool]:
        """With its picture, unless Slack does not want to show that: then it is not whole.

        Raises Gone, NotDelivered or NotYet.
        """
        file = await self._file_of(illustration) if illustration else ""
        if illustration is None or not file:
            return await self._show(parcel, standing, post), True
        try:
            return await self._show(parcel, standing, illustrated(post, file, illustration.alt)), True
        except NotDelivered as failure:
            if failure.reason != "invalid_blocks":
                raise
            LOG.warning("slack.picture_not_shown", outbox=parcel.number)
            return await self._show(parcel, standing, post), False

    async def _file_of(self, illustration: Illustration) -> str:
        """The picture at Slack; empty when it is to do without."""
        return await self._copies.of(illustration.number, lambda jpeg: self._files.give(jpeg, illustration.alt))

    async def _show(self, parcel: Parcel, standing: Standing, post: Post) -> Standing:
        """Raises Gone, NotDelivered or NotYet."""
        if standing.ts:
            self._coalescing.require_pause(standing.ts)
            try:
                await self._channel.update(standing.channel, standing.ts, post, _name(parcel, 0))
            except NotDelivered as failure:
                if failure.reason != "message_not_found":
                    raise
                raise Gone from None
        else:
            answer = await self._channel.post(parcel.address, post, _name(parcel, 0))
            standing = Standing(answer["channel"], answer["ts"])
        self._coalescing.shown(standing.ts)
        return standing

    async def _reply(self, parcel: Parcel, standing: Standing, place: int, post: Post) -> Standing:
        name = _name(parcel, place + 1)
        if place < len(standing.replies):
            await self._channel.update(standing.channel, standing.replies[place], post, name)
            return standing
        answer = await self._channel.post(standing.channel, post, name, thread_ts=standing.ts)
        return Standing(standing.channel, standing.ts, (*standing.replies, answer["ts"]))

    async def _clear(self, standing: Standing, kept: int) -> Standing:
        """A shorter card needs fewer replies."""
        for ts in standing.replies[kept:]:
            await self._channel.delete(standing.channel, ts)
        return Standing(standing.channel, standing.ts, standing.replies[:kept])

    async def _sweep_later(self, parcel: Parcel, standing: Standing) -> None:
        parts = {"name": _name(parcel, 0), "channel": standing.channel, "since": parcel.created_at.isoformat()}
        await self.record.sweep_later(parcel.key, str(standing), parts, parcel.room, parcel.topic)


def _name(parcel: Parcel, place: int) -> str:
    """What a message is called in its metadata, which everybody in the workspace may read: it tells nothing."""
    return hashlib.sha256(f"{parcel.address}/{parcel.topic}/{place}".encode()).hexdigest()[:24]
