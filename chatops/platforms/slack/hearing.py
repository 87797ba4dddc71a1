"""Hearing: what somebody did on Slack, answered in the time that Slack waits."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

import structlog

from chatops.conversation import Invocation, Reply
from chatops.platforms import Answer
from chatops.platforms.slack.people import People
from config.texts import texts_in
from storage.messages import Message

LOG = structlog.get_logger()
# Slack waits three seconds for an acknowledgement; it must still reach it.
ANSWER_WITHIN_SECONDS = 2.0
# Why somebody may be a stranger only because nobody has asked Slack yet who they are.
PERHAPS_KNOWN = frozenset({"speaker-unnamed", "no-group", "group-not-yours"})
Late = Callable[[Reply], Awaitable[None]]


class NotStored(Exception):
    """What was heard is not stored, so Slack must not be told that it was: it delivers it again."""


class Hearing:
    """Answers invocations. What goes on after the acknowledgement is kept in hand until it is done."""

    def __init__(self, answer: Answer, people: People) -> None:
        self._answer = answer
        self._people = people
        self._tasks: set[asyncio.Task[Any]] = set()

    async def answer(self, invocation: Invocation, late: Late) -> Reply | None:
        """What Tuva says to it. None when that takes too long: `late` gets it as soon as it is there."""
        task: asyncio.Task[Reply] = self.aside(self.known(invocation))
        done, _ = await asyncio.wait({task}, timeout=ANSWER_WITHIN_SECONDS)
        if done:
            return task.result()

        async def later() -> None:
            await late(await task)

        self.aside(later())
        return None

    def aside(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Do something without anybody waiting for it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def finish(self, seconds: float) -> None:
        """Let what is in hand come to its end, for so long."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)

    async def known(self, invocation: Invocation) -> Reply:
        """Who is unknown may have a profile by which they are recognised."""
        reply = await self._answer(invocation)
        if reply.why not in PERHAPS_KNOWN:
            return reply
        profile = await self._people.profile(invocation.account, invocation.tenant)
        if profile is None:
            sentence = texts_in(reply.language).say("slack-silent")
            return replace(reply, message=Message(sentence), why="went-wrong")
        return await self._answer(replace(invocation, profile=profile)) if profile.name else reply

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            LOG.error("slack.aside_failed", fault=type(fault).__name__, reason=getattr(fault, "reason", None))
