"""/tuva settings digest: when the group's rooms get a card with what is new."""

from chatops.commands.digest import INTERVALS, WEEKDAYS
from chatops.conversation import Reply, Request
from chatops.verbs import GROUP, Argument, Kind
from config.texts import Texts
from digests import bulletin
from digests.markup import escape
from storage import occurrences
from storage.bulletins import Bulletin, bulletin_of
from storage.database import Session
from storage.messages import Message
from storage.subscriptions import Interval

ARGUMENTS = (
    Argument("interval", Kind.CHOICE, choices=INTERVALS),
    Argument("weekday", Kind.CHOICE, choices=WEEKDAYS),
    Argument("hour", Kind.HOUR),
    GROUP,
)
READ = {"interval": Interval, "weekday": int, "hour": str}


def settings(request: Request, session: Session, texts: Texts) -> Reply:
    """The chair chooses how often, on which weekday and at what hour; without a choice it is told what holds."""
    chosen = bulletin_of(session, request.membership.group)
    choices = {name: turn(request.arguments[name]) for name, turn in READ.items() if name in request.arguments}
    if choices:
        chosen.choose(request.now, **choices)
        occurrences.cancel(session, chosen.series, request.now)
    return Reply(Message(_told(session, chosen, texts)))


def _told(session: Session, chosen: Bulletin, texts: Texts) -> str:
    if chosen.interval is Interval.OFF:
        return texts.say("bulletin-off")
    zone = chosen.group.timezone
    moment = texts.moment(bulletin.next_bulletin(session, chosen).at, zone)
    facts = {"weekday": texts.weekday(chosen.weekday), "hour": chosen.hour, "zone": escape(zone), "moment": moment}
    if chosen.interval is Interval.MONTHLY:
        return texts.say("bulletin-monthly", **facts)
    return texts.say("bulletin-on", interval=texts.say(f"interval-{chosen.interval}"), **facts)
