"""Joining: two accounts are one person's, and two people who turn out to be one become one. Nothing said is lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, delete, exists, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from storage import occurrences
from storage.answers import Answer
from storage.database import Base, Session
from storage.digest_items import DigestItem
from storage.examples import Example
from storage.meetings import Meeting
from storage.memberships import Membership, membership_of
from storage.people import KNOWN_BY_MAIL, Account, Identity, Person
from storage.proposals import Proposal
from storage.reuses import Reuse
from storage.rules import RuleBroken
from storage.stands import Position, Stand
from storage.subgroups import Subgroup, teams_with
from storage.subscriptions import Subscription
from storage.thanks import Thanks

Item = Proposal | Example | Meeting | Subgroup


@dataclass(frozen=True)
class Joined:
    """What came of it: who speaks now, what was joined to them (`account:7` or `person:12`), where another account of
    theirs counts no longer, and the items whose cards show something else now.
    """

    person: Person
    what: str
    let_go: tuple[str, ...] = ()
    changed: tuple[Item, ...] = ()


def join(session: Session, owner: Person, speaker: Person | None, typed: Identity, now: datetime) -> Joined:
    """The account `typed`, of `speaker` if anybody knows it, is the `owner`'s of a code from now on.

    Of two people whoever has the mail address stays. Raises RuleBroken when both have one: the roster names two.
    """
    if speaker is None:
        return _joined_account(session, owner, typed)
    if owner.email and speaker.email:
        raise RuleBroken("link-two-people")
    stays, goes = (speaker, owner) if speaker.email else (owner, speaker)
    let_go = _join_accounts(session, owner, speaker, typed)
    gone, changed = goes.id, join_people(session, stays, goes, now)
    return Joined(stays, f"person:{gone}", let_go, tuple(changed))


def join_people(session: Session, stays: Person, goes: Person, now: datetime) -> list[Item]:
    """Whatever `goes` said, did or is, is `stays`'s from now on, and `goes` is no more.

    Returns the items that look otherwise now.
    """
    written = [item for kind in (Proposal, Example) for item in _written(session, kind, goes)]
    changed: list[Item] = [*written, *_join_stands(session, stays, goes), *_join_thanks(session, stays, goes)]
    changed += [*_join_reuses(session, stays, goes), *_meetings_with(session, goes), *_subgroups_with(session, goes)]
    _join_answers(session, stays, goes)
    _join_subscriptions(session, stays, goes, now)
    _join_memberships(session, stays, goes, now)
    _forget_what_both_were_told(session, stays, goes)
    stays.together = stays.together or goes.together
    stays.language, stays.timezone = stays.language or goes.language, stays.timezone or goes.timezone
    session.flush()
    for column in names_a_person():
        session.execute(update(column.table).where(column == goes.id).values({column.name: stays.id}))
    session.execute(delete(Person).where(Person.id == goes.id))
    session.expire_all()
    items = list({item.noun: item for item in changed}.values())
    for item in items:
        item.revision += 1
    session.flush()
    return items


def names_a_person() -> list[Column[int]]:
    """Every column of the record that tells whose something is."""
    keys = (key for table in Base.metadata.sorted_tables for key in table.foreign_keys)
    return [key.parent for key in keys if key.column.table is Person.__table__]


def _joined_account(session: Session, owner: Person, typed: Identity) -> Joined:
    before = owner.account_on(typed.platform)
    owner.known_as(typed.platform, typed.identifier, typed.tenant)
    session.flush()
    account = owner.account_on(typed.platform)
    assert account is not None
    return Joined(owner, f"account:{account.id}", (typed.platform,) if before else ())


def _join_accounts(session: Session, owner: Person, speaker: Person, typed: Identity) -> tuple[str, ...]:
    """One account on each platform: the one that typed the code, then those of whoever made it."""
    both = [*speaker.accounts, *owner.accounts]
    kept = {account.platform: account for account in both}
    if typed.platform not in KNOWN_BY_MAIL:
        kept[typed.platform] = next(account for account in both if _identity(account) == typed)
    dropped = [account for account in both if kept[account.platform] is not account]
    session.execute(delete(Account).where(Account.id.in_([account.id for account in dropped])))
    return tuple(account.platform for account in dropped)


def _identity(account: Account) -> Identity:
    return Identity(account.platform, account.tenant, account.identifier)


def _written(session: Session, kind: type[Proposal] | type[Example], person: Person) -> list[Proposal | Example]:
    """What shows the person's name on its card, as its author."""
    author = Proposal.proposer_id if kind is Proposal else Example.sharer_id
    return list(session.scalars(select(kind).where(author == person.id)))


def _join_stands(session: Session, stays: Person, goes: Person) -> Iterator[Proposal]:
    """The last word wins. A card shows how many are for it, and who objects."""
    for theirs in session.scalars(select(Stand).filter_by(person_id=goes.id)).all():
        own = session.get(Stand, (theirs.proposal_id, stays.id))
        if own is not None:
            own.hear(theirs)
            session.delete(theirs)
        if own is not None or theirs.position is Position.OBJECT:
            yield session.get_one(Proposal, theirs.proposal_id)


def _join_thanks(session: Session, stays: Person, goes: Person) -> Iterator[Example]:
    """One thanks for each example, and none for one's own."""
    both = (stays.id, goes.id)
    chosen = select(Example).where(Example.thanks.any(Thanks.person_id.in_(both)))
    for example in session.scalars(chosen).all():
        first, *more = sorted((one for one in example.thanks if one.person_id in both), key=lambda one: one.given_at)
        superfluous = [first, *more] if example.sharer_id in both else more
        first.reacted = all(thanks.reacted for thanks in (first, *more))
        for thanks in superfluous:
            example.thanks.remove(thanks)
        if superfluous:
            yield example


def _join_reuses(session: Session, stays: Person, goes: Person) -> Iterator[Example]:
    """One re-use of each example, the later one, with how it went if either tells; and none of one's own."""
    both = (stays.id, goes.id)
    chosen = select(Example).where(Example.reuses.any(Reuse.person_id.in_(both)))
    for example in session.scalars(chosen).all():
        last, *older = sorted((one for one in example.reuses if one.person_id in both), key=lambda one: -one.id)
        superfluous = [last, *older] if example.sharer_id in both else older
        for reuse in older:
            last.hear(reuse)
        for reuse in superfluous:
            example.reuses.remove(reuse)
        if superfluous:
            yield example


def _meetings_with(session: Session, person: Person) -> list[Meeting]:
    """What shows the person's name on its card: who comes, is sent, or chairs."""
    answered = Meeting.answers.any(or_(Answer.person_id == person.id, Answer.substitute_id == person.id))
    return list(session.scalars(select(Meeting).where(or_(answered, Meeting.chair_id == person.id))))


def _subgroups_with(session: Session, person: Person) -> list[Subgroup]:
    """What shows the person's name on its card: who takes care of it."""
    return [subgroup for subgroup, _ in teams_with(session, person)]


def _join_answers(session: Session, stays: Person, goes: Person) -> None:
    """The last word wins; and nobody is their own substitute."""
    both = (stays.id, goes.id)
    themselves = update(Answer).where(Answer.person_id.in_(both), Answer.substitute_id.in_(both))
    session.execute(themselves.values(substitute_id=None))
    for theirs in session.scalars(select(Answer).filter_by(person_id=goes.id)).all():
        own = session.scalar(select(Answer).filter_by(person_id=stays.id, meeting_id=theirs.meeting_id))
        if own is not None:
            session.delete(min(own, theirs, key=lambda answer: answer.answered_at))


def _join_memberships(session: Session, stays: Person, goes: Person, now: datetime) -> None:
    for theirs in session.scalars(select(Membership).filter_by(person_id=goes.id, until=None)).all():
        own = membership_of(session, stays, theirs.group)
        if own is not None:
            own.hear(theirs, now)


def _join_subscriptions(session: Session, stays: Person, goes: Person, now: datetime) -> None:
    """In a group where both are subscribed, the one whose letters lie in a mailbox stays: its links go on working."""
    for theirs in session.scalars(select(Subscription).filter_by(person_id=goes.id)).all():
        own = session.scalar(select(Subscription).filter_by(person_id=stays.id, group_id=theirs.group_id))
        if own is None:
            continue
        own.hear(theirs)
        has_left = membership_of(session, stays, own.group) is None
        if has_left and membership_of(session, goes, own.group):
            own.rejoin(now)
        occurrences.cancel(session, own.series, now)
        occurrences.forget(session, theirs.series)
        session.delete(theirs)


def _forget_what_both_were_told(session: Session, stays: Person, goes: Person) -> None:
    other = aliased(DigestItem)
    same = tuple_(other.noun, other.number) == tuple_(DigestItem.noun, DigestItem.number)
    twice = exists().where(other.person_id == stays.id, same)
    session.execute(delete(DigestItem).where(DigestItem.person_id == goes.id, twice))
