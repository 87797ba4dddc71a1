"""A reply in short, where its card is seen by everybody anyway."""

from chatops.conversation import Reply
from storage.messages import Message


def in_short(reply: Reply) -> Message:
    """What there is to say: of what was done its first line and state, since the card itself stands in the room."""
    if is_seen_elsewhere(reply):
        return Message(reply.message.foot.partition("\n\n")[0], reply.message.subject)
    return reply.message


def is_seen_elsewhere(reply: Reply) -> bool:
    """It is about a card that everybody sees in a room."""
    return reply.changed and bool(reply.about and reply.rooms)
