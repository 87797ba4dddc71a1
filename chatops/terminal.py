"""A terminal's Tuva: a service, the console on it, and a clock that can be moved."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chatops.platforms.console import PLATFORM, Console, Speaker, Surroundings
from chatops.platforms.console_input import Typed
from chatops.platforms.console_time import MovableClock, time_typed
from chatops.service import Service, open_database
from config.settings import Settings
from config.texts import Texts
from digests import mail
from digests.clock import real_time
from storage import installation, outbox
from storage.database import Session
from storage.groups import every_group
from storage.memberships import first_chair, members_of, memberships_of
from storage.people import Person, person_with_mail
from storage.rules import RuleBroken

ROOM = "console"
QUIT = "quit"


class Terminal:
    """One console on one installation. `write` gets every line; `real` tells the time until somebody moves it."""

    def __init__(
        self,
        settings: Settings,
        speaker: str | None,
        base: str,
        write: Callable[[str], None],
        real: Callable[[], datetime] = real_time,
    ) -> None:
        """Open. Raises RuleBroken when the database is not migrated or nobody of that address is a member."""
        self._settings = settings
        self._write = write
        self._alone = False
        opening = _opening(settings, speaker)
        self.speaker, self.zone = opening.speaker, opening.zone
        self.time = MovableClock(opening.latest_time, real)
        around = Surroundings(
            now=self.time.now,
            find=self._find,
            members=self._members,
            settle=self.settle,
            time=self._moved,
            letters=self._letters,
        )
        self.console = Console(self.speaker, around, ROOM, write)
        self.service = Service(settings, base, self.time.now, {PLATFORM: self.console}, self.time.elapsed)

    async def converse(self, typed: AsyncIterator[Typed], *, echo: bool) -> None:
        """Answer every line until `quit` or the end."""
        async for said in typed:
            if echo:
                for line in said.echo():
                    self._write(line)
            if said.line.strip() == QUIT:
                return
            await self.console.hear(said.line, said.body)

    async def settle(self) -> None:
        """Carry out what a command caused, and what a crash left; where a service runs beside us it does that."""
        if self._alone:
            await self.service.courier.drain()
        elif self.service.database.in_use.take_alone():
            await asyncio.to_thread(self.service.recover, alone=True)
            await self.service.courier.drain()
            self.service.database.in_use.release()

    async def be_alone(self) -> bool:
        """Keep every service off this database until we leave. False when one is there already."""
        if not self._alone and self.service.database.in_use.take_alone():
            self._alone = True
            await asyncio.to_thread(self.service.recover, alone=True)
        return self._alone

    async def move_to(self, to: datetime) -> None:
        """Let time pass until `to`; what falls due on the way fires and is sent. Raises RuleBroken beside a service."""
        if not await self.be_alone():
            raise RuleBroken("console-time-in-use")
        await self.service.courier.drain()
        await asyncio.to_thread(self.service.clock.plan)
        while (stop := await asyncio.to_thread(self._next_stop, to)) is not None:
            await self._stand_at(stop)
        await self._stand_at(to)

    def letters(self) -> list[tuple[Path, str, str]]:
        """The letters in the Maildir: path, recipient, subject. Raises RuleBroken where they go elsewhere."""
        settings = self._settings.mail
        if settings is None or not settings.url.startswith("maildir:"):
            raise RuleBroken("console-letters-elsewhere", url=settings.url if settings else "–")
        return mail.letters_in(settings)

    async def _stand_at(self, at: datetime) -> None:
        """Remembered before anything happens there: after a crash on the way the clock does not go back."""
        self.time.hold(max(at, self.time.now()))
        await asyncio.to_thread(self._remember, self.time.now())
        await asyncio.to_thread(self.service.clock.tick)
        await self.service.courier.drain()

    def _next_stop(self, to: datetime) -> datetime | None:
        """The next moment before `to` at which something happens."""
        with self.service.database.reading() as session:
            moments = (self.service.clock.next_due_at(), outbox.next_due_after(session, self.time.now()))
        return min((moment for moment in moments if moment and moment < to), default=None)

    def _remember(self, to: datetime) -> None:
        with self.service.database.transaction() as session:
            installation.moved_time(session, to)

    async def _moved(self, words: str, texts: Texts) -> list[str]:
        to = time_typed(words, self.time.now(), self.zone)
        if to is None:
            return [texts.say("console-time-wrong")]
        if to < self.time.now():
            return [texts.say("console-time-back", moment=texts.moment(self.time.now(), self.zone))]
        before = self._count_letters()
        try:
            await self.move_to(to)
        except RuleBroken as broken:
            return [texts.say(broken.key, **broken.facts)]
        sent = self._count_letters() - before
        told = [texts.say("console-time", moment=texts.moment(to, self.zone))]
        return told + ([texts.say("console-sent", count=sent)] if sent else [])

    def _count_letters(self) -> int:
        settings = self._settings.mail
        return len(self.letters()) if settings and settings.url.startswith("maildir:") else 0

    def _letters(self, texts: Texts) -> list[str]:
        try:
            found = self.letters()
        except RuleBroken as broken:
            return [texts.say(broken.key, **broken.facts)]
        return ["\t".join(map(str, letter)) for letter in found] or [texts.say("console-no-letters")]

    def _find(self, address: str) -> Speaker | None:
        with self.service.database.reading() as session:
            return _speaker(session, person_with_mail(session, address))

    def _members(self) -> list[str]:
        with self.service.database.reading() as session:
            found = (
                membership.person.email for group in every_group(session) for membership in members_of(session, group)
            )
            return list(dict.fromkeys(address for address in found if address))


@dataclass(frozen=True)
class _Opening:
    """What must be known before a console can begin."""

    latest_time: datetime | None
    speaker: Speaker
    zone: str


def _opening(settings: Settings, address: str | None) -> _Opening:
    database = open_database(settings)
    try:
        with database.reading() as session:
            speaker = _first_speaker(session, address)
            return _Opening(installation.latest_time(session), speaker, _zone(session, speaker.address, settings))
    finally:
        database.close()


def _first_speaker(session: Session, address: str | None) -> Speaker:
    """Who was asked for; else the first chair of the first group."""
    if address is not None:
        person = person_with_mail(session, address)
    else:
        person = next(filter(None, (first_chair(session, group) for group in every_group(session))), None)
    speaker = _speaker(session, person)
    if speaker is None and address is not None:
        raise RuleBroken("speaker-unknown", account=address)
    if speaker is None:
        raise RuleBroken("console-no-speaker")
    return speaker


def _speaker(session: Session, person: Person | None) -> Speaker | None:
    places = memberships_of(session, person) if person else []
    if person is None or not places or person.email is None:
        return None
    return Speaker(person.email, person.name, person.language or places[0].group.language)


def _zone(session: Session, address: str, settings: Settings) -> str:
    """The zone that moments are typed and shown in: that of the speaker's first group."""
    person = person_with_mail(session, address)
    places = memberships_of(session, person) if person else []
    return places[0].group.timezone if places else settings.service.timezone
