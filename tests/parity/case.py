"""One thing that is said in every world."""

from dataclasses import dataclass

Line = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """Somebody says a line. `answer` is a part of what they hear.

    `{proposal}`, `{example}`, `{pictured}`, an example with a picture, and `{tip}` in a line are numbers of Ana's, and
    `{meeting}` that of a meeting whose list of items is closed.
    `before` was said by then; with `then` the speaker answers what they are asked.
    """

    verb: str
    who: str
    line: str
    answer: str
    body: str = ""
    refused: bool = False
    then: str = ""
    before: tuple[Line, ...] = ()

    def __str__(self) -> str:
        return f"{self.verb}: {self.line}"


def refused(verb: str, who: str, line: str, answer: str, body: str = "", before: tuple[Line, ...] = ()) -> Case:
    """Somebody says what cannot be done."""
    return Case(verb, who, line, answer, body, refused=True, before=before)
