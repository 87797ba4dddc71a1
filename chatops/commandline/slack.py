"""The command that an operator begins with to have Tuva in Slack."""

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from chatops.commandline.installation import Config, settings_if_any
from chatops.commands import COMMANDS
from config.settings import Settings
from config.texts import Texts

commands = typer.Typer()


@commands.command("slack-manifest")
def slack_manifest(
    context: typer.Context,
    without_history: Annotated[
        bool, typer.Option("--without-history", help="Ask for less: never read back, no files.")
    ] = False,
    config: Config = None,
) -> None:
    """Print what Slack asks for to make the app. Needs no settings."""
    from chatops.platforms.slack import manifest as slack  # noqa: PLC0415 -- other commands do not wait for Slack

    settings = settings_if_any(context, config)
    texts: Texts = context.find_root().obj.texts
    history = not without_history
    written = slack.manifest(COMMANDS, texts, history=history, url=_url(settings))
    typer.echo(json.dumps(written, indent=2, ensure_ascii=False))
    typer.echo(texts.say("cli-slack-scopes"), err=True)
    for scope in slack.scopes(history=history):
        typer.echo(f"- {scope}: {slack.reason(scope, texts)}", err=True)
    for line in _warnings(settings, texts, history=history):
        typer.echo(line, err=True)


def _url(settings: Settings) -> str:
    """Where Slack shall post; empty in Socket Mode."""
    return settings.service.public_url if settings.slack and settings.slack.mode == "http" else ""


def _warnings(settings: Settings, texts: Texts, *, history: bool) -> Iterator[str]:
    if not history:
        yield texts.say("cli-slack-without-history")
        for key in (
            "slack-without-looking",
            "slack-without-questions",
            "slack-without-words",
            "slack-without-pictures",
        ):
            yield f"- {texts.say(key)}"
    if settings.slack and settings.slack.mode == "http" and not settings.service.public_url:
        yield texts.say("cli-slack-url-missing")
