"""One installation on Slack under the rig: its database and its channel, from its first run to its verdict."""

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from agendas import plan
from digests import agenda, cards
from digests.clock import real_time
from living import propose
from on_slack import U, bind
from people import ANA, INA, MONDAY
from rig import telling
from rig.gathering import Gathering
from rig.life import Ended, Run
from rig.nursery import Nursery
from settled import settled
from slack_outbox import LONG
from slackland import Slack
from slackside.sight import Outcome, Sighted
from storage import outbox
from storage.database import Database
from storage.outbox import OutboxState
from storage.proposals import Proposal

NUMBERS = count(1)
PATIENCE_SECONDS = 20.0
UNDER_WAY = "SELECT count(*) FROM outbox WHERE kind != 'sweep' AND state NOT IN ('sent', 'expired', 'parked')"
# What came of a gesture that names its title, or of a stand.
PUT_DOWN = "SELECT title, count(*) FROM (SELECT title FROM proposals UNION ALL SELECT title FROM examples) GROUP BY 1"
STOOD = "SELECT a.noun || ' ' || p.email, count(*) FROM audit a JOIN people p ON p.id = a.person_id GROUP BY 1"
CARDS = """
SELECT 'Förslag ' || id || ': ' || title, 'Stöd: ' || (SELECT count(*) FROM stands WHERE proposal_id = p.id)
FROM proposals p UNION SELECT 'Exempel ' || id || ': ' || title, 'Tack: 0' FROM examples
UNION SELECT w.words || id || ': ' || title, 'Kommer: ' || (SELECT count(*) FROM answers WHERE meeting_id = m.id)
FROM meetings m, (SELECT 'Möte ' AS words UNION SELECT 'Dagordning till möte ') w
"""
# A gesture of the workspace: its name and what goes with it; and the effect by which it is known, if it has one.
Gesture = tuple[str, dict[str, Any], str]
EVENTS = {"say", "react"}


class SlackHouse:
    """A database with the cast in it, in a folder within `folder`, and a channel of its own."""

    def __init__(self, nursery: Nursery, slack: Slack, folder: Path) -> None:
        self.slack = slack
        self.channel = f"CHOUSE{next(NUMBERS)}"
        self.folder = folder / self.channel
        self.folder.mkdir()
        (self.folder / "tuva.db").write_bytes(settled(MONDAY))
        self.deaths: list[str] = []
        self._nursery = nursery
        self._thread = ThreadPoolExecutor(1)
        self._done: list[tuple[Gesture, Outcome]] = []
        self._told: dict[str, str] = {}
        self._illustrated: set[str] = set()
        self.gathering: Gathering | None = None
        slack.add_channel(self.channel, U.values())
        with closing(Database(f"sqlite:///{self.folder}/tuva.db")) as database:
            bind(database, self.channel)

    def wish(self, title: str, body: str = "") -> None:
        """A card, wished for from inside."""
        with closing(Database(f"sqlite:///{self.folder}/tuva.db")) as database:
            number = propose(database, ANA, title, body, real_time())
            with database.transaction() as session:
                cards.show(session, session.get_one(Proposal, number), real_time())

    def meet(self) -> None:
        """A meeting and its agenda, from inside."""
        with closing(Database(f"sqlite:///{self.folder}/tuva.db")) as database, database.transaction() as session:
            now = real_time()
            agenda.send_now(session, plan(session, now + timedelta(days=90), now), now)

    def tell(self, key: str) -> None:
        """A note to Ina, so long that it goes on in the thread; she has an account of her own for it."""
        self._told[key] = account = f"U{self.channel}N{key}"
        self.slack.add_person(account, "Ina Is", INA)
        telling.leave(self.folder, key, LONG, ("slack", account, self.slack.team))

    def gather(self) -> Gathering:
        """A subgroup, from inside."""
        self.gathering = Gathering(self.slack, self.folder, f"ute-{self.channel.lower()}")
        self.gathering.form()
        return self.gathering

    def show(self, title: str) -> Gesture:
        """Somebody shares an example with a picture."""
        self._illustrated.add(title)
        return self.send(title, telling.PHOTO)

    def send(self, title: str, content: bytes) -> Gesture:
        """Somebody shares an example with a file, which may be no picture."""
        said = {"text": f"<@{self.slack.bot_user}> example {title}", "files": [self.slack.add_file(U[ANA], content)]}
        return "say", {"by": U[ANA], "channel": self.channel, **said}, title

    def start(self, **rest: Any) -> "Future[Ended]":
        """Let the program live, in a thread's keeping."""
        (self.folder / "stop").unlink(missing_ok=True)
        tokens = {"bot_token": self.slack.bot_token, "app_token": self.slack.app_token, "api_url": self.slack.api_url}
        run = Run(str(self.folder), f"maildir:{self.folder}/mail", [], MONDAY.isoformat(), slack=tokens, **rest)
        return self._thread.submit(self._nursery.run, run)

    def stop(self, living: "Future[Ended]") -> Ended:
        """Tell it to end, and wait for it."""
        (self.folder / "stop").touch()
        return self.ended(living)

    def ended(self, living: "Future[Ended]") -> Ended:
        """How it ended."""
        ended = living.result()
        assert ended.status <= 0, (self.folder / "log").read_text("utf-8")[-3000:]
        if ended.died:
            self.deaths.append(ended.point or "at random")
        return ended

    def do(self, gestures: Sequence[Gesture]) -> None:
        """Do these at the same time."""
        outcomes = self.slack.at_once([(name, about) for name, about, _ in gestures])
        self._done += zip(gestures, outcomes, strict=True)

    def until(self, holds: Callable[[], Any], living: "Future[Ended]") -> bool:
        """Wait until it holds; False when the program has died before."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if living.done():
                return False
            assert time.monotonic() < deadline, f"{self.deaths} {self.faults()}"
            time.sleep(0.01)
        return True

    def hears(self) -> bool:
        """There is a connection."""
        return bool(self.slack.connections())

    def is_calm(self) -> bool:
        """Somebody may come: we are there, and nothing is left of the life before."""
        return self.hears() and self.has_settled()

    def has_settled(self) -> bool:
        """Nothing is on its way, in or out."""
        return not self.slack.line.ask("settle", seconds=0) and not self._ask(UNDER_WAY)[0][0]

    def retry_parked(self) -> None:
        """Do as the operator does with what was there at too many deaths."""
        with closing(Database(f"sqlite:///{self.folder}/tuva.db")) as database, database.transaction() as session:
            for entry in outbox.unfinished(session):
                if entry.state is OutboxState.PARKED:
                    entry.retry(real_time())

    def faults(self) -> list[str]:
        """What is lost or doubled, held against what people did and what they see."""
        wrong = [*self._wrong_effects(), *self._wrong_cards(), *self._wrong_pictures(), *self._wrong_notes()]
        return [*wrong, *(self.gathering.faults() if self.gathering else ())]

    def _ask(self, question: str) -> list[Any]:
        with closing(sqlite3.connect(f"file:{self.folder}/tuva.db?mode=ro", uri=True)) as connection:
            return connection.execute(question).fetchall()

    def _wrong_effects(self) -> Iterator[str]:
        effects = Counter(dict(self._ask(PUT_DOWN)) | dict(self._ask(STOOD)))
        for (name, about, effect), outcome in self._done:
            if not effect:
                continue
            is_ours = outcome.error is None or (name in EVENTS and not self._given_up() & set(outcome.event_ids))
            least = 1 if is_ours else 0
            if not least <= effects[effect] <= 1:
                yield f"{name} {about}: {effects[effect]} effects, error {outcome.error}"

    def _wrong_cards(self) -> Iterator[str]:
        roots = [seen.words for seen in self.slack.messages(self.channel) if seen.metadata and not seen.thread_ts]
        for title, counts in self._ask(CARDS):
            shown = [words for words in roots if words.startswith(title)]
            if len(shown) != 1 or counts not in shown[0]:
                yield f"{title}, {counts}: {shown}"
        channels = {self.channel, *map(self.slack.direct_channel, self._told.values())}
        posted = Counter(
            seen["metadata"]["event_payload"]["k"]
            for seen in self.slack.seen()
            if seen["what"] == "posted" and seen["channel"] in channels and seen["metadata"]
        )
        yield from (f"{name} posted {times} times" for name, times in posted.items() if times > 1)

    def _wrong_pictures(self) -> Iterator[str]:
        shown = [(seen, image) for seen in self.slack.messages(self.channel) for image in images(seen)]
        for number, title, *kept in telling.pictures(self.folder):
            found = [image["slack_file"]["id"] for seen, image in shown if seen.words.startswith(f"Exempel {number}:")]
            once = title in self._illustrated
            if [len(found), *kept] != [once] * 3:
                yield f"{title}: shown {found}, pictures and copies {kept}"

    def _wrong_notes(self) -> Iterator[str]:
        for key, account in self._told.items():
            seen = "\n".join(one.words for one in self.slack.direct(account))
            parts = [telling.greeting(key), telling.BUTTON.label, *(f"Stycke {number}." for number in range(10))]
            yield from (f"{key}, {part} {seen.count(part)} times" for part in parts if seen.count(part) != 1)

    def _given_up(self) -> set[str]:
        """The events that Slack has delivered in vain as often as it does."""
        return {event["body"]["event_id"] for event in self.slack.events() if event["given_up"]}


def images(seen: Sighted) -> list[dict[str, Any]]:
    """The pictures of a message."""
    return [block for block in seen.blocks if block["type"] == "image"]


@dataclass
class Story:
    """What happens in a house: cards wished for from inside, and gestures, one act after the other."""

    house: SlackHouse
    acts: list[tuple[Callable[[], Any], Callable[[], Sequence[Gesture]]]] = field(default_factory=list)

    def play(self, living: "Future[Ended]", *, dies: bool = False) -> None:
        """Go on until all is settled and the program stopped, or it has died. What `dies` is left to its end."""
        while self.acts:
            is_time, gestures = self.acts[0]
            if not self.house.until(is_time, living):
                self.house.ended(living)
                return
            self.house.do(gestures())
            self.acts.pop(0)
        if not dies and self.house.until(self.house.has_settled, living):
            self.house.stop(living)
        else:
            self.house.ended(living)
