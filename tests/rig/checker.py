"""The checker: what was wished for, held against what people got. Its words are those of Jepsen's queue checker.

It reads the database's file and the record of the outside by itself; of the program it knows only the tables.
"""

import hashlib
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from rig.mail_server import Taken

DOMAIN = "example.org"
# The card of a group's bulletin names its week, and what is said to one person names them.
BULLETIN = re.compile(r"\[\d+\] Nytt vecka \d+: .*")
NOTE = re.compile(r"\[\d+\] T(?:ill|o) [^:]*: .*")
TABLES = {"Förslag": "proposals", "Exempel": "examples", "Möte": "meetings", "Dagordning till möte": "meetings"}
TABLES["Snart dags: Möte"] = "meetings"
# What a console shows of a noun.
SHOWN = re.compile(rf"\[\d+\] ({'|'.join(TABLES)}) (\d+): (.*)")
# How the cards of a noun begin, by how the outbox names them.
CALLED = {"proposal": "Förslag", "example": "Exempel", "meeting": "Möte"}
CALLED |= {"agenda": "Dagordning till möte", "eve": "Snart dags: Möte"}
# The outbox keys of what is told of meeting 3.
ABOUT_MEETING = re.compile(r"(?:note:)?(?:invitation:meeting|agenda):(\d+):.*")
# An entry that ended in one of these is visible to the operator: not delivered, and not lost.
PUT_ASIDE = {"parked", "held", "expired"}


@dataclass(frozen=True)
class Wish:
    """One row of the outbox."""

    key: str
    route: str
    state: str
    flagged: bool

    @property
    def message_id(self) -> str:
        """What its letter is called."""
        return f"{hashlib.sha256(self.key.encode()).hexdigest()[:24]}@{DOMAIN}"

    @property
    def is_bulletin(self) -> bool:
        """It is the card of a group's own digest."""
        return self.key.startswith("card:bulletin:")

    @property
    def is_note(self) -> bool:
        """It is said to one person."""
        return self.key.startswith("note:")


@dataclass(frozen=True)
class Books:
    """What the database says."""

    wishes: dict[str, Wish]
    fired: set[str]
    nouns: dict[str, dict[int, str]]


@dataclass
class Verdict:
    """The sum of one or several runs on one database. `extra` counts deliveries beyond the first of each wish."""

    crashes: int
    connections: int
    seed: str
    attempted: int = 0
    acknowledged: int = 0
    ok: int = 0
    parked: list[str] = field(default_factory=list)
    recovered: int = 0
    extra: int = 0
    lost: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    unflagged: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Nothing lost or unexpected; what came twice may have, is flagged, and came the same."""
        faults = self.lost or self.unexpected or self.unflagged or self.changed
        return not faults and self.extra <= self.crashes * self.connections

    def __str__(self) -> str:
        """One line."""
        lists = ("lost", "unexpected", "duplicated", "unflagged", "changed")
        told = " ".join(f"{name} {len(getattr(self, name))} {getattr(self, name)[:3] or ''}".strip() for name in lists)
        sums = f"attempted {self.attempted} acknowledged {self.acknowledged} ok {self.ok} recovered {self.recovered}"
        bound = f"extra {self.extra} of at most {self.crashes * self.connections}"
        return f"{'good' if self.is_good else 'BAD'} [{self.seed}]: {sums} {told} {bound} crashes {self.crashes}"


def read(database: Path) -> Books:
    """Everything that counts, from the file."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT key, route, state, possible_duplicate FROM outbox").fetchall()
        passed = "SELECT series || ':' || key FROM occurrences WHERE state = 'fired' AND series LIKE 'weekly:%'"
        fired = connection.execute(passed)
        return Books(
            wishes={key: Wish(key, route, state, bool(flagged)) for key, route, state, flagged in rows},
            fired={key for (key,) in fired},
            nouns={
                word: dict(connection.execute(f"SELECT id, title FROM {table}").fetchall())
                for word, table in TABLES.items()
            },
        )


def judge(
    verdict: Verdict, books: Books, wished: Iterable[str], seen: set[str], taken: list[Taken], transcript: list[str]
) -> Verdict:
    """Fill in the verdict. `wished` may have been wished for by the rig; `seen` was once found committed."""
    by_id = {wish.message_id: wish for wish in books.wishes.values()}
    came = Counter(letter.message_id for letter in taken)
    shown = {match.groups() for line in transcript if (match := SHOWN.fullmatch(line))}
    bulletins, notes = (sum(map(bool, map(kind.fullmatch, transcript))) for kind in (BULLETIN, NOTE))
    verdict.attempted = len(books.wishes)
    verdict.acknowledged = sum(wish.state == "sent" for wish in books.wishes.values())
    verdict.parked += [key for key, wish in books.wishes.items() if wish.state == "parked"]
    verdict.lost += [f"{key} is gone" for key in sorted((seen | books.fired) - set(books.wishes))]
    verdict.lost += _undelivered(books, came, shown, bulletins, notes)
    verdict.lost += [f"{word} {n}: answered and gone" for word, n, title in shown if not _is_in(books, word, n, title)]
    verdict.ok = verdict.acknowledged - sum("sent and not" in lost for lost in verdict.lost)
    verdict.unexpected += [f"{name} without a wish" for name in came if name not in by_id]
    verdict.unexpected += [f"{key} without a cause" for key in books.wishes if not _has_cause(books, key, set(wished))]
    for name, times in came.items():
        if times > 1 and name in by_id:
            verdict.extra += times - 1
            verdict.duplicated.append(by_id[name].key)
            if not by_id[name].flagged:
                verdict.unflagged.append(by_id[name].key)
            if len({letter.digest for letter in taken if letter.message_id == name}) > 1:
                verdict.changed.append(by_id[name].key)
    verdict.duplicated += _said_once_and_there_twice(books)
    verdict.unexpected += _said_once_and_there_twice(books)
    return verdict


def delivered(books: Books, taken: list[Taken]) -> set[str]:
    """The keys of the letters that came."""
    came = {letter.message_id for letter in taken}
    return {key for key, wish in books.wishes.items() if wish.message_id in came}


def _undelivered(
    books: Books, came: Counter[str], shown: set[tuple[str, ...]], bulletins: int, notes: int
) -> Iterator[str]:
    titles = {(word, str(n)) for word, n, _ in shown}
    for wish in books.wishes.values():
        if wish.is_bulletin:
            arrived = bulletins > 0
        elif wish.is_note:
            arrived = notes > 0
        else:
            arrived = wish.message_id in came if wish.route == "mail" else _noun(wish) in titles
        if wish.state == "sent" and not arrived:
            yield f"{wish.key} sent and not delivered"
        elif wish.state != "sent" and wish.state not in PUT_ASIDE:
            yield f"{wish.key} left {wish.state}"


def _noun(wish: Wish) -> tuple[str, str]:
    """Of the key `card:proposal:12:ROOM:REVISION`, or `card:meeting:3:agenda:ROOM:REVISION`."""
    _, kind, number, *part, _, _ = wish.key.split(":")
    return CALLED[(part or [kind])[0]], number


def _is_in(books: Books, word: str, number: str, title: str) -> bool:
    return books.nouns[word].get(int(number)) == title


def _has_cause(books: Books, key: str, wished: set[str]) -> bool:
    if books.wishes[key].is_bulletin:
        return True
    if key.startswith("card:"):
        word, number = _noun(books.wishes[key])
        return int(number) in books.nouns[word]
    if about := ABOUT_MEETING.fullmatch(key):
        return int(about[1]) in books.nouns["Möte"]
    return key in books.fired or key in wished


def _said_once_and_there_twice(books: Books) -> list[str]:
    """The rig never types the same title twice."""
    tables = {TABLES[word]: nouns for word, nouns in books.nouns.items()}
    counted = Counter((word, title) for word, nouns in tables.items() for title in nouns.values())
    return [f"{word} {title}: {count} times" for (word, title), count in counted.items() if count > 1]
