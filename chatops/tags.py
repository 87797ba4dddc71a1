"""Goals in a line and the lines under it: `#sdg13`, `#miljömål1`, `#mrp1.1`."""

import re
from typing import Any

from chatops.verbs import Argument
from config.goals import UnknownGoal, goal_typed
from storage.rules import RuleBroken

TAG = re.compile(r"(?<!\S)#(\w+(?:\.\d+)*)")
# Says that there are none, where there were some.
NO_GOALS = "#-"


def goals_in(argument: Argument, words: list[str], body: str, found: dict[str, Any]) -> tuple[list[str], str]:
    """Tags go out of the title and from body lines of tags alone; elsewhere in the body they stay and count."""
    keys: dict[str, None] = {}
    rest = [word for word in words if not _note(word, keys) and word != NO_GOALS]
    lines = [line for line in body.split("\n") if not (_note(line, keys) and _are_only_tags(line))]
    if keys or NO_GOALS in words:
        found[argument.name] = list(keys)
    return rest, "\n".join(lines)


def _note(text: str, keys: dict[str, None]) -> bool:
    """Note the goals that a text names. True when it names any."""
    named = False
    for tag in TAG.findall(text):
        try:
            goal = goal_typed(tag)
        except UnknownGoal as fault:
            last = fault.catalogue.goals[-1].key.partition(":")[2]
            word = fault.catalogue.words[0]
            raise RuleBroken("goal-unknown", tag=tag, example=f"#{word}{last}", last=last) from None
        if goal:
            keys[goal.key] = None
            named = True
    return named


def _are_only_tags(line: str) -> bool:
    return all(word.startswith("#") and goal_typed(word[1:]) for word in line.split())
