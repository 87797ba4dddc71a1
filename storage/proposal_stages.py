"""What a proposal is about, and how far it has come."""

from enum import StrEnum


class ProposalKind(StrEnum):
    """What is put before the group."""

    IDEA = "idea"
    QUESTION = "question"
    SCAN = "scan"
    LEARNING = "learning"
    INFORMATION = "information"
    ACTIVITY = "activity"


class ProposalStage(StrEnum):
    """How far it has come."""

    OPEN = "open"
    SCHEDULED = "scheduled"
    PARKED = "parked"
    AGREED = "agreed"
    NOT_TAKEN_UP = "not_taken_up"
    SUBGROUP = "subgroup"
    WITHDRAWN = "withdrawn"


# While people may take stands, and it may be taken back.
UNDECIDED = (ProposalStage.OPEN, ProposalStage.SCHEDULED, ProposalStage.PARKED)
