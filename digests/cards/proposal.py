"""The card of a proposal."""

from config.texts import Texts
from digests.cards.answer import answer_line, answer_of, progress
from digests.cards.words import actions, bold, by, goals_line, lines, one_line, paragraphs, said_by
from storage.agenda_items import item_ahead
from storage.groups import GroupKind
from storage.messages import Message
from storage.proposal_stages import ProposalStage
from storage.proposals import Proposal
from storage.stands import Stand

# What these agree on is a decision.
DECIDING = (GroupKind.STEERING, GroupKind.COMMITTEE)


def proposal_title(proposal: Proposal, texts: Texts) -> str:
    """`Förslag 12: TITLE`, as plain text."""
    return texts.say("card-proposal", number=str(proposal.id), title=proposal.title)


def proposal_card(proposal: Proposal, texts: Texts) -> Message:
    """Whose it is, what it says, how it stands, what came of it, and who objects."""
    kind = texts.say(f"kind-{proposal.kind}")
    who = by("card-proposal-by", proposal.proposer, proposal.unit, texts, kind=kind)
    goals = goals_line(proposal.goals, texts)
    put_off = carried(proposal.carried, proposal.carry_reason, texts) if proposal.is_open else ""
    state = lines(
        outcome_of(proposal, texts), _awaited(proposal, texts), put_off, goals, bold(stands_on(proposal, texts))
    )
    verbs = ("support", "object", "neutral") if proposal.is_open else ()
    return Message(
        body=paragraphs(who, proposal.body, answer_of(proposal.subgroup, texts) if proposal.subgroup else ""),
        foot=paragraphs(state, *map(_objection, proposal.objections)),
        subject=proposal_title(proposal, texts),
        actions=actions(f"proposal {proposal.id}", verbs, texts),
    )


def stage_of(proposal: Proposal, texts: Texts) -> str:
    """Nothing while it is open."""
    match proposal.stage:
        case ProposalStage.OPEN:
            return ""
        case ProposalStage.SCHEDULED:
            return _scheduled(proposal, texts)
        case ProposalStage.PARKED if proposal.parked_until:
            return texts.say("stage-parked", day=texts.day(proposal.parked_until))
        case ProposalStage.SUBGROUP if proposal.subgroup:
            return texts.say("stage-subgroup", number=str(proposal.subgroup.id))
        case ProposalStage.AGREED if proposal.group.kind in DECIDING:
            return texts.say("stage-decided")
    return texts.say(f"stage-{proposal.stage}")


def outcome_of(proposal: Proposal, texts: Texts) -> str:
    """How far it has come, and what came of it, as Markdown; nothing while it is open."""
    stage = bold(stage_of(proposal, texts))
    return f"{stage}: {one_line(proposal.outcome)}" if proposal.outcome else stage


def stands_on(proposal: Proposal, texts: Texts) -> str:
    """How many support it, and how many object."""
    support, objections = str(len(proposal.supporters)), str(len(proposal.objections))
    return texts.say("card-counts", support=support, objections=objections)


def stands_taken(proposal: Proposal, texts: Texts) -> str:
    """How it stands; nothing while nobody has taken a stand."""
    return stands_on(proposal, texts) if proposal.supporters or proposal.objections else ""


def carried(count: int, reason: str, texts: Texts) -> str:
    """How many times something was put off, and why the last time; nothing where it was not."""
    if not count:
        return ""
    told, reason = texts.say("card-carried", count=count), one_line(reason)
    return texts.say("card-carried-why", carried=told, reason=reason) if reason else told


def _scheduled(proposal: Proposal, texts: Texts) -> str:
    item = item_ahead(proposal)
    if item is None:
        return texts.say("stage-scheduled")
    meeting = item.meeting
    moment = texts.moment(meeting.starts_at, meeting.group.timezone)
    return texts.say("stage-scheduled-for", meeting=str(meeting.id), moment=moment)


def _awaited(proposal: Proposal, texts: Texts) -> str:
    """Who takes care of it, until they have answered; nothing once it is decided."""
    subgroup = proposal.subgroup
    if subgroup is None or subgroup.report:
        return ""
    if proposal.stage is ProposalStage.SUBGROUP:
        return progress(subgroup, texts)
    return answer_line(subgroup, texts) if proposal.is_open else ""


def _objection(stand: Stand) -> str:
    return said_by(stand.person.name, stand.reason)
