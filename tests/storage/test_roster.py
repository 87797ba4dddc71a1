"""The roster: read whole or not at all, with every fault told by its line."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from config.texts import Texts
from people import ANA, BO, CHEN, GUS, INA, MONDAY, ROSTER, ZOE
from storage.database import Session
from storage.groups import Group, group_called
from storage.memberships import Duty, Membership, Role, members_of, membership_of
from storage.people import Person, person_known_as, person_with_mail
from storage.roster import Changes, import_roster
from storage.roster_table import COLUMNS, DUTY_WORDS, ROLE_WORDS, RosterFaults
from storage.subscriptions import Interval, subscription_of

LATER = MONDAY + timedelta(days=7)
DAN = "dan@example.org"
HEADER = "name,email,unit,role,language,slack,matrix\n"

Read = Callable[..., Changes]
Faults = Callable[..., list[tuple[int, str]]]


@pytest.fixture
def read(session: Session, group: Group) -> Read:
    """Import lines under the full header (or bytes as they are) a week after everybody came."""

    def read(*lines: str | bytes, replace: bool = False) -> Changes:
        table = lines[0] if isinstance(lines[0], bytes) else (HEADER + "\n".join(lines)).encode()
        return import_roster(session, group, table, LATER, replace=replace)

    return read


@pytest.fixture
def faults(read: Read) -> Faults:
    """The line and key of every fault of a table."""

    def faults(*lines: str | bytes) -> list[tuple[int, str]]:
        with pytest.raises(RosterFaults) as raised:
            read(*lines)
        return [(fault.line, fault.broken.key) for fault in raised.value.faults]

    return faults


@pytest.fixture
def dan(session: Session, group: Group) -> Callable[[], Membership | None]:
    """Dan's place in the group, once he has one."""

    def dan() -> Membership | None:
        person = person_with_mail(session, DAN)
        return person and membership_of(session, person, group)

    return dan


Dan = Callable[[], Membership]


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_of_any_spreadsheet_is_read(read: Read, dan: Dan, separator: str, mark: bytes, end: str) -> None:
    table = end.join((separator.join(("name", "email", "unit")), separator.join(("Dan Dal", DAN, "Torget")), ""))
    assert read(mark + table.encode()) == Changes(added=1)
    assert (dan().person.name, dan().unit.name) == ("Dan Dal", "Torget")


def test_a_byte_order_mark_may_stand_before_a_quote(read: Read, dan: Dan) -> None:
    read(b'\xef\xbb\xbf"name","email","unit"\n"Dan Dal","dan@example.org",""')
    assert dan().person.name == "Dan Dal"


def test_a_comma_inside_a_quoted_cell_is_text(read: Read, dan: Dan) -> None:
    read(f'"Dal, Dan",{DAN},,')
    assert dan().person.name == "Dal, Dan"


def test_columns_may_stand_in_any_order_and_case(read: Read, dan: Dan) -> None:
    read(f"Unit;ROLE; Email ;name\nTorget;ersättare;{DAN};Dan Dal".encode())
    assert (dan().unit.name, dan().role, dan().person.name) == ("Torget", Role.SUBSTITUTE, "Dan Dal")


@pytest.mark.parametrize(("word", "role"), ROLE_WORDS.items())
def test_every_role_has_a_word_in_both_languages(read: Read, dan: Dan, word: str, role: Role) -> None:
    read(f"Dan Dal,{DAN},,{word.capitalize()}")
    assert (dan().role, dan().duties) == (role, [])


@pytest.mark.parametrize(("word", "duty"), DUTY_WORDS.items())
def test_every_duty_has_a_word_in_both_languages(read: Read, dan: Dan, word: str, duty: Duty) -> None:
    read(f"Dan Dal,{DAN},,{word}")
    assert (dan().role, dan().duties) == (Role.MEMBER, [duty])


def test_there_is_a_swedish_word_for_every_role_and_duty() -> None:
    words = {"ledamot", "ordförande", "ersättare", "adjungerad", "för kännedom"}
    assert {ROLE_WORDS[word] for word in words} == set(Role)
    assert {DUTY_WORDS[word] for word in ("sekreterare", "kommunikatör", "justerare", "sammankallande")} == set(Duty)


def test_a_role_and_its_duties_are_joined_by_plus(read: Read, dan: Dan) -> None:
    read(f"Dan Dal,{DAN},,ordförande + sekreterare+Justerare+secretary")
    assert (dan().role, dan().duties) == (Role.CHAIR, ["secretary", "approver"])


def test_an_empty_role_is_member(read: Read, dan: Dan) -> None:
    read(f"Dan Dal,{DAN},,")
    assert dan().role is Role.MEMBER


def test_role_language_slack_and_matrix_may_be_absent(read: Read, dan: Dan) -> None:
    read(f"name,email,unit\nDan Dal,{DAN},".encode())
    assert (dan().role, dan().person.language, dan().person.accounts, dan().unit) == (Role.MEMBER, None, [], None)


def test_every_column_but_the_first_three_may_be_left_out_of_a_line(read: Read) -> None:
    assert read(f"Dan Dal,{DAN},Torget").added == 1


def test_empty_lines_are_passed_over(read: Read) -> None:
    assert read("", f"Dan Dal,{DAN},,", ",,,", "").added == 1


def test_every_fault_is_told_at_once_with_its_line(faults: Faults) -> None:
    told = faults(
        f"Dan Dal,{DAN},Rymden,kung,de,slack-dan,matrix-dan",
        "Eva Ek,eva@example.org,Torget,",
        ",,,",
        ",eva,,ordförande+ledamot",
        "Fia Fors,,,",
    )
    assert told == [
        (2, "roster-role-unknown"),
        (2, "roster-unit-unknown"),
        (2, "roster-language-unknown"),
        (2, "roster-slack-wrong"),
        (2, "roster-matrix-wrong"),
        (5, "roster-name-missing"),
        (5, "roster-email-wrong"),
        (5, "roster-roles-two"),
        (6, "roster-email-missing"),
    ]


def test_lines_with_too_many_cells_are_told_together_with_the_other_faults(faults: Faults) -> None:
    told = faults(f"Dan Dal,{DAN},Torget,ledamot,sv,,,,,", "Eva Ek,eva@example.org,Rymden,")
    assert told == [(2, "roster-too-many-cells"), (3, "roster-unit-unknown")]


def test_lines_are_counted_in_the_file_also_after_a_cell_of_two_lines(faults: Faults) -> None:
    assert faults('"Dan\nDal",dan@example.org,,', "Eva Ek,eva,,") == [(4, "roster-email-wrong")]


def test_a_fault_in_a_line_of_two_lines_stands_at_its_first(faults: Faults) -> None:
    assert faults(f"Dan Dal,{DAN},,", '"Eva\nEk",eva,,') == [(3, "roster-email-wrong")]


def test_lines_are_counted_also_in_a_file_from_windows(faults: Faults) -> None:
    assert faults(b"name;email;unit\r\nDan;dan@example.org;\r\n\r\nEva;eva;\r\n") == [(4, "roster-email-wrong")]


def test_nothing_is_read_when_one_line_is_wrong(session: Session, group: Group, faults: Faults, dan: Dan) -> None:
    before = [membership.person.email for membership in members_of(session, group)]
    faults(f"Dan Dal,{DAN},,", f"Bo Nytt-Namn,{BO},,ordförande", "Eva Ek,eva,,")
    session.expire_all()
    assert [membership.person.email for membership in members_of(session, group)] == before
    assert (person_with_mail(session, BO).name, person_with_mail(session, DAN)) == ("Bo Bark", None)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_unknown_unit_is_told_with_the_command_that_adds_it(read: Read, language: str) -> None:
    with pytest.raises(RosterFaults) as raised:
        read(f"Dan Dal,{DAN},Bad & fritid,")
    broken = raised.value.faults[0].broken
    assert broken.key == "roster-unit-unknown"
    assert 'tuva unit add grona "Bad & fritid"' in Texts(language).say(broken.key, **broken.facts)


def test_the_unit_of_another_group_is_unknown(session: Session) -> None:
    with pytest.raises(RosterFaults, match="roster-unit-unknown"):
        import_roster(
            session, group_called(session, "andra"), f"{HEADER}Dan,{DAN},Skolan,".encode(), LATER, replace=False
        )


def test_an_address_stands_once_in_a_table(read: Read, faults: Faults) -> None:
    assert faults(f"Dan Dal,{DAN},,", f"Dan Dahl,{DAN.upper()},,") == [(3, "roster-email-twice")]


def test_a_table_that_is_not_utf8_is_refused(faults: Faults) -> None:
    assert faults("name,email,unit\nÅsa,asa@example.org,".encode("latin-1")) == [(1, "roster-not-utf8")]
    assert faults(ROSTER.encode("utf-16")) == [(1, "roster-not-utf8")]


def test_missing_and_unknown_columns_are_told_at_once(faults: Faults) -> None:
    assert faults(b"name,roll,unit,mejl\n") == [
        (1, "roster-columns-missing"),
        (1, "roster-column-unknown"),
        (1, "roster-column-unknown"),
    ]


@pytest.mark.parametrize("table", [b"", b"\n", b"\xef\xbb\xbf"])
def test_a_table_without_a_header_is_refused(faults: Faults, table: bytes) -> None:
    assert (1, "roster-columns-missing") in faults(table)


def test_a_quote_that_is_never_closed_is_a_fault_of_its_line(faults: Faults) -> None:
    assert faults("Dan Dal,dan@example.org,,", '"Eva Ek,eva@example.org,,', "Fia,fia@example.org,,")[0][0] == 3


def test_again_later_a_table_updates_by_mail_address(read: Read, session: Session, group: Group) -> None:
    changes = read(f"Bo Berg,{BO.upper()},Torget,ordförande+sekreterare,en", f"Dan Dal,{DAN},,")
    assert changes == Changes(added=1, updated=1)
    bo = membership_of(session, person_with_mail(session, BO), group)
    assert (bo.person.name, bo.unit.name, bo.role, bo.duties) == ("Bo Berg", "Torget", Role.CHAIR, ["secretary"])
    assert (bo.person.language, bo.since) == ("en", MONDAY)


def test_the_same_table_again_changes_nothing(read: Read) -> None:
    assert read(ROSTER.encode()) == Changes()


def test_a_new_account_is_an_update(read: Read) -> None:
    line = f"Bo Bark,{BO},Parken,ledamot,,U012AB3CD,@bo:example.org"
    assert (read(line), read(line)) == (Changes(updated=1), Changes())


def test_an_empty_language_keeps_the_one_chosen(read: Read, session: Session) -> None:
    assert read(f"Chen Cho,{CHEN},Parken,ledamot,") == Changes()
    assert person_with_mail(session, CHEN).language == "en"


def test_nobody_is_removed_without_replace(read: Read, session: Session, group: Group) -> None:
    assert read(f"Dan Dal,{DAN},,").removed == 0
    assert len(members_of(session, group)) == 6


def test_replace_ends_those_who_are_not_in_the_table(read: Read, session: Session, group: Group) -> None:
    left = membership_of(session, person_with_mail(session, GUS), group)
    assert read(f"Ana Ask,{ANA.upper()},Skolan,ordförande", f"Dan Dal,{DAN},,", replace=True) == Changes(1, 0, 4)
    session.flush()
    assert [membership.person.email for membership in members_of(session, group)] == [ANA, DAN]
    assert (left.until, left.since) == (LATER, MONDAY)


def test_replace_leaves_other_groups_alone(read: Read, session: Session) -> None:
    read(f"Ana Ask,{ANA},Skolan,ordförande", replace=True)
    session.flush()
    andra = group_called(session, "andra")
    assert [membership.person.email for membership in members_of(session, andra)] == [ZOE]


def test_replace_ends_nobody_when_one_line_is_wrong(read: Read, session: Session, group: Group) -> None:
    with pytest.raises(RosterFaults):
        read(f"Ana Ask,{ANA},Skolan,ordförande", "Eva Ek,eva,,", replace=True)
    session.expire_all()
    assert len(members_of(session, group)) == 5


def test_who_comes_back_begins_again(read: Read, session: Session, group: Group) -> None:
    read(f"Ana Ask,{ANA},Skolan,ordförande", replace=True)
    session.flush()
    assert read(f"Bo Bark,{BO},Parken,") == Changes(added=1)
    bo = person_with_mail(session, BO)
    assert membership_of(session, bo, group).since == LATER
    assert subscription_of(session, bo, group).watermark == LATER


def test_a_person_of_another_group_is_the_same_person_here(read: Read, session: Session) -> None:
    zoe = person_with_mail(session, ZOE)
    assert read(f"Zoe Zetterlund,{ZOE},,adjungerad").added == 1
    assert person_with_mail(session, ZOE) is zoe


def test_every_new_member_gets_a_weekly_letter_from_the_joining_on(
    read: Read, session: Session, group: Group, dan: Dan
) -> None:
    read(f"Dan Dal,{DAN},,för kännedom")
    subscription = subscription_of(session, dan().person, group)
    assert (subscription.interval, subscription.watermark) == (Interval.WEEKLY, LATER)
    for address in (ANA, BO, CHEN, GUS, INA):
        assert subscription_of(session, person_with_mail(session, address), group).watermark == MONDAY


def test_an_update_keeps_what_the_reader_chose(read: Read, session: Session, group: Group) -> None:
    chosen = subscription_of(session, person_with_mail(session, BO), group)
    chosen.choose(MONDAY, interval=Interval.MONTHLY)
    read(f"Bo Berg,{BO},,ordförande")
    assert (chosen.interval, chosen.watermark) == (Interval.MONTHLY, MONDAY)


def test_accounts_are_stored(read: Read, session: Session, dan: Dan) -> None:
    read(f"Dan Dal,{DAN},,,,U012AB3CD,@dan:example.org:8448")
    assert person_known_as(session, "slack", "U012AB3CD") is dan().person
    assert person_known_as(session, "matrix", "@dan:example.org:8448") is dan().person


def test_a_new_account_takes_the_place_of_the_old(read: Read, session: Session, dan: Dan) -> None:
    read(f"Dan Dal,{DAN},,,,U012AB3CD")
    read(f"Dan Dal,{DAN},,,,W999")
    assert [account.identifier for account in dan().person.accounts] == ["W999"]
    assert person_known_as(session, "slack", "U012AB3CD") is None


@pytest.mark.parametrize("account", ["dan", "u012ab3cd", "@dan", "C012AB3CD", "U012 AB3", "U", "<@U012AB3CD>"])
def test_a_malformed_slack_account_is_refused(faults: Faults, account: str) -> None:
    assert faults(f"Dan Dal,{DAN},,,,{account},") == [(2, "roster-slack-wrong")]


@pytest.mark.parametrize("account", ["dan", "@dan", "dan:example.org", "@:example.org", "@dan:", "@da n:example.org"])
def test_a_malformed_matrix_account_is_refused(faults: Faults, account: str) -> None:
    assert faults(f"Dan Dal,{DAN},,,,,{account}") == [(2, "roster-matrix-wrong")]


def test_the_account_of_another_is_refused(read: Read, faults: Faults) -> None:
    read(f"Dan Dal,{DAN},,,,U012AB3CD,@dan:example.org")
    told = faults("Eva Ek,eva@example.org,,,,U012AB3CD,@dan:example.org")
    assert told == [(2, "roster-account-taken")] * 2


def test_an_account_stands_once_in_a_table(faults: Faults) -> None:
    told = faults(f"Dan Dal,{DAN},,,,U012AB3CD,", "Eva Ek,eva@example.org,,,,U012AB3CD,")
    assert told == [(3, "roster-account-taken")]


def test_names_are_cleaned_at_the_door_and_are_one_line(read: Read, dan: Dan) -> None:
    read(f'" Dan\u202e\n  Da\u030al\x00 ",{DAN},,')
    assert dan().person.name == "Dan Dål"


def test_the_columns_are_those_of_the_manual() -> None:
    assert ",".join(COLUMNS) == HEADER.strip()


def test_a_mail_address_is_kept_in_small_letters(read: Read, session: Session) -> None:
    read("Dan Dal,Dan@Example.ORG,,")
    person = person_with_mail(session, " DAN@example.org ")
    assert isinstance(person, Person)
    assert person.email == DAN
