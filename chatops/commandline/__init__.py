"""tuva: the command line. Exit status 0 done, 1 refused or failed with a sentence, 2 wrong usage."""

import sys

from chatops.commandline import keeping, previewing, record, running, slack
from chatops.commandline.installation import State, app
from config.reading import SettingsFault
from config.texts import texts_in
from storage.database import DatabaseFault, DiskFull, found_no_room
from storage.roster_table import RosterFaults
from storage.rules import RuleBroken

app.add_typer(record.groups, name="group")
app.add_typer(record.units, name="unit")
app.add_typer(record.rosters, name="roster")
app.add_typer(record.outboxes, name="outbox")
for commands in (running.commands, previewing.commands, slack.commands, keeping.commands):
    app.registered_commands += commands.registered_commands


def main() -> None:
    """Run one command. What went wrong stands on standard error, as sentences."""
    state = State()
    try:
        app(obj=state)
    except SettingsFault as fault:
        texts = texts_in(fault.language)
        _refuse(*(texts.say(problem.key, **problem.facts) for problem in fault.problems))
    except RosterFaults as fault:
        lines = (
            state.texts.say("roster-line", line=str(f.line), fault=state.texts.say(f.broken.key, **f.broken.facts))
            for f in fault.faults
        )
        _refuse(state.texts.say("roster-nothing-imported"), *lines)
    except DiskFull as full:
        _refuse(state.texts.say("cli-disk-full", **full.facts))
    except RuleBroken as broken:
        _refuse(state.texts.say(broken.key, **broken.facts))
    except DatabaseFault as fault:
        if found_no_room(fault):
            _refuse(state.texts.say("cli-disk-full", file=state.database.removeprefix("sqlite:///")))
        _refuse(state.texts.say("database-broken", database=state.database, fault=str(fault.orig)))


def _refuse(*sentences: str) -> None:
    sys.stderr.write("\n".join(sentences) + "\n")
    sys.exit(1)
