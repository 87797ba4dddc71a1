"""Letters as they would be sent now."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from chatops.commandline.installation import As, Config, opened, settings_of
from chatops.service import base_address
from config.settings import Settings
from config.texts import texts_in
from digests import agenda, letters, weekly
from digests.clock import real_time
from digests.letters import Letter
from digests.links import Links
from storage.database import Session
from storage.diary import next_meeting
from storage.groups import Group, group_called
from storage.installation import latest_time
from storage.memberships import Membership, first_chair, membership_of
from storage.people import person_with_mail
from storage.rules import RuleBroken
from storage.subscriptions import subscription_of
from storage.tokens import live_tokens

commands = typer.Typer()


class Digest(StrEnum):
    """What can be previewed."""

    WEEKLY = "weekly"
    AGENDA = "agenda"


@commands.command("preview")
def preview(
    context: typer.Context,
    what: Annotated[Digest, typer.Argument(metavar="weekly|agenda")],
    group: Annotated[str, typer.Argument(metavar="GROUP")],
    reader: As = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Keep the page too.")] = None,
    config: Config = None,
) -> None:
    """The letter as it would be sent now. Nothing is sent or noted."""
    settings = settings_of(context, config)
    texts = texts_in(settings.service.language)
    with opened(settings) as database, database.reading() as session:
        membership = _reader(session, group_called(session, group), reader)
        now = max(filter(None, (real_time(), latest_time(session))))
        letter = _weekly(session, membership, now) if what is Digest.WEEKLY else _agenda(session, membership, now)
        if letter is None:
            key = "letter-nothing-new" if what is Digest.WEEKLY else "preview-no-meeting"
            typer.echo(texts.say(key, group=membership.group.name))
            return
        subject, text, page = _set(session, settings, membership, letter)
    typer.echo(f"Subject: {subject}\n\n{text}", nl=False)
    if html is not None:
        try:
            html.write_text(page, "utf-8")
        except OSError:
            raise RuleBroken("cli-file-broken", file=str(html)) from None


def _weekly(session: Session, membership: Membership, now: datetime) -> Letter | None:
    return weekly.preview(session, subscription_of(session, membership.person, membership.group), now)


def _agenda(session: Session, membership: Membership, now: datetime) -> Letter | None:
    meeting = next_meeting(session, membership.group, now)
    speaks = subscription_of(session, membership.person, membership.group).speaks
    return agenda.preview(session, meeting, membership, texts_in(speaks)) if meeting else None


def _reader(session: Session, group: Group, address: str | None) -> Membership:
    person = person_with_mail(session, address) if address else first_chair(session, group)
    if person is None and address is None:
        raise RuleBroken("cli-no-chair", group=group.name)
    membership = membership_of(session, person, group) if person else None
    if membership is None:
        raise RuleBroken("cli-person-unknown", account=address or "", group=group.name)
    return membership


def _set(session: Session, settings: Settings, membership: Membership, letter: Letter) -> tuple[str, str, str]:
    """Subject, text and page, with the reader's own links."""
    subscription = subscription_of(session, membership.person, membership.group)
    links = Links(base_address(settings, None), live_tokens(session))
    personal = {"person": str(membership.person.id), "subscription": str(subscription.id)}
    texts = texts_in(subscription.speaks)
    text, page = letters.text(letter, texts), letters.html(letter, texts)
    return letter.subject, links.fill(text, personal), links.fill(page, personal)
