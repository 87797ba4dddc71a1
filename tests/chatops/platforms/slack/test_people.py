"""Who is who: found by what Slack vouches for, never by a name."""

from collections.abc import Iterator

import pytest

from chatops.platforms.slack import people
from config.settings import Settings
from living import until
from on_slack import CHANNEL, EVE, Card, Running, U, answered, bind, running
from people import ANA, BO, MONDAY
from slackland import Slack
from storage.database import Database
from storage.groups import GroupChoices, group_called, save_group
from storage.link_codes import make_link_code
from storage.memberships import Role, membership_of
from storage.people import Person, person_known_as, person_with_mail
from storage.roster import enter, import_roster


def role_of(database: Database, account: str) -> Role | None:
    """The role in the green group of whoever has that account."""
    with database.reading() as session:
        person = person_known_as(session, "slack", account, "T1")
        membership = membership_of(session, person, group_called(session, "grona")) if person else None
        return membership.role if membership else None


def hears(slack: Slack, account: str, line: str) -> str:
    """What somebody is answered in the channel. Commands of people from elsewhere do not reach us, mentions do."""
    before = len(slack.ephemerals(account))
    slack.mention(account, CHANNEL, line)
    return str(until(lambda: slack.ephemerals(account)[before:])[0].words)


def proposed_by(slack: Slack, account: str) -> str:
    """What somebody hears who proposes something."""
    return hears(slack, account, "propose Solceller")


def test_a_member_is_found_by_the_address_that_slack_has_verified(
    slack: Slack, tuva: Running, database: Database
) -> None:
    assert "Förslag 1" in proposed_by(slack, U[BO])
    assert role_of(database, U[BO]) is Role.MEMBER
    assert len(slack.calls("users.info")) == 1
    proposed_by(slack, U[BO])
    assert len(slack.calls("users.info")) == 1


@pytest.mark.parametrize(
    "facts", [{"confirmed": False}, {"deleted": True}, {"is_bot": True}, {"team": "T9"}, {"email": ""}]
)
def test_an_address_that_slack_does_not_vouch_for_is_nobodys(
    facts: dict[str, object], slack: Slack, tuva: Running, database: Database
) -> None:
    slack.add_person(EVE, "Bo Bark", **{"email": BO, **facts})
    with database.reading() as session:
        bo = person_with_mail(session, BO)
    proposed_by(slack, EVE)
    with database.reading() as session:
        assert person_known_as(session, "slack", EVE, "T1") is not bo
    assert role_of(database, EVE) in (None, Role.GUEST)


def test_a_line_that_mentions_a_crowd_asks_slack_for_a_few(slack: Slack, tuva: Running, card: Card) -> None:
    slack.mention(U[BO], CHANNEL, "föreslå Alla: " + " ".join(f"<@U{number:03}>" for number in range(30)))
    assert "@U029" in card("Förslag 1").words
    assert len(slack.calls("users.info")) <= people.MENTIONED_AT_MOST + 1


def test_a_name_makes_nobody_a_member(slack: Slack, tuva: Running, database: Database) -> None:
    slack.add_person(EVE, "Ana Ask", "eve@example.org")
    assert "känner inte igen dig" in proposed_by(slack, EVE)
    assert role_of(database, EVE) is None


@pytest.mark.parametrize("facts", [{"restricted": True}, {"ultra_restricted": True}, {"team": "T9"}])
def test_a_guest_of_the_workspace_is_a_guest_of_the_group_where_they_speak(
    facts: dict[str, object], slack: Slack, tuva: Running, database: Database, card: Card
) -> None:
    slack.add_person(EVE, "Eva Gäst", "eva@elsewhere.example", **facts)
    assert "Förslag 1" in proposed_by(slack, EVE)
    assert role_of(database, EVE) is Role.GUEST
    assert "får bara" in hears(slack, EVE, "proposal 1 support")


def test_a_guest_is_nobody_outside_the_rooms_of_a_group(slack: Slack, tuva: Running, database: Database) -> None:
    slack.add_person(EVE, "Eva Gäst", "eva@elsewhere.example", restricted=True)
    slack.add_channel("C9", [EVE])
    assert "känner inte igen dig" in answered(slack.command("/propose", "X", by=EVE, channel="C9"))
    assert role_of(database, EVE) is None


def test_a_guest_who_has_left_does_not_come_back_by_speaking(slack: Slack, tuva: Running, database: Database) -> None:
    slack.add_person(EVE, "Eva Gäst", "eva@elsewhere.example", restricted=True)
    proposed_by(slack, EVE)
    slack.command("/tuva", "members end Eva Gäst", by=U[ANA], channel=CHANNEL)
    assert "Förslag" not in proposed_by(slack, EVE)
    assert role_of(database, EVE) is None


def test_a_stranger_whom_the_roster_names_by_account_has_the_role_it_gives(
    slack: Slack, tuva: Running, database: Database
) -> None:
    slack.add_person(EVE, "Eva Gäst", "eva@elsewhere.example", team="T9")
    table = f"name,email,unit,role,language,slack\nEva Gäst,eva@elsewhere.example,,ledamot,,{EVE}\n".encode()
    with database.transaction() as session:
        import_roster(session, group_called(session, "grona"), table, tuva.now(), replace=False)
    proposed_by(slack, EVE)
    assert role_of(database, EVE) is Role.MEMBER


def test_the_chair_names_a_stranger_by_a_mention(slack: Slack, tuva: Running, database: Database) -> None:
    slack.add_person(EVE, "Eva Gäst", "eva@elsewhere.example", team="T9")
    told = answered(slack.command("/tuva", f"members add <@{EVE}> Parken", by=U[ANA], channel=CHANNEL))
    assert "Eva Gäst, Parken – ledamot" in told
    proposed_by(slack, EVE)
    assert role_of(database, EVE) is Role.MEMBER


def test_who_is_to_leave_must_be_named(slack: Slack, tuva: Running) -> None:
    assert "vem det gäller" in answered(slack.command("/tuva", "medlemmar avsluta", by=U[ANA], channel=CHANNEL))


def test_the_chair_adds_and_ends_a_member(slack: Slack, tuva: Running, database: Database) -> None:
    slack.add_person(EVE, "Eva Ny", "eva@example.org")
    line = "medlemmar lägg till Eva Ny <mailto:eva@example.org|eva@example.org> Parken"
    assert "Eva Ny, Parken – ledamot" in answered(slack.command("/tuva", line, by=U[ANA], channel=CHANNEL))
    assert "Förslag 1" in proposed_by(slack, EVE)
    assert "inte längre med" in answered(slack.command("/tuva", f"members end <@{EVE}>", by=U[ANA], channel=CHANNEL))
    assert "Förslag" not in proposed_by(slack, EVE)


def test_language_and_zone_are_slacks_until_somebody_chooses(slack: Slack, tuva: Running, database: Database) -> None:
    slack.change_person(U[BO], locale="en-US", zone="Europe/Helsinki")
    assert "Proposal 1" in proposed_by(slack, U[BO])
    with database.reading() as session:
        bo = person_with_mail(session, BO)
    assert bo
    assert (bo.language, bo.timezone) == ("en", "Europe/Helsinki")


def test_moments_are_shown_on_the_persons_clock_and_the_letters_hour_stays_in_the_groups_zone(
    slack: Slack, tuva: Running
) -> None:
    slack.change_person(U[BO], zone="Europe/Helsinki")
    told = hears(slack, U[BO], "utskick")
    assert "kl. 08:00 (Europe/Stockholm)" in told
    assert "kl. 09:00 (Europe/Helsinki)" in told


def test_the_rosters_language_stands(slack: Slack, tuva: Running, database: Database) -> None:
    table = f"name,email,unit,role,language\nBo Bark,{BO},Parken,ledamot,sv\n".encode()
    with database.transaction() as session:
        import_roster(session, group_called(session, "grona"), table, tuva.now(), replace=False)
    slack.change_person(U[BO], locale="en-US")
    assert "Förslag 1" in proposed_by(slack, U[BO])


class TestSetup:
    """A channel that is nobody's yet."""

    @pytest.fixture
    def tuva(self, settings: Settings, database: Database, slack: Slack) -> Iterator[Running]:
        service = settings.service.model_copy(update={"operators": ("op@example.org",)})
        slack.add_person(EVE, "Olle Operatör", "op@example.org")
        with running(settings.model_copy(update={"service": service}), slack) as tuva:
            yield tuva

    def test_an_operator_binds_a_channel(self, slack: Slack, tuva: Running, card: Card) -> None:
        assert "Gröna gruppen (grona)" in answered(slack.command("/tuva", "setup grona", by=EVE, channel=CHANNEL))
        slack.command("/propose", "Solceller", by=U[BO], channel=CHANNEL)
        assert card("Förslag 1")

    def test_an_operator_makes_a_new_group(self, slack: Slack, tuva: Running) -> None:
        told = answered(slack.command("/tuva", "koppla ny Nya gruppen", by=EVE, channel=CHANNEL))
        assert "Nya gruppen (ny)" in told

    def test_a_new_group_needs_a_name(self, slack: Slack, tuva: Running) -> None:
        assert "`" not in (told := answered(slack.command("/tuva", "koppla ny", by=EVE, channel=CHANNEL)))
        assert "/tuva koppla ny Hållbarhetsgruppen" in told

    def test_whom_an_operator_named_binds_it_too(self, slack: Slack, tuva: Running, database: Database) -> None:
        with database.transaction() as session:
            save_group(session, "grona", GroupChoices(setup_by=BO), "sv", "Europe/Stockholm", tuva.now())
        assert "(grona)" in answered(slack.command("/tuva", "setup grona", by=U[BO], channel=CHANNEL))

    @pytest.mark.parametrize("line", ["setup grona", "setup andra", "setup"])
    def test_nobody_else_does(self, line: str, slack: Slack, tuva: Running) -> None:
        assert "hör nu till" not in answered(slack.command("/tuva", line, by=U[ANA], channel=CHANNEL))

    def test_another_groups_channel_is_not_taken(self, slack: Slack, tuva: Running, database: Database) -> None:
        bind(database, CHANNEL, "andra")
        assert "hör redan till" in answered(slack.command("/tuva", "setup grona", by=EVE, channel=CHANNEL))

    def test_a_public_channel_is_joined(self, slack: Slack, tuva: Running) -> None:
        slack.add_channel("C7", [EVE], bot=False)
        slack.command("/tuva", "setup grona", by=EVE, channel="C7")
        assert until(lambda: slack.calls("conversations.join"))

    def test_into_a_private_one_tuva_asks_to_be_invited(self, slack: Slack, tuva: Running) -> None:
        slack.add_channel("C8", [EVE], private=True, bot=False)
        slack.command("/tuva", "setup grona", by=EVE, channel="C8")
        assert until(lambda: any("/invite @" in said.words for said in slack.ephemerals(EVE)))

    def test_whoever_invites_tuva_hears_what_comes_next(self, slack: Slack, tuva: Running) -> None:
        slack.add_channel("C8", [EVE], bot=False)
        slack.invite_bot("C8", by=EVE)
        assert "/tuva koppla" in until(lambda: slack.ephemerals(EVE))[-1].words


# --- one person, whichever the account ---


def test_a_stranger_is_shown_the_way_in_and_a_code_makes_them_who_they_are(
    slack: Slack, tuva: Running, database: Database
) -> None:
    slack.add_person(EVE, "Bo privat", "bo@home.example")
    assert "skriv /tuva länka där" in proposed_by(slack, EVE)
    with database.transaction() as session:
        bo = person_with_mail(session, BO)
        assert bo
        code = make_link_code(session, bo, tuva.now())
    assert "en och samma person, Bo Bark" in answered(slack.command("/tuva", f"länka {code}", by=EVE, channel=CHANNEL))
    assert role_of(database, EVE) is Role.MEMBER


def test_a_member_whose_first_word_is_a_code_is_a_member_with_both_accounts(
    slack: Slack, tuva: Running, database: Database
) -> None:
    with database.transaction() as session:
        newcomer = Person(name="B", email=None)
        newcomer.known_as("matrix", "@bo:example.org")
        session.add(newcomer)
        session.flush()
        enter(session, group_called(session, "grona"), newcomer, Role.GUEST, MONDAY)
        code = make_link_code(session, newcomer, tuva.now())
    assert "på Slack" in answered(slack.command("/tuva", f"link {code}", by=U[BO], channel=CHANNEL))
    with database.reading() as session:
        bo = person_with_mail(session, BO)
        assert person_known_as(session, "matrix", "@bo:example.org") is bo
    assert role_of(database, U[BO]) is Role.MEMBER
