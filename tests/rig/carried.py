"""What is being carried, so that a run can die while it carries one thing and not while it carries another."""

from contextvars import ContextVar

from chatops.platforms.matrix import Matrix
from chatops.platforms.slack import Slack
from digests.courier.parcels import Parcel

_key = ContextVar("carried", default="")


def note() -> None:
    """From now on what a platform carries is noted, for all that is done in the course of it, in any thread."""
    for platform in (Matrix, Slack):
        _note(platform)


def key() -> str:
    """The key of the outbox entry that is being carried here; empty where nothing is."""
    return _key.get()


def _note(platform: type[Matrix] | type[Slack]) -> None:
    carry = platform.carry

    async def noted(self: Matrix | Slack, parcel: Parcel) -> str:
        _key.set(parcel.key)  # each parcel is carried in a task of its own
        return await carry(self, parcel)  # type: ignore[arg-type]

    platform.carry = noted  # type: ignore[method-assign]
