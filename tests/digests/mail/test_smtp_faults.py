"""Every way in which a mail server says no, breaks off or keeps silent: what becomes of that letter and the others."""

from datetime import timedelta

import pytest

from digests.courier.parcels import Blame
from mailserver import MailServer
from people import MONDAY
from posting import Post
from storage.outbox import OutboxState

RETRY, PARKED, HELD, READY, SENT = (
    OutboxState.RETRY,
    OutboxState.PARKED,
    OutboxState.HELD,
    OutboxState.READY,
    OutboxState.SENT,
)
FOR_NOW = ["450", "452-4.2.2", "552-5.2.2", "dot-451", "dot-452-4.3.1", "data-451"]
FOR_GOOD = ["550-5.1.1", "550", "551", "553-5.1.3", "550-5.2.1", "552", "dot-554", "dot-550-5.6.0", "data-554"]
POLICY = ["550-5.7.1", "554-5.7.1", "dot-554-5.7.1", "dot-550-5.7.515"]
OPERATORS = ["530", "530-5.7.0", "535-5.7.8", "550-5.7.30", "dot-530-5.7.57"]
CLOSING = ["421", "data-421", "dot-421"]
BEFORE_THE_TEXT = ["drop", "data-drop", "garbage", "data-garbage", "silent"]
OTHERS = ("ana@example.org", "bo@example.org", "chen@example.org")
AFTER_THE_TEXT = ["middle-drop", "dot-drop", "dot-garbage", "dot-silent"]


@pytest.fixture(autouse=True)
def _little_patience_with_silence(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough for the others' letters on a busy machine; where nobody is silent, patience is as it always is."""
    if "silent" in request.node.name:
        monkeypatch.setattr("digests.mail.smtp.COMMAND_SECONDS", 2)
        monkeypatch.setattr("digests.mail.smtp.FINAL_DOT_SECONDS", 2)


def sent_to(post: Post, local: str, *others: str) -> str:
    post.letter_to(f"{local}@example.org", *others)
    post.drain()
    return f"{local}@example.org"


def sent_among_others(post: Post, local: str) -> str:
    """The others get theirs in the same round."""
    address = sent_to(post, local, *OTHERS)
    assert {post.row(other).state for other in OTHERS} == {SENT}
    return address


@pytest.mark.parametrize("local", FOR_NOW + BEFORE_THE_TEXT)
def test_a_no_for_now_is_tried_again_in_a_minute(post: Post, local: str) -> None:
    row = post.row(sent_among_others(post, local))
    assert (row.state, row.due_at, row.attempts) == (RETRY, MONDAY + timedelta(minutes=1), 1)
    assert not row.possible_duplicate
    assert post.trouble is None


@pytest.mark.parametrize("local", FOR_GOOD)
def test_a_no_for_good_parks_the_letter(post: Post, local: str) -> None:
    row = post.row(sent_among_others(post, local))
    assert (row.state, row.attempts, row.possible_duplicate) == (PARKED, 1, False)
    assert post.trouble is None


@pytest.mark.parametrize("local", AFTER_THE_TEXT)
def test_without_an_answer_to_the_text_nobody_knows(post: Post, local: str) -> None:
    row = post.row(sent_among_others(post, local))
    assert (row.state, row.due_at, row.attempts) == (RETRY, MONDAY + timedelta(minutes=1), 1)
    assert row.possible_duplicate
    assert post.trouble is None


@pytest.mark.parametrize("local", POLICY)
def test_a_policy_is_told_and_never_blames_the_address(post: Post, local: str) -> None:
    row = post.row(sent_to(post, local))
    assert (row.state, row.due_at, row.attempts) == (RETRY, MONDAY + timedelta(minutes=1), 1)
    assert post.trouble is not None
    assert post.trouble.blame is Blame.POLICY


@pytest.mark.parametrize(("local", "blame"), [(local, Blame.OPERATOR) for local in OPERATORS])
def test_what_the_operator_must_mend_costs_the_letter_nothing(post: Post, local: str, blame: Blame) -> None:
    row = post.row(sent_to(post, local))
    assert (row.state, row.attempts, row.possible_duplicate) == (RETRY, 0, False)
    assert post.trouble is not None
    assert post.trouble.blame is blame


@pytest.mark.parametrize("local", CLOSING)
def test_a_server_that_closes_costs_the_letter_nothing(post: Post, local: str) -> None:
    row = post.row(sent_to(post, local))
    assert (row.state, row.attempts, row.possible_duplicate) == (RETRY, 0, False)
    assert post.trouble is not None
    assert post.trouble.blame is Blame.WAY


def test_a_slow_server_gets_its_time(server: MailServer, post: Post) -> None:
    assert post.row(sent_among_others(post, "slow")).state is SENT
    assert len(server.taken) == 4


@pytest.mark.parametrize("local", ["450-once", "data-451-once", "dot-451-once", "drop-once", "garbage-once"])
def test_what_passes_is_delivered_the_next_time(server: MailServer, post: Post, local: str) -> None:
    address = sent_to(post, local)
    assert server.taken == []
    post.drain(minutes=1)
    assert (post.row(address).state, post.row(address).attempts) == (SENT, 2)
    assert server.recipients == [address]


@pytest.mark.parametrize("local", ["dot-drop-once", "dot-garbage-once", "dot-silent-once"])
def test_what_may_have_arrived_is_repeated_byte_for_byte(server: MailServer, post: Post, local: str) -> None:
    address = sent_to(post, local)
    post.drain(minutes=1)
    first, second = server.taken
    assert first == second
    assert first.content.count(b"\r\nMessage-ID: <") == 1
    assert (post.row(address).state, post.row(address).possible_duplicate) == (SENT, True)


def test_a_reason_is_what_the_server_said(post: Post) -> None:
    assert post.row(sent_to(post, "550-5.1.1")).reason == "550 5.1.1 as you wish"
    assert post.row(sent_to(post, "dot-554-5.6.0")).reason == "554 5.6.0 as you wish"


def test_a_letter_that_is_too_large_is_parked(server: MailServer, post: Post) -> None:
    server.largest = 100
    row = post.row(sent_to(post, "bo"))
    assert (row.state, row.reason[:3]) == (PARKED, "552")
    assert post.trouble is None


@pytest.mark.parametrize("local", ["550-5.7.1", "450", "dot-drop"])
def test_after_twelve_tries_a_person_must_look(post: Post, local: str) -> None:
    address = sent_to(post, local)
    for _ in range(11):
        post.drain(hours=4)
    assert post.row(address).attempts == 12
    assert post.row(address).state is (HELD if local == "550-5.7.1" else PARKED)


# --- the way and the operator ---

WAYS = ["421 4.3.2 closing", "450 4.3.2 busy", "quack"]
NO_WAYS = ["554 5.3.2 no service here", "550 5.7.1 not you"]


def nothing_left_out(post: Post, server: MailServer) -> None:
    """All three letters wait, and none was charged for it."""
    assert server.taken == []
    assert {post.row(address).attempts for address in post.states()} == {0}
    assert set(post.states().values()) <= {"ready", "retry"}


@pytest.mark.parametrize("habit", ["greeting", "mail", "hello"])
@pytest.mark.parametrize(
    ("said", "blame"), [(said, Blame.WAY) for said in WAYS] + [(said, Blame.OPERATOR) for said in NO_WAYS]
)
def test_the_queue_stops_and_flows_again_after_the_cure(
    server: MailServer, post: Post, habit: str, said: str, blame: Blame
) -> None:
    setattr(server, habit, said)
    post.letter_to(*OTHERS)
    post.drain()
    nothing_left_out(post, server)
    assert post.trouble is not None
    assert post.trouble.blame is blame
    setattr(server, habit, "")
    post.drain(seconds=5)
    assert set(post.states().values()) == {"sent"}
    assert post.trouble is None


def test_a_server_that_is_not_there_costs_nobody_anything(server: MailServer, post: Post) -> None:
    server.shut()
    post.letter_to(*OTHERS)
    post.drain()
    nothing_left_out(post, server)
    assert post.trouble is not None
    assert post.trouble.blame is Blame.WAY
    server.open()
    post.drain(seconds=5)
    assert set(post.states().values()) == {"sent"}


def test_while_the_way_rests_nobody_knocks(server: MailServer, post: Post) -> None:
    sent_to(post, "421")
    knocked = server.connections
    post.letter_to("bo@example.org")
    post.drain(seconds=4)
    assert (server.connections, post.row("bo@example.org").state) == (knocked, READY)


def test_rests_double_up_to_five_minutes_however_long_it_lasts(server: MailServer, post: Post) -> None:
    server.shut()
    post.letter_to("bo@example.org")
    rests = []
    for _ in range(50):
        post.drain()
        assert post.trouble
        rests.append((post.trouble.until - post.now).total_seconds())
        post.now = post.trouble.until
    assert rests == [5, 10, 20, 40, 80, 160, *[300] * 44]
    assert post.trouble.since == MONDAY


def test_five_lanes_that_meet_one_outage_rest_once(server: MailServer, post: Post) -> None:
    server.shut()
    post.letter_to(*(f"{name}@example.org" for name in ("ana", "bo", "chen", "gus", "ina")))
    post.drain()
    assert post.trouble is not None
    assert (post.trouble.pause, post.trouble.until) == (timedelta(seconds=5), MONDAY + timedelta(seconds=5))


@pytest.mark.parametrize("local", ["421", "530", "550-5.7.1"])
def test_one_whom_the_server_closes_for_holds_up_nobody_for_good(server: MailServer, posting, local: str) -> None:
    post = posting(server, connections=1)
    others = [f"reader-{number}@example.org" for number in range(5)]
    sent_to(post, local, *others)
    for _ in range(3):
        post.drain(seconds=300)
    assert {post.row(other).state for other in others} == {SENT}


def test_a_letter_is_expired_and_not_sent_after_its_time(server: MailServer, post: Post) -> None:
    post.letter_to("450-once@example.org", not_after=MONDAY)
    post.drain()
    post.drain(minutes=1)
    assert (post.row("450-once@example.org").state, server.taken) == (OutboxState.EXPIRED, [])


@pytest.mark.parametrize("local", ["babble", "data-babble", "dot-babble"])
def test_after_garbage_nothing_more_on_that_line_is_believed(server: MailServer, posting, local: str) -> None:
    """What stands behind it would be taken for the answer to the next command, and so on."""
    post = posting(server, connections=1)
    sent_among_others(post, local)
    assert server.connections == 2
