"""The channel of a subgroup: made once, furnished, filled and closed, whatever goes wrong on the way."""

from collections.abc import Callable, Iterator

import pytest

from chatops.platforms.slack.housing import NAMES, kept
from on_slack import U, bind, workspace
from people import ANA, BO, CHEN, GUS
from slack_subgroups import SLUG, Yard
from slackland import Slack
from slackside.calling import call
from storage.database import Database

CREATE, PRIVATE = "conversations.create", "groups:write"


@pytest.fixture
def slack() -> Iterator[Slack]:
    """A workspace of the test's own: names are taken once."""
    with workspace() as slack:
        yield slack


@pytest.fixture
def yard(database: Database, slack: Slack) -> Iterator[Yard]:
    """A table with subgroups on it."""
    yard = Yard(database, slack)
    yield yard
    yard.close()


def test_a_subgroup_gets_a_private_channel_with_all_that_belongs_to_it(yard: Yard, slack: Slack) -> None:
    yard.start()
    assert yard.stage() == "forming"
    yard.settle()
    channel = slack.channel_called(SLUG)
    assert (yard.faults(), yard.stage(), channel["kind"]) == ([], "active", "group")
    assert channel["topic"].startswith("Cykelställ · ")
    assert channel["purpose"] == "Var ska de stå &amp; vad kostar de?"
    assert yard.room().link == f"https://slack.com/app_redirect?channel={channel['id']}"


def test_a_public_channel_is_one_if_somebody_wants_it(yard: Yard, slack: Slack) -> None:
    yard.start(is_public=True)
    yard.settle()
    assert (yard.faults(), slack.channel_called(SLUG)["kind"]) == ([], "channel")


def test_who_is_not_in_the_workspace_is_not_waited_for(yard: Yard, slack: Slack) -> None:
    slack.change_person(U[CHEN], confirmed=False)
    slack.change_person(U[GUS], deleted=True)
    yard.start([CHEN, GUS, BO])
    yard.settle()
    assert set(slack.channel_called(SLUG)["members"]) == {slack.bot_user, U[ANA], U[BO]}
    assert yard.unfinished() == []


def test_who_leaves_is_put_out_and_a_closed_channel_stays_readable(yard: Yard, slack: Slack) -> None:
    yard.start()
    yard.settle()
    yard.leave(CHEN)
    yard.close_it()
    yard.settle()
    channel = slack.channel_called(SLUG)
    assert (set(channel["members"]), channel["archived"]) == ({slack.bot_user, U[ANA], U[BO]}, True)
    assert (yard.room().stage, yard.unfinished()) == ("archived", [])


def test_what_stands_above_already_is_not_told_once_more(yard: Yard, slack: Slack) -> None:
    yard.start()
    yard.settle()
    yard.extend(days=90)
    yard.settle()
    assert "Klart senast" in slack.channel_called(SLUG)["topic"]
    assert (len(yard.calls("conversations.setTopic")), len(yard.calls("conversations.setPurpose"))) == (2, 1)


@pytest.mark.parametrize("text", ["&" * 250, "å" * 250, "<!channel> " * 22])
def test_what_stands_above_fits_and_calls_nobody(text: str) -> None:
    assert len(kept(text)) <= 250
    assert "<" not in kept(text)


# --- with a fault at every step ---

STEPS = {
    *("conversations.create", "conversations.setTopic", "conversations.setPurpose", "chat.postMessage", "pins.add"),
    *("conversations.invite", "users.lookupByEmail", "conversations.kick", "conversations.archive"),
}
FAULTS = ["lose_reply", "ratelimited"]
FAULTS += [pytest.param(kind, marks=pytest.mark.soak) for kind in ("server_error", "cut", "garbage")]


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_at_every_step_leaves_one_whole_channel(kind: str, yard: Yard, slack: Slack) -> None:
    for method in STEPS:
        slack.fault(method, kind)
    yard.start()
    yard.settle()
    assert (yard.faults(), yard.stage()) == ([], "active")
    yard.leave(CHEN)
    yard.close_it()
    yard.settle()
    channel = slack.channel_called(SLUG)
    assert (U[CHEN] in channel["members"], channel["archived"], yard.unfinished()) == (False, True, [])
    assert {call.method for call in slack.calls() if call.fault} == STEPS


def test_a_channel_that_is_made_late_is_the_only_one(yard: Yard, slack: Slack) -> None:
    slack.fault("conversations.create", "late")
    yard.start()
    yard.drain()
    slack.arrive()
    yard.settle()
    assert yard.faults() == []


def test_what_may_have_been_made_just_now_is_waited_for_until_slack_lists_it(yard: Yard, slack: Slack) -> None:
    slack.fault("conversations.create", "lose_reply")
    slack.list_late()
    yard.start()
    for _ in range(2):
        yard.drain()
        yard.retry()
    slack.list_late(False)
    yard.settle()
    assert yard.faults() == []


# --- bad input ---


Deed = Callable[[Slack], None]
NOT_BY_APPS = (
    "restricted_action",
    lambda slack: slack.restrict(CREATE),
    lambda slack: slack.restrict(CREATE, on=False),
)
NO_SCOPE = ("missing_scope", lambda slack: slack.take_scope(PRIVATE), lambda slack: slack.give_scope(PRIVATE))


@pytest.mark.parametrize(("reason", "forbid", "allow"), [NOT_BY_APPS, NO_SCOPE])
def test_what_slack_does_not_allow_is_held_told_and_done_when_a_person_says_so(
    reason: str, forbid: Deed, allow: Deed, yard: Yard, slack: Slack
) -> None:
    forbid(slack)
    yard.start()
    yard.propose()
    yard.settle()
    assert (yard.unfinished(), yard.stage()) == ([("room", "held", reason)], "forming")
    assert len(yard.shown()) == 1, "what does not need the right goes on"
    [told] = yard.stuck()
    assert told.startswith("Rum 1, ”Cykelställ” (#cykelstall): ")
    assert told.endswith(("installera appen igen.", "skapa och ändra kanaler."))
    allow(slack)
    yard.retry()
    yard.settle()
    assert (yard.faults(), yard.stage()) == ([], "active")


@pytest.mark.parametrize("about", [{"private": True, "bot": False}, {}])
def test_a_name_that_somebody_else_has_is_left_to_them(about: dict[str, bool], yard: Yard, slack: Slack) -> None:
    slack.add_channel("C0OTHERS", [U[ANA]], name=SLUG, **about)
    yard.start()
    yard.settle()
    assert yard.faults() == []
    assert yard.made()[0]["name"] == f"{SLUG}_2"


def test_our_own_archived_channel_is_not_taken_again(yard: Yard, slack: Slack) -> None:
    old = call(slack, "conversations_create", name=SLUG)["channel"]["id"]
    call(slack, "conversations_archive", channel=old)
    yard.start()
    yard.settle()
    assert (yard.stage(), yard.room().address != old) == ("active", True)


def test_our_own_channel_of_another_group_is_left_to_it(yard: Yard, slack: Slack) -> None:
    theirs = call(slack, "conversations_create", name=SLUG)["channel"]["id"]
    bind(yard.database, theirs, "andra")
    yard.start()
    yard.settle()
    assert (yard.stage(), yard.room().address != theirs) == ("active", True)


def test_where_all_names_are_taken_a_person_is_asked(yard: Yard, slack: Slack) -> None:
    for number in range(1, NAMES + 1):
        slack.add_channel(f"C0N{number}", [U[ANA]], name=SLUG if number == 1 else f"{SLUG}_{number}")
    yard.start()
    yard.settle()
    assert (yard.unfinished(), yard.stage()) == ([("room", "held", "name_taken")], "forming")


@pytest.mark.parametrize("many", [8, pytest.param(200, marks=pytest.mark.soak)])
def test_a_crowd_is_invited_though_slack_asks_to_wait(many: int, yard: Yard, slack: Slack) -> None:
    people = yard.crowd(many)
    for method in ("conversations.invite", "users.lookupByEmail"):
        slack.fault(method, "ratelimited", times=many // 8)
    yard.start(people)
    yard.settle()
    [channel] = yard.made()
    assert len(channel["members"]) == many + 2
    assert yard.unfinished() == []


def test_who_cannot_be_invited_keeps_nobody_else_out(yard: Yard, slack: Slack) -> None:
    slack.change_person(U[BO], deleted=True)
    yard.start()
    yard.settle()
    assert yard.unfinished() == [("invitation", "parked", "cant_invite")]
    assert set(slack.channel_called(SLUG)["members"]) == {slack.bot_user, U[ANA], U[CHEN]}


def test_a_channel_deleted_while_people_are_invited_is_told_and_all_come_into_the_next(
    yard: Yard, slack: Slack
) -> None:
    yard.start()
    slack.fault("conversations.invite", "ratelimited")
    yard.drain()
    yard.drain()
    slack.delete_channel(yard.room().address)
    yard.settle()
    assert (yard.room().stage, yard.unfinished()) == ("archived", [])
    assert "har inget rum på Slack längre" in yard.notes()
    yard.open_again()
    yard.settle()
    assert (yard.faults(), yard.stage()) == ([], "active")


def test_a_channel_archived_while_people_are_invited_and_opened_again_has_them_all(yard: Yard, slack: Slack) -> None:
    yard.start()
    slack.fault("conversations.invite", "ratelimited")
    yard.drain()
    yard.drain()
    slack.archive(channel := yard.room().address)
    yard.settle()
    slack.archive(channel, archived=False)
    yard.found_again(channel)
    yard.settle()
    assert (yard.faults(), yard.room().address) == ([], channel)


def test_what_may_not_be_pinned_stands_unpinned(yard: Yard, slack: Slack) -> None:
    slack.take_scope("pins:write")
    yard.start()
    yard.settle()
    assert yard.faults() == ["one pinned brief"]
    assert len(yard.messages(yard.room().address)) == 1
