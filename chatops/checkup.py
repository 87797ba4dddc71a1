"""The check-up: everything that would keep a letter from its reader, each with its cure."""

import asyncio
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from chatops.service import open_database
from config.settings import Settings, SlackSettings
from config.texts import Texts
from digests import mail
from digests.stuck import why
from storage import outbox
from storage.database import Database, DatabaseFault, Session, found_no_room
from storage.groups import Group, every_group
from storage.memberships import Membership, Role, members_of
from storage.outbox import OutboxState
from storage.rooms import RoomStage
from storage.rules import RuleBroken

FIXED_SQLITE = (3, 51, 3)


@dataclass(frozen=True)
class Findings:
    """What is good to know, and what is wrong."""

    notes: list[str]
    problems: list[str]


def look(settings: Settings, texts: Texts) -> Findings:
    """Look at the settings, the database, every group, and Slack."""
    kept, channels = _kept(settings, texts)
    slack = _slack(settings.slack, channels, texts) if settings.slack else Findings([], [])
    return Findings(kept.notes + slack.notes, [*_settings(settings, texts), *kept.problems, *slack.problems])


def _kept(settings: Settings, texts: Texts) -> tuple[Findings, list[str]]:
    """What the database tells, and the Slack channels that are bound in it."""
    try:
        database = open_database(settings)
    except RuleBroken as broken:
        return Findings([], [texts.say(broken.key, **broken.facts)]), []
    except DatabaseFault as fault:
        if not found_no_room(fault):
            raise
        return Findings([], [texts.say("check-disk-full", database=settings.service.database)]), []
    try:
        problems = list(_room(database, texts))
        with database.reading() as session:
            problems += _policy(session, settings, texts)
            found = _record(session, texts)
            rooms = [room for group in every_group(session) for room in group.rooms]
            channels = [room.address for room in rooms if room.platform == "slack" and room.stage is RoomStage.OPEN]
    finally:
        database.close()
    return Findings(found.notes, problems + found.problems), channels


def _slack(settings: SlackSettings, channels: list[str], texts: Texts) -> Findings:
    from chatops.platforms.slack import checkup  # noqa: PLC0415 -- other commands do not wait for Slack's library

    return Findings(*asyncio.run(checkup.look(settings, channels, texts)))


def _room(database: Database, texts: Texts) -> Iterator[str]:
    if not database.keeps():
        yield texts.say("check-disk-full", database=str(database.path))


def _policy(session: Session, settings: Settings, texts: Texts) -> Iterator[str]:
    """What a mail server refuses on principle keeps waiting, and is the operator's to settle."""
    refused = [entry for entry in outbox.unfinished(session) if why(entry) == "policy"]
    if refused and settings.mail:
        yield texts.say("check-mail-policy", reason=refused[-1].reason, sender=settings.mail.sender)


def _record(session: Session, texts: Texts) -> Findings:
    found = every_group(session)
    notes = [_reach(group, members_of(session, group), texts) for group in found]
    if sqlite3.sqlite_version_info < FIXED_SQLITE:
        notes.append(texts.say("check-sqlite", version=sqlite3.sqlite_version))
    problems = [] if found else [texts.say("check-no-groups")]
    if stuck := sum(entry.state in (OutboxState.PARKED, OutboxState.HELD) for entry in outbox.unfinished(session)):
        problems.append(texts.say("check-parked", count=stuck))
    for group in found:
        problems += _group(group, members_of(session, group), texts)
    return Findings(notes, problems)


def _settings(settings: Settings, texts: Texts) -> Iterator[str]:
    if settings.mail is None:
        yield texts.say("check-mail-missing")
    elif fault := mail.fault(settings.mail):
        yield texts.say("check-mail-fault", url=settings.mail.url, fault=fault)


def _reach(group: Group, members: list[Membership], texts: Texts) -> str:
    reached = sum(membership.person.email is not None for membership in members)
    return texts.say("check-reach", group=group.name, reached=str(reached), all=str(len(members)))


def _group(group: Group, members: list[Membership], texts: Texts) -> Iterator[str]:
    if not members:
        yield texts.say("check-empty-group", group=group.name, slug=group.slug)
        return
    if all(membership.role is not Role.CHAIR for membership in members):
        yield texts.say("check-no-chair", group=group.name)
    for membership in members:
        if membership.person.email is None:
            yield texts.say("check-unreached", group=group.name, name=membership.person.name)
    for unit in group.units:
        if all(membership.unit is not unit for membership in members):
            yield texts.say("check-unit-missing", group=group.name, unit=unit.name)
