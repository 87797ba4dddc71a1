"""What is for one person alone, where a platform lets us not reach them: they are told by mail instead."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from chatops.platforms.pictures import Record
from digests import notes
from digests.courier.parcels import Blame, NotDelivered, Outcome, Parcel

LOG = structlog.get_logger()


async def or_by_mail(work: Awaitable[str], note: Parcel, record: Record, now: Callable[[], datetime]) -> str:
    """Say a note by `work`. Returns where it stands, nowhere when it goes by mail. Raises NotDelivered and NotYet."""
    try:
        return await work
    except NotDelivered as failure:
        if failure.outcome is not Outcome.REFUSED or failure.blame is not Blame.ENTRY:
            raise
        LOG.warning("note.by_mail", outbox=note.number, reason=failure.reason)
    await record.write(lambda session: notes.by_mail(session, note, now()))
    return ""
