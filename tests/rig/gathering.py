"""A subgroup under the rig: formed and closed from inside, its channel in Slack held against what there is to be."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digests import subgroups as hub
from digests.clock import real_time
from on_slack import U
from people import ANA, BO, CHEN
from slack_subgroups import form
from slackland import Slack
from storage.database import Database
from storage.subgroups import Subgroup

# The outbox keys of all that is done to a subgroup's channel.
ABOUT_ROOMS = r"^(room:|invite:|remove:|card:subgroup:1:brief)"
BOUND = "SELECT address FROM rooms WHERE platform = 'slack' AND stage = 'archived'"


@dataclass(frozen=True)
class Gathering:
    """The first subgroup in a folder's database, with a channel called `slug`."""

    slack: Slack
    folder: Path
    slug: str

    def form(self) -> None:
        """Three take care of a question."""
        with closing(self._database()) as database:
            form(database, self.slug, (BO, CHEN))

    def close(self) -> Sequence[Any]:
        """It has done its work."""
        with closing(self._database()) as database, database.transaction() as session:
            subgroup = session.get_one(Subgroup, 1)
            if not subgroup.is_closed:
                subgroup.close("Två ställ.", real_time())
                hub.closed(session, subgroup, subgroup.lead, real_time())
        return []

    def is_whole(self) -> bool:
        """Everybody is there, and the brief is pinned."""
        return any(len(channel["members"]) == 4 and channel["pins"] for channel in self._channels())

    def faults(self) -> Iterator[str]:
        """What is half made, lost or there twice, once it is closed."""
        for channel in (channels := self._channels()):
            joins = sorted(user for where, user in self.slack.joins() if where == channel["id"])
            briefs = [seen.ts for seen in self.slack.messages(channel["id"]) if "Sammankallande" in seen.words]
            if joins != sorted([self.slack.bot_user, U[ANA], U[BO], U[CHEN]]):
                yield f"{channel['name']}: {joins} went in"
            if len(briefs) != 1 or channel["pins"] != briefs:
                yield f"{channel['name']}: briefs {briefs}, pinned {channel['pins']}"
            if not (channel["topic"] and channel["purpose"] and channel["archived"]):
                yield f"{channel['name']}: half made: {channel}"
        if [channel["id"] for channel in channels] != self._bound():
            yield f"{self.slug}: {len(channels)} channels, bound {self._bound()}"

    def _channels(self) -> list[dict[str, Any]]:
        names = {self.slug, *(f"{self.slug}_{number}" for number in range(2, 10))}
        return [channel for channel in self.slack.channels() if channel["name"] in names]

    def _bound(self) -> list[str]:
        with closing(sqlite3.connect(f"file:{self.folder}/tuva.db?mode=ro", uri=True)) as connection:
            return [address for (address,) in connection.execute(BOUND)]

    def _database(self) -> Database:
        return Database(f"sqlite:///{self.folder}/tuva.db")
