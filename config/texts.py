"""Every sentence Tuva says, by key and language (Project Fluent), and its dates."""

from datetime import date, datetime
from functools import cache, reduce
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_day_names
from fluent.runtime import FluentBundle, FluentResource

FOLDER = Path(__file__).with_name("languages")
# Bare `sv` counts weeks from Sunday and starts week 1 too early; the country decides.
LOCALES = {"sv": "sv_SE", "en": "en_GB"}
LANGUAGES = tuple(LOCALES)
LONG = 500
# Of the private-use area: no text that came through the door holds them.
OPEN, CLOSE = "\ue002", "\ue003"


class Texts:
    """The sentences of one language."""

    def __init__(self, language: str) -> None:
        """Read `language` (`sv` or `en`) from its file."""
        self.language = language
        self._locale = LOCALES[language]
        self._bundle = FluentBundle([self._locale.replace("_", "-")], use_isolating=False)
        self._bundle.add_resource(FluentResource((FOLDER / f"{language}.ftl").read_text("utf-8")))

    def say(self, key: str, /, **facts: str | int) -> str:
        """The sentence `key` with its gaps filled. Numbers of nouns are text; counts are numbers, for the plural.

        Raises KeyError for an unknown key and ValueError for a missing fact: both are faults of ours.
        """
        pattern = self._bundle.get_message(key).value
        assert pattern is not None
        # Fluent refuses a gap of over 1,000 characters, so long facts go in behind it.
        long = {f"{OPEN}{name}{CLOSE}": str(fact) for name, fact in facts.items() if len(str(fact)) > LONG}
        short = {name: f"{OPEN}{name}{CLOSE}" if len(str(fact)) > LONG else fact for name, fact in facts.items()}
        sentence, faults = self._bundle.format_pattern(pattern, short)
        if faults:
            raise ValueError(f"{key}: {faults}")
        return reduce(lambda said, gap: said.replace(gap, long[gap]), long, str(sentence))

    def moment(self, at: datetime, zone: str) -> str:
        """`måndag 11 januari 2027 kl. 08:00`, on the clocks of `zone`."""
        pattern = self.say("moment-pattern")
        return format_datetime(at, pattern, tzinfo=ZoneInfo(zone), locale=self._locale)

    def soon(self, at: datetime, zone: str) -> str:
        """`onsdag 20 januari kl. 13:00`, of what is near, on the clocks of `zone`."""
        return format_datetime(at, self.say("soon-pattern"), tzinfo=ZoneInfo(zone), locale=self._locale)

    def day(self, day: date) -> str:
        """`onsdag 20 januari 2027`."""
        return str(format_date(day, self.say("day-pattern"), locale=self._locale))

    def hour(self, at: datetime, zone: str) -> str:
        """`13:00`, on the clocks of `zone`."""
        return format_datetime(at, "HH:mm", tzinfo=ZoneInfo(zone), locale=self._locale)

    def weekday(self, number: int) -> str:
        """The name of a weekday, Monday being 0."""
        return str(get_day_names("wide", locale=self._locale)[number])

    def listed(self, words: list[str]) -> str:
        """`a, b och c`."""
        if len(words) < 2:
            return "".join(words)
        return self.say("list-end", first=", ".join(words[:-1]), last=words[-1])


@cache
def texts_in(language: str) -> Texts:
    """The sentences of a language, read once."""
    return Texts(language)
