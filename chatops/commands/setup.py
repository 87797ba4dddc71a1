"""/tuva setup: the room in which it is said becomes a group's."""

from chatops.conversation import Reply, Request
from config.texts import Texts
from digests.markup import escape
from storage.database import Session
from storage.groups import Group, GroupChoices, bind_room, every_group, save_group
from storage.memberships import Role, members_of
from storage.messages import Message
from storage.rooms import room_at
from storage.rules import RuleBroken


def setup(request: Request, session: Session, texts: Texts) -> Reply:
    """Bind the room to the group that is named by its short name, made when it is new. `NAME` after it renames it."""
    room = request.invocation.room
    if room is None:
        raise RuleBroken("setup-no-room")
    slug, _, name = request.arguments["about"].partition(" ")
    known = {group.slug: group for group in every_group(session) if _may_set_up(request, session, group)}
    if not slug and len(known) == 1:
        slug = next(iter(known))
    if slug not in known and not (slug and request.is_operator):
        raise RuleBroken("setup-which", groups=", ".join(known) or "–")
    if slug not in known and not name:
        raise RuleBroken("setup-name-missing", slug=slug)
    choices = GroupChoices(name=name or None)
    group = save_group(session, slug, choices, request.house.language, request.house.timezone, request.now)
    bind_room(session, group, request.invocation.platform, room)
    count = len(members_of(session, group))
    return Reply(Message(texts.say("setup-done", group=escape(group.name), slug=escape(group.slug), count=count)))


def _may_set_up(request: Request, session: Session, group: Group) -> bool:
    """An operator, whom an operator named; and the group's chair, in a room that is the group's already."""
    room = room_at(session, request.invocation.platform, request.invocation.room or "")
    is_chair = request.place is not None and request.place.group is group and request.place.role is Role.CHAIR
    is_named = group.setup_by is not None and group.setup_by == request.person.email
    return request.is_operator or is_named or (is_chair and room is not None and room.group is group)
