"""The Web API: which methods there are, which scope each needs, and whose token is good."""

from collections.abc import Callable

from slackside import chat, conversations, people, rooms
from slackside.arguments import Arguments
from slackside.block_kit import check_message
from slackside.files import Cabinet
from slackside.views import Screens
from slackside.workspace import Json, Refused, Workspace

FILE_METHODS = {
    "files.info": Cabinet.info,
    "files.getUploadURLExternal": Cabinet.upload_url,
    "files.completeUploadExternal": Cabinet.complete,
}
Method = Callable[[Workspace, Arguments], Json]
METHODS: dict[str, Method] = {
    "auth.test": people.auth_test,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "chat.delete": chat.delete,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.getPermalink": chat.get_permalink,
    "conversations.info": conversations.info,
    "conversations.history": conversations.history,
    "conversations.replies": conversations.replies,
    "conversations.join": conversations.join,
    "conversations.open": conversations.open_direct,
    "conversations.members": conversations.members,
    "conversations.create": rooms.create,
    "conversations.setTopic": rooms.set_topic,
    "conversations.setPurpose": rooms.set_purpose,
    "conversations.invite": rooms.invite,
    "conversations.kick": rooms.kick,
    "conversations.archive": rooms.archive,
    "pins.add": rooms.add_pin,
    "users.conversations": rooms.of_user,
    "users.info": people.info,
    "users.lookupByEmail": people.lookup_by_email,
    "reactions.get": people.reactions_get,
    "reactions.add": people.reactions_add,
}
VIEW_METHODS: dict[str, Callable[[Screens, Arguments], Json]] = {
    "views.open": Screens.open,
    "views.push": Screens.push,
    "views.update": Screens.update,
    "views.publish": Screens.publish,
}
SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.info": "{kind}:read",
    "conversations.members": "{kind}:read",
    "conversations.history": "{kind}:history",
    "conversations.replies": "{kind}:history",
    "conversations.join": "channels:join",
    "conversations.open": "im:write",
    "conversations.create": "{managed}",
    "conversations.setTopic": "{managed}",
    "conversations.setPurpose": "{managed}",
    "conversations.invite": "{managed}",
    "conversations.kick": "{managed}",
    "conversations.archive": "{managed}",
    "pins.add": "pins:write",
    "users.info": "users:read",
    "users.lookupByEmail": "users:read.email",
    "reactions.get": "reactions:read",
    "reactions.add": "reactions:write",
    "files.info": "files:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}
KINDS = {"channel": "channels", "group": "groups", "im": "im"}
MANAGED = {"channel": "channels:manage", "group": "groups:write", "im": "im:write"}


def call(
    workspace: Workspace, screens: Screens, cabinet: Cabinet, method: str, token: str, arguments: Arguments
) -> Json:
    """Do what a call asks; Refused where Slack refuses."""
    _check_token(token, workspace.identity.bot_token)
    if workspace.token_error:
        raise Refused(workspace.token_error)
    if method in VIEW_METHODS:
        return VIEW_METHODS[method](screens, arguments)
    if method not in METHODS and method not in FILE_METHODS:
        raise Refused("unknown_method", req_method=method)
    _check_scope(workspace, method, arguments)
    if method in workspace.restricted:
        raise Refused("restricted_action")
    if method in FILE_METHODS:
        return FILE_METHODS[method](cabinet, arguments)
    if method.startswith("chat."):
        blocks = arguments.structure("blocks", "invalid_blocks_format")
        cabinet.check_shown(check_message(blocks))
    return METHODS[method](workspace, arguments)


def check_app_token(workspace: Workspace, token: str) -> None:
    """apps.connections.open is called with the app-level token."""
    _check_token(token, workspace.identity.app_token)


def _check_token(token: str, good: str) -> None:
    if not token:
        raise Refused("not_authed")
    if token != good:
        is_of_another_kind = token[:4] in ("xoxb", "xapp") and token[:4] != good[:4]
        raise Refused("not_allowed_token_type" if is_of_another_kind else "invalid_auth")


def _check_scope(workspace: Workspace, method: str, arguments: Arguments) -> None:
    scope = SCOPES.get(method)
    if scope is None:
        return
    kinds = _kinds(workspace, method, arguments)
    wanted = list(dict.fromkeys(scope.format(kind=KINDS[kind], managed=MANAGED[kind]) for kind in kinds))
    if not set(wanted) & set(workspace.scopes):
        raise Refused("missing_scope", needed=",".join(wanted), provided=",".join(workspace.scopes))


def _kinds(workspace: Workspace, method: str, arguments: Arguments) -> list[str]:
    """Of which kind the channel is that a call is about; all, where it names none."""
    if method == "conversations.create":
        return ["group" if arguments.flag("is_private") else "channel"]
    channel = workspace.channels.get(arguments.text("channel"))
    return [channel.kind] if channel else list(KINDS)
