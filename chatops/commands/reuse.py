"""/example 3 reuse: do the same, and later tell how it went."""

from collections.abc import Mapping
from typing import Any

from chatops.commands.answers import shown_everywhere
from chatops.conversation import Reply, Request
from chatops.verbs import Argument, Begun, Kind
from config.texts import Texts
from digests import followups
from storage.database import Session
from storage.examples import example_for
from storage.messages import Message
from storage.people import Person

NOTE = Argument("words", Kind.WORDS, asked="reuse")
RESULT = Argument("words", Kind.WORDS, asked="result")


def begun(told: str) -> Begun:
    """What stands in the form of who tells again what they do (`note`), or how it went (`result`)."""

    def known(session: Session, person: Person, number: int | None, _: Mapping[str, Any]) -> Mapping[str, str]:
        made = example_for(session, person, number).reuse_of(person) if number else None
        return {"words": getattr(made, told)} if made else {}

    return known


def reuse(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker does the same: the sharer hears of it, and in three months the speaker is asked how it went."""
    example, note = request.noun, request.arguments["words"]
    if not note and example.is_current and example.sharer is not request.person:
        return Reply(Message(texts.say("reuse-why", number=str(example.id))), asks=f"example {example.id} reuse")
    is_new = example.reuse_of(request.person) is None
    made = example.reuse(request.membership, note, request.now)
    session.flush()
    thanks = ""
    if is_new:
        hears = followups.follow(session, made, request.now)
        thanks = texts.say("reuse-thanks" if hears else "reuse-thanks-untold")
    return shown_everywhere(example, request, session, texts, aside=thanks)


def result(request: Request, session: Session, texts: Texts) -> Reply:
    """The speaker tells how it went: the sharer hears of it."""
    example, told = request.noun, request.arguments["words"]
    known = example.reuse_of(request.person)
    if not told and known:
        return Reply(Message(texts.say("result-why", number=str(example.id))), asks=f"example {example.id} result")
    before = known.result if known else ""
    made = example.tell_result(request.person, told)
    if made.result != before:
        followups.tell_result(session, made, request.now)
    return shown_everywhere(example, request, session, texts)
