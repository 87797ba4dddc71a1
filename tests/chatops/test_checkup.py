"""The check-up: everything that is wrong, at once, with its cure."""

from chatops import checkup
from config.settings import MailSettings, Settings
from config.texts import texts_in
from people import BO, MONDAY
from storage import outbox
from storage.database import Database
from storage.outbox import OutboxKind, OutboxState


def problems(settings: Settings) -> str:
    return "\n".join(checkup.look(settings, texts_in("sv")).problems)


def test_a_missing_migration_does_not_hide_that_mail_is_missing(settings: Settings) -> None:
    found = problems(settings.model_copy(update={"mail": None}))
    assert "tuva migrate" in found
    assert "[mail]" in found


def test_a_mail_server_that_does_not_answer_is_named(settings: Settings, database: Database) -> None:
    url = "smtp://127.0.0.1:9"
    assert url in problems(settings.model_copy(update={"mail": MailSettings(url=url, tls="none")}))


def test_a_unit_that_nobody_represents_is_named(settings: Settings, database: Database) -> None:
    assert "ingen representerar Torget" in problems(settings)


def test_the_reach_is_told_group_by_group(settings: Settings, database: Database) -> None:
    notes = checkup.look(settings, texts_in("sv")).notes
    assert notes[:4] == [
        "Gröna gruppen: nästa brev når 5 av 5.",
        "Nästa dagordning i Gröna gruppen når 5 av 5.",
        "Andra gruppen: nästa brev når 1 av 1.",
        "Nästa dagordning i Andra gruppen når 1 av 1.",
    ]


def test_a_letter_that_is_stuck_is_told(settings: Settings, database: Database) -> None:
    with database.transaction() as session:
        facts = {"route": "mail", "kind": OutboxKind.LETTER, "address": BO, "parts": {}, "now": MONDAY}
        outbox.put(session, key="k", **facts)
        outbox.unfinished(session)[0].state = OutboxState.PARKED
    assert "Något har fastnat och väntar på hjälp." in problems(settings)


def test_what_the_mail_server_refuses_on_principle_is_told_while_it_is_still_tried(
    settings: Settings, database: Database
) -> None:
    with database.transaction() as session:
        facts = {"route": "mail", "kind": OutboxKind.LETTER, "address": BO, "parts": {}, "now": MONDAY}
        outbox.put(session, key="k", **facts)
        entry = outbox.unfinished(session)[0]
        entry.state, entry.reason = OutboxState.RETRY, "554 5.7.1 relay access denied"
    assert "554 5.7.1 relay access denied" in problems(settings)
    assert "tuva@example.org" in problems(settings)
