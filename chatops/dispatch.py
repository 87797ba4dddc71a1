"""From what somebody said to what Tuva answers: one invocation, one transaction, one reply."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

import structlog

from chatops import grammar
from chatops.conversation import Command, Invocation, Reply, Request, Verb, Who
from chatops.grammar import Reading
from config.texts import Texts, texts_in
from digests.markup import escape
from storage import inbox, prose
from storage.audit import AuditEntry
from storage.database import Database, DatabaseFault, Session
from storage.memberships import Membership, membership_of, memberships_of
from storage.messages import Message
from storage.people import Person, person_known_as
from storage.rooms import room_at
from storage.rules import RuleBroken

LOG = structlog.get_logger()
LONGEST_FACT = 500


class Dispatcher:
    """Answers invocations. `language` is spoken to whom nobody knows; `changed` is called when something changed."""

    def __init__(
        self, database: Database, commands: Sequence[Command], language: str, changed: Callable[[], None]
    ) -> None:
        self._database = database
        self._commands = commands
        self._language = language
        self._changed = changed

    def answer(self, invocation: Invocation) -> Reply:
        """Do what is asked, whole or not at all, and say so in the speaker's language. Never raises."""
        try:
            reading = grammar.read(prose.clean(invocation.line), prose.clean(invocation.body), self._commands)
            reply = self._carried_out(invocation, reading)
        except RuleBroken as broken:
            return self._refusal(invocation, broken)
        except Exception:
            reference = secrets.token_hex(3)
            LOG.exception("command.failed", reference=reference, platform=invocation.platform)
            return self._refusal(invocation, RuleBroken("went-wrong", reference=reference))
        if reading.verb.changes:
            self._changed()
        return reply

    def _carried_out(self, invocation: Invocation, reading: Reading) -> Reply:
        held = self._database.transaction if reading.verb.changes else self._database.reading
        with held() as session:
            person = _speaker(session, invocation)
            noun, membership = _meant(session, invocation, reading, person)
            texts = texts_in(person.language or membership.group.language)
            _require_right(reading.verb, membership, noun, texts)
            if reading.verb.changes and not _heard_first(session, invocation):
                return Reply(Message(texts.say("done-already")))
            request = Request(invocation, person, membership, reading.arguments, noun)
            reply = reading.verb.run(request, session, texts)
            if reading.verb.changes and not reply.asks:
                session.add(_audit(request, reading, reply))
            return reply

    def _refusal(self, invocation: Invocation, broken: RuleBroken) -> Reply:
        return Reply(Message(self._sentence(broken, texts_in(self._language_of(invocation)))), refused=True)

    def _language_of(self, invocation: Invocation) -> str:
        """The speaker's language, if it can be found out."""
        try:
            with self._database.reading() as session:
                person = person_known_as(session, invocation.platform, invocation.account, invocation.tenant)
                places = memberships_of(session, person) if person else []
                of_group = places[0].group.language if places else None
                return (person and person.language) or of_group or self._language
        except DatabaseFault:
            return self._language

    def _sentence(self, broken: RuleBroken, texts: Texts) -> str:
        """What was wrong and what would be right, as Markdown: what people wrote is shown literally."""
        facts = {name: escape(shorten(fact)) for name, fact in broken.facts.items()}
        if command := grammar.command_called(broken.facts.get("command", ""), self._commands):
            facts["command"] = command.called_in(texts.language)
        return texts.say(broken.key, **facts)


def shorten(fact: str) -> str:
    """What is told back of what somebody wrote: enough to know it again."""
    return fact if len(fact) <= LONGEST_FACT else f"{fact[:LONGEST_FACT]}…"


def _speaker(session: Session, invocation: Invocation) -> Person:
    person = person_known_as(session, invocation.platform, invocation.account, invocation.tenant)
    if person is None:
        raise RuleBroken("speaker-unknown", account=invocation.account)
    return person


def _meant(session: Session, invocation: Invocation, reading: Reading, person: Person) -> tuple[Any, Membership]:
    """The noun that the number means, and the membership by which the person may do something with it."""
    if reading.number is None:
        return None, _membership(session, invocation, reading, person)
    assert reading.command.noun is not None
    noun = reading.command.noun(session, person, reading.number)
    membership = membership_of(session, person, noun.group)
    assert membership is not None
    return noun, membership


def _membership(session: Session, invocation: Invocation, reading: Reading, person: Person) -> Membership:
    """The room's group; elsewhere the named one, or the person's only one."""
    places = {membership.group.slug: membership for membership in memberships_of(session, person)}
    room = room_at(session, invocation.platform, invocation.room) if invocation.room else None
    slug = reading.arguments.get("group") or (room.group.slug if room else None)
    if slug is None and len(places) == 1:
        return next(iter(places.values()))
    if not places:
        raise RuleBroken("no-group")
    if slug is None:
        raise RuleBroken("group-which", groups=", ".join(places), example=next(iter(places)))
    if slug not in places:
        raise RuleBroken("group-not-yours", slug=slug, groups=", ".join(places))
    return places[slug]


def _require_right(verb: Verb, membership: Membership, noun: Any, texts: Texts) -> None:
    if Who(membership.role) in verb.who or (Who.AUTHOR in verb.who and noun and noun.author is membership.person):
        return
    who = texts.listed([texts.say(f"who-{who}") for who in Who if who in verb.who])
    raise RuleBroken("may-not", who=who, role=texts.say(f"role-{membership.role}"))


def _heard_first(session: Session, invocation: Invocation) -> bool:
    payload = {"line": invocation.line, "body": invocation.body, "account": invocation.account}
    entry = inbox.hear(session, f"{invocation.platform}:{invocation.once}", payload, invocation.at)
    if entry is not None:
        entry.done()
    return entry is not None


def _audit(request: Request, reading: Reading, reply: Reply) -> AuditEntry:
    return AuditEntry(
        at=request.now,
        action=f"{reading.command.name}.{reading.verb.name}",
        noun=reply.about,
        platform=request.invocation.platform,
        person_id=request.person.id,
        group_id=request.membership.group.id,
    )
