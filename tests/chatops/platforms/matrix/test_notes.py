"""A note to one person on Matrix: said in their direct room, once, whatever is lost on the way."""

from config.settings import Settings
from digests import notes
from digests.clock import real_time
from digests.notes import Note
from gateway import Gateway
from living import place, until
from matrix_person import Json
from on_matrix import is_direct, privately, rests, running, said_by, settle
from people import BO
from storage.database import Database
from storage.messages import Action, Message
from town import Town

BUTTON = Action("Dela som exempel", "example share tip:7 group:grona")


def leave(database: Database, key: str) -> None:
    """Wish that Bo hears of something."""
    with database.transaction() as session:
        bo = place(session, BO)
        message = Message("Se **det** här <b>x</b> =SUM(1)", f"Hej {key} @room", (BUTTON,))
        notes.leave(session, bo.person, bo.group, lambda _: Note(key, message), real_time())


def said(town: Town) -> list[Json]:
    """All that Tuva has said to Bo alone."""
    rooms = [room for room in town[BO].rooms() if is_direct(town, town[BO], room)]
    return [event for room in rooms for event in said_by(town[BO].timeline(room), town.tuva.user_id)]


def test_a_lost_answer_loses_and_doubles_nothing(
    settings: Settings, database: Database, town: Town, gateway: Gateway
) -> None:
    settle(database, town)
    with running(settings, town, homeserver=gateway.url) as tuva:
        gateway.fault("lose", "/createRoom", times=1)
        leave(database, "ett")
        rests(tuva, minutes=0)
        assert until(lambda: "Hej ett" in privately(town, town[BO])())
        gateway.fault("lose", "/send/m.room.message/", times=1)
        leave(database, "två")
        assert until(lambda: "Hej två" in privately(town, town[BO])())
    assert len([one for one in gateway.asked if one.fault]) == 2
    contents = [event["content"] for event in said(town)]
    assert [content["body"].partition("\n")[0] for content in contents] == ["Hej ett @room", "Hej två @room"]
    assert all("!exempel dela tips:7 grupp:grona" in content["body"] for content in contents)
    assert all("<b>" not in content["formatted_body"] and content["m.mentions"] == {} for content in contents)
