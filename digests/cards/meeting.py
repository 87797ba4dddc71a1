"""The card of a meeting: when, where, who leads it, and who comes."""

from collections.abc import Iterator

from config.texts import Texts
from digests.cards.words import actions, bold, lines, link_shown, paragraphs
from digests.markup import escape
from storage.meetings import Meeting, MeetingStage
from storage.messages import Action, Message
from storage.people import Person

ANSWERS = ("coming", "absent")


def meeting_title(meeting: Meeting, texts: Texts) -> str:
    """`Möte 3: TITLE`, as plain text."""
    return texts.say("card-meeting", number=str(meeting.id), title=meeting.title)


def meeting_card(meeting: Meeting, texts: Texts) -> Message:
    """The invitation, with what people have answered."""
    return Message(
        body=facts_of(meeting, texts),
        foot=paragraphs(
            lines(bold(meeting_stage(meeting, texts)), bold(answers_of(meeting, texts))), _coming(meeting, texts)
        ),
        subject=meeting_title(meeting, texts),
        actions=answer_buttons(meeting, texts) if meeting.is_ahead else (),
    )


def answer_buttons(meeting: Meeting, texts: Texts) -> tuple[Action, ...]:
    """The buttons by which somebody says whether they come."""
    return actions(f"meeting {meeting.id}", ANSWERS, texts)


def facts_of(meeting: Meeting, texts: Texts) -> str:
    """When and where it is, and whose turn it is to chair: a line each."""
    return lines(*_facts(meeting, texts))


def when(meeting: Meeting, texts: Texts) -> str:
    """`onsdag 20 januari 2027 kl. 13:00–15:00`, on the group's clocks."""
    zone = meeting.group.timezone
    begins, ends = texts.moment(meeting.starts_at, zone), texts.hour(meeting.ends_at, zone)
    return texts.say("meeting-when", begins=begins, ends=ends)


def meeting_stage(meeting: Meeting, texts: Texts) -> str:
    """Nothing while it is ahead."""
    return "" if meeting.is_ahead else texts.say(f"stage-{meeting.stage}")


def answers_of(meeting: Meeting, texts: Texts) -> str:
    """How many come, and how many do not."""
    return texts.say("card-answers", coming=str(len(meeting.coming)), absent=str(len(meeting.absent)))


def meeting_line(meeting: Meeting, texts: Texts) -> str:
    """A meeting in one line of Markdown."""
    chair = texts.say("meeting-chair", name=escape(meeting.chair.name)) if meeting.chair else ""
    told = (escape(meeting_title(meeting, texts)), when(meeting, texts), escape(meeting.place), chair)
    return " · ".join(filter(None, (*told, meeting_stage(meeting, texts))))


def _facts(meeting: Meeting, texts: Texts) -> Iterator[str]:
    moment = when(meeting, texts)
    yield bold(moment[:1].upper() + moment[1:])
    if meeting.place:
        yield texts.say("meeting-place", place=escape(meeting.place))
    if meeting.link:
        yield texts.say("meeting-link", link=link_shown(meeting.link))
    if meeting.chair and meeting.stage is not MeetingStage.CANCELLED:
        yield texts.say("meeting-chair", name=escape(meeting.chair.name))


def _coming(meeting: Meeting, texts: Texts) -> str:
    """Who comes, and who sends whom."""
    instead = [(answer.person, answer.substitute) for answer in meeting.answers if answer.substitute]
    said = [_instead(meeting, person, substitute, texts) for person, substitute in instead]
    names = [escape(person.name) for person in meeting.coming]
    return lines(texts.say("meeting-coming", names=texts.listed(names)) if names else "", *filter(None, said))


def _instead(meeting: Meeting, person: Person, substitute: Person, texts: Texts) -> str:
    """Nothing when the substitute has said no."""
    if substitute in meeting.absent:
        return ""
    key = "meeting-substitute" if substitute in meeting.coming else "meeting-substitute-asked"
    return texts.say(key, person=escape(person.name), substitute=escape(substitute.name))
