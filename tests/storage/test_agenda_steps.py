"""When the steps of a group's agenda clock come."""

import pytest

from storage.agenda_steps import DEFAULTS, Step, Timing, choose, timings_of
from storage.database import Session
from storage.groups import Group, group_called
from storage.rules import RuleBroken


def test_a_group_that_chose_nothing_has_the_usual_steps(session: Session, group: Group) -> None:
    assert timings_of(session, group) == DEFAULTS


def test_what_a_group_chooses_holds_for_it_alone(session: Session, group: Group) -> None:
    choose(session, group, Step.AGENDA, Timing(3, "09:30"))
    choose(session, group, Step.AGENDA, Timing(4))
    assert timings_of(session, group) == DEFAULTS | {Step.AGENDA: Timing(4, "08:00")}
    assert timings_of(session, group_called(session, "andra")) == DEFAULTS


@pytest.mark.parametrize(
    ("step", "timing", "key"),
    [
        (Step.CLOSING, Timing(4), "step-order"),
        (Step.AGENDA, Timing(6, "07:00"), "step-order"),
        (Step.EVE, Timing(0), "step-days"),
        (Step.CALL, Timing(61), "step-days"),
    ],
)
def test_steps_come_in_their_order_and_within_reason(
    step: Step, timing: Timing, key: str, session: Session, group: Group
) -> None:
    with pytest.raises(RuleBroken) as broken:
        choose(session, group, step, timing)
    assert broken.value.key == key
    assert timings_of(session, group) == DEFAULTS


def test_two_steps_of_one_day_come_by_their_hours(session: Session, group: Group) -> None:
    choose(session, group, Step.CLOSING, Timing(5, "07:00"))
    assert timings_of(session, group)[Step.CLOSING] == Timing(5, "07:00")
