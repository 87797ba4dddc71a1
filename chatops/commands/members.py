"""/tuva members: who is in the group, who comes and who leaves."""

from chatops.commands.mentions import known, mentioned
from chatops.conversation import Mention, Reply, Request
from config.texts import Texts
from digests import members as people
from digests.markup import escape
from storage import roster
from storage.database import Session
from storage.memberships import Membership, Role, members_of, membership_of
from storage.messages import Message
from storage.roster import Newcomer
from storage.roster_table import ROLE_WORDS

ROLES = {role: tuple(word for word, meant in ROLE_WORDS.items() if meant is role) for role in Role}


def members(request: Request, session: Session, texts: Texts) -> Reply:
    """Who is in the group, by unit; and the units that nobody represents."""
    group = request.membership.group
    found = members_of(session, group)
    missing = [unit.name for unit in group.units if all(membership.unit is not unit for membership in found)]
    lines = [f"- {_member(membership, texts)}" for membership in found]
    if missing:
        lines += ["", texts.say("members-missing", units=escape(texts.listed(missing)))]
    return Reply(Message("\n".join(lines), subject=texts.say("members", group=group.name, count=len(found))))


def add_member(request: Request, session: Session, texts: Texts) -> Reply:
    """Somebody is in the group from now on, or has another unit or role: NAME MAIL UNIT, or a mention and UNIT."""
    words, mention = mentioned(request, "about")
    newcomer = roster.read_newcomer(words) if mention is None else _from(mention, words)
    role = Role(request.arguments["role"]) if "role" in request.arguments else None
    person = known(session, request, mention)
    membership = roster.add_member(session, request.membership.group, newcomer, role, request.now, person)
    if mention is not None:
        membership.person.known_as(request.invocation.platform, mention.account, mention.tenant)
    people.came(session, membership, request.now)
    group = escape(membership.group.name)
    return Reply(Message(texts.say("member-added", member=_member(membership, texts), group=group)))


def end_member(request: Request, session: Session, texts: Texts) -> Reply:
    """Somebody leaves the group: told by name, mail address or mention."""
    group = request.membership.group
    words, mention = mentioned(request, "about")
    person = known(session, request, mention)
    membership = (person and membership_of(session, person, group)) or roster.member_called(session, group, words)
    roster.end_member(session, membership, request.now)
    people.went(session, membership, request.now)
    facts = {"name": escape(membership.person.name), "group": escape(membership.group.name)}
    return Reply(Message(texts.say("member-ended", **facts)))


def _from(mention: Mention, unit: str) -> Newcomer:
    return Newcomer(mention.profile.name, mention.profile.email or None, " ".join(unit.split()))


def _member(membership: Membership, texts: Texts) -> str:
    roles = texts.listed([texts.say(f"role-{role}") for role in (membership.role, *membership.duties)])
    unit = f", {escape(membership.unit.name)}" if membership.unit else ""
    unreached = "" if membership.person.email else f" · {texts.say('members-no-mail')}"
    return f"{escape(membership.person.name)}{unit} – {roles}{unreached}"
