"""The picture of an example: sent with it or afterwards, replaced, taken away."""

from chatops.commands.answers import shown_everywhere
from chatops.conversation import Attachment, Reply, Request
from config.texts import Texts
from digests.pictures import require_size
from storage import outbox, pictures
from storage.database import Session
from storage.examples import Example
from storage.messages import Message
from storage.outbox import OutboxKind
from storage.rules import RuleBroken

OFF = "off"


def picture(request: Request, session: Session, texts: Texts) -> Reply:
    """Give an example the picture that came with the line, or take its picture away."""
    example: Example = request.noun
    number = str(example.id)
    if OFF in request.arguments:
        if not example.pictures:
            raise RuleBroken("picture-none", number=number)
        pictures.take_away(example)
        return shown_everywhere(example, request, session, texts)
    if not request.invocation.attachments:
        raise RuleBroken("picture-missing", number=number)
    first, *others = request.invocation.attachments
    require_size(first.size)
    _wish(request, session, example, first)
    coming = texts.say("picture-coming", number=number)
    return Reply(Message(coming), noted=example.noun, aside=texts.say("picture-first") if others else "")


def sent_along(request: Request, session: Session, example: Example, texts: Texts) -> str:
    """Wish for the picture that came with an example. Returns what is to be said of it, where something is."""
    if not request.invocation.attachments:
        return ""
    first, *others = request.invocation.attachments
    try:
        require_size(first.size)
    except RuleBroken as broken:
        return texts.say("picture-without", reason=texts.say(broken.key, **broken.facts))
    _wish(request, session, example, first)
    return texts.say("picture-first") if others else ""


def _wish(request: Request, session: Session, example: Example, sent: Attachment) -> None:
    """It is fetched where it was sent, which may take a while: nobody waits for it."""
    expected = pictures.expect(example, request.person, sent.alt)
    session.flush()
    outbox.put(
        session,
        key=f"picture:{expected.id}",
        route=request.invocation.platform,
        kind=OutboxKind.PICTURE,
        address=sent.reference,
        parts={"picture": expected.id, "subject": example.title},
        now=request.now,
        group_id=example.group_id,
    )
