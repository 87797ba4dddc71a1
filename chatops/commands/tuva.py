"""/tuva: help, who is in the group, and how things stand."""

from collections.abc import Iterator
from dataclasses import replace

from chatops.commands import bulletin, editors, steps
from chatops.commands.digest import chosen
from chatops.commands.link import link
from chatops.commands.members import ROLES, add_member, end_member, members
from chatops.commands.setup import setup
from chatops.conversation import Reply, Request
from chatops.grammar import command_called
from chatops.verbs import GROUP, READERS, Argument, Command, Kind, Verb, Who
from config.texts import Texts
from digests.markup import escape
from digests.stuck import described
from storage import outbox
from storage.bank import examples_of
from storage.database import Session
from storage.docket import proposals_of
from storage.groups import Group
from storage.memberships import Role
from storage.messages import Message
from storage.rules import RuleBroken
from storage.subscriptions import subscription_of

STUCK_AT_MOST = 5
ABOUT = Argument("about", Kind.WORDS)
CODE = Argument("code", Kind.WORDS)
ROLE = Argument("role", Kind.CHOICE, keys=("role", "roll"), choices=ROLES)
CHAIRS = frozenset({Who.CHAIR})
MEMBERS = ("medlemmar", "deltagare")
ADD_MEMBER = ("members add", "medlemmar lägg till", "deltagare lägg till")
END_MEMBER = ("members end", "medlemmar avsluta", "deltagare avsluta")
BULLETIN = ("settings digest", "inställningar utskick")
EDITORS = ("settings editors", "inställningar redaktörer")
STEPS = ("settings", "inställningar")
CHOICE = Argument("choice", Kind.CHOICE, choices={"on": ("on", "på"), "off": ("off", "av")})
TUVA = Command(name="tuva", words=(), bare="help", verbs=(), people=True)


def status(request: Request, session: Session, texts: Texts) -> Reply:
    """How the group stands, and when the speaker's next letter comes; the chair also hears what is stuck."""
    group = request.membership.group
    subscription = subscription_of(session, request.person, group)
    sentences = [
        texts.say(
            "status-record",
            proposals=len(proposals_of(session, group, open_only=True)),
            examples=len(examples_of(session, group)),
        ),
        *_outgoing(request, session, texts),
        texts.say("status-rooms", rooms=_platforms(group, texts)) if group.rooms else texts.say("status-no-rooms"),
        chosen(session, subscription, texts),
    ]
    return Reply(Message("\n".join(f"- {line}" for line in sentences), subject=group.name))


def _outgoing(request: Request, session: Session, texts: Texts) -> Iterator[str]:
    group = request.membership.group
    entries = outbox.unfinished(session, group.id)
    yield texts.say("status-outbox", count=len(entries))
    overdue = min((entry.due_at for entry in entries if entry.state in outbox.WAITING), default=request.now)
    if request.now - overdue > outbox.LATE_AFTER:
        yield texts.say("status-late", moment=texts.moment(overdue, request.person.timezone or group.timezone))
    if request.membership.role is Role.CHAIR:
        stuck = [entry for entry in entries if entry.state in outbox.STUCK]
        yield from (texts.say("status-stuck", entry=escape(described(entry, texts))) for entry in stuck[:STUCK_AT_MOST])


def with_help(commands: tuple[Command, ...]) -> tuple[Command, ...]:
    """The whole table: these commands and `/tuva`, whose help is written from the table itself."""

    def help_(request: Request, session: Session, texts: Texts) -> Reply:  # noqa: ARG001
        return _help(request.arguments["about"], table, texts)

    verbs = (
        Verb("help", help_, READERS, ("hjälp",), arguments=(ABOUT,), changes=False),
        Verb("link", link, frozenset({Who.ANYBODY}), ("länka",), arguments=(CODE,), private=True),
        Verb("members", members, READERS, MEMBERS, arguments=(GROUP,), changes=False, private=True),
        Verb("add-member", add_member, CHAIRS, ADD_MEMBER, arguments=(ABOUT, ROLE, GROUP), private=True),
        Verb("end-member", end_member, CHAIRS, END_MEMBER, arguments=(ABOUT, GROUP), private=True),
        Verb("setup", setup, frozenset({Who.OPERATOR, Who.NAMED, Who.CHAIR}), ("koppla",), arguments=(ABOUT,)),
        Verb("editors", editors.settings, CHAIRS, EDITORS, arguments=(CHOICE, GROUP), private=True),
        Verb("bulletin", bulletin.settings, CHAIRS, BULLETIN, arguments=bulletin.ARGUMENTS, private=True),
        Verb("steps", steps.settings, CHAIRS, STEPS, arguments=steps.ARGUMENTS, private=True),
        Verb("status", status, READERS, ("läge", "läget"), arguments=(GROUP,), changes=False, private=True),
    )
    table = (*commands, replace(TUVA, verbs=verbs))
    return table


def _help(about: str, commands: tuple[Command, ...], texts: Texts) -> Reply:
    if not about:
        lines = [f"- `{_typed(command, texts)}` – {escape(_about(command, texts))}" for command in commands]
        return Reply(Message("\n".join([*lines, "", texts.say("help-more")]), subject=texts.say("help-all")))
    command = command_called(about.removeprefix("/"), commands)
    if command is None:
        raise RuleBroken(
            "help-unknown", word=about, commands=", ".join(known.called_in(texts.language) for known in commands)
        )
    lines = [f"- {line}" for line in _verbs(command, texts)]
    example = texts.say(f"help-{command.name}-example")
    return Reply(Message("\n".join([*lines, "", example]), subject=_summary(command, texts)))


def _summary(command: Command, texts: Texts) -> str:
    return f"{_typed(command, texts)} – {_about(command, texts)}"


def _typed(command: Command, texts: Texts) -> str:
    return f"/{command.called_in(texts.language)}"


def _about(command: Command, texts: Texts) -> str:
    return texts.say(f"help-{command.name}")


def _verbs(command: Command, texts: Texts) -> Iterator[str]:
    for verb in command.verbs:
        yield texts.say(f"help-{command.name}-{verb.name}")


def _platforms(group: Group, texts: Texts) -> str:
    return texts.listed(
        [texts.say(f"platform-{name}") for name in dict.fromkeys(room.platform for room in group.rooms)]
    )
