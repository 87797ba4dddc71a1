"""Lines said to the dispatcher, and what came of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from chatops.commands import COMMANDS
from chatops.conversation import House, Invocation, Reply
from chatops.dispatch import Dispatcher
from living import LATER, record
from people import ANA
from storage.agenda_items import current
from storage.database import Database
from storage.meetings import Meeting, meeting_numbered
from storage.outbox import OutboxEntry, OutboxKind
from storage.people import person_with_mail


@dataclass
class Chat:
    """Says lines to the dispatcher, as Ana, the chair, unless told otherwise."""

    database: Database

    def __post_init__(self) -> None:
        self.dispatcher = Dispatcher(self.database, COMMANDS, House("sv"), lambda: None)
        self.count = iter(range(100_000))

    def say(
        self, line: str, account: str = ANA, at: datetime = LATER, body: str = "", room: str | None = None
    ) -> Reply:
        once = f"gesture-{next(self.count)}"
        return self.dispatcher.answer(
            Invocation(account=account, line=line, body=body, at=at, once=once, platform="console", room=room)
        )

    def do(self, *lines: str, account: str = ANA, at: datetime = LATER) -> Reply:
        """Say what works."""
        for line in lines:
            reply = self.say(line, account, at)
            assert not reply.refused, (line, reply.message.body)
        return reply

    def why(self, line: str, account: str = ANA, at: datetime = LATER) -> str:
        """Say what does not work, and changes nothing; the name of the sentence that says so."""
        before = record(self.database)
        reply = self.say(line, account, at)
        assert reply.refused, line
        assert record(self.database) == before
        return reply.why

    def items(self, number: int) -> list[int]:
        """The proposals on the agenda of a meeting, in their order."""
        with self.database.reading() as session:
            meeting = meeting_numbered(session, number)
            assert meeting is not None
            return [item.proposal_id for item in current(meeting)]

    def led(self) -> list[str]:
        """Who leads the meetings, in the order of their numbers."""
        with self.database.reading() as session:
            found = session.scalars(select(Meeting).order_by(Meeting.id))
            return [meeting.chair.name.split()[0] if meeting.chair else "" for meeting in found]

    def notes(self, account: str) -> list[str]:
        """What Tuva has said to somebody of itself: the subjects, in their language."""
        with self.database.reading() as session:
            person = person_with_mail(session, account)
            assert person is not None
            found = session.scalars(select(OutboxEntry).order_by(OutboxEntry.id))
            return [
                one.content.parts["subject"]
                for one in found
                if one.key.startswith("note:") and one.key.endswith(f":{person.id}")
            ]

    def cards(self, noun: str) -> list[dict[str, str]]:
        """What was wished for in rooms about a noun, the newest last."""
        with self.database.reading() as session:
            found = session.scalars(select(OutboxEntry).order_by(OutboxEntry.id))
            return [one.content.parts for one in found if one.kind is OutboxKind.CARD and one.topic == noun]
