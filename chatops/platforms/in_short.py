"""A reply in short, where its card is seen by everybody anyway."""

from dataclasses import replace

from chatops.conversation import Reply
from storage.messages import Message


def in_short(reply: Reply) -> Message:
    """What there is to say: of what was done its first line and state, since the card itself stands in the room."""
    message = reply.message
    if is_seen_elsewhere(reply):
        message = Message(message.foot.partition("\n\n")[0], message.subject)
    return replace(message, foot="\n\n".join(filter(None, (message.foot, reply.aside))))


def is_seen_elsewhere(reply: Reply) -> bool:
    """It is about a card that everybody sees in a room."""
    return reply.changed and bool(reply.about and reply.rooms)
