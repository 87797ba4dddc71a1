"""/example list and search: the bank of good examples."""

from chatops.conversation import Reply, Request
from config.texts import Texts
from digests.cards import line
from storage.bank import Wanted, examples_of
from storage.bank import search as found_in
from storage.database import Session
from storage.examples import Example
from storage.messages import Message
from storage.organisations import unit_called
from storage.rules import RuleBroken

FOUND_AT_MOST = 20


def list_(request: Request, session: Session, texts: Texts) -> Reply:
    """The group's examples, a line each."""
    found = examples_of(session, request.membership.group)
    if not found:
        return Reply(Message(texts.say("examples-none")))
    return _listed(found, texts.say("examples-all", count=len(found)), texts)


def search(request: Request, session: Session, texts: Texts) -> Reply:
    """The group's examples that fit the words, goals, unit and year, the best first."""
    arguments, group = request.arguments, request.membership.group
    unit = unit_called(group, arguments["unit"]) if "unit" in arguments else None
    wanted = Wanted(arguments["words"], arguments.get("goals", ()), unit, arguments.get("year"))
    if wanted == Wanted():
        raise RuleBroken("search-what")
    found = found_in(session, group, wanted)
    if not found:
        return Reply(Message(texts.say("examples-not-found")))
    return _listed(found, texts.say("examples-found", count=len(found)), texts)


def _listed(found: list[Example], heading: str, texts: Texts) -> Reply:
    lines = [f"- {line(example, texts)}" for example in found[:FOUND_AT_MOST]]
    more = len(found) - FOUND_AT_MOST
    foot = texts.say("letter-more", count=more) if more > 0 else ""
    return Reply(Message("\n".join(lines), subject=heading, foot=foot))
