"""/digest: what I want in my letters, and when."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from chatops.conversation import Reply, Request
from chatops.verbs import GROUP, READERS, Argument, Command, Kind, Verb
from config.texts import LANGUAGES, Texts
from digests import letters, weekly
from digests.markup import escape
from digests.weekly.sending import ways_to
from storage import choices
from storage.database import Session
from storage.messages import Message
from storage.subscriptions import Channel, Interval, Subscription, subscription_of

WEEKDAYS = {
    "0": ("monday", "mon", "måndag", "måndagar", "mån"),
    "1": ("tuesday", "tue", "tisdag", "tisdagar", "tis"),
    "2": ("wednesday", "wed", "onsdag", "onsdagar", "ons"),
    "3": ("thursday", "thu", "torsdag", "torsdagar", "tors"),
    "4": ("friday", "fri", "fredag", "fredagar", "fre"),
    "5": ("saturday", "sat", "lördag", "lördagar", "lör"),
    "6": ("sunday", "sun", "söndag", "söndagar", "sön"),
}
INTERVALS = {
    Interval.WEEKLY: ("weekly", "every week", "varje vecka", "veckovis"),
    Interval.FORTNIGHTLY: ("every second week", "fortnightly", "varannan vecka"),
    Interval.MONTHLY: ("monthly", "every month", "varje månad", "månadsvis"),
    Interval.OFF: ("off", "av", "stopp"),
}
CHANNELS = {
    Channel.MAIL: ("mail", "e-post", "mejl"),
    Channel.CHAT: ("chat", "chatt"),
    Channel.BOTH: ("both", "båda"),
}
LANGUAGE_WORDS = {"sv": ("sv", "svenska", "swedish"), "en": ("en", "english", "engelska")}
TITLES = {"only": ("only", "bara"), "all": ("all", "alla")}
WITH = {"with": ("with", "med"), "without": ("without", "utan")}
# Why they come by one way alone where another was chosen.
CLOSED = {Channel.MAIL: "digest-not-in-chat", Channel.CHAT: "digest-not-by-mail"}
LETTERS = {"together": ("together", "one", "ett"), "apart": ("apart", "several", "flera")}


def show(request: Request, session: Session, texts: Texts) -> Reply:
    """The reader's choices, in one sentence."""
    return Reply(Message(chosen(session, _subscription(request, session), texts)))


def choose(request: Request, session: Session, texts: Texts) -> Reply:
    """The reader chooses."""
    subscription = _subscription(request, session)
    choices.choose(session, subscription, request.now, **_choices(request.arguments))
    return Reply(Message(chosen(session, subscription, texts)))


def preview(request: Request, session: Session, texts: Texts) -> Reply:
    """The letter as it would be sent now."""
    letter = weekly.preview(session, _subscription(request, session), request.now)
    if letter is None:
        return Reply(Message(texts.say("letter-nothing-new")))
    return Reply(letters.as_message(letter))


def chosen(session: Session, subscription: Subscription, texts: Texts) -> str:
    """What a reader gets and when, as sentences."""
    lead = weekly.leading(session, subscription)
    every = [one.group.name for one in choices.meant(session, lead)]
    if lead.interval is Interval.OFF:
        return texts.say("digest-off", groups=escape(texts.listed(every)))
    return " ".join(
        filter(None, [_rhythm(lead, texts), *_how(session, lead, every, texts), _next(session, lead, texts)])
    )


def _how(session: Session, lead: Subscription, groups: list[str], texts: Texts) -> Iterator[str]:
    channel = _channel(session, lead)
    language = texts.say(f"language-{lead.speaks}")
    yield texts.say("digest-together", groups=escape(texts.listed(groups))) if len(groups) > 1 else ""
    yield texts.say("digest-how", language=language, channel=texts.say(f"channel-{channel}"))
    yield texts.say(CLOSED[channel]) if channel is not lead.channel else ""
    yield texts.say("digest-titles-only") if lead.titles_only else ""
    yield "" if lead.with_own else texts.say("digest-without-own")
    yield "" if lead.with_reacted else texts.say("digest-without-reacted")


def _channel(session: Session, lead: Subscription) -> Channel:
    """How the letters come, whichever way was chosen."""
    ways = [Channel.MAIL if way.is_mail else Channel.CHAT for way in ways_to(session, lead)]
    return ways[0] if len(ways) == 1 else lead.channel


def _next(session: Session, subscription: Subscription, texts: Texts) -> str:
    """On the reader's own clock, which is named where it is not that of the letter's hour."""
    moment = texts.moment(weekly.next_letter(session, subscription).at, subscription.clock)
    if subscription.clock == subscription.zone:
        return texts.say("digest-next", moment=moment)
    return texts.say("digest-next-there", moment=moment, zone=escape(subscription.clock))


def _rhythm(subscription: Subscription, texts: Texts) -> str:
    facts = {
        "group": escape(subscription.group.name),
        "weekday": texts.weekday(subscription.weekday),
        "hour": subscription.hour,
        "zone": escape(subscription.zone),
    }
    if subscription.interval is Interval.MONTHLY:
        return texts.say("digest-monthly", **facts)
    return texts.say("digest-on", interval=texts.say(f"interval-{subscription.interval}"), **facts)


def _subscription(request: Request, session: Session) -> Subscription:
    return subscription_of(session, request.person, request.membership.group)


def _choices(arguments: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Callable[[str], Any]] = {
        "interval": Interval,
        "weekday": int,
        "hour": str,
        "timezone": str,
        "language": str,
        "channel": Channel,
        "titles_only": lambda word: word == "only",
        "with_own": lambda word: word == "with",
        "with_reacted": lambda word: word == "with",
        "together": lambda word: word == "together",
    }
    return {name: turn(arguments[name]) for name, turn in read.items() if name in arguments}


DIGEST = Command(
    name="digest",
    words=("utskick", "veckobrev"),
    bare="show",
    free="choose",
    verbs=(
        Verb("show", show, READERS, ("visa",), arguments=(GROUP,), changes=False, private=True),
        Verb(
            "choose",
            choose,
            READERS,
            ("välj",),
            arguments=(
                Argument("interval", Kind.CHOICE, choices=INTERVALS),
                Argument("weekday", Kind.CHOICE, choices=WEEKDAYS),
                Argument("hour", Kind.HOUR),
                Argument("timezone", Kind.ZONE, keys=("zone", "tidszon", "zon")),
                Argument(
                    "language",
                    Kind.CHOICE,
                    keys=("language", "språk"),
                    choices={language: LANGUAGE_WORDS[language] for language in LANGUAGES},
                ),
                Argument("channel", Kind.CHOICE, keys=("channel", "kanal"), choices=CHANNELS),
                Argument("titles_only", Kind.CHOICE, keys=("titles", "rubriker"), choices=TITLES),
                Argument("with_own", Kind.CHOICE, keys=("own", "egna"), choices=WITH),
                Argument("with_reacted", Kind.CHOICE, keys=("reacted", "reagerade"), choices=WITH),
                Argument("together", Kind.CHOICE, keys=("letters", "brev"), choices=LETTERS),
                GROUP,
            ),
            private=True,
        ),
        Verb("preview", preview, READERS, ("förhandsvisa",), arguments=(GROUP,), changes=False, private=True),
    ),
)
