"""The users.* and reactions.* methods, and those about the app itself."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slackside.arguments import Arguments
from slackside.workspace import Json, Message, Person, Refused, Workspace


def auth_test(workspace: Workspace, arguments: Arguments) -> Json:
    """auth.test: who the token is."""
    who = workspace.identity
    team = {"team": who.domain, "team_id": who.team, "url": f"https://{who.domain}.slack.com/"}
    return {
        "ok": True,
        **team,
        "user": "tuva",
        "user_id": who.bot_user,
        "bot_id": who.bot,
        "is_enterprise_install": False,
    }


def info(workspace: Workspace, arguments: Arguments) -> Json:
    """users.info."""
    person = workspace.person(arguments.needed("user"))
    return {"ok": True, "user": told(workspace, person, with_locale=arguments.flag("include_locale"))}


def lookup_by_email(workspace: Workspace, arguments: Arguments) -> Json:
    """users.lookupByEmail: members of this workspace only."""
    wanted = arguments.needed("email").lower()
    for person in workspace.people.values():
        if person.email.lower() == wanted and not person.deleted and not _is_stranger(workspace, person):
            return {"ok": True, "user": told(workspace, person)}
    raise Refused("users_not_found")


def told(workspace: Workspace, person: Person, *, with_locale: bool = False) -> Json:
    """A person as the Web API tells of them; their address only with users:read.email."""
    profile = {"real_name": person.name, "display_name": person.name, "team": person.team or workspace.identity.team}
    about: Json = {"id": person.id, "team_id": profile["team"], "name": person.name, "real_name": person.name}
    about |= {"deleted": person.deleted, "is_bot": person.is_bot, "is_app_user": False, "updated": 1}
    if _is_stranger(workspace, person):
        about["is_stranger"] = True
    if person.deleted:
        return about | {"profile": profile}
    if "users:read.email" in workspace.scopes and person.email and not _is_stranger(workspace, person):
        profile["email"] = person.email
    about |= {"is_email_confirmed": person.confirmed, **_zone(person)} | _rights(person)
    return about | {"profile": profile} | ({"locale": person.locale} if with_locale else {})


def _rights(person: Person) -> Json:
    restricted = {"is_restricted": person.restricted, "is_ultra_restricted": person.ultra_restricted}
    return restricted | {"is_admin": False, "is_owner": False, "is_primary_owner": False}


def _zone(person: Person) -> Json:
    offset = datetime.now(ZoneInfo(person.zone)).utcoffset()
    return {"tz": person.zone, "tz_label": person.zone, "tz_offset": int(offset.total_seconds()) if offset else 0}


def _is_stranger(workspace: Workspace, person: Person) -> bool:
    return bool(person.team) and person.team != workspace.identity.team


def reactions_get(workspace: Workspace, arguments: Arguments) -> Json:
    """reactions.get of a message."""
    message = _reacted_to(workspace, arguments)
    return {"ok": True, "type": "message", "channel": message.channel, "message": workspace.message_json(message)}


def reactions_add(workspace: Workspace, arguments: Arguments) -> Json:
    """reactions.add as the bot."""
    react(workspace, _reacted_to(workspace, arguments), arguments.needed("name"), workspace.identity.bot_user)
    return {"ok": True}


def react(workspace: Workspace, message: Message, name: str, user: str) -> Any:
    """A reaction put under a message; what became of the event."""
    users = message.reactions.setdefault(name, [])
    if user in users:
        raise Refused("already_reacted")
    users.append(user)
    return _tell(workspace, "reaction_added", message, name, user)


def unreact(workspace: Workspace, message: Message, name: str, user: str) -> Any:
    """A reaction taken away; what became of the event."""
    users = message.reactions.get(name, [])
    if user not in users:
        raise Refused("no_reaction")
    users.remove(user)
    if not users:
        del message.reactions[name]
    return _tell(workspace, "reaction_removed", message, name, user)


def _tell(workspace: Workspace, kind: str, message: Message, name: str, user: str) -> Any:
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event = {"type": kind, "user": user, "reaction": name, "item": item, "item_user": message.user}
    event["event_ts"] = workspace.new_ts()
    return workspace.emit(event, workspace.channels[message.channel])


def _reacted_to(workspace: Workspace, arguments: Arguments) -> Message:
    if not arguments.text("channel") or not arguments.text("timestamp"):
        raise Refused("no_item_specified")
    channel = workspace.channel(arguments.text("channel"))
    if arguments.text("timestamp") not in channel.messages:
        raise Refused("message_not_found")
    return channel.messages[arguments.text("timestamp")]
