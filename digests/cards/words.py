"""What cards are put together from."""

from urllib.parse import urlsplit

from config.goals import catalogue_of, goal_keyed
from config.texts import Texts
from digests.markup import escape, text
from storage.messages import Action
from storage.organisations import Unit
from storage.people import Person

# Of the addresses that shared workspaces make up, nobody reads more.
LONGEST_LINK_SHOWN = 70
# More of what somebody wrote is read on its card.
EXCERPT_LENGTH = 160


def named(person: Person, unit: Unit | None) -> str:
    """Who somebody is and where from, as plain text."""
    return person.name if unit is None else f"{person.name}, {unit.name}"


def by(key: str, person: Person, unit: Unit | None, texts: Texts, **facts: str) -> str:
    """Whose it is, in italics, by the sentence `key`."""
    return f"*{texts.say(key, who=escape(named(person, unit)), **facts)}*"


def said_by(who: str, words: str) -> str:
    """An item of a list. All lines of the words belong to it."""
    return f"- **{escape(who)}**: " + words.replace("\n", "\n    ")


def goals_named(goals: list[str], texts: Texts) -> list[str]:
    """`7 Hållbar energi för alla (Agenda 2030)`, for each goal still in the catalogues."""
    known = [goal for goal in map(goal_keyed, goals) if goal]
    return [
        f"{goal.key.partition(':')[2]} {goal.names[texts.language]} ({catalogue_of(goal.key).names[texts.language]})"
        for goal in known
    ]


def goals_line(goals: list[str], texts: Texts) -> str:
    """Its goals in one line; empty where it has none."""
    named_ones = goals_named(goals, texts)
    return texts.say("card-goals", goals=escape(" · ".join(named_ones))) if named_ones else ""


def link_shown(link: str) -> str:
    """A link, in Markdown. Of a long one its site is read, and it leads on to where the whole does."""
    address = urlsplit(link)
    if not address.netloc:
        return f"[{escape(link)}]({link})"
    return link if len(link) <= LONGEST_LINK_SHOWN else f"[{escape(address.netloc)}/…]({link})"


def actions(noun: str, verbs: tuple[str, ...], texts: Texts) -> tuple[Action, ...]:
    """The buttons of `proposal 12`, called `button-VERB`."""
    return tuple(Action(texts.say(f"button-{verb}"), f"{noun} {verb}") for verb in verbs)


def bold(text: str) -> str:
    """In bold; nothing where there is nothing."""
    return f"**{text}**" if text else ""


def lines(*some: str) -> str:
    """Those that are not empty, under each other."""
    return "\n".join(filter(None, some))


def one_line(text: str) -> str:
    """What somebody wrote, as one line of Markdown: nothing that comes behind it becomes part of it."""
    return " ".join(text.split())


def in_short(words: str) -> str:
    """How something written in Markdown begins, as plain text in one line."""
    return shortened(one_line(text(words)), EXCERPT_LENGTH)


def shortened(words: str, length: int) -> str:
    """At most so many characters."""
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def paragraphs(*some: str) -> str:
    """Those that are not empty, with space between them."""
    return "\n\n".join(filter(None, some))
