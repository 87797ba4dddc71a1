"""An alarm: a platform out of reach, told to the operators by mail, once each time. Nothing is lost meanwhile."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from config.texts import Texts, texts_in
from digests import letters
from digests.letters import Letter
from storage import outbox
from storage.database import Database
from storage.outbox import OutboxKind

# What cures itself sooner is nobody's trouble.
AFTER = timedelta(minutes=2)
SENDER = "Tuva"


class Alarms:
    """Watches the platforms. `operators` are mail addresses; moments are shown on the clocks of `zone`."""

    def __init__(self, database: Database, operators: Collection[str], language: str, zone: str) -> None:
        self._database = database
        self._operators = operators
        self._texts = texts_in(language)
        self._zone = zone
        self._since: dict[str, datetime] = {}
        self._told: set[str] = set()

    def look(self, broken: Mapping[str, str], now: datetime) -> bool:
        """`broken` are the platforms out of reach, each with the reason so far as known. True when it was told."""
        self._since = {name: self._since.get(name, now) for name in broken}
        self._told &= self._since.keys()
        due = [name for name, since in self._since.items() if now - since >= AFTER and name not in self._told]
        for name in due:
            self._tell(name, broken[name], now)
            self._told.add(name)
        return bool(due)

    def _tell(self, name: str, reason: str, now: datetime) -> None:
        letter = _letter(name, reason, self._texts.moment(self._since[name], self._zone), self._texts)
        with self._database.transaction() as session:
            for address in self._operators:
                outbox.put(
                    session,
                    key=f"alarm:{name}:{address}:{self._since[name].isoformat()}",
                    route="mail",
                    kind=OutboxKind.NOTICE,
                    address=address,
                    parts=letters.as_parts(letter, self._texts),
                    now=now,
                )


def _letter(name: str, reason: str, since: str, texts: Texts) -> Letter:
    platform = texts.say(f"alarm-{name}")
    subject = texts.say("alarm-subject", platform=platform)
    opening = texts.say("alarm-opening", platform=platform, since=since, reason=reason or "–")
    why, cure = texts.say("alarm-why"), texts.say("alarm-cure")
    return letters.notice("tuva", SENDER, subject, why, opening=opening, invitation=cure)
