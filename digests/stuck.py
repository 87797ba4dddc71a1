"""Word to the chair: what did not get through, why in plain words, and what can be done. One letter names all of it."""

import itertools
import re
from datetime import datetime, timedelta

from config.texts import Texts, texts_in
from digests import letters
from digests.letters import Letter, Section
from storage import outbox, undelivered
from storage.database import Session
from storage.direct_rooms import ENCRYPTION_FORCED
from storage.groups import Group, group_numbered
from storage.memberships import Membership, Role, members_of
from storage.outbox import OutboxEntry, OutboxKind
from storage.rooms import room_numbered
from storage.subscriptions import subscription_of

# What gets stuck meanwhile waits for the next letter.
BETWEEN = timedelta(hours=1)
NAMED_AT_MOST = 20
# What the server's code means (RFC 3463), by the sentence that says it.
REASONS = (
    ("address", re.compile(r"\b5\.1\.\d|\b5\.4\.4\b|no such user|user unknown", re.IGNORECASE)),
    ("full", re.compile(r"\b[45]\.2\.2\b")),
    ("policy", re.compile(r"\b5\.7\.\d|^530 ")),
    ("size", re.compile(r"\b5\.3\.4\b|^552 ")),
    ("crashed", re.compile(r"^crashed$")),
    ("restored", re.compile(r"^restored$")),
    ("unknown", re.compile(r"^arrived_unknown$")),
    ("restricted", re.compile(r"^restricted_action$")),
    ("scope", re.compile(r"^(missing_scope|not_allowed_token_type|no_permission)$")),
    ("names", re.compile(r"^name_taken$")),
    (
        "account",
        re.compile(
            r"^(cant_invite|user_not_found|user_disabled|user_is_(ultra_)?restricted|ura_max_channels"
            r"|no_external_invite_permission|org_user_not_in_team)$"
        ),
    ),
    ("encrypting", re.compile(f"^{ENCRYPTION_FORCED}$")),
    ("making", re.compile(r"^createRoom ")),
    ("inviting", re.compile(r"^invite ")),
    ("removing", re.compile(r"^kick ")),
    ("closed", re.compile(r"^(not_in_channel|channel_not_found|is_archived|M_FORBIDDEN|M_NOT_FOUND)$")),
    ("silent", re.compile(r"^(?!\d{3} ).*(timed out|closed|reset|refused)", re.IGNORECASE)),
)
SAID_OF = {
    OutboxKind.CARD: "stuck-card",
    OutboxKind.ROOM: "stuck-room",
    OutboxKind.INVITATION: "stuck-person",
    OutboxKind.REMOVAL: "stuck-person",
}
OF_ROOMS = {"stuck-room", "stuck-person"}
# How a server's own words begin.
SERVER_SAID = re.compile(r"\d{3} ")


def tell(session: Session, now: datetime) -> bool:
    """Tell the chairs of every group that has something new to hear. True when somebody was told."""
    told = False
    for number, entries in itertools.groupby(undelivered.untold(session), key=lambda entry: entry.group_id):
        assert number is not None
        last = undelivered.last_told_at(session, number)
        if last is None or now - last >= BETWEEN:
            told |= _tell_chairs(session, group_numbered(session, number), list(entries), now)
    return told


def described(entry: OutboxEntry, texts: Texts) -> str:
    """One entry in words: what, to whom, and why not."""
    told = texts.say(
        SAID_OF.get(entry.kind, "stuck-entry"),
        subject=str(entry.content.parts["subject"]),
        address=entry.address,
        why=texts.say(f"stuck-why-{why(entry)}"),
        number=str(entry.id),
    )
    return f"{told} {texts.say('stuck-server', reason=entry.reason)}" if SERVER_SAID.match(entry.reason) else told


def why(entry: OutboxEntry) -> str:
    """Why it was not delivered, by the end of its sentence's key: `address`, `full`, `policy` …"""
    return next((name for name, pattern in REASONS if pattern.search(entry.reason)), "other")


def _tell_chairs(session: Session, group: Group, entries: list[OutboxEntry], now: datetime) -> bool:
    chairs = [one for one in members_of(session, group) if one.role is Role.CHAIR and one.person.email]
    for chair in chairs:
        _write(session, chair, entries, now)
    for entry in entries if chairs else ():  # else they are told when there is a chair
        entry.told_at = now
    return bool(chairs)


def _write(session: Session, chair: Membership, entries: list[OutboxEntry], now: datetime) -> None:
    person, group = chair.person, chair.group
    assert person.email is not None
    texts = texts_in(subscription_of(session, person, group).speaks)
    outbox.put(
        session,
        key=f"stuck:{group.id}:{person.id}:{entries[-1].id}:{now.isoformat()}",
        route="mail",
        kind=OutboxKind.NOTICE,
        address=person.email,
        parts=letters.as_parts(_letter(session, group, entries, texts), texts),
        now=now,
        personal={"person": str(person.id)},
        group_id=group.id,
    )


def _letter(session: Session, group: Group, entries: list[OutboxEntry], texts: Texts) -> Letter:
    count, more = len(entries), len(entries) - NAMED_AT_MOST
    about = _about(entries)
    subject = texts.say(f"stuck-subject-{about}", count=count)
    lines = [described(entry, texts) for entry in entries[:NAMED_AT_MOST]]
    return letters.notice(
        group.slug,
        group.name,
        subject,
        texts.say("stuck-why", group=group.name),
        preheader=lines[0],
        opening=texts.say(f"stuck-opening-{about}", group=group.name, count=count),
        sections=(
            Section(
                texts.say("stuck-heading"),
                lines=tuple(lines),
                more=texts.say("letter-more", count=more) if more > 0 else "",
            ),
        ),
        invitation=_cure(session, entries, about, texts),
    )


def _cure(session: Session, entries: list[OutboxEntry], about: str, texts: Texts) -> str:
    """What helps; of a room the number of its subgroup is told."""
    first = next((entry for entry in entries if SAID_OF.get(entry.kind) in OF_ROOMS), entries[0])
    room = room_numbered(session, first.room_id) if about == "rooms" and first.room_id else None
    subgroup = room.group.task if room else None
    facts = {"number": str(first.id), "subgroup": str(subgroup.id) if subgroup else ""}
    return texts.say(f"stuck-cure-{about}", **facts)


def _about(entries: list[OutboxEntry]) -> str:
    """What got stuck, as the sentences about it end: the rooms of a subgroup, cards, or else letters."""
    kinds = {SAID_OF.get(entry.kind, "") for entry in entries}
    if kinds & OF_ROOMS:
        return "rooms"
    return "cards" if "stuck-card" in kinds else "letters"
