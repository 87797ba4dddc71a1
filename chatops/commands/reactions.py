"""Reactions: what a sign under a card means, as a command about its noun."""

# What a reaction on a card means, as a command about its noun.
REACTIONS = {
    ("proposal", "yes"): "support",
    ("proposal", "no"): "object",
    ("proposal", "idea"): "suggest",
    ("example", "thanks"): "thank",
}
# What it means to take one away. An objection was given by its reason, which stands.
REACTIONS_TAKEN_AWAY = {
    ("proposal", "yes"): "retract",
    ("example", "thanks"): "retract",
}
