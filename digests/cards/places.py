"""Where a card stands, as a link that opens it."""

from urllib.parse import quote

from storage import cards
from storage.database import Session


def link_to(session: Session, noun: str, platform: str) -> str:
    """The way to a card for who is on a platform already; empty where none stands there.

    docs.slack.dev/interactivity/deep-linking and spec.matrix.org/latest/appendices/#matrixto-navigation
    """
    found = cards.card_on(session, platform, noun)
    if found is None:
        return ""
    address, receipt = found
    match platform:
        case "slack":
            channel, ts, *_ = receipt.split("/")
            return f"https://slack.com/app_redirect?channel={channel}&message_ts={ts}"
        case "matrix":
            return f"https://matrix.to/#/{quote(address, safe='')}/{quote(receipt.partition('/')[0], safe='')}"
    return ""
