"""/p and /do: reading an item from a letter, and pressing its buttons; what people wrote stays words."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from agendas import plan, wishes
from config.settings import Settings
from config.texts import texts_in
from digests import notes
from living import LATER, Door, open_door, place, propose, record
from people import ANA, BO, CHEN, GUS, INA, ZOE
from storage import examples
from storage.database import Database
from storage.groups import group_called
from storage.people import person_with_mail
from storage.roster import import_roster
from storage.tips import Tip, is_new

NASTY_TITLE = "<script>alert(1)</script> & \"quote\" 'x'"
NASTY_BODY = """<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![p](https://evil.example/p.png)
<a href="data:text/html,x" onclick=alert(1)>y</a> </p></div></main><form action=https://evil.example>
[a](https://e.example/"onmouseover="alert(1)) `<script>` &lt;script&gt; <https://evil.example/<script>>"""
ATTRIBUTES = {"href", "class", "role", "method", "action", "for", "id", "name", "maxlength", "required"}
OURS = {"html", "head", "meta", "title", "style", "body", "main", "div", "h1", "p", "a", "form", "label", "textarea"}
TAGS = OURS | {"button", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "br", "hr"}


@pytest.fixture
def door(settings: Settings, database: Database) -> Iterator[Door]:
    with open_door(settings) as door:
        yield door


def share(database: Database, address: str, title: str, body: str = "") -> int:
    """Share an example with the green group; returns its number."""
    with database.transaction() as session:
        return examples.share(session, place(session, address), title, body, [], LATER).id


class Markup(HTMLParser):
    """The tags and attributes of a page, after <body>."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.feed(page.partition("<body>")[2])
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")


def assert_harmless(page: str) -> None:
    """Only our tags and attributes, only links to the web, to mail and to our own pages."""
    found = Markup(page)
    assert found.tags <= TAGS
    assert found.attributes.keys() <= ATTRIBUTES | {"aria-describedby"}
    assert all(href.startswith(("https://", "http://", "mailto:", "/do/")) for href in found.attributes.get("href", ()))
    assert found.attributes.get("action", set()) <= {""}


# --- reading ---


def test_a_proposal_is_shown_with_its_counts_and_its_group(door: Door, database: Database) -> None:
    propose(database, ANA, "Solceller", "Taket är **platt**.")
    page = door.get(door.items_link("p", BO, "proposal:1"))
    assert page.status_code == 200
    for words in ("Förslag 1: Solceller", "Idé från Ana Ask, Skolan", "<strong>platt</strong>", "Gröna gruppen"):
        assert words in page.text
    assert "Stöd: 0 · Invändningar: 0" in page.text


def test_an_example_is_shown_with_its_thanks(door: Door, database: Database) -> None:
    share(database, ANA, "Cykelpool")
    page = door.get(door.items_link("p", BO, "example:1"))
    assert "Exempel 1: Cykelpool" in page.text
    assert "Tack: 0" in page.text


def test_reading_changes_nothing(door: Door, database: Database) -> None:
    propose(database, ANA)
    before = record(database)
    assert door.get(door.items_link("p", BO, "proposal:1")).status_code == 200
    assert record(database) == before


def test_the_buttons_on_the_page_lead_to_what_they_say(door: Door, database: Database) -> None:
    propose(database, ANA)
    hrefs = Markup(door.get(door.items_link("p", BO, "proposal:1")).text).attributes["href"]
    wanted = {door.items_link("do", BO, f"proposal 1 {verb}") for verb in ("support", "object", "neutral")}
    assert hrefs == wanted


@pytest.mark.parametrize(("address", "is_leader"), [(ANA, True), (BO, False)])
def test_who_leads_a_meeting_may_send_its_agenda_from_a_letter_once(
    door: Door, database: Database, address: str, is_leader: bool
) -> None:
    with database.transaction() as session:
        plan(session, now=LATER)
    link = door.items_link("do", address, "agenda 1 send")
    assert ("Skicka dagordningen nu" in door.get(link).text) is is_leader
    assert door.post(link).status_code == 200
    assert (len(wishes(database, under="agenda:1:agenda:")) > 0) is is_leader
    assert "Skicka dagordningen nu" not in door.get(link).text


def test_the_page_speaks_the_readers_language(door: Door, database: Database) -> None:
    propose(database, ANA)
    page = door.get(door.items_link("p", CHEN, "proposal:1")).text
    assert '<html lang="en">' in page
    assert "Proposal 1: Solceller" in page
    assert "Support: 0 · Objections: 0" in page


@pytest.mark.parametrize("about", ["proposal:1", "example:1"])
def test_who_has_left_the_group_reads_no_more(about: str, door: Door, database: Database) -> None:
    propose(database, ANA)
    share(database, ANA, "Cykelpool")
    link = door.items_link("p", BO, about)
    assert door.get(link).status_code == 200
    with database.transaction() as session:
        place(session, BO).end(LATER)
    assert door.get(link).status_code == 404


def test_who_has_left_the_group_presses_no_more(door: Door, database: Database) -> None:
    propose(database, ANA)
    with database.transaction() as session:
        place(session, BO).end(LATER)
    before = record(database)
    assert door.post(door.items_link("do", BO, "proposal 1 support")).status_code == 404
    assert record(database) == before


@pytest.mark.parametrize("about", ["proposal:1", "proposal:99", "example:1", "example:99"])
def test_the_items_of_another_group_are_as_unknown_as_those_there_are_not(
    about: str, door: Door, database: Database
) -> None:
    propose(database, ANA)
    share(database, ANA, "Cykelpool")
    unknown = door.get(door.items_link("p", BO, "proposal:77"))
    answer = door.get(door.items_link("p", ZOE, about))
    assert answer.status_code == unknown.status_code == 404
    assert answer.text == unknown.text


@pytest.mark.parametrize("purpose", ["p", "do"])
def test_a_forged_token_shows_and_presses_nothing(purpose: str, door: Door, database: Database) -> None:
    propose(database, ANA)
    about = {"p": "proposal:1", "do": "proposal 1 support"}[purpose]
    link, before = door.items_link(purpose, BO, about), record(database)
    other = door.items_link({"p": "do", "do": "p"}[purpose], BO, about).rpartition("/")[2]
    forged = [link[:-1], link[:-1] + "!", link.replace(".", ".A"), f"/{purpose}/{other}", f"/{purpose}/1"]
    assert {door.ask(method, path).status_code for path in forged for method in ("GET",)} == {404}
    if purpose == "do":
        assert {door.post(path).status_code for path in forged} == {404}
    assert record(database) == before


# --- pressing ---


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("verb", ["support", "object", "neutral"])
def test_looking_at_a_button_changes_nothing(method: str, verb: str, door: Door, database: Database) -> None:
    propose(database, ANA)
    before = record(database)
    assert door.ask(method, door.items_link("do", BO, f"proposal 1 {verb}")).status_code == 200
    assert record(database) == before


def test_looking_at_a_button_shows_it_alone(door: Door, database: Database) -> None:
    propose(database, ANA)
    page = door.get(door.items_link("do", BO, "proposal 1 support")).text
    assert "<button>Stödjer</button>" in page
    assert '<form method="post">' in page


def test_pressing_takes_the_stand_and_shows_the_new_count(door: Door, database: Database) -> None:
    propose(database, ANA)
    page = door.post(door.items_link("do", BO, "proposal 1 support"))
    assert page.status_code == 200
    assert "Tack, det är noterat." in page.text
    assert "Stöd: 1 · Invändningar: 0" in page.text
    assert "Stöd: 1 · Invändningar: 0" in door.get(door.items_link("p", ANA, "proposal:1")).text


def test_pressing_twice_is_one_voice(door: Door, database: Database) -> None:
    propose(database, ANA)
    link = door.items_link("do", BO, "proposal 1 support")
    assert [door.post(link).status_code for _ in range(2)] == [200, 200]
    assert "Stöd: 1 · Invändningar: 0" in door.post(link).text


def test_each_reader_has_a_voice_of_their_own_and_the_last_word_wins(door: Door, database: Database) -> None:
    propose(database, ANA)
    for address in (ANA, BO, CHEN):
        door.post(door.items_link("do", address, "proposal 1 support"))
    assert "Stöd: 2 · Invändningar: 0" in door.post(door.items_link("do", BO, "proposal 1 neutral")).text


@pytest.mark.parametrize("form", [{}, {"words": ""}, {"reason": " \r\n\t "}, {"reason": "\u200b"}, {"skäl": "Dyrt"}])
def test_an_objection_without_a_reason_is_asked_for_it_and_does_not_count(
    form: dict[str, str], door: Door, database: Database
) -> None:
    propose(database, ANA)
    page = door.post(door.items_link("do", BO, "proposal 1 object"), data=form)
    assert page.status_code == 200
    assert '<textarea id="words" name="words"' in page.text
    assert "Skälet saknas." in page.text
    assert "Stöd: 0 · Invändningar: 0" in page.text


def test_an_objection_with_a_reason_counts(door: Door, database: Database) -> None:
    propose(database, ANA)
    page = door.post(door.items_link("do", BO, "proposal 1 object"), data={"words": "Det är för dyrt.\r\nI år."})
    assert "Stöd: 0 · Invändningar: 1" in page.text
    assert "<strong>Bo Bark</strong>: Det är för dyrt." in page.text


def test_too_long_a_reason_is_told_in_words_and_does_not_count(door: Door, database: Database) -> None:
    propose(database, ANA)
    page = door.post(door.items_link("do", BO, "proposal 1 object"), data={"words": "x" * 2_501})
    assert page.status_code == 200
    assert "2501 tecken" in page.text
    assert "Invändningar: 0" in page.text


@pytest.mark.parametrize(("address", "role"), [(GUS, "adjungerad"), (INA, "för kännedom")])
@pytest.mark.parametrize("verb", ["support", "object", "neutral"])
def test_who_takes_no_stands_is_refused_with_a_sentence(
    address: str, role: str, verb: str, door: Door, database: Database
) -> None:
    propose(database, ANA)
    page = door.post(door.items_link("do", address, f"proposal 1 {verb}"), data={"words": "Dyrt"})
    assert page.status_code == 200
    assert f"Din roll i gruppen: {role}." in page.text
    assert "Stöd: 0 · Invändningar: 0" in page.text


def test_a_button_of_a_withdrawn_proposal_is_refused_with_a_sentence(door: Door, database: Database) -> None:
    propose(database, ANA)
    door.post(door.items_link("do", ANA, "proposal 1 withdraw"))
    page = door.post(door.items_link("do", BO, "proposal 1 support"))
    assert page.status_code == 200
    assert "Förslag 1 är inte öppet längre" in page.text


def test_thanks_are_given_once_and_never_to_oneself(door: Door, database: Database) -> None:
    share(database, ANA, "Cykelpool")
    link = door.items_link("do", BO, "example 1 thank")
    door.post(link)
    assert "Tack: 1" in door.post(link).text
    own = door.post(door.items_link("do", ANA, "example 1 thank"))
    assert own.status_code == 200
    assert "Exempel 1 är ditt eget" in own.text


def test_a_press_leaves_an_audit_entry_from_mail(door: Door, database: Database) -> None:
    propose(database, ANA)
    door.post(door.items_link("do", BO, "proposal 1 support"))
    assert any("'proposal.support','proposal:1','mail'" in line for line in record(database))


# --- what people wrote stays words ---


@pytest.mark.parametrize("verb", ["p", "support", "object", "neutral"])
def test_nothing_in_a_proposal_becomes_markup_of_the_page(verb: str, door: Door, database: Database) -> None:
    propose(database, ANA, NASTY_TITLE, NASTY_BODY)
    link = door.items_link(*(("p", BO, "proposal:1") if verb == "p" else ("do", BO, f"proposal 1 {verb}")))
    assert_harmless(door.get(link).text)
    if verb != "p":
        page = door.post(link, data={"words": NASTY_BODY}).text
        assert_harmless(page)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_nothing_in_an_example_becomes_markup_of_the_page(door: Door, database: Database) -> None:
    share(database, ANA, NASTY_TITLE, NASTY_BODY)
    assert_harmless(door.get(door.items_link("p", BO, "example:1")).text)
    assert_harmless(door.post(door.items_link("do", BO, "example 1 thank")).text)


def test_no_name_becomes_markup_of_a_page(door: Door, database: Database) -> None:
    propose(database, ANA)
    with database.transaction() as session:
        ana = person_with_mail(session, ANA)
        assert ana is not None
        ana.name = place(session, ANA).group.name = NASTY_TITLE
        session.flush()
    for link in (door.items_link("p", BO, "proposal:1"), door.items_link("do", BO, "proposal 1 support")):
        assert_harmless(door.get(link).text)
    for purpose in ("unsubscribe", "preferences"):
        assert "<script" not in door.get(door.letters_link(purpose, BO)).text


def test_nothing_in_an_address_comes_back_on_the_page(door: Door) -> None:
    for path in ("/<script>alert(1)</script>", "/p/<img src=x onerror=alert(1)>", "/%3Cscript%3E"):
        page = door.get(path)
        assert page.status_code == 404
        assert_harmless(page.text)
        assert "alert" not in page.text


# --- examples that others re-use, and tips ---


def reuse(database: Database, address: str, number: int) -> None:
    with database.transaction() as session:
        place_ = place(session, address)
        examples.example_for(session, place_.person, number).reuse(place_, "Fem cyklar", LATER)


def test_who_re_uses_an_example_tells_from_a_letter_how_it_went(door: Door, database: Database) -> None:
    number = share(database, ANA, "Cykelpool")
    reuse(database, BO, number)
    link = door.items_link("do", BO, f"example {number} result")
    assert "Hur gick det?" in door.get(link).text
    assert "Skriv hur det gick" in door.post(link, data={"words": " "}).text
    assert "De används varje dag" in door.post(link, data={"words": "De används varje dag."}).text


def test_who_does_not_is_not_asked(door: Door, database: Database) -> None:
    link = door.items_link("do", BO, f"example {share(database, ANA, 'Cykelpool')} result")
    assert "<textarea" not in door.get(link).text


def tipped(database: Database) -> tuple[str, ...]:
    """What Bo, who is in two groups, can answer to a tip of Ana's."""
    with database.transaction() as session:
        bo, ana = place(session, BO), place(session, ANA)
        given = Tip(
            group=bo.group, author=bo.person, finder=ana.person, title="Lådcyklar", body="Fem stycken.", given_at=LATER
        )
        is_new(session, given)
        import_roster(
            session, group_called(session, "andra"), f"name,email,unit\nBo,{BO},\n".encode(), LATER, replace=False
        )
        return tuple(action.command for action in notes.tip(given, texts_in("sv")).actions)


def test_a_tip_is_read_and_shared_from_a_letter_once(door: Door, database: Database) -> None:
    command, _ = tipped(database)
    link = door.items_link("do", BO, command)
    assert "Dela som exempel" in door.get(link).text
    assert "Exempel 1: Lådcyklar" in door.post(link).text
    again = door.post(link)
    assert (again.status_code, "Exempel 1: Lådcyklar" in again.text) == (200, True)
    assert "Du har redan svarat på det" in door.get(link).text
    assert door.get(door.items_link("do", ANA, command)).status_code == 404


def test_a_tip_is_declined_from_a_letter_as_often_as_one_likes(door: Door, database: Database) -> None:
    share_, command = tipped(database)
    link = door.items_link("do", BO, command)
    assert "Nej tack" in door.get(link).text
    for _ in range(2):
        done = door.post(link)
        assert (done.status_code, "frågar inte igen" in done.text, "Nej tack" in done.text) == (200, True, False)
    assert "Du har redan svarat på det" in door.get(link).text
    assert "Det tipset finns inte" in door.post(door.items_link("do", BO, share_)).text
