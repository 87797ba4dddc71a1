"""/tuva settings: when the steps of the agenda clock come."""

from chatops.arguments import FILLERS, fold, hour_in
from chatops.conversation import Reply, Request
from chatops.verbs import GROUP, Argument, Kind
from config.texts import Texts
from digests import agenda
from storage import agenda_steps
from storage.agenda_steps import EIGHT, Step, Timing, timings_of
from storage.database import Session
from storage.messages import Message
from storage.rules import RuleBroken

STEPS = {
    Step.CALL: ("call", "förfrågan"),
    Step.REMINDER: ("reminder", "påminnelse"),
    Step.CLOSING: ("closing", "stängning"),
    Step.AGENDA: ("agenda", "dagordning"),
    Step.EVE: ("eve", "mötespåminnelse"),
}
ARGUMENTS = (Argument("timing", Kind.WORDS), GROUP)


def settings(request: Request, session: Session, texts: Texts) -> Reply:
    """The chair chooses how many working days before a meeting a step comes, and at what hour; else what holds."""
    group, words = request.membership.group, request.arguments["timing"]
    if words:
        step, timing = _read(words)
        agenda_steps.choose(session, group, step, timing)
        agenda.replan(session, group, request.now)
    timings = timings_of(session, group)
    lines = (
        f"- {texts.say('steps-line', step=texts.say(f'step-{step}'), count=timing.days, hour=timing.hour)}"
        for step, timing in timings.items()
    )
    return Reply(
        Message("\n".join(lines), subject=texts.say("steps-heading", group=group.name), foot=texts.say("steps-change"))
    )


def _read(words: str) -> tuple[Step, Timing]:
    """`closing 6 08:00`; the hour may be left out. Raises RuleBroken."""
    name, *typed = words.split()
    step = next((one for one, names in STEPS.items() if fold(name) in map(fold, names)), None)
    if step is None:
        raise RuleBroken("step-unknown", word=name, steps=", ".join("/".join(names) for names in STEPS.values()))
    days, *hours = [word for word in typed if fold(word) not in FILLERS] or [""]
    if not days.isdecimal() or len(days) > 3 or len(hours) > 1:
        raise RuleBroken("step-wrong", step=name)
    hour = hour_in(hours[0]) if hours else EIGHT
    if hour is None:
        raise RuleBroken("hour-unknown", word=hours[0])
    return step, Timing(int(days), hour)
