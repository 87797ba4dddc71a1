"""What a line asks of a new subgroup: its question, who takes care of it, and by which day."""

from dataclasses import dataclass
from datetime import date, timedelta

from chatops.arguments import fold
from chatops.commands.mentions import member_mentioned
from chatops.conversation import Request
from chatops.when.days import day_in, day_typed
from chatops.when.spoken import COMMAS, Spoken, written
from storage import roster
from storage.database import Session
from storage.memberships import Membership, members_of

DUE_WORDS = frozenset({"due", "by", "klart", "klar", "senast"})
# What may stand between two names.
AND = frozenset({"and", "och", "&"})
# Nobody who was not told by when works longer than that without a word.
USUALLY = timedelta(weeks=13)


@dataclass(frozen=True)
class Wanted:
    """What was asked for. `lead` is None where nobody was named, and `due` where no day was."""

    question: str
    members: list[Membership]
    lead: Membership | None
    due: date | None


def wanted(request: Request, session: Session) -> Wanted:
    """Read the line. Raises RuleBroken for who is not in the group, and for a day that has passed or is none."""
    today = request.membership.group.local(request.now).date()
    title, due = request.arguments["title"], request.arguments.get("due")
    leads, behind_lead = _named(request, session, request.arguments.get("lead", ""), at_most=1)
    named, behind_names = _named(request, session, request.arguments.get("members", ""))
    mentioned, rest = _mentioned(request, session, " ".join((title, behind_lead, behind_names)))
    question, day = _due(rest, today)
    return Wanted(
        question=question,
        members=[*named, *mentioned],
        lead=leads[0] if leads else None,
        due=day_typed(due, today) if due else day,
    )


def people_in(request: Request, session: Session, words: str) -> list[Membership]:
    """Everybody whom words name, and nothing beside them. Raises RuleBroken for nobody, and for what is no name."""
    mentioned, rest = _mentioned(request, session, words)
    named, rest = _named(request, session, _behind(rest)[0])
    if rest or not (mentioned or named):
        return [roster.member_called(session, request.membership.group, rest)]
    return [*mentioned, *named]


def _mentioned(request: Request, session: Session, words: str) -> tuple[list[Membership], str]:
    """Whom a text mentions, by the platform's means or as `@anna`, and the text without them."""
    found, places = [], members_of(session, request.membership.group)
    for mention in request.invocation.mentions:
        if mention.words in words:
            found.append(member_mentioned(request, session, mention))
            words = words.replace(mention.words, " ", 1)
    kept: list[str] = []
    waiting = words.split()
    while waiting:
        if waiting[0].startswith("@") and len(waiting[0]) > 1:
            place, rest = roster.member_called_first(places, _bare(waiting))
            found.append(place)
            waiting = rest.split()
        else:
            kept.append(waiting.pop(0))
    return found, " ".join(kept)


def _named(request: Request, session: Session, words: str, at_most: int = 0) -> tuple[list[Membership], str]:
    """Those whom a text names at its beginning, one after the other with commas between, and the rest of it."""
    found: list[Membership] = []
    places = members_of(session, request.membership.group) if words.strip() else []
    while words.strip() and (not at_most or len(found) < at_most):
        mention = next((one for one in request.invocation.mentions if words.lstrip().startswith(one.words)), None)
        if mention:
            found.append(member_mentioned(request, session, mention))
            words = words.lstrip().removeprefix(mention.words)
        else:
            place, words = roster.member_called_first(places, _bare(words.split()))
            found.append(place)
        words, goes_on = _behind(words)
        if not goes_on:
            break
    return found, words


def _bare(words: list[str]) -> str:
    """Words in which a comma stands by itself, so that it belongs to no name."""
    return " ".join(words).replace(",", " , ")


def _behind(words: str) -> tuple[str, bool]:
    """What follows a name, and whether that is another one."""
    parts = words.replace(",", " , ").split()
    count = next((place for place, part in enumerate(parts) if part != "," and fold(part) not in AND), len(parts))
    return " ".join(parts[count:]), count > 0


def _due(words: str, today: date) -> tuple[str, date | None]:
    """A text without `klart 1 mars` at its beginning or end, and that day."""
    typed = words.split()
    for place in range(len(typed) - 1, -1, -1):
        if fold(typed[place]).strip(COMMAS) in DUE_WORDS:
            behind = Spoken(typed[place + 1 :])
            day = day_in(behind, today) if behind.next else None
            before, after = _without_due(typed[:place]), behind.typed[behind.at :]
            if day and (not before or not after):
                return written([*before, *after]), day
    return " ".join(typed), None


def _without_due(typed: list[str]) -> list[str]:
    """`klart senast` is said for `klart`."""
    while typed and fold(typed[-1]).strip(COMMAS) in DUE_WORDS:
        typed = typed[:-1]
    return typed
