"""Letters into a folder, for trying out."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from config.settings import MailSettings
from digests import mail
from digests.courier.parcels import NotDelivered, Outcome
from posting import LINKS, parcel


@pytest.fixture
def settings(tmp_path: Path) -> MailSettings:
    """A Maildir."""
    return MailSettings(url=f"maildir:{tmp_path}/mail")


def carry(settings: MailSettings, address: str = "bo@example.org") -> str:
    with mail.Mail(settings, LINKS).open() as carry:
        return carry(parcel(address))


def test_a_letter_lies_in_the_maildir_whole(settings: MailSettings, tmp_path: Path) -> None:
    carry(settings)
    [(path, recipient, subject)] = mail.letters_in(settings)
    assert (recipient, subject) == ("bo@example.org", "Nytt: ett förslag")
    assert path.is_absolute()
    assert path.parent == tmp_path / "mail" / "new"


def test_a_second_try_writes_over_the_first(settings: MailSettings) -> None:
    assert carry(settings) == carry(settings)
    assert len(mail.letters_in(settings)) == 1


def test_the_gaps_are_filled_for_the_reader(settings: MailSettings) -> None:
    carry(settings)
    letter = message_from_bytes(mail.letters_in(settings)[0][0].read_bytes(), policy=policy.default)
    expected = f"https://tuva.example.org/preferences/{LINKS.tokens.make('preferences', '3')}"
    for part in letter.iter_parts():
        assert expected in part.get_content()


def test_an_address_that_is_none_gets_no_letter_but_words(settings: MailSettings) -> None:
    with pytest.raises(NotDelivered) as fault:
        carry(settings, "bo@")
    assert fault.value.outcome is Outcome.REFUSED
    assert "@" in fault.value.reason


def test_a_folder_takes_one_letter_at_a_time(settings: MailSettings) -> None:
    assert mail.Mail(settings, LINKS).lanes == 1


def test_the_check_up_makes_the_folder(settings: MailSettings, tmp_path: Path) -> None:
    assert mail.fault(settings) is None
    assert (tmp_path / "mail").is_dir()


def test_the_check_up_tells_why_the_folder_cannot_be(settings: MailSettings, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    assert mail.fault(settings)
