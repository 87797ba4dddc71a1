"""What is a question, and whose questions count."""

import pytest

from chatops.platforms.asking import Asked, hear, is_question
from living import place
from people import ANA, BO, MONDAY
from storage import examples
from storage.database import Database
from storage.examples import example_for
from storage.people import Identity


@pytest.mark.parametrize(
    "text", ["Vad kostade det?", "Va?!", "”Hur?”", "何ですか？", "Se https://a.example/?q=1 – bra?"]
)
def test_a_question_has_its_mark(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["", "Bra!", "https://a.example/?q=1", "Se <https://a.example/x?y=1>."])
def test_an_address_asks_nothing(text: str) -> None:
    assert not is_question(text)


def test_each_message_counts_once_whoever_asks_but_the_sharer(database: Database) -> None:
    def questions(number: int = 1) -> tuple[int, int]:
        example = example_for(session, place(session, ANA).person, number)
        return len(example.questions), example.revision

    with database.transaction() as session:
        examples.share(session, place(session, ANA), "Cykelpool", "", [], MONDAY)
        for address, receipt in ((BO, "1"), (BO, "1"), ("eva@example.org", "2"), (ANA, "3")):
            hear(session, "example:1", Asked(Identity("console", "", address), receipt, asks=True), MONDAY)
        assert questions() == (2, 3)
        gone = Asked(Identity("console", "", BO), "1", asks=False)
        hear(session, "example:1", gone, MONDAY)
        hear(session, "example:1", gone, MONDAY)
        hear(session, "proposal:1", gone, MONDAY)
        assert questions() == (1, 4)
