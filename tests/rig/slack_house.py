"""One installation on Slack under the rig: its database and its channel, from its first run to its verdict."""

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from digests import cards
from digests.clock import real_time
from living import propose
from on_slack import U, bind
from people import ANA, MONDAY
from rig.inside import Ended, Run
from rig.nursery import Nursery
from settled import settled
from slackland import Slack
from slackside.sight import Outcome
from storage import outbox
from storage.database import Database
from storage.outbox import OutboxState
from storage.proposals import Proposal

NUMBERS = count(1)
PATIENCE_SECONDS = 20.0
UNDER_WAY = "SELECT count(*) FROM outbox WHERE kind = 'card' AND state NOT IN ('sent', 'expired', 'parked')"
# What came of a gesture that names its title, or of a stand.
PROPOSED = "SELECT title, count(*) FROM proposals GROUP BY title"
STOOD = "SELECT a.noun || ' ' || p.email, count(*) FROM audit a JOIN people p ON p.id = a.person_id GROUP BY 1"
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
        slack.add_channel(self.channel, U.values())
        with closing(Database(f"sqlite:///{self.folder}/tuva.db")) as database:
            bind(database, self.channel)

    def wish(self, title: str, body: str = "") -> None:
        """A card, wished for from inside."""
        with closing(Database(f"sqlite:///{self.folder}/tuva.db")) as database:
            number = propose(database, ANA, title, body, real_time())
            with database.transaction() as session:
                cards.show(session, session.get_one(Proposal, number), real_time())

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
        return [*self._wrong_effects(), *self._wrong_cards()]

    def _ask(self, question: str) -> list[Any]:
        with closing(sqlite3.connect(f"file:{self.folder}/tuva.db?mode=ro", uri=True)) as connection:
            return connection.execute(question).fetchall()

    def _wrong_effects(self) -> Iterator[str]:
        effects = Counter(dict(self._ask(PROPOSED)) | dict(self._ask(STOOD)))
        for (name, about, effect), outcome in self._done:
            if not effect:
                continue
            is_ours = outcome.error is None or (name in EVENTS and not self._given_up() & set(outcome.event_ids))
            least = 1 if is_ours else 0
            if not least <= effects[effect] <= 1:
                yield f"{name} {about}: {effects[effect]} effects, error {outcome.error}"

    def _wrong_cards(self) -> Iterator[str]:
        roots = [seen.words for seen in self.slack.messages(self.channel) if seen.metadata and not seen.thread_ts]
        for number, title, stood in self._ask(
            "SELECT id, title, (SELECT count(*) FROM stands s WHERE s.proposal_id = p.id) FROM proposals p"
        ):
            shown = [words for words in roots if words.startswith(f"Förslag {number}: {title}")]
            if len(shown) != 1 or f"Stöd: {stood}" not in shown[0]:
                yield f"{number} {title}, {stood} stands: {shown}"
        posted = Counter(
            seen["metadata"]["event_payload"]["k"]
            for seen in self.slack.seen()
            if seen["what"] == "posted" and seen["channel"] == self.channel and seen["metadata"]
        )
        yield from (f"{name} posted {times} times" for name, times in posted.items() if times > 1)

    def _given_up(self) -> set[str]:
        """The events that Slack has delivered in vain as often as it does."""
        return {event["body"]["event_id"] for event in self.slack.events() if event["given_up"]}


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
