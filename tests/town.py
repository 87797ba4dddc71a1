"""The cast on Matrix, for tests: people who live in one room on a homeserver, and the bot's account, invited to it."""

import csv
import itertools

from homeserver import Synapse
from matrix_person import Person
from people import ANA, BO, CHEN, GUS, INA, ROSTER

NAMES = {address: name for name, address, *_ in csv.reader(ROSTER.splitlines()[1:])}
CAST = (ANA, BO, CHEN, GUS, INA)
_number = itertools.count(1)


class Town:
    """`town[ANA]` is Ana; `room` has the whole cast in it, and `tuva` is invited there.

    Towns on one homeserver never meet: everybody's localpart ends in the town's number.
    """

    def __init__(self, homeserver: Synapse) -> None:
        self.homeserver = homeserver
        self.number = next(_number)
        self._people = {address: self.newcomer(address.partition("@")[0], NAMES[address]) for address in CAST}
        self.tuva = self.newcomer("tuva", "Tuva")
        self.room = self.gather("Gröna gruppen")

    def __getitem__(self, address: str) -> Person:
        return self._people[address]

    def newcomer(self, localpart: str, displayname: str = "") -> Person:
        """Somebody else, in no room yet."""
        return self.homeserver.person(f"{localpart}-{self.number}", displayname)

    def gather(self, name: str, *, with_tuva: bool = True) -> str:
        """A room of Ana's with the whole cast in it; its id. Joining an open room is quicker than being invited."""
        ana, *others = self._people.values()
        room = ana.create_room(name, preset="public_chat", visibility="private")
        for person in others:
            person.join(room)
        ana.set_state(room, "m.room.join_rules", {"join_rule": "invite"})
        if with_tuva:
            ana.invite(room, self.tuva.user_id)
        return room
