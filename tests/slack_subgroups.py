"""Subgroups on Slack's route of the outbox, for tests: formed, filled and closed, at a time that is moved by hand."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from config.texts import texts_in
from digests import subgroups as hub
from digests.clock import real_time
from digests.stuck import described
from living import place
from on_slack import U
from people import ANA, BO, CHEN
from slack_outbox import Table
from slackland import Slack
from storage import outbox, roster, subgroups
from storage.database import Database
from storage.groups import Group
from storage.memberships import Role
from storage.outbox import STUCK, OutboxEntry, OutboxState
from storage.people import Person
from storage.rooms import Room
from storage.subgroups import Mandate, Subgroup

SLUG = "cykelstall"
ROUNDS = 60


def form(database: Database, question: str, members: Iterable[str], **more: Any) -> int:
    """A subgroup led by Ana; returns its number."""
    now = real_time()
    with database.transaction() as session:
        lead = place(session, ANA)
        mandate = Mandate(question, "Var ska de stå & vad kostar de?", (now + timedelta(days=60)).date(), **more)
        subgroup = subgroups.start(session, lead, mandate, lead, None, now)
        for address in members:
            subgroups.join(session, subgroup, place(session, address), now)
        hub.started(session, subgroup, now)
        return subgroup.id


class Yard(Table):
    """A table with subgroups on it. Slack knows the cast by their addresses, and Tuva knows the account of Bo."""

    def __init__(self, database: Database, slack: Slack) -> None:
        super().__init__(database, slack)
        with database.transaction() as session:
            place(session, BO).person.known_as("slack", U[BO], slack.team)

    def start(self, members: Iterable[str] = (BO, CHEN), question: str = "Cykelställ", **more: Any) -> int:
        """Form one, led by Ana; returns its number."""
        return form(self.database, question, members, **more)

    def close_it(self, number: int = 1) -> None:
        """It has done its work."""
        with self.database.transaction() as session:
            subgroup = session.get_one(Subgroup, number)
            subgroup.close("Två ställ.", real_time())
            hub.closed(session, subgroup, subgroup.lead, real_time())

    def leave(self, address: str, number: int = 1) -> None:
        """Somebody takes care of it no more."""
        with self.database.transaction() as session:
            subgroup, here = session.get_one(Subgroup, number), place(session, address)
            there = next(one for one in subgroup.places if one.person is here.person)
            subgroups.leave(session, subgroup, here.person, real_time())
            hub.left(session, subgroup, there, real_time())

    def open_again(self, number: int = 1) -> None:
        """Somebody asks for the rooms that are missing."""
        with self.database.transaction() as session:
            hub.open_again(session, session.get_one(Subgroup, number), real_time())

    def found_again(self, channel: str) -> None:
        """A channel that was closed by hand is open again."""
        with self.database.transaction() as session:
            hub.found_again(session, "slack", channel, real_time())

    def extend(self, days: int, number: int = 1) -> None:
        """It has so many days from now."""
        with self.database.transaction() as session:
            subgroup = session.get_one(Subgroup, number)
            subgroup.extend((real_time() + timedelta(days=days)).date())
            hub.extended(session, subgroup, real_time())

    def retry(self) -> None:
        """All that waits is tried again, now: `tuva outbox retry` for each."""
        with self.database.transaction() as session:
            for entry in outbox.unfinished(session):
                entry.retry(self.now())

    def stuck(self) -> list[str]:
        """What waits for a person, in words."""
        with self.database.reading() as session:
            entries = outbox.unfinished(session)
            return [described(entry, texts_in("sv")) for entry in entries if entry.state in STUCK]

    def notes(self) -> str:
        """All that single people are told, whatever became of it."""
        with self.database.reading() as session:
            found = session.scalars(select(OutboxEntry).where(OutboxEntry.kind.in_(("note", "notice"))))
            return "\n".join(str(entry.content.parts) for entry in found)

    def crowd(self, many: int) -> list[str]:
        """So many more members of the group, all in the workspace; returns their addresses."""
        addresses = [f"m{number}@example.org" for number in range(many)]
        with self.database.transaction() as session:
            group = place(session, ANA).group
            for number, address in enumerate(addresses):
                person = Person(name=f"M {number}", email=address)
                session.add(person)
                session.flush()
                roster.enter(session, group, person, Role.MEMBER, real_time())
                self.slack.add_person(f"U0M{number}", person.name, address)
        return addresses

    def settle(self) -> None:
        """Carry until nothing is on its way, whatever goes wrong; at most so often."""
        for _ in range(ROUNDS):
            self.rested()
            self.drain(minutes=5)
            if not self.unfinished(OutboxState.READY, OutboxState.RETRY):
                return

    def unfinished(self, *states: OutboxState) -> list[tuple[str, str, str]]:
        """Kind, state and reason of what is in one of these states, else of all that waits for a person."""
        states = states or STUCK
        with self.database.reading() as session:
            found = session.scalars(select(OutboxEntry).where(OutboxEntry.route == "slack").order_by(OutboxEntry.id))
            return [(one.kind.value, one.state.value, one.reason) for one in found if one.state in states]

    def stage(self, number: int = 1) -> str:
        """How far a subgroup has come."""
        with self.database.reading() as session:
            return session.get_one(Subgroup, number).stage.value

    def room(self, number: int = 1) -> Room:
        """The room of a subgroup on Slack, as the record has it."""
        with self.database.reading() as session:
            team = session.get_one(Group, session.get_one(Subgroup, number).team_id)
            [room] = [room for room in team.rooms if room.platform == "slack"]
            return room

    def made(self) -> list[dict[str, Any]]:
        """The channels that Tuva has made."""
        return [channel for channel in self.slack.channels() if channel["creator"] == self.slack.bot_user]

    def faults(self) -> list[str]:
        """What is wrong with the one channel that there is to be: a half-made, a second one, a lost or double word."""
        [channel] = self.made()
        joins = sorted(user for where, user in self.slack.joins() if where == channel["id"])
        briefs = [seen.ts for seen in self.slack.messages(channel["id"])]
        wrong = {
            "bound": self.room().address == channel["id"],
            "invited once": joins == sorted({*channel["members"]}) == sorted([self.slack.bot_user, *self.wanted()]),
            "furnished": bool(channel["topic"] and channel["purpose"]),
            "one pinned brief": len(briefs) == 1 and channel["pins"] == briefs,
            "nothing stuck": self.unfinished() == [],
        }
        return [rule for rule, holds in wrong.items() if not holds]

    def wanted(self) -> list[str]:
        """The accounts of those who are to be in it."""
        return [U[ANA], U[BO], U[CHEN]]
