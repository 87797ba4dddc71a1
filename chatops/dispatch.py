"""From what somebody said to what Tuva answers: one invocation, one transaction, one reply."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import structlog

from chatops import grammar
from chatops.conversation import House, Invocation, Keep, Reply, Request
from chatops.grammar import Reading
from chatops.verbs import GROUP, Command, Verb, Who
from config.texts import Texts, texts_in
from digests.markup import escape
from storage import audit, inbox, prose
from storage.database import Database, DatabaseFault, DiskFull, Session
from storage.groups import named_to_set_up
from storage.meetings import Meeting
from storage.memberships import Duty, Membership, membership_of, memberships_of, own_groups
from storage.messages import Message
from storage.people import KNOWN_BY_MAIL, Person, person_known_as
from storage.profiles import Stranger, recognise
from storage.rooms import room_at
from storage.rules import RuleBroken
from storage.subgroups import Subgroup
from storage.together import Together

LOG = structlog.get_logger()
LONGEST_FACT = 500
# Refusals that tell who somebody is, what they may, or which groups there are.
PRIVATE_REFUSALS = frozenset(
    {"speaker-unknown", "speaker-unnamed", "no-group", "group-which", "group-not-yours", "may-not"}
)


class Dispatcher:
    """Answers invocations. `changed` is called when something changed."""

    def __init__(
        self, database: Database, commands: Sequence[Command], house: House, changed: Callable[[], None]
    ) -> None:
        self._database = database
        self._together = Together(database)
        self._commands = commands
        self._house = house
        self._changed = changed

    def answer(self, invocation: Invocation, keep: Keep | None = None) -> Reply:
        """Do what is asked, whole or not at all, and say so in the speaker's language.

        `keep` is called with the reply in the transaction of what was done, or, where nothing was, in one of its own.
        Never raises without it; with it a DatabaseFault or DiskFull, and then nothing is done.
        """
        private = False
        try:
            reading = grammar.read(prose.clean(invocation.line), prose.clean(invocation.body), self._commands)
            private = reading.verb.private
            reply = self._carried_out(invocation, reading, keep)
        except Exception as fault:
            return self._refused(invocation, fault, keep, private=private)
        if reply.changed:
            self._changed()
        return reply

    def _carried_out(self, invocation: Invocation, reading: Reading, keep: Keep | None) -> Reply:
        """What may be delivered again is kept in the inbox, whatever it does."""
        keeps = reading.verb.changes or bool(invocation.twins) or keep is not None
        if keeps or invocation.profile:
            return self._together.run(lambda session: self._done(session, invocation, reading, keep, keeps=keeps))
        with self._database.reading() as session:
            return self._done(session, invocation, reading, None, keeps=False)

    def _done(
        self, session: Session, invocation: Invocation, reading: Reading, keep: Keep | None, *, keeps: bool
    ) -> Reply:
        speaker = self._speaker(session, invocation)
        # A stranger is whom the platform, asked for its word, does not name either.
        if speaker is None and (reading.verb.needs_speaker or invocation.profile is None):
            raise _unknown(invocation)
        noun, place = _meant(session, invocation, reading, speaker) if speaker else (None, None)
        of_place = place.group.language if place else self._house.language
        texts = texts_in((speaker and speaker.language) or of_place)
        request = Request(invocation, speaker, place, reading.arguments, self._house, noun)
        _require_right(session, reading.verb, request, texts)
        if keeps and not _heard_first(session, invocation):
            return Reply(Message(texts.say("done-already")), why="done-already", language=texts.language)
        reply = reading.verb.run(request, session, texts)
        changed = reading.verb.changes and not reply.asks and not reply.refused
        if changed:
            _note(session, request, reading, reply)
        language = reply.language or texts.language
        reply = replace(reply, changed=changed, language=language, private=reading.verb.private or reply.private)
        if keep:
            keep(session, reply)
        return reply

    def _speaker(self, session: Session, invocation: Invocation) -> Person | None:
        platform, tenant, account = invocation.identity
        if invocation.profile is None:
            return person_known_as(session, platform, account, tenant)
        room = room_at(session, platform, invocation.room) if invocation.room else None
        stranger = Stranger(platform, tenant, account, invocation.profile)
        return recognise(session, stranger, room.group if room else None, self._house.operators, invocation.at)

    def _refused(self, invocation: Invocation, fault: Exception, keep: Keep | None, *, private: bool) -> Reply:
        if keep and isinstance(fault, DatabaseFault | DiskFull):
            raise fault
        broken = fault if isinstance(fault, RuleBroken) else _broken(invocation, fault)
        reply = self._refusal(invocation, broken, private=private or broken.key in PRIVATE_REFUSALS)
        if keep:
            self._together.run(lambda session: keep(session, reply))
        return reply

    def _refusal(self, invocation: Invocation, broken: RuleBroken, *, private: bool) -> Reply:
        texts = texts_in(self._language_of(invocation))
        message = Message(self._sentence(broken, texts))
        return Reply(message, refused=True, why=broken.key, language=texts.language, private=private)

    def _language_of(self, invocation: Invocation) -> str:
        """The speaker's language, if it can be found out."""
        try:
            with self._database.reading() as session:
                person = person_known_as(session, invocation.platform, invocation.account, invocation.tenant)
                places = memberships_of(session, person) if person else []
                of_group = places[0].group.language if places else None
                return (person and person.language) or of_group or self._house.language
        except DatabaseFault:
            return self._house.language

    def _sentence(self, broken: RuleBroken, texts: Texts) -> str:
        """What was wrong and what would be right, as Markdown: what people wrote is shown literally."""
        facts = {name: escape(shorten(fact)) for name, fact in broken.facts.items()}
        if command := grammar.command_called(broken.facts.get("command", ""), self._commands):
            facts["command"] = command.called_in(texts.language)
        return texts.say(broken.key, **facts)


def _broken(invocation: Invocation, fault: Exception) -> RuleBroken:
    """What was nobody's mistake, under a name by which it is found in the log."""
    reference = secrets.token_hex(3)
    LOG.error("command.failed", reference=reference, platform=invocation.platform, exc_info=fault)
    return RuleBroken("went-wrong", reference=reference)


def shorten(fact: str) -> str:
    """What is told back of what somebody wrote: enough to know it again."""
    return fact if len(fact) <= LONGEST_FACT else f"{fact[:LONGEST_FACT]}…"


def _unknown(invocation: Invocation) -> RuleBroken:
    is_told_by_mail = invocation.platform in KNOWN_BY_MAIL
    return RuleBroken("speaker-unknown" if is_told_by_mail else "speaker-unnamed", account=invocation.account)


def _meant(session: Session, invocation: Invocation, reading: Reading, person: Person) -> tuple[Any, Membership | None]:
    """The noun that the number means, and the membership by which the person may do something with it."""
    if reading.number is None:
        place = _place(session, invocation, reading, person)
        usual = reading.command.usual if reading.verb.on_noun else None
        noun = usual(session, place.group, invocation.at) if usual and place else None
        return noun, (noun and membership_of(session, person, noun.group)) or place
    assert reading.command.noun is not None
    noun = reading.command.noun(session, person, reading.number)
    membership = membership_of(session, person, noun.group)
    assert membership is not None
    return noun, membership


def _place(session: Session, invocation: Invocation, reading: Reading, person: Person) -> Membership | None:
    try:
        return _membership(session, invocation, reading, person)
    except RuleBroken:
        if reading.verb.needs_place:
            raise
        return None


def _membership(session: Session, invocation: Invocation, reading: Reading, person: Person) -> Membership:
    """The room's group; elsewhere the named one, or the person's only one, beside its subgroups. For what is the same
    in all, any.
    """
    places = {membership.group.slug: membership for membership in memberships_of(session, person)}
    room = room_at(session, invocation.platform, invocation.room) if invocation.room else None
    slug = reading.arguments.get("group") or (room.group.slug if room else None)
    own = own_groups([*places.values()])
    if slug is None and own and (len(own) == 1 or GROUP not in reading.verb.arguments):
        return own[0]
    if not places:
        raise RuleBroken("no-group")
    if slug is None:
        raise RuleBroken("group-which", groups=", ".join(places), example=next(iter(places)))
    if slug not in places:
        raise RuleBroken("group-not-yours", slug=slug, groups=", ".join(places))
    return places[slug]


def _require_right(session: Session, verb: Verb, request: Request, texts: Texts) -> None:
    if not any(relation in verb.who for relation in _relations(session, request)):
        who = texts.listed([texts.say(f"who-{who}") for who in Who if who in verb.who])
        role = texts.say(f"role-{request.place.role}" if request.place else "no-role")
        raise RuleBroken("may-not", who=who, role=role)


def _relations(session: Session, request: Request) -> Iterator[Who]:
    """All by which the speaker may do something here."""
    if request.place:
        yield Who(request.place.role)
        yield from (Who(duty) for duty in (Duty.COMMUNICATIONS, Duty.SECRETARY) if duty in request.place.duties)
    if isinstance(request.noun, Meeting):
        yield from [Who.LEADER] if request.noun.chair is request.speaker else []
    elif isinstance(request.noun, Subgroup):
        yield from [Who.LEAD] if request.noun.lead is request.speaker else []
    elif request.noun and request.noun.author is request.speaker:
        yield Who.AUTHOR
    if request.is_operator:
        yield Who.OPERATOR
    if request.speaker and named_to_set_up(session, request.speaker):
        yield Who.NAMED
    yield Who.ANYBODY


def _heard_first(session: Session, invocation: Invocation) -> bool:
    payload = {"line": invocation.line, "body": invocation.body, "account": invocation.account}
    keys = [f"{invocation.platform}:{name}" for name in (invocation.once, *invocation.twins)]
    return inbox.hear_once(session, keys, payload, invocation.at)


def _note(session: Session, request: Request, reading: Reading, reply: Reply) -> None:
    platform, tenant, account = request.invocation.identity
    # What anybody may say can make a stranger known, and two people one.
    speaker = request.person if reading.verb.needs_speaker else person_known_as(session, platform, account, tenant)
    assert speaker is not None
    audit.note(
        session,
        at=request.now,
        action=f"{reading.command.name}.{reading.verb.name}",
        noun=reply.about or reply.noted,
        platform=platform,
        person_id=speaker.id,
        group_id=request.place.group.id if request.place else None,
    )
