"""A letter's two forms: equal content, and HTML that every mail program can show."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from config.texts import texts_in
from digests import letters, links, weekly
from digests.letters import Letter
from digests.links import Links
from illustrating import illustrate
from people import ANA, MONDAY
from storage.database import Database
from storage.examples import share
from storage.groups import group_called
from storage.memberships import Membership, membership_of
from storage.people import person_with_mail
from storage.proposal_stages import ProposalKind
from storage.proposals import propose
from storage.subscriptions import subscription_of
from storage.tokens import Tokens

LONG_WORD = "Arbetsmarknadsförvaltningschefsbefattningsbeskrivningsarbetsgrupp"


@pytest.fixture(params=[1, 5, 40])
def letter(request: pytest.FixtureRequest, database: Database) -> Letter:
    """A letter with one, five or forty items of each kind."""
    with database.transaction() as session:
        membership = chair(session, "grona")
        for number in range(request.param):
            share(
                session,
                membership,
                f"Exempel <{number}> & {LONG_WORD}",
                "Så *här*: https://a.se/b_c",
                ["sdg:13"],
                MONDAY,
            )
            propose(session, membership, f"Förslag {number}", "- ett\n- två", ProposalKind.IDEA, ["mrp:1.1"], MONDAY)
        found = weekly.preview(session, subscription_of(session, membership.person, membership.group), MONDAY)
    assert found is not None
    return found


def chair(session: object, slug: str) -> Membership:
    person = person_with_mail(session, ANA)  # type: ignore[arg-type]
    assert person is not None
    membership = membership_of(session, person, group_called(session, slug))  # type: ignore[arg-type]
    assert membership is not None
    return membership


class Words(HTMLParser):
    """The visible words of a page, and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("style", "title") or ("class", "preheader") in attrs
        self.links += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += re.findall(r"\w+", data)


def read(page: str) -> Words:
    words = Words()
    words.feed(page)
    return words


def test_text_and_html_say_the_same_and_lead_to_the_same(letter: Letter) -> None:
    texts = texts_in("sv")
    text, page = letters.text(letter, texts), read(letters.html(letter, texts))
    told = set(re.findall("\ue000[^\ue001]*\ue001", text)) | set(re.findall(r"https?://\S+", text))
    assert set(page.links) == told
    words = set(re.findall(r"\w+", text))
    assert {word for word in page.words if word not in words} == set()


def test_a_title_is_literal_in_both(letter: Letter) -> None:
    assert f"Exempel <0> & {LONG_WORD}" in letters.text(letter, texts_in("sv")).replace("\n   ", " ")
    assert "Exempel &lt;0&gt; &amp;" in letters.html(letter, texts_in("sv"))


def test_every_table_is_for_layout_and_says_so(letter: Letter) -> None:
    page = letters.html(letter, texts_in("sv"))
    assert page.count("<table") == page.count('role="presentation"')


def test_the_page_names_its_language_and_subject() -> None:
    empty = Letter("grona", "G", "Ämne", "", "H", "O", (), "I", "W")
    page = letters.html(empty, texts_in("en"))
    assert '<html lang="en"' in page
    assert "<title>Ämne</title>" in page


def test_nothing_is_fetched_when_a_letter_is_opened(letter: Letter) -> None:
    page = letters.html(letter, texts_in("sv"))
    assert not re.search(r"<(img|link|script|iframe)|url\(", page)


@pytest.fixture
def illustrated(database: Database) -> Letter:
    """A letter with one example and its picture."""
    with database.transaction() as session:
        membership = chair(session, "grona")
        illustrate(session, share(session, membership, "Cykelställ", "Med tak.", [], MONDAY), alt='Två "ställ" & tak')
        found = weekly.preview(session, subscription_of(session, membership.person, membership.group), MONDAY)
    assert found is not None
    return found


def test_a_picture_is_on_our_own_host_has_its_size_and_is_told_in_words(illustrated: Letter) -> None:
    page, text = letters.html(illustrated, texts_in("sv")), letters.text(illustrated, texts_in("sv"))
    [image] = re.findall("<img[^>]*>", page)
    assert f'src="{links.showing(1)}"' in image
    assert 'width="533" height="400"' in image
    assert 'alt="Två &quot;ställ&quot; &amp; tak"' in image
    assert 'Bild: Två "ställ" & tak' in text


def test_who_reads_titles_alone_sees_no_picture(illustrated: Letter) -> None:
    [section] = illustrated.sections
    brief = replace(illustrated, sections=(replace(section, items=(replace(section.items[0], brief=True),)),))
    assert "<img" not in letters.html(brief, texts_in("sv"))
    assert "Bild:" not in letters.text(brief, texts_in("sv"))


def test_the_address_of_a_picture_is_the_same_for_all_readers() -> None:
    made = Links("https://tuva.example.org", Tokens((b"x" * 32,)))
    readers = ({"person": "1", "subscription": "1"}, {"person": "2", "subscription": "2"})
    assert len({made.fill(links.showing(7), reader) for reader in readers}) == 1


def test_a_usual_letter_is_not_clipped_by_mail_programs(letter: Letter) -> None:
    if len(letter.sections[0].items) <= 5:
        assert len(letters.html(letter, texts_in("sv")).encode()) < 80_000


def test_nothing_of_the_template_is_left(letter: Letter) -> None:
    page = letters.html(letter, texts_in("sv"))
    assert "{{" not in page
    assert "{%" not in page


def test_lines_of_the_text_are_short_but_for_addresses(letter: Letter) -> None:
    lines = letters.text(letter, texts_in("sv")).splitlines()
    assert all(len(line) <= letters.LINE_WIDTH or LONG_WORD in line or "\ue000" in line for line in lines)
