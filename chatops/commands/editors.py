"""/example queue, approve and leave out: what an editor reads before it goes out, where a group wants that."""

from chatops.conversation import Reply, Request
from config.texts import Texts
from digests import notes
from digests.cards import card, line
from digests.markup import escape
from digests.notes import Note
from storage import bank
from storage.database import Session
from storage.examples import Example, Review
from storage.memberships import Membership, editors_of
from storage.messages import Action, Message


def settings(request: Request, session: Session, texts: Texts) -> Reply:
    """The chair chooses whether somebody reads what is shared before it goes out."""
    group, choice = request.membership.group, request.arguments.get("choice")
    if choice:
        bank.set_editors(session, group, request.now, on=choice == "on")
    names = _names(editors_of(session, group), texts)
    return Reply(Message(texts.say("editors-on" if group.editors_since else "editors-off", names=names)))


def queue(request: Request, session: Session, texts: Texts) -> Reply:
    """What waits for an editor, a line each."""
    waiting = bank.waiting_for_editors(session, request.membership.group)
    if not waiting:
        return Reply(Message(texts.say("queue-empty")))
    lines = (f"- {line(example, texts)}" for example in waiting)
    said = texts.say("queue", count=len(waiting))
    return Reply(Message("\n".join(lines), said, foot=texts.say("queue-how", number=str(waiting[0].id))))


def approve(request: Request, session: Session, texts: Texts) -> Reply:  # noqa: ARG001
    """It goes out."""
    request.noun.clear(Review.APPROVED, request.now)
    return _said(request, "approved", texts)


def leave_out(request: Request, session: Session, texts: Texts) -> Reply:  # noqa: ARG001
    """It does not go out; its card stands."""
    request.noun.clear(Review.LEFT_OUT, request.now)
    return _said(request, "left-out", texts)


def tell(session: Session, example: Example, texts: Texts) -> str:
    """Where somebody reads before it goes out, they hear of it. Returns what the sharer hears."""
    if example.group.editors_since is None:
        return ""
    editors = editors_of(session, example.group)
    for editor in editors:
        notes.leave(session, editor.person, example.group, lambda texts: _waiting(example, texts), example.created_at)
    return texts.say("queue-shared", names=_names(editors, texts))


def _names(editors: list[Membership], texts: Texts) -> str:
    return escape(texts.listed([editor.person.name for editor in editors]))


def _waiting(example: Example, texts: Texts) -> Note:
    verbs = ("approve", "leave-out")
    actions = tuple(Action(texts.say(f"button-{verb}"), f"example {example.id} {verb}") for verb in verbs)
    shown = card(example, texts)
    subject = texts.say("queue-waiting", example=shown.subject)
    message = Message(shown.body, subject, actions, shown.foot)
    return notes.about(example, f"editors:{example.id}", message, texts)


def _said(request: Request, key: str, texts: Texts) -> Reply:
    number = str(request.noun.id)
    return Reply(Message(texts.say(f"queue-{key}", number=number)), noted=request.noun.noun)
