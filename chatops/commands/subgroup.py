"""/subgroup: a few take care of a question, in rooms of their own, and come back with an answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chatops.commands import reporting
from chatops.commands.answers import shown, shown_everywhere
from chatops.commands.mandates import USUALLY, people_in, wanted
from chatops.conversation import Reply, Request
from chatops.verbs import CONTRIBUTORS, GROUP, MEMBERS, READERS, Argument, Command, Kind, Verb, Who
from config.texts import Texts
from digests import subgroups as hub
from digests.cards import line
from digests.cards.subgroup import days_left
from digests.markup import escape
from storage import audit, subgroups
from storage.database import Session
from storage.docket import proposal_for
from storage.groups import Group
from storage.memberships import Membership
from storage.messages import Message
from storage.people import Person
from storage.proposals import Proposal
from storage.rules import RuleBroken
from storage.subgroups import Mandate, Subgroup, subgroup_for
from storage.tips import as_title_and_body

PUBLIC, PRIVATE = "public", "private"
CHANNELS = {PRIVATE: ("private", "sluten", "privat"), PUBLIC: ("public", "öppen", "publik")}
WHICH = {"open": ("open", "pågående"), "all": ("all", "alla")}


def start(request: Request, session: Session, texts: Texts) -> Reply:
    """Form one, and wish for its rooms. Who starts it leads it, unless another is named."""
    proposal = _proposal(request, session)
    asked = wanted(request, session)
    question, text = asked.question, request.arguments["body"]
    if proposal:
        question, text = question or proposal.title, text or proposal.body
    elif not question:
        question, text = as_title_and_body(text)
    if not question:
        return Reply(Message(texts.say("subgroup-what")), asks="subgroup start")
    due = asked.due or request.membership.group.local(request.now).date() + USUALLY
    mandate = Mandate(question, text, due, is_public=request.arguments.get("channel") == PUBLIC)
    lead = asked.lead or request.membership
    made = subgroups.start(session, request.membership, mandate, lead, proposal, request.now)
    for place in (request.membership, *asked.members):
        subgroups.join(session, made, place, request.now)
    hub.started(session, made, request.now)
    told = [] if asked.due else [texts.say("subgroup-usual-due", day=texts.day(due), number=str(made.id))]
    return _settled(made, request, session, texts, *told)


def show(request: Request, session: Session, texts: Texts) -> Reply:
    """The card, and what its rooms wait for."""
    return _with(shown(request.noun, texts), *hub.troubles(session, request.noun, texts, request.now))


def list_(request: Request, session: Session, texts: Texts) -> Reply:
    """The group's subgroups: how far they are, how long they have, and when something was last heard of them."""
    group, which = asking_group(request.membership.group), request.arguments.get("which", "open")
    found = subgroups.open_subgroups(session, group) if which == "open" else subgroups.subgroups_of(session, group)
    if not found:
        return Reply(Message(texts.say(f"subgroups-none-{which}")))
    lines = (f"- {_listed(one, request, session, texts)}" for one in found)
    return Reply(Message("\n".join(lines), subject=texts.say(f"subgroups-{which}", count=len(found))))


def join(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker takes care of it, too."""
    _let_in(request, session, request.membership)
    return _settled(request.noun, request, session, texts, texts.say("subgroup-joined"))


def leave(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker takes care of it no more."""
    place = subgroups.place_in(session, request.noun, request.person)
    subgroups.leave(session, request.noun, request.person, request.now)
    hub.left(session, request.noun, place, request.now)
    return _settled(request.noun, request, session, texts, texts.say("subgroup-gone-from"))


def invite(request: Request, session: Session, texts: Texts) -> Reply:
    """Others of the group take care of it, too."""
    if not request.arguments["whom"]:
        raise RuleBroken("subgroup-invite-who", number=str(request.noun.id))
    found = people_in(request, session, request.arguments["whom"])
    for place in found:
        _let_in(request, session, place)
    names = texts.listed([escape(place.person.name) for place in found])
    return _settled(request.noun, request, session, texts, texts.say("subgroup-invited", names=names))


def lead(request: Request, session: Session, texts: Texts) -> Reply:
    """Somebody else of the group leads it."""
    if not request.arguments["whom"]:
        raise RuleBroken("subgroup-lead-who", number=str(request.noun.id))
    place, *others = people_in(request, session, request.arguments["whom"])
    if others:
        raise RuleBroken("subgroup-lead-one", number=str(request.noun.id))
    subgroup: Subgroup = request.noun
    subgroup.hand_to(session, _let_in(request, session, place), request.now)
    hub.changed(session, subgroup, request.now)
    told = texts.say("subgroup-led", name=escape(place.person.name))
    return _settled(subgroup, request, session, texts, told)


def rooms(request: Request, session: Session, texts: Texts) -> Reply:
    """Rooms that are missing are made, also in place of those that are gone."""
    request.noun.require_open()
    hub.open_again(session, request.noun, request.now)
    return _settled(request.noun, request, session, texts)


def usual(session: Session, group: Group, now: datetime) -> Subgroup:  # noqa: ARG001
    """The one whose room it is, or the group's only one. Raises RuleBroken where there is none, or several."""
    found = [group.task] if group.task else subgroups.open_subgroups(session, group)
    if not found:
        raise RuleBroken("subgroup-none")
    if len(found) > 1:
        raise RuleBroken("subgroup-which", numbers=", ".join(str(one.id) for one in found), example=str(found[0].id))
    return found[0]


def asking_group(group: Group) -> Group:
    """The group itself; of a team the one that asks."""
    return group.task.group if group.task else group


def begun(session: Session, person: Person, number: int | None, arguments: Mapping[str, Any]) -> Mapping[str, str]:  # noqa: ARG001
    """What stands in the form of one that comes from a proposal."""
    if "proposal" not in arguments:
        return {}
    proposal = proposal_for(session, person, arguments["proposal"])
    return {"title": proposal.title, "body": proposal.body}


def _proposal(request: Request, session: Session) -> Proposal | None:
    """Of the speaker's own group, where they have the right."""
    if "proposal" not in request.arguments:
        return None
    proposal = proposal_for(session, request.person, request.arguments["proposal"])
    if proposal.group is not request.membership.group:
        raise RuleBroken("proposal-unknown", number=str(proposal.id))
    return proposal


def _let_in(request: Request, session: Session, place: Membership) -> Membership:
    found = subgroups.join(session, request.noun, place, request.now)
    hub.joined(session, request.noun, found, request.now)
    return found


def _settled(subgroup: Subgroup, request: Request, session: Session, texts: Texts, *told: str) -> Reply:
    reply = shown_everywhere(subgroup, request, session, texts)
    return _with(reply, *told, *hub.troubles(session, subgroup, texts, request.now))


def _with(reply: Reply, *told: str) -> Reply:
    return replace(reply, aside="\n\n".join(told))


def _listed(subgroup: Subgroup, request: Request, session: Session, texts: Texts) -> str:
    group = subgroup.group
    last = audit.last_act_in(session, subgroup.team, subgroup.noun) or subgroup.created_at
    told = (
        line(subgroup, texts),
        days_left(subgroup, group.local(request.now).date(), texts),
        texts.say("subgroup-last-sign", day=texts.day(group.local(last).date())),
    )
    return " · ".join(filter(None, told))


WHOM = Argument("whom", Kind.WORDS, asked="whom-in")
LEADERS = frozenset({Who.CHAIR, Who.LEAD})
STARTED = (
    Argument("title", Kind.TITLE, asked="question"),
    Argument("body", Kind.BODY, asked="mandate"),
    Argument("members", Kind.PEOPLE, keys=("with", "med"), asked="team"),
    Argument("lead", Kind.PERSON, keys=("lead", "sammankallande")),
    Argument("due", Kind.DAY, keys=("due", "klart", "senast")),
    Argument("channel", Kind.CHOICE, keys=("channel", "kanal"), choices=CHANNELS),
    Argument("proposal", Kind.NUMBER, keys=("proposal", "förslag")),
    GROUP,
)

SUBGROUP = Command(
    name="subgroup",
    words=("undergrupp",),
    noun=subgroup_for,
    usual=usual,
    bare="list",
    shown="show",
    people=True,
    verbs=(
        Verb("start", start, MEMBERS, ("starta",), arguments=STARTED, begun=begun, from_message=("body",)),
        Verb("show", show, READERS, ("visa",), arguments=(GROUP,), on_noun=True, changes=False),
        Verb(
            "list",
            list_,
            READERS,
            ("lista",),
            arguments=(Argument("which", Kind.CHOICE, choices=WHICH), GROUP),
            changes=False,
        ),
        Verb("join", join, CONTRIBUTORS, ("gå med",), arguments=(GROUP,), on_noun=True),
        Verb("leave", leave, READERS, ("lämna",), arguments=(GROUP,), on_noun=True),
        Verb("invite", invite, MEMBERS, ("bjud in",), arguments=(WHOM, GROUP), on_noun=True),
        Verb("lead", lead, LEADERS, ("sammankallande",), arguments=(WHOM, GROUP), on_noun=True),
        Verb("due", reporting.due, LEADERS, ("klart",), arguments=(reporting.DAY, GROUP), on_noun=True),
        Verb(
            "report",
            reporting.report,
            MEMBERS | {Who.GUEST},
            ("rapport", "rapportera"),
            arguments=(reporting.REPORT, GROUP),
            on_noun=True,
        ),
        Verb("close", reporting.close, LEADERS, ("avsluta",), arguments=(reporting.OUTCOME, GROUP), on_noun=True),
        Verb("rooms", rooms, LEADERS, ("rum",), arguments=(GROUP,), on_noun=True),
    ),
)
