"""The links of a letter's items: read one, and press its buttons."""

import asyncio
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from chatops.conversation import Invocation
from chatops.web.pages import form_of, not_found, page
from config.texts import Texts, texts_in
from digests import notes, subgroups
from digests.agenda import closing
from digests.agenda.people import is_asked, leaders_of
from digests.cards import Noun, card
from digests.cards.agenda import agenda_card
from digests.markup import escape
from storage import prose
from storage.database import Session
from storage.docket import proposal_for
from storage.examples import Example, example_for
from storage.meetings import Meeting, meeting_for
from storage.messages import Action, Message
from storage.people import Person, person_numbered
from storage.rules import RuleBroken
from storage.subgroups import Subgroup, subgroup_for
from storage.tips import Tip, tip_for

# What needs words of the reader's own.
ASKING = frozenset({"object", "reuse", "result", "report", "close"})


def _tip(session: Session, person: Person, number: int) -> Tip | Example:
    """The tip; once it is shared, its example."""
    tip = tip_for(session, person, number)
    return tip if tip.example_id is None else example_for(session, person, tip.example_id)


FINDERS: dict[str, Callable[[Session, Person, int], Noun | Tip]] = {
    "proposal": proposal_for,
    "example": example_for,
    "meeting": meeting_for,
    "agenda": meeting_for,
    "subgroup": subgroup_for,
    "tip": _tip,
}


@dataclass(frozen=True)
class Shown:
    """The card that a reader sees, what they may press, and the addresses of those buttons and of its picture.

    `answers` says for whom a meeting is answered, and what was, as Markdown: letters are passed on.
    """

    reader: str
    card: Message
    group: str
    texts: Texts
    actions: tuple[Action, ...]
    links: tuple[tuple[str, str], ...]
    picture: str = ""
    answers: str = ""

    def label_of(self, command: str) -> str:
        """What the button says that does this; empty when there is none."""
        return next((action.label for action in self.actions if action.command == command), "")


async def read(request: Request) -> Response:
    """The card of a noun, of a meeting its agenda once that was sent, and links to its buttons."""
    person, noun = _behind(request, "p")
    shown = await asyncio.to_thread(_shown, request, person, noun, is_read=True)
    return page("card", shown.texts, shown=shown, button="", asks="", told="")


async def press(request: Request) -> Response:
    """GET shows the card and one button; POST presses it."""
    person, command = _behind(request, "do")
    noun = _noun_in(command)
    shown = await asyncio.to_thread(_shown, request, person, noun)
    button, told = shown.label_of(command), ""
    if request.method == "POST":
        about, told = await _pressed(request, shown, command)
        shown = await asyncio.to_thread(_shown, request, person, about or noun)
        button = "" if about else shown.label_of(command)
    elif not button:
        told = shown.texts.say(f"page-closed-{noun.partition(':')[0]}")
    return page("card", shown.texts, shown=shown, button=button, asks=_asks(command), told=told)


async def _pressed(request: Request, shown: Shown, command: str) -> tuple[str, str]:
    """What it was done to, if it was; and what to say."""
    doors = request.app.state.doors
    words = (await form_of(request)).get("words", "")
    if (verb := _asks(command)) and not prose.clean(words):
        return "", shown.texts.say(f"page-{verb}-missing")
    invocation = Invocation(
        platform="mail",
        account=shown.reader,
        line=command,
        body=words,
        at=doors.now(),
        once=secrets.token_hex(12),
    )
    reply = await doors.answer(invocation)
    return reply.about, shown.texts.say("page-pressed") if reply.about else reply.message.body


def _noun_in(command: str) -> str:
    """`example 3 thank` is about `example:3`, and `example share tip:7 group:grona` about `tip:7`."""
    first, second, *_ = command.split(" ")
    return next((word for word in command.split(" ") if word.startswith("tip:")), f"{first}:{second}")


def _asks(command: str) -> str:
    """The verb that needs words, such as an objection; empty when none are needed."""
    verb = command.rpartition(" ")[2]
    return verb if verb in ASKING else ""


def _behind(request: Request, purpose: str) -> tuple[int, str]:
    """The person whom the token in the address was made for, and what it is about."""
    payload = request.app.state.doors.tokens.read(purpose, request.path_params["token"])
    if payload is None:
        raise not_found()
    person, _, about = payload.partition(":")
    return int(person), about


def _shown(request: Request, number: int, noun: str, *, is_read: bool = False) -> Shown:
    doors = request.app.state.doors
    kind, which, *part = noun.split(":")
    with doors.database.reading() as session:
        person = person_numbered(session, number)
        if person is None:
            raise not_found()
        try:
            item = FINDERS[kind](session, person, int(which))
        except RuleBroken:
            raise not_found() from None
        texts = texts_in(person.language or item.group.language)
        is_agenda = kind == "agenda" or part == ["agenda"] or (is_read and _is_sent(item))
        message = _card(item, texts, is_agenda=is_agenda)
        is_open = not isinstance(item, Meeting) or not item.has_begun(doors.now())
        actions = tuple(_actions(session, item, person, message, texts)) if is_open else ()
        illustration = message.illustration
        links = tuple(
            (action.label, f"/do/{doors.tokens.make('do', f'{number}:{action.command}')}") for action in actions
        )
        picture = f"/picture/{doors.tokens.make('picture', str(illustration.number))}" if illustration else ""
        answers = _answers(session, item, person, texts) if isinstance(item, Meeting) else ""
        return Shown(person.email or "", message, item.group.name, texts, actions, links, picture, answers)


def _is_sent(item: Noun | Tip) -> bool:
    return isinstance(item, Meeting) and item.called_at is not None


def _card(item: Noun | Tip, texts: Texts, *, is_agenda: bool) -> Message:
    if isinstance(item, Tip):
        return notes.tip(item, texts)
    return agenda_card(item, texts) if is_agenda and isinstance(item, Meeting) else card(item, texts)


def _answers(session: Session, meeting: Meeting, person: Person, texts: Texts) -> str:
    """Whose answer it is, and what they have said; nothing for who is not asked."""
    if not is_asked(session, meeting, person):
        return ""
    answer = meeting.answer_of(person)
    said = texts.say(f"answer-{answer.position}") if answer else texts.say("answer-none")
    return texts.say("page-answers", name=escape(person.name), answer=said)


def _actions(session: Session, item: Noun | Tip, person: Person, message: Message, texts: Texts) -> Iterator[Action]:
    """Those of the card, and some of their own: who re-uses an example may tell how it went, and who leads a meeting
    may send its agenda. Who only reads is not asked whether they come, and who is in a subgroup not to join it.
    """
    if isinstance(item, Subgroup):
        yield from subgroups.buttons(session, item, person, texts)
    elif not isinstance(item, Meeting) or is_asked(session, item, person):
        yield from message.actions
    if isinstance(item, Meeting) and any(leader is person for leader in leaders_of(session, item)):
        yield from closing.buttons(session, item, texts)
    if isinstance(item, Example) and item.is_current and item.reuse_of(person):
        yield Action(texts.say("button-result"), f"example {item.id} result")
