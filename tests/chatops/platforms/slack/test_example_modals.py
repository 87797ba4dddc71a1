"""Forms about good examples: filled in already when one is changed, and a mistake told at its field."""

import pytest

from living import place, until
from on_slack import CHANNEL, Card, Running, U, answered, whispered
from people import ANA, BO, MONDAY
from slackland import Slack
from slackside.sight import Shown
from storage import examples, roster
from storage.database import Database
from storage.examples import example_for
from storage.groups import group_called
from storage.tips import Tip

LINKS = ["https://a.example/1", "https://b.example/2"]


def share(database: Database, title: str = "Cykelpool") -> None:
    """Bo shares a good example with everything in it."""
    with database.transaction() as session:
        told = {"effect": "Ett\nTvå", "contact": "Bo", "links": " ".join(LINKS)}
        examples.share(session, place(session, BO), title, "Tio cyklar.", ["sdg:7"], MONDAY, **told)


def tip(database: Database) -> int:
    """Ana finds that Bo wrote something good."""
    with database.transaction() as session:
        ana, bo = place(session, ANA), place(session, BO)
        found = Tip(
            group=bo.group, author=bo.person, finder=ana.person, title="Cykelpool", body="Tio cyklar.", given_at=MONDAY
        )
        session.add(found)
        session.flush()
        return found.id


def opened(slack: Slack, address: str) -> Shown:
    return until(lambda: slack.view(U[address]))


def known(view: Shown) -> dict[str, str]:
    """What stands in a form's fields already."""
    elements = {block["block_id"]: block["element"] for block in view.blocks}
    return {name: element["initial_value"] for name, element in elements.items() if "initial_value" in element}


def test_an_example_is_changed_in_a_form_that_holds_it_and_what_is_emptied_is_empty(
    slack: Slack, tuva: Running, database: Database, card: Card
) -> None:
    share(database)
    slack.command("/example", "1 edit", by=U[BO], channel=CHANNEL)
    told = known(opened(slack, BO))
    assert told == {
        **{"title": "Cykelpool", "body": "Tio cyklar.", "effect": "Ett\nTvå", "contact": "Bo"},
        **{"unit": "Parken", "links": " ".join(LINKS)},
    }
    emptied = {"effect": "", "unit": "", "goals": []}
    slack.submit(U[BO], {"title": "Cykelpool 2", "contact": "=SUM(1) <!channel>", **emptied})
    seen = card("Exempel 1: Cykelpool 2")
    assert "Effekt" not in seen.words
    assert "Parken" not in seen.words
    assert "Mål" not in seen.words
    assert "=SUM(1) <!channel>" in seen.words
    assert [live for live in seen.live if "https://" not in live] == []


def test_who_may_not_change_it_is_told_so_before_a_form_opens(slack: Slack, tuva: Running, database: Database) -> None:
    share(database)
    with database.transaction() as session:
        roster.add_member(
            session, group_called(session, "grona"), roster.Newcomer("Eva", "eva@example.org", ""), None, MONDAY
        )
    slack.add_person("U0EVE", "Eva", "eva@example.org")
    assert "Det här får bara" in answered(slack.command("/example", "1 edit", by="U0EVE", channel=CHANNEL))
    assert "Det finns inget exempel 7" in answered(slack.command("/example", "7 edit", by=U[BO], channel=CHANNEL))


def test_what_is_said_with_edit_is_done_at_once(slack: Slack, tuva: Running, database: Database, card: Card) -> None:
    share(database)
    slack.command("/example", "1 edit #-", by=U[BO], channel=CHANNEL)
    assert "Mål" not in card("Exempel 1").words


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("unit", "Månen", "finns inte i gruppen"),
        ("links", "javascript:alert(1)", "är ingen länk"),
        ("links", "https://a.example " * 6, ""),
    ],
)
def test_a_mistake_stands_at_its_field(field: str, typed: str, said: str, slack: Slack, tuva: Running) -> None:
    slack.command("/example", "", by=U[BO], channel=CHANNEL)
    opened(slack, BO)
    slack.submit(U[BO], {"title": "Cykelpool", field: typed})
    assert said in slack.view_errors(U[BO])[field]
    slack.submit(U[BO], {field: ""})
    assert until(lambda: slack.messages(CHANNEL))


def test_the_button_under_a_card_asks_what_one_does_and_later_how_it_went(
    slack: Slack, tuva: Running, database: Database, card: Card
) -> None:
    slack.command("/example", "Cykelpool", by=U[BO], channel=CHANNEL)
    slack.press(U[ANA], CHANNEL, card("Exempel 1").ts, "reuse")
    opened(slack, ANA)
    slack.submit(U[ANA], {"words": "Fem cyklar"})
    assert "Gör likadant: 1" in whispered(slack, ANA)
    slack.command("/example", "1 reuse", by=U[ANA], channel=CHANNEL)
    assert known(opened(slack, ANA)) == {"words": "Fem cyklar"}
    slack.close_view(U[ANA])
    slack.command("/example", "1 result", by=U[ANA], channel=CHANNEL)
    opened(slack, ANA)
    slack.submit(U[ANA], {"words": "De används varje dag"})
    with database.reading() as session:
        assert [reuse.result for reuse in example_for(session, place(session, BO).person, 1).reuses] == [
            "De används varje dag"
        ]


def test_a_tip_opens_a_form_that_holds_it_in_the_group_it_is_of(
    slack: Slack, tuva: Running, database: Database, card: Card
) -> None:
    number = tip(database)
    with database.transaction() as session:
        table = f"name,email,unit,role\nBo Bark,{BO},,ledamot\n".encode()
        roster.import_roster(session, group_called(session, "andra"), table, MONDAY, replace=False)
    slack.say(U[BO], "hjälp")
    slack.command("/example", f"share tip:{number} group:grona", by=U[BO], channel=slack.direct_channel(U[BO]))
    assert known(opened(slack, BO)) == {"title": "Cykelpool", "body": "Tio cyklar."}
    slack.submit(U[BO], {"effect": "Färre bilar"})
    assert "Färre bilar" in card("Exempel 1: Cykelpool").words
    slack.command("/example", f"share tip:{number}", by=U[BO], channel=CHANNEL)
    assert "Det tipset finns inte" in until(lambda: slack.ephemerals(U[BO]))[-1].words
    assert slack.view(U[BO]) is None
