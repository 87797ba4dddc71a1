"""A meeting: its verbs, the answers to it, and the diary in which it stands."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from people import ANA, BO, CHEN, MONDAY, ZOE
from storage import diary
from storage.answers import Position
from storage.database import Session
from storage.groups import Group
from storage.meetings import Meeting, MeetingStage, meeting_for
from storage.memberships import Membership
from storage.rules import RuleBroken

Meet = Callable[..., Meeting]
Member = Callable[..., Membership]
COMING, ABSENT = Position.COMING, Position.ABSENT
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def broken(do: Callable[[], object]) -> str:
    """The sentence with which it is refused."""
    with pytest.raises(RuleBroken) as caught:
        do()
    return caught.value.key


# --- when and where ---


def test_a_meeting_that_is_moved_asks_everybody_again(meet: Meet, member: Member) -> None:
    meeting = meet()
    meeting.answer(member(BO).person, COMING, MONDAY)
    assert meeting.move(meeting.starts_at + HOUR, MONDAY)
    assert (meeting.answers, meeting.sequence) == ([], 1)


def test_moving_to_where_it_is_changes_nothing(meet: Meet, member: Member) -> None:
    meeting = meet()
    meeting.answer(member(BO).person, COMING, MONDAY)
    before = meeting.revision
    assert not meeting.move(meeting.starts_at, MONDAY)
    assert (len(meeting.answers), meeting.sequence, meeting.revision) == (1, 0, before)


def test_calendars_hear_of_a_move_there_and_back(meet: Meet) -> None:
    meeting = meet()
    first = meeting.starts_at
    meeting.move(first + WEEK, MONDAY)
    meeting.move(first, MONDAY)
    assert (meeting.starts_at, meeting.sequence) == (first, 2)


@pytest.mark.parametrize(
    ("weeks", "key"), [(-1, "meeting-in-the-past"), (0, "meeting-in-the-past"), (158, "meeting-too-far")]
)
def test_a_meeting_is_to_come_and_within_three_years(weeks: int, key: str, meet: Meet) -> None:
    assert broken(lambda: meet(weeks)) == key
    meeting = meet()
    assert broken(lambda: meeting.move(MONDAY + weeks * WEEK, MONDAY)) == key


def test_what_has_begun_is_not_moved_changed_or_cancelled(meet: Meet) -> None:
    meeting = meet()
    now = meeting.starts_at
    for do in (
        lambda: meeting.move(now + WEEK, now),
        lambda: meeting.change({"place": "X"}, now),
        lambda: meeting.cancel(now),
    ):
        assert broken(do) == "meeting-begun"


def test_what_is_cancelled_is_not_cancelled_again(meet: Meet) -> None:
    meeting = meet()
    meeting.cancel(MONDAY)
    assert broken(lambda: meeting.cancel(MONDAY)) == "meeting-cancelled-before"
    assert broken(lambda: meeting.move(MONDAY + WEEK, MONDAY)) == "meeting-cancelled"
    assert meeting.sequence == 1


def test_what_is_changed_is_told_to_calendars_once(meet: Meet) -> None:
    meeting = meet(place="Stadshuset")
    assert not meeting.change({"place": "Stadshuset", "title": "Gruppens möte"}, MONDAY)
    assert meeting.change({"place": "Sal 3", "link": "https://example.org/m", "minutes": 90}, MONDAY)
    assert (meeting.place, meeting.link, meeting.minutes, meeting.sequence) == ("Sal 3", "https://example.org/m", 90, 1)


def test_place_and_link_may_be_taken_away(meet: Meet) -> None:
    meeting = meet(place="Stadshuset", link="https://example.org/m")
    meeting.change({"place": "", "link": ""}, MONDAY)
    assert (meeting.place, meeting.link) == ("", "")


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"title": "x" * 301}, "meeting-title-too-long"),
        ({"title": "\n"}, "title-missing"),
        ({"place": "x" * 301}, "place-too-long"),
        ({"link": "javascript:alert(1)"}, "link-wrong"),
        ({"minutes": 9}, "meeting-too-short"),
        ({"minutes": 0}, "meeting-too-short"),
    ],
)
def test_what_no_meeting_has_is_refused_with_nothing_changed(told: dict[str, object], key: str, meet: Meet) -> None:
    meeting = meet(place="Stadshuset")
    assert broken(lambda: meet(**told)) == key
    assert broken(lambda: meeting.change({"place": "Sal 3", **told}, MONDAY)) == key
    assert (meeting.place, meeting.sequence) == ("Stadshuset", 0)


def test_a_place_is_one_line(meet: Meet) -> None:
    assert meet(place="Sal 3\n<!channel>").place == "Sal 3 <!channel>"


def test_a_meeting_takes_two_hours_unless_told(meet: Meet) -> None:
    assert (meet().minutes, meet(minutes=None).minutes, meet(minutes=45).minutes) == (120, 120, 45)


def test_meetings_that_share_a_moment_overlap(meet: Meet) -> None:
    first, within, after = meet(4), meet(4 + 1 / 168), meet(4 + 2 / 168)
    assert first.overlaps(within)
    assert within.overlaps(first)
    assert not first.overlaps(after)


def test_no_such_meeting_and_not_yours_are_told_alike(session: Session, meet: Meet, member: Member) -> None:
    meeting, zoe = meet(), member(ZOE, "andra").person
    assert broken(lambda: meeting_for(session, zoe, meeting.id)) == "meeting-unknown"
    assert broken(lambda: meeting_for(session, zoe, 99)) == "meeting-unknown"


# --- answers ---


def test_the_last_answer_holds(meet: Meet, member: Member) -> None:
    meeting, bo = meet(), member(BO).person
    for position in (COMING, ABSENT, COMING):
        meeting.answer(bo, position, MONDAY)
    assert (meeting.coming, meeting.absent) == ([bo], [])


def test_a_sign_taken_away_leaves_a_later_word(meet: Meet, member: Member) -> None:
    meeting, bo = meet(), member(BO).person
    meeting.answer(bo, COMING, MONDAY, reacted=True)
    meeting.answer(bo, COMING, MONDAY)
    meeting.retract(bo, MONDAY, reacted=True)
    assert meeting.coming == [bo]


def test_an_answer_taken_back_is_none(meet: Meet, member: Member) -> None:
    meeting, bo = meet(), member(BO).person
    meeting.answer(bo, COMING, MONDAY)
    meeting.retract(bo, MONDAY)
    assert meeting.answers == []


def test_an_answer_comes_before_the_meeting_and_to_one_that_takes_place(meet: Meet, member: Member) -> None:
    meeting, off, bo = meet(), meet(5), member(BO).person
    off.cancel(MONDAY)
    for verb in (lambda one, at: one.answer(bo, COMING, at), lambda one, at: one.retract(bo, at)):
        assert broken(lambda verb=verb: verb(meeting, meeting.starts_at)) == "answer-late"
        assert broken(lambda verb=verb: verb(off, MONDAY)) == "answer-cancelled"


def test_who_sends_a_substitute_does_not_come(meet: Meet, member: Member) -> None:
    meeting, bo, chen = meet(), member(BO).person, member(CHEN).person
    meeting.send_instead(bo, chen, MONDAY)
    assert (meeting.absent, meeting.coming) == ([bo], [])
    assert [answer.person for answer in meeting.sent_instead(chen)] == [bo]


def test_saying_no_again_keeps_the_substitute_and_yes_lets_them_go(meet: Meet, member: Member) -> None:
    meeting, bo, chen = meet(), member(BO).person, member(CHEN).person
    meeting.send_instead(bo, chen, MONDAY)
    meeting.answer(bo, ABSENT, MONDAY)
    assert meeting.sent_instead(chen)
    meeting.answer(bo, COMING, MONDAY)
    assert meeting.sent_instead(chen) == []


def test_nobody_is_their_own_substitute_nor_somebody_who_has_said_no(meet: Meet, member: Member) -> None:
    meeting, bo, chen = meet(), member(BO).person, member(CHEN).person
    meeting.answer(chen, ABSENT, MONDAY)
    assert broken(lambda: meeting.send_instead(bo, bo, MONDAY)) == "substitute-oneself"
    assert broken(lambda: meeting.send_instead(bo, chen, MONDAY)) == "substitute-absent"
    assert meeting.answer_of(bo) is None


def test_who_is_forgotten_neither_comes_nor_is_anybodys_substitute(meet: Meet, member: Member) -> None:
    meeting, bo, chen = meet(), member(BO).person, member(CHEN).person
    meeting.answer(chen, COMING, MONDAY)
    meeting.send_instead(bo, chen, MONDAY)
    meeting.forget(chen)
    assert (meeting.coming, meeting.absent, meeting.sent_instead(chen)) == ([], [bo], [])


# --- the diary ---


def test_the_next_meeting_is_the_first_that_takes_place(session: Session, group: Group, meet: Meet) -> None:
    later, off, following = meet(6), meet(2), meet(4)
    off.cancel(MONDAY)
    assert diary.ahead(session, group, MONDAY) == [following, later]
    assert diary.next_meeting(session, group, following.starts_at) is later


def test_what_is_proposed_goes_to_the_next_list_that_is_open(session: Session, group: Group, meet: Meet) -> None:
    closed, open_ = meet(2), meet(4)
    closed.close(MONDAY)
    assert diary.next_meeting(session, group, MONDAY, still_open=True) is open_


def test_a_meeting_goes_on_from_its_beginning_to_its_end(session: Session, group: Group, meet: Meet) -> None:
    meeting = meet(2)
    found = [diary.meeting_under_way(session, group, at) for at in (meeting.starts_at, meeting.ends_at)]
    assert found == [meeting, None]


def test_a_calendar_shows_the_meetings_of_ones_groups(session: Session, meet: Meet, member: Member) -> None:
    meeting = meet()
    meeting.cancel(MONDAY)
    assert diary.meetings_for_calendar(session, member(ANA).person, MONDAY) == [meeting]
    assert diary.meetings_for_calendar(session, member(ZOE, "andra").person, MONDAY) == []


def test_calling_closes_the_list_and_holding_ends_it(meet: Meet) -> None:
    meeting = meet()
    meeting.call(MONDAY)
    assert (meeting.stage, meeting.closed_at, meeting.called_at) == (MeetingStage.CALLED, MONDAY, MONDAY)
    meeting.hold()
    assert not meeting.is_ahead
