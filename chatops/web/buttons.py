"""The links of a letter's items: read one, and press its buttons."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from chatops.conversation import Invocation
from chatops.web.pages import form_of, not_found, page
from config.texts import Texts, texts_in
from digests.cards import Item, card
from storage import prose
from storage.database import Session
from storage.examples import example_for
from storage.messages import Message
from storage.people import Person, person_numbered
from storage.proposals import proposal_for
from storage.rules import RuleBroken

FINDERS: dict[str, Callable[[Session, Person, int], Item]] = {"proposal": proposal_for, "example": example_for}


@dataclass(frozen=True)
class Shown:
    """The card that a reader sees, and the addresses of its buttons."""

    reader: str
    card: Message
    group: str
    texts: Texts
    links: tuple[tuple[str, str], ...]


async def read(request: Request) -> Response:
    """The card of a proposal or an example, and links to its buttons."""
    person, noun = _behind(request, "p")
    shown = await asyncio.to_thread(_shown, request, person, noun)
    return page("card", shown.texts, shown=shown, button="", asks=False, told="")


async def press(request: Request) -> Response:
    """GET shows the card and one button; POST presses it."""
    person, command = _behind(request, "do")
    noun = ":".join(command.split(" ")[:2])
    shown = await asyncio.to_thread(_shown, request, person, noun)
    button, told = next((action.label for action in shown.card.actions if action.command == command), ""), ""
    if request.method == "POST":
        done, told = await _pressed(request, shown, command)
        shown = await asyncio.to_thread(_shown, request, person, noun)
        button = "" if done else button
    elif not button:
        told = shown.texts.say("page-closed")
    return page("card", shown.texts, shown=shown, button=button, asks=_asks(command), told=told)


async def _pressed(request: Request, shown: Shown, command: str) -> tuple[bool, str]:
    """Whether it was done, and what to say."""
    doors = request.app.state.doors
    reason = (await form_of(request)).get("reason", "")
    if _asks(command) and not prose.clean(reason):
        return False, shown.texts.say("page-reason-missing")
    invocation = Invocation(
        platform="mail",
        account=shown.reader,
        line=command,
        body=reason,
        at=doors.now(),
        once=secrets.token_hex(12),
    )
    reply = await doors.answer(invocation)
    return bool(reply.about), shown.texts.say("page-pressed") if reply.about else reply.message.body


def _asks(command: str) -> bool:
    """An objection needs a reason."""
    return command.endswith(" object")


def _behind(request: Request, purpose: str) -> tuple[int, str]:
    """The person whom the token in the address was made for, and what it is about."""
    payload = request.app.state.doors.tokens.read(purpose, request.path_params["token"])
    if payload is None:
        raise not_found()
    person, _, about = payload.partition(":")
    return int(person), about


def _shown(request: Request, number: int, noun: str) -> Shown:
    doors = request.app.state.doors
    kind, _, which = noun.partition(":")
    with doors.database.reading() as session:
        person = person_numbered(session, number)
        if person is None:
            raise not_found()
        try:
            item = FINDERS[kind](session, person, int(which))
        except RuleBroken:
            raise not_found() from None
        texts = texts_in(person.language or item.group.language)
        message = card(item, texts)
        links = tuple(
            (action.label, f"/do/{doors.tokens.make('do', f'{number}:{action.command}')}") for action in message.actions
        )
        return Shown(person.email or "", message, item.group.name, texts, links)
