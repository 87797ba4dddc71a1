"""Commands on the record: groups, units, rosters, and the outbox."""

import json
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Annotated, Any

import typer

from chatops.commandline.installation import Config, opened, settings_of
from digests import invitations, members, subgroups
from digests.clock import real_time
from storage import groups as record
from storage import outbox
from storage.database import Session
from storage.groups import GroupChoices, GroupKind
from storage.memberships import members_of
from storage.organisations import add_unit, organisation_named
from storage.outbox import WAITING, OutboxEntry
from storage.roster import import_roster
from storage.rules import RuleBroken

groups = typer.Typer(no_args_is_help=True, help="The groups of this installation.")
units = typer.Typer(no_args_is_help=True, help="The units that a group wants represented.")
rosters = typer.Typer(no_args_is_help=True, help="Who is in a group.")
outboxes = typer.Typer(help="What is not yet sent.")

Slug = Annotated[str, typer.Argument(metavar="GROUP", help="The group's short name.")]
Number = Annotated[int, typer.Argument(metavar="ID")]
KINDS = [kind.value for kind in GroupKind if kind is not GroupKind.SUBGROUP]


@groups.command("add")
def group_add(  # noqa: PLR0913, PLR0917 -- each is an option of its own
    context: typer.Context,
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="A short name: small letters, digits, hyphens.")],
    name: Annotated[str | None, typer.Option(help="What people call it.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="|".join(KINDS), help="What kind of body it is.")] = None,
    parent: Annotated[str | None, typer.Option(metavar="SLUG", help="The group it belongs under.")] = None,
    organisation: Annotated[list[str] | None, typer.Option(metavar="ORG", help="Whose group it is.")] = None,
    language: Annotated[str | None, typer.Option(metavar="sv|en", help="What its rooms speak.")] = None,
    timezone: Annotated[str | None, typer.Option(metavar="ZONE", help="Its clocks.")] = None,
    slack: Annotated[list[str] | None, typer.Option(metavar="CHANNEL_ID", help="Its Slack channel.")] = None,
    matrix: Annotated[list[str] | None, typer.Option(metavar="ROOM_ID", help="Its Matrix room.")] = None,
    setup_by: Annotated[str | None, typer.Option(metavar="MAIL", help="Who may run /tuva setup first.")] = None,
    config: Config = None,
) -> None:
    """Add a group; again later, change what is named."""
    settings = settings_of(context, config)
    if kind is not None and kind not in KINDS:
        raise typer.BadParameter(f"{kind}: {', '.join(KINDS)}", param_hint="--kind")
    if language is not None and language not in ("sv", "en"):
        raise typer.BadParameter(f"{language}: sv, en", param_hint="--language")
    choices = GroupChoices(
        name=name,
        kind=GroupKind(kind) if kind else None,
        parent=parent,
        language=language,
        timezone=timezone,
        setup_by=setup_by,
        organisations=tuple(organisation or ()),
        rooms=(*(("slack", channel) for channel in slack or ()), *(("matrix", room) for room in matrix or ())),
    )
    with opened(settings) as database, database.transaction() as session:
        service = settings.service
        group = record.save_group(session, slug, choices, service.language, service.timezone, real_time())
        said = context.find_root().obj.texts.say("cli-group-added", slug=group.slug, name=group.name)
    typer.echo(said)


@groups.command("list")
def group_list(context: typer.Context, config: Config = None) -> None:
    """All groups: short name, name, kind, number of participants, rooms."""
    settings = settings_of(context, config)
    with opened(settings) as database, database.reading() as session:
        found = record.every_group(session)
        for group in found:
            rooms = ", ".join(f"{room.platform} {room.address}" for room in group.rooms)
            people = len(members_of(session, group))
            typer.echo("\t".join((group.slug, group.name, group.kind, str(people), rooms)))
    if not found:
        typer.echo(context.find_root().obj.texts.say("cli-groups-none"))


@units.command("add")
def unit_add(
    context: typer.Context,
    slug: Slug,
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="The units.")],
    organisation: Annotated[str | None, typer.Option(metavar="ORG", help="Whose units they are.")] = None,
    config: Config = None,
) -> None:
    """Add units that the group wants represented."""
    settings = settings_of(context, config)
    with opened(settings) as database, database.transaction() as session:
        group = record.group_called(session, slug)
        owner = organisation_named(session, organisation) if organisation else None
        for name in names:
            add_unit(session, group, name, owner)
        session.flush()
        session.refresh(group)
        said = context.find_root().obj.texts.say(
            "cli-units-added", group=group.name, units=", ".join(unit.name for unit in group.units)
        )
    typer.echo(said)


@rosters.command("import")
def roster_import(
    context: typer.Context,
    slug: Slug,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="name,email,unit,role,language,slack,matrix")],
    replace: Annotated[bool, typer.Option("--replace", help="End those who are not in the file.")] = False,
    config: Config = None,
) -> None:
    """Add and update the people of a group, all or nothing."""
    settings = settings_of(context, config)
    try:
        table = file.read_bytes()
    except OSError:
        raise RuleBroken("roster-file-missing", file=str(file)) from None
    with opened(settings) as database, database.transaction() as session:
        group, now = record.group_called(session, slug), real_time()
        changes = import_roster(session, group, table, now, replace=replace)
        for place in members_of(session, group):
            invitations.invite_newcomer(session, place, now)
        members.changed(session, group, now)
    typer.echo(context.find_root().obj.texts.say("roster-done", **vars(changes)))


@outboxes.callback(invoke_without_command=True)
def outbox_default(context: typer.Context, config: Config = None) -> None:
    """Without a verb: the list."""
    if config is not None:
        context.find_root().obj.config = config
    if context.invoked_subcommand is None:
        outbox_list(context)


@outboxes.command("list")
def outbox_list(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    config: Config = None,
) -> None:
    """Everything not yet sent or ended: ID, state, kind, address, reason, next try."""
    settings = settings_of(context, config)
    with opened(settings) as database, database.reading() as session:
        entries = outbox.unfinished(session)
    if as_json:
        typer.echo(json.dumps([_row(entry) for entry in entries], ensure_ascii=False, indent=2))
    elif entries:
        typer.echo("\n".join(map(line_of, entries)))
    else:
        typer.echo(context.find_root().obj.texts.say("cli-outbox-empty"))


def line_of(entry: OutboxEntry) -> str:
    """An entry in one line."""
    return "\t".join(str(cell) if cell is not None else "–" for cell in _row(entry).values())


@outboxes.command("retry")
def outbox_retry(context: typer.Context, number: Number, config: Config = None) -> None:
    """Try an entry again."""
    _decide(context, config, number, lambda _, entry: entry.retry(real_time()))


@outboxes.command("arrived")
def outbox_arrived(context: typer.Context, number: Number, config: Config = None) -> None:
    """An entry has arrived: leave it."""
    _decide(context, config, number, lambda _, entry: entry.arrived())


@outboxes.command("drop")
def outbox_drop(context: typer.Context, number: Number, config: Config = None) -> None:
    """Let an entry be. What waits for a room that is not to come goes on without it."""
    _decide(context, config, number, lambda session, entry: subgroups.drop(session, entry, real_time()))


def _decide(
    context: typer.Context, config: Path | None, number: int, decision: Callable[[Session, OutboxEntry], None]
) -> None:
    settings = settings_of(context, config)
    with opened(settings) as database, database.transaction() as session:
        entry = outbox.entry_numbered(session, number)
        decision(session, entry)
        state = entry.state
    texts = context.find_root().obj.texts
    typer.echo(texts.say("cli-outbox-done", number=str(number), state=texts.say(f"outbox-{state}")))


def _row(entry: OutboxEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "state": entry.state.value,
        "kind": entry.kind.value,
        "address": entry.address,
        "reason": entry.reason or None,
        "next_try": entry.due_at.astimezone(UTC).isoformat() if entry.state in WAITING else None,
    }
