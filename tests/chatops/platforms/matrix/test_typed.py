"""Commands as they are typed on Matrix."""

import pytest

from chatops.commands import COMMANDS
from chatops.grammar import read
from chatops.platforms.matrix.typed import typeable, typed
from chatops.verbs import Kind
from config.texts import LANGUAGES, texts_in
from storage.messages import Action


@pytest.mark.parametrize(
    ("command", "swedish", "english"),
    [
        ("proposal 12 support", "!förslag 12 stöd", "!proposal 12 support"),
        ("proposal 12 object", "!förslag 12 invänd SKÄL", "!proposal 12 object REASON"),
        ("proposal 12 withdraw", "!förslag 12 dra tillbaka", "!proposal 12 withdraw"),
        ("example 3 thank", "!exempel 3 tacka", "!example 3 thank"),
        ("tuva status", "!tuva läge", "!tuva status"),
        ("example 3 reuse", "!exempel 3 återanvänd TEXT", "!example 3 reuse TEXT"),
        ("example share tip:7 group:grona", "!exempel dela tips:7 grupp:grona", "!example share tip:7 group:grona"),
    ],
)
def test_an_action_is_printed_as_it_is_typed(command: str, swedish: str, english: str) -> None:
    printed = [typed(Action("", command), COMMANDS, texts_in(language)) for language in ("sv", "en")]
    assert printed == [swedish, english]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_does_what_the_action_does(language: str) -> None:
    for command in COMMANDS:
        for verb in command.verbs:
            if verb.on_noun and all(argument.kind is not Kind.BODY for argument in verb.arguments):
                line = typed(Action("", f"{command.name} 12 {verb.name}"), COMMANDS, texts_in(language))
                reading = read(line.removeprefix("!"), "", COMMANDS)
                assert (reading.command, reading.number, reading.verb) == (command, 12, verb)


@pytest.mark.parametrize(
    ("ours", "here"),
    [
        ("/tuva föreslå Solceller", "!föreslå Solceller"),
        ("/tuva exempel eller /tuva föreslå.", "!exempel eller !föreslå."),
        ("`/propose Solar panels`", "`!propose Solar panels`"),
        ("`/proposal 12`, `/förslag 12 stöd`", "`!proposal 12`, `!förslag 12 stöd`"),
        ("`/tuva link` – `/tuva hjälp förslag`", "`!tuva link` – `!tuva hjälp förslag`"),
        ("Skriv /tuva, (/utskick) eller “/digest”", "Skriv !tuva, (!utskick) eller “!digest”"),
        ("**/tuva** */digest*", "**!tuva** *!digest*"),
        ("/tuva\nexempel", "!tuva\nexempel"),
    ],
)
def test_our_own_words_name_commands_as_they_are_typed_here(ours: str, here: str) -> None:
    assert typeable(ours, COMMANDS) == here


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/proposal/12",
        "https://example.org/tuva",
        "and/or förslag/exempel",
        "/invite @Tuva",
        "/proposals /tuvan /tuva-x /tuva.toml /tuva/x",
        "./tuva var/tuva //tuva",
        "24/7 1/2",
    ],
)
def test_what_is_no_command_of_ours_is_untouched(text: str) -> None:
    assert typeable(text, COMMANDS) == text
