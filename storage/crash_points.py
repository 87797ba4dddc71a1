"""Named points at which the process may die: before and after every commit and every call to the outside.

By themselves they do nothing. Tests set a watcher, which may kill the process there, to see what is left behind.
"""

from collections.abc import Callable

# Before and after: what is done between the two may have happened, or not, when the process dies.
PAIRS = (
    ("database.commit", "database.committed"),
    ("console.say", "console.said"),
    ("maildir.deliver", "maildir.delivered"),
    ("matrix.call", "matrix.called"),
    ("slack.acknowledge", "slack.acknowledged"),
    ("slack.call", "slack.called"),
    ("slack.connect", "slack.connected"),
    ("slack.respond", "slack.responded"),
    ("slack.transfer", "slack.transferred"),
    ("smtp.connect", "smtp.connected"),
    ("smtp.address", "smtp.send"),
    ("smtp.send", "smtp.sent"),
    ("smtp.quit", "smtp.gone"),
    ("token.ask", "token.asked"),
)

_watchers: list[Callable[[str], None]] = []


def watch(watcher: Callable[[str], None]) -> None:
    """Tell `watcher` the name of every point that is reached from now on."""
    _watchers.append(watcher)


def reached(name: str) -> None:
    """The program has come to this point."""
    for watcher in _watchers:
        watcher(name)
