"""Everything Tuva understands, as a table."""

from chatops.commands.agenda import AGENDA
from chatops.commands.digest import DIGEST
from chatops.commands.example import EXAMPLE
from chatops.commands.meeting import MEETING
from chatops.commands.proposal import PROPOSAL
from chatops.commands.propose import PROPOSE
from chatops.commands.subgroup import SUBGROUP
from chatops.commands.tuva import with_help
from chatops.verbs import Command

COMMANDS: tuple[Command, ...] = with_help((PROPOSE, PROPOSAL, EXAMPLE, SUBGROUP, AGENDA, MEETING, DIGEST))
