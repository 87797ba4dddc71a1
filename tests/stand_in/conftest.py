"""A workspace with a small real bolt app in it, for whoever tries the stand-in."""

from collections.abc import Iterator

import pytest

from slackland import Slack
from slackside.tiny import TinyApp, tiny


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Slack, TinyApp]]:
    with Slack() as slack, tiny(slack) as app:
        slack.add_person("U1", "asa", "asa@example.org")
        slack.add_person("U2", "bo")
        slack.add_person("U9", "cai", team="T9")
        yield slack, app


@pytest.fixture
def app(both: tuple[Slack, TinyApp]) -> TinyApp:
    both[1].heard.clear()
    both[1].does.clear()
    return both[1]


@pytest.fixture
def slack(both: tuple[Slack, TinyApp], app: TinyApp) -> Slack:
    both[0].add_channel("C1", ["U1", "U2", "U9"])
    return both[0]
