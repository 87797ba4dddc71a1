"""One installation on Matrix under the rig: its database and its room, from its first run to its verdict."""

import itertools
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import housed
from chatops.platforms.matrix.past import NAME
from digests.clock import real_time
from matrix_person import Json, Person
from on_matrix import said_by, settle, signs, thread_of
from people import ANA, BO, CHEN, MONDAY
from rig import telling
from rig.life import Ended, Run
from rig.nursery import Nursery
from settled import settled
from storage import outbox
from storage.database import Database
from storage.outbox import OutboxState
from town import Town

NUMBERS = itertools.count(1)
PATIENCE_SECONDS = 30.0
LOOK_EVERY_SECONDS = 0.05
UNDER_WAY = "SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'expired', 'parked')"
EFFECTIVE = "SELECT substr(key, 8) FROM inbox WHERE state IN ('done', 'failed')"
CARDS = """
SELECT title, 'Stöd: ' || (SELECT count(*) FROM stands WHERE proposal_id = p.id AND
position = 'support') || ' · Invändningar: ' || (SELECT count(*) FROM stands WHERE proposal_id = p.id AND
position = 'object') FROM proposals p
UNION SELECT title, 'Tack: ' || (SELECT count(*) FROM thanks WHERE example_id = e.id) FROM examples e
UNION SELECT title, 'Kommer: ' || (SELECT count(*) FROM answers WHERE meeting_id = m.id) FROM meetings m
UNION SELECT question, CASE WHEN closed_at IS NULL THEN 'Pågår' ELSE 'Resultat: Klart.' END FROM subgroups
"""
SEEDS = {"Stöd": ["👍", "👎"], "Tack": ["🙏"], "Kommer": ["👍", "👎"], "Pågår": [], "Resultat": []}
TITLES = """
SELECT title FROM proposals UNION ALL SELECT title FROM examples UNION ALL SELECT title FROM meetings
UNION ALL SELECT question FROM subgroups
"""
CLOSED = "SELECT question FROM subgroups WHERE closed_at IS NOT NULL"
ACTS = """
SELECT a.action || ' ' || n.title || ' ' || p.email FROM audit a JOIN people p ON p.id = a.person_id JOIN
(SELECT 'proposal:' || id AS noun, title FROM proposals UNION SELECT 'example:' || id, title FROM examples
UNION SELECT 'meeting:' || id, title FROM meetings) n
ON n.noun = a.noun
"""


class MatrixHouse:
    """A database with the cast in it, in a folder within `folder`; a room and an account of its own in the town."""

    def __init__(self, nursery: Nursery, town: Town, folder: Path) -> None:
        self.town = town
        self.tuva = town.newcomer(f"tuva{next(NUMBERS)}")
        self.room = town[ANA].create_room(invite=[self.tuva.user_id], preset="public_chat", visibility="private")
        for person in (town[BO], town[CHEN]):
            person.join(self.room)
        self.folder = folder / self.tuva.user_id
        self.folder.mkdir()
        (self.folder / "tuva.db").write_bytes(settled(MONDAY))
        with closing(Database(f"sqlite:///{self.folder}/tuva.db")) as database:
            settle(database, town, room=self.room)
        self.deaths: list[str] = []
        self._nursery = nursery
        self._thread = ThreadPoolExecutor(1)
        self._titles: dict[str, str] = {}
        self._acts: set[str] = set()
        self._said: list[str] = []
        self._told: dict[str, Person] = {}
        self._illustrated: set[str] = set()
        self._questions: set[str] = set()

    # --- its life ---

    def start(self, **rest: Any) -> "Future[Ended]":
        """Let the program live, in a thread's keeping."""
        (self.folder / "stop").unlink(missing_ok=True)
        account = {"user_id": self.tuva.user_id, "device_id": self.tuva.device_id, "access_token": self.tuva.token}
        account["homeserver"] = self.town.homeserver.url
        run = Run(str(self.folder), f"maildir:{self.folder}/mail", [], MONDAY.isoformat(), matrix=account, **rest)
        return self._thread.submit(self._nursery.run, run)

    def ended(self, living: "Future[Ended]") -> Ended:
        """How it ended."""
        ended = living.result()
        assert ended.status <= 0, (self.folder / "log").read_text("utf-8")[-3000:]
        if ended.died:
            self.deaths.append(ended.point or "at random")
        return ended

    def until(self, holds: Callable[[], Any], living: "Future[Ended]") -> bool:
        """Wait until it holds; False when the program has died before."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if living.done():
                return False
            assert time.monotonic() < deadline, f"{self.deaths[-9:]} {self.faults()} {self._ask(UNDER_WAY)}"
            time.sleep(LOOK_EVERY_SECONDS)
        return True

    def live(self, day: "Day", **how: Any) -> Ended:
        """From its start until the day is over and it is told to stop, or it dies."""
        living = self.start(**how)
        while day.waits_for:
            if not self.until(day.waits_for, living):
                return self.ended(living)
            day.go_on()
        (self.folder / "stop").touch()
        return self.ended(living)

    def is_in(self) -> bool:
        """Tuva is in the room."""
        return self.tuva.user_id in self.town[ANA].joined(self.room)

    def is_calm(self) -> bool:
        """Tuva is in the room, and nothing is left of the life before."""
        return self.is_in() and self.has_settled()

    def has_settled(self) -> bool:
        """All that was said has had its effect, and nothing is on its way out."""
        effective = {event for (event,) in self._ask(EFFECTIVE)}
        return set(self._said) <= effective and not self._ask(UNDER_WAY)[0][0]

    def retry_parked(self) -> None:
        """Do as the operator does with what was there at too many deaths."""
        with closing(Database(f"sqlite:///{self.folder}/tuva.db")) as database, database.transaction() as session:
            for entry in outbox.unfinished(session):
                if entry.state is OutboxState.PARKED:
                    entry.retry(real_time())

    def leave_names(self) -> None:
        """The next house in town may call its rooms as this one has."""
        for state in housed.made(self.tuva).values():
            self.tuva.free(state["m.room.canonical_alias", ""]["alias"])

    # --- what people do ---

    def say(self, who: str, line: str, title: str = "") -> None:
        """A command; with a `title` it makes a noun of that name."""
        event = self.town[who].say(self.room, line)
        self._said.append(event)
        self._titles[event] = title

    def show(self, who: str, title: str) -> None:
        """An example with a picture."""
        self._illustrated.add(title)
        self.send(who, title, telling.PHOTO)

    def send(self, who: str, title: str, content: bytes) -> None:
        """An example with what may be no picture."""
        event = self.town[who].show(self.room, content, f"!exempel {title}")
        self._said.append(event)
        self._titles[event] = title

    def form(self, question: str) -> None:
        """A subgroup of Ana and Bo."""
        self._questions.add(question)
        self.say(ANA, f"!undergrupp starta {question} @Bo", question)

    def order(self, who: str, question: str, words: str) -> None:
        """What is to become of a subgroup."""
        [(number,)] = self._ask(f"SELECT id FROM subgroups WHERE question = '{question}'")
        self.say(who, f"!undergrupp {number} {words}")

    def react(self, who: str, title: str, key: str, act: str = "") -> None:
        """A sign under a card, which is to be that act."""
        self._said.append(self.town[who].react(self.room, self.cards(title)[0]["event_id"], key))
        self._acts |= {f"{act} {title} {who}"} if act else set()

    def give_reason(self, who: str, title: str, act: str) -> None:
        """The answer, in the card's thread, to what Tuva asks there."""
        self._said.append(self.town[who].say(self.room, "För dyrt", thread=self.cards(title)[0]["event_id"]))
        self._acts.add(f"{act} {title} {who}")

    def tell(self, key: str) -> None:
        """A note to Ina; she has an account of her own for it."""
        self._told[key] = account = self.town.newcomer(f"{self.tuva.user_id[1:].partition(':')[0]}-ina{key}")
        telling.leave(self.folder, key, "Se **det** här", ("matrix", account.user_id, ""))

    # --- what people see ---

    def cards(self, title: str) -> list[Json]:
        """The cards with that title, as they are shown now."""
        said = said_by(self.town[ANA].timeline(self.room), self.tuva.user_id)
        return [event for event in said if not thread_of(event) and f": {title}\n" in event["content"]["body"]]

    def is_asked_about(self, title: str) -> bool:
        """Tuva asks something in the thread of the card."""
        said = said_by(self.town[ANA].timeline(self.room), self.tuva.user_id)
        return bool({thread_of(event) for event in said} & {card["event_id"] for card in self.cards(title)})

    # --- the verdict ---

    def faults(self) -> list[str]:
        """What is lost or doubled, held against what people did and what they see."""
        events = self.town[ANA].timeline(self.room)
        wrong_ones = (self._wrong_effects(), self._wrong_cards(events), self._wrong_answers(events))
        return [*itertools.chain(*wrong_ones, self._wrong_pictures(events), self._wrong_notes(), self._wrong_rooms())]

    def _wrong_effects(self) -> Iterator[str]:
        titles = Counter(title for (title,) in self._ask(TITLES))
        wished = Counter(title for title in self._titles.values() if title)
        yield from (f"{title}: {titles[title]} times" for title in titles | wished if titles[title] != wished[title])
        acts = Counter(act for (act,) in self._ask(ACTS))
        yield from (f"{act}: {acts[act]} times" for act in self._acts if acts[act] != 1)

    def _wrong_cards(self, events: list[Json]) -> Iterator[str]:
        for title, counts in self._ask(CARDS):
            found = self.cards(title)
            words = [card["content"]["body"] for card in found]
            if len(found) != 1 or counts not in words[0]:
                yield f"{title}, {counts}: {words}"
            elif (marks := signs(events, found[0]["event_id"], self.tuva.user_id)) != SEEDS[counts.split(":")[0]]:
                yield f"{title}: {marks}"
        sent = Counter(event["content"].get(NAME) for event in events if event["sender"] == self.tuva.user_id)
        yield from (f"{name} sent {times} times" for name, times in sent.items() if name and times > 1)

    def _wrong_pictures(self, events: list[Json]) -> Iterator[str]:
        said = [event for event in said_by(events, self.tuva.user_id) if event["content"]["msgtype"] == "m.image"]
        for _, title, *kept in telling.pictures(self.folder):
            under = {card["event_id"] for card in self.cards(title)}
            found = [event["content"]["url"] for event in said if thread_of(event) in under]
            once = title in self._illustrated
            if [len(found), *kept] != [once] * 3:
                yield f"{title}: shown {found}, pictures and copies {kept}"

    def _wrong_notes(self) -> Iterator[str]:
        """A direct room is one as well: nobody is asked into a second."""
        for key, account in self._told.items():
            for room in (invited := account.invitations()):
                account.join(room)
            said = [event for room in account.rooms() for event in said_by(account.timeline(room), self.tuva.user_id)]
            words = [event["content"]["body"].partition("\n")[0] for event in said]
            if len(account.rooms()) != 1 or words != [telling.greeting(key)]:
                yield f"{key}, asked into {invited}: {words}"

    def _wrong_rooms(self) -> Iterator[str]:
        if self._questions:
            people = {self.town[ANA].user_id, self.town[BO].user_id}
            closed = [question for (question,) in self._ask(CLOSED)]
            yield from housed.faults(self.tuva, dict.fromkeys(self._questions, people), closed)

    def _wrong_answers(self, events: list[Json]) -> Iterator[str]:
        answers = Counter(thread_of(event) for event in said_by(events, self.tuva.user_id))
        for event, title in self._titles.items():
            marks = signs(events, event, self.tuva.user_id)
            if marks != ["✅"] or (title and answers[event] != 1):
                yield f"{title}: answered {answers[event]} times, {marks}"

    def _ask(self, question: str) -> list[Any]:
        with closing(sqlite3.connect(f"file:{self.folder}/tuva.db?mode=ro", uri=True)) as connection:
            return connection.execute(question).fetchall()


class Day:
    """What happens in a house, one act after the other; it goes on where it was when Tuva has died in between.

    `waits_for` must hold before the next act.
    """

    def __init__(self, acts: Iterator[Callable[[], Any]]) -> None:
        self._acts = acts
        self.waits_for: Callable[[], Any] | None = next(acts)

    def go_on(self) -> None:
        """The next act."""
        self.waits_for = next(self._acts, None)
