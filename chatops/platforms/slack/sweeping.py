"""Sweeping: where something may have been posted twice, it is looked once more whether it was."""

from datetime import datetime

import structlog

from chatops.platforms.slack.channel import UNSEEN, Channel, Message, named
from chatops.platforms.slack.standing import Standing
from digests.courier.parcels import NotDelivered, Parcel

LOG = structlog.get_logger()


async def sweep(channel: Channel, parcel: Parcel) -> str:
    """What stands beside the card under its name goes, unless somebody has answered it. Raises NotDelivered, NotYet."""
    parts, card = parcel.parts, Standing.read(parcel.receipt, parcel.parts["channel"])
    try:
        ours = await channel.posted(card.channel, parts["name"], datetime.fromisoformat(parts["since"]))
        thread = await channel.thread(card.channel, card.ts) if card.replies else []
    except NotDelivered as failure:
        if failure.reason not in UNSEEN:
            raise
        return parcel.address
    for message in (*_beside(ours, card), *_beside(thread, card)):
        await channel.delete(card.channel, message["ts"])
        LOG.warning("slack.swept", outbox=parcel.number)
    return parcel.address


def _beside(messages: list[Message], card: Standing) -> list[Message]:
    """Messages of ours that are not the card's, and have no answer; where the card is not known the first one is it."""
    kept = {card.ts, *card.replies} if card.ts else {message["ts"] for message in messages[:1]}
    return [one for one in messages if named(one) and one["ts"] not in kept and not one.get("reply_count")]
