"""Reactions: what a sign under a card means, as a command about its noun."""

# What a reaction on a card means, as a command about its noun.
REACTIONS = {
    ("proposal", "yes"): "support",
    ("proposal", "no"): "object",
    ("proposal", "idea"): "suggest",
    ("example", "thanks"): "thank",
    ("meeting", "yes"): "coming",
    ("meeting", "no"): "absent",
}
# What it means to take one away. An objection was given by its reason, which stands.
TAKEN_AWAY = {
    ("proposal", "yes"): "retract",
    ("example", "thanks"): "retract",
    ("meeting", "yes"): "retract",
    ("meeting", "no"): "retract",
}


def line_meant(noun: str, sign: str, *, taken_away: bool = False) -> str:
    """The command line that a sign means under the card of `proposal:12`, or of `meeting:3:agenda`; empty for none."""
    kind, _, rest = noun.partition(":")
    verb = (TAKEN_AWAY if taken_away else REACTIONS).get((kind, sign))
    return f"{kind} {rest.partition(':')[0]} {verb}" if verb else ""
