"""Who is who on Slack: what the workspace vouches for about an account."""

import asyncio
from dataclasses import dataclass
from typing import Any

import structlog

from chatops.conversation import Mention
from chatops.platforms.slack import words
from chatops.platforms.slack.web_api import WebApi
from config.texts import LANGUAGES
from digests.courier.parcels import NotDelivered, NotYet, Outcome
from storage.profiles import Profile

LOG = structlog.get_logger()
NOBODY = Profile(name="")
# Slack waits three seconds for the answer that this is asked for.
ASK_WITHIN_SECONDS = 1.0
# Slack counts the questions. Whom a longer line mentions beside these keeps the name that stands there.
MENTIONED_AT_MOST = 10


@dataclass(frozen=True)
class Workspace:
    """Where the app is installed, and as whom it speaks there: its account, and its bot."""

    tenant: str
    bot: str
    bot_id: str


@dataclass
class People:
    """Asks the workspace about accounts."""

    api: WebApi

    async def profile(self, account: str, tenant: str) -> Profile | None:
        """What Slack says of an account; None when it does not answer (docs.slack.dev/reference/objects/user).

        Seen from the workspace `tenant`.
        """
        try:
            async with asyncio.timeout(ASK_WITHIN_SECONDS):
                answer = await self.api.call("users_info", repeatable=True, user=account, include_locale=True)
        except (NotDelivered, NotYet, TimeoutError) as failure:
            LOG.warning("slack.profile_unknown", reason=str(failure))
            return NOBODY if isinstance(failure, NotDelivered) and failure.outcome is Outcome.REFUSED else None
        return profile_of(answer["user"], tenant)

    async def mentions(self, text: str, tenant: str, bot: str) -> tuple[str, tuple[Mention, ...]]:
        """A text as it was meant, and whom it mentions beside ourselves."""
        accounts = [account for account in words.mentioned(text) if account != bot][:MENTIONED_AT_MOST]
        found = await asyncio.gather(*(self.profile(account, tenant) for account in accounts))
        profiles = {account: profile for account, profile in zip(accounts, found, strict=True) if profile}
        names = {account: profile.name for account, profile in profiles.items() if profile.name}
        mentions = (Mention(f"@{names[account]}", account, tenant, profiles[account]) for account in names)
        return words.read(text.replace(f"<@{bot}>", ""), names), tuple(mentions)


def profile_of(user: dict[str, Any], tenant: str) -> Profile:
    """A user object as a profile. Only an address that Slack has confirmed counts, and of our own workspace alone."""
    seen = user.get("profile", {})
    name = seen.get("real_name") or user.get("real_name") or user.get("name", "")
    is_stranger = bool(user.get("is_stranger")) or user.get("team_id", tenant) != tenant
    if user.get("deleted") or user.get("is_bot"):
        return Profile(name=name)
    is_vouched_for = user.get("is_email_confirmed", True) and not is_stranger
    return Profile(
        name=name,
        email=seen.get("email", "") if is_vouched_for else "",
        language=_language(user.get("locale", "")),
        timezone=user.get("tz") or None,
        is_guest=is_stranger or bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
    )


def _language(locale: str) -> str | None:
    """`sv-SE` is a language of ours; `de-DE` is none, and nobody has chosen then."""
    language = locale.partition("-")[0]
    return language if language in LANGUAGES else None
