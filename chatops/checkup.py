"""The check-up: everything that would keep a letter or a card from its reader, each with its cure."""

import asyncio
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chatops.service import open_database
from config.settings import MatrixSettings, Settings, SlackSettings
from config.texts import Texts
from digests import mail
from digests.agenda import reach
from digests.stuck import why
from storage import outbox
from storage.database import Database, DatabaseFault, Session, found_no_room
from storage.direct_rooms import ENCRYPTION_FORCED
from storage.groups import Group, GroupStage, every_group
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


@dataclass(frozen=True)
class Kept:
    """What the database tells, and where its groups speak: the addresses of their rooms, by platform."""

    findings: Findings
    rooms: Mapping[str, list[str]]


def look(settings: Settings, texts: Texts) -> Findings:
    """Look at the settings, the database, every group, and every platform that the settings name."""
    kept = _kept(settings, texts)
    found = [_settings(settings, texts), kept.findings]
    if settings.slack:
        found.append(_slack(settings.slack, kept.rooms.get("slack", []), texts))
    if settings.matrix:
        found.append(_matrix(settings.matrix, kept.rooms.get("matrix", []), texts))
    notes = [note for one in found for note in one.notes]
    return Findings(notes, [problem for one in found for problem in one.problems])


def _kept(settings: Settings, texts: Texts) -> Kept:
    try:
        database = open_database(settings)
    except RuleBroken as broken:
        return Kept(Findings([], [texts.say(broken.key, **broken.facts)]), {})
    except DatabaseFault as fault:
        if not found_no_room(fault):
            raise
        return Kept(Findings([], [texts.say("check-disk-full", database=settings.service.database)]), {})
    try:
        problems = list(_room(database, texts))
        with database.reading() as session:
            problems += [*_policy(session, settings, texts), *_encryption(session, texts)]
            found, rooms = _record(session, settings, texts), _bound(session)
    finally:
        database.close()
    return Kept(Findings(found.notes, problems + found.problems), rooms)


def _bound(session: Session) -> dict[str, list[str]]:
    """An encrypted room is looked at too: nothing else tells of it."""
    bound: dict[str, list[str]] = {}
    for group in every_group(session):
        for room in group.rooms:
            if room.stage in (RoomStage.OPEN, RoomStage.ENCRYPTED):
                bound.setdefault(room.platform, []).append(room.address)
    return bound


def _slack(settings: SlackSettings, channels: list[str], texts: Texts) -> Findings:
    from chatops.platforms.slack import checkup  # noqa: PLC0415 -- other commands do not wait for Slack's library

    return Findings(*asyncio.run(checkup.look(settings, channels, texts)))


def _matrix(settings: MatrixSettings, rooms: list[str], texts: Texts) -> Findings:
    from chatops.platforms.matrix import checkup  # noqa: PLC0415 -- nor for Matrix's

    return Findings(*asyncio.run(checkup.look(settings, rooms, texts)))


def _room(database: Database, texts: Texts) -> Iterator[str]:
    if not database.keeps():
        yield texts.say("check-disk-full", database=str(database.path))


def _policy(session: Session, settings: Settings, texts: Texts) -> Iterator[str]:
    """What a mail server refuses on principle keeps waiting, and is the operator's to settle."""
    refused = [entry for entry in outbox.unfinished(session) if why(entry) == "policy"]
    if refused and settings.mail:
        yield texts.say("check-mail-policy", reason=refused[-1].reason, sender=settings.mail.sender)


def _encryption(session: Session, texts: Texts) -> Iterator[str]:
    """Where a homeserver encrypts whatever room is made, nobody can be spoken to alone."""
    held = [entry for entry in outbox.unfinished(session) if entry.reason == ENCRYPTION_FORCED]
    if held:
        yield texts.say("check-matrix-encryption-forced", count=len(held), number=str(held[0].id))


def _record(session: Session, settings: Settings, texts: Texts) -> Findings:
    found = [group for group in every_group(session) if group.stage is not GroupStage.CLOSED]
    notes = [note for group in found for note in _reach(session, group, members_of(session, group), settings, texts)]
    if sqlite3.sqlite_version_info < FIXED_SQLITE:
        notes.append(texts.say("check-sqlite", version=sqlite3.sqlite_version))
    problems = [] if found else [texts.say("check-no-groups")]
    if stuck := sum(entry.state in (OutboxState.PARKED, OutboxState.HELD) for entry in outbox.unfinished(session)):
        problems.append(texts.say("check-parked", count=stuck))
    for group in found:
        problems += _group(session, group, members_of(session, group), texts)
    return Findings(notes, problems)


def _settings(settings: Settings, texts: Texts) -> Findings:
    """A group may do without letters where it speaks in chat."""
    if settings.mail is not None:
        fault = mail.fault(settings.mail)
        told = texts.say("check-mail-fault", url=settings.mail.url, fault=fault) if fault else ""
        return Findings([], [told] if told else [])
    if settings.slack or settings.matrix:
        return Findings([texts.say("check-mail-left-out")], [])
    return Findings([], [texts.say("check-mail-missing")])


def _reach(
    session: Session, group: Group, members: list[Membership], settings: Settings, texts: Texts
) -> Iterator[str]:
    if settings.mail:
        reached = sum(membership.person.email is not None for membership in members)
        yield texts.say("check-reach", group=group.name, reached=str(reached), all=str(len(members)))
        yield reach.summary(reach.forecast(session, group), group, texts)
    known = sum(membership.person.account_on("matrix") is not None for membership in members)
    if known < len(members) and any(room.platform == "matrix" for room in group.rooms):
        yield texts.say("check-matrix-known", group=group.name, known=str(known), all=str(len(members)))


def _group(session: Session, group: Group, members: list[Membership], texts: Texts) -> Iterator[str]:
    if not members:
        yield texts.say("check-empty-group", group=group.name, slug=group.slug)
        return
    if all(membership.role is not Role.CHAIR for membership in members):
        yield texts.say("check-no-chair", group=group.name)
    yield from (reach.cure(missed, group, texts) for missed in reach.forecast(session, group).missed)
    for unit in group.units:
        if all(membership.unit is not unit for membership in members):
            yield texts.say("check-unit-missing", group=group.name, unit=unit.name)
