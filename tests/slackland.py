"""Slack for tests: a workspace in a process of its own, over real HTTP and real websockets.

with Slack() as slack:
    slack.add_person("U1", "Åsa", "asa@example.org")
    slack.add_channel("C1", ["U1"])
    … start the program with slack.api_url, slack.bot_token, slack.app_token …
    slack.command("/propose", "Cykelställ", by="U1", channel="C1")
    assert slack.messages("C1")[-1].words.startswith("Förslag 1")
"""

from collections.abc import Iterable
from typing import Any

from slackside.land import Land
from slackside.sight import Call, Json, Outcome, Shown, Sighted


class Slack(Land):
    """The workspace with what people do in it, what they see, what the app did, and what goes wrong."""

    def do(self, verb: str, /, **asked: Any) -> Outcome:
        """A gesture by its name; arguments left out (None) are not passed on."""
        return Outcome.of(self.line.ask(verb, **{key: value for key, value in asked.items() if value is not None}))

    def command(self, command: str, text: str = "", *, by: str, channel: str) -> Outcome:
        """A slash command; with should_escape the test writes mentions as <@U1|name> itself."""
        return self.do("command", command=command, text=text, by=by, channel=channel)

    def shortcut(self, callback_id: str, *, by: str, channel: str | None = None, ts: str | None = None) -> Outcome:
        """A shortcut on a message; without one, a global shortcut."""
        return self.do("shortcut", callback_id=callback_id, by=by, channel=channel, ts=ts)

    def press(
        self,
        by: str,
        channel: str,
        ts: str,
        action_id: str,
        *,
        stale_blocks: list[Json] | None = None,
        block_id: str | None = None,
        selected: Any = None,
    ) -> Outcome:
        """A button or menu of a message as it is now, or as it was."""
        about = {"by": by, "channel": channel, "ts": ts, "action_id": action_id}
        return self.do("press", **about, blocks=stale_blocks, block_id=block_id, selected=selected)

    def press_ephemeral(self, by: str, action_id: str, *, selected: Any = None) -> Outcome:
        """A button of the latest whispered message that has it."""
        return self.do("press_ephemeral", by=by, action_id=action_id, selected=selected)

    def press_home(self, by: str, action_id: str, *, value: str | None = None, selected: Any = None) -> Outcome:
        """A button (the one of this value) or menu of the home tab."""
        return self.do("press_home", by=by, action_id=action_id, value=value, selected=selected)

    def press_view(self, by: str, action_id: str, *, value: str | None = None, selected: Any = None) -> Outcome:
        """A button or menu of the modal on top."""
        return self.do("press_view", by=by, action_id=action_id, value=value, selected=selected)

    def react(self, by: str, channel: str, ts: str, name: str) -> Outcome:
        """A reaction, such as +1::skin-tone-2."""
        return self.do("react", by=by, channel=channel, ts=ts, name=name)

    def unreact(self, by: str, channel: str, ts: str, name: str) -> Outcome:
        """A reaction taken away."""
        return self.do("unreact", by=by, channel=channel, ts=ts, name=name)

    def mention(
        self, by: str, channel: str, text: str, thread: str | None = None, files: Iterable[str] = ()
    ) -> Outcome:
        """Words to the bot in a channel: app_mention, and its twin message where that is subscribed."""
        return self.say(by, f"<@{self.bot_user}> {text}", channel=channel, thread=thread, files=files)

    def say(
        self,
        by: str,
        text: str,
        *,
        channel: str | None = None,
        thread: str | None = None,
        files: Iterable[str] = (),
    ) -> Outcome:
        """Words, and files that are there, in the bot's direct channel or in another."""
        return self.do("say", by=by, text=text, channel=channel, thread=thread, files=[*files])

    def edit(self, by: str, channel: str, ts: str, text: str) -> Outcome:
        """A person's message changed."""
        return self.do("edit", by=by, channel=channel, ts=ts, text=text)

    def open_home(self, by: str, tab: str = "home") -> Outcome:
        """The app's tab opened."""
        return self.do("open_home", by=by, tab=tab)

    def fill(self, by: str, values: Json) -> None:
        """Type into the modal without sending it."""
        self.line.ask("fill", by=by, values=values)

    def submit(self, by: str, values: Json | None = None) -> Outcome:
        """Fill in the modal by block_id (menus by option value, several as a list) and send it."""
        return self.do("submit", by=by, values=values or {})

    def close_view(self, by: str, *, whole: bool = False) -> Outcome:
        """Close the modal, or the whole stack."""
        return self.do("close_view", by=by, whole=whole)

    def happen(self, event: Json, channel: str | None = None) -> Outcome:
        """Any other event, with repetitions until it is acknowledged."""
        return self.do("happen", event=event, channel=channel)

    def deliver(self, kind: str, payload: Json) -> Outcome:
        """A raw payload, once; kind is events_api, slash_commands or interactive."""
        return self.do("deliver", kind=kind, payload=payload)

    def at_once(self, gestures: Iterable[tuple[str, Json]]) -> list[Outcome]:
        """Many gestures at the same time, each (name, arguments)."""
        return [Outcome.of(each) for each in self.line.ask("at_once", gestures=[*gestures])]

    def again(self, event_ids: Iterable[str] = (), times: int = 1, *, shuffle: bool = False) -> list[str | None]:
        """Repeat events (all there ever were, when none is named); the error of each repetition."""
        return list(self.line.ask("again", event_ids=[*event_ids], times=times, shuffle=shuffle))

    def age_triggers(self, seconds: float) -> None:
        """Every trigger there is becomes that much older."""
        self.line.ask("age_triggers", seconds=seconds)

    def settle(self, seconds: float = 10) -> None:
        """Wait until no event is on its way any more."""
        left = self.line.ask("settle", seconds=seconds)
        assert not left, f"{left} events are still on their way"

    def messages(self, channel: str) -> list[Sighted]:
        """What stands in a channel, threads included, the oldest first."""
        return [Sighted.of(each) for each in self.line.ask("messages", channel=channel)]

    def thread(self, channel: str, ts: str) -> list[Sighted]:
        """A thread with its first message."""
        return [Sighted.of(each) for each in self.line.ask("messages", channel=channel, thread=ts)]

    def direct(self, by: str) -> list[Sighted]:
        """What stands in a person's direct channel with the bot."""
        return self.messages(self.direct_channel(by))

    def direct_channel(self, by: str) -> str:
        """The number of that channel."""
        return f"D{by[1:]}"

    def ephemerals(self, by: str) -> list[Sighted]:
        """What was whispered to a person and still stands."""
        return [Sighted.of(each) for each in self.line.ask("ephemerals", by=by)]

    def view(self, by: str) -> Shown | None:
        """The modal on top, or None."""
        told = self.line.ask("view", by=by)
        return Shown.of(told) if told else None

    def view_errors(self, by: str) -> dict[str, str]:
        """The errors that stand in the modal, by block_id."""
        view = self.view(by)
        return view.errors if view else {}

    def home(self, by: str) -> Shown | None:
        """The home tab, or None."""
        told = self.line.ask("view", by=by, home=True)
        return Shown.of(told) if told else None

    def seen(self, since: int = 0) -> list[Json]:
        """Everything anybody ever saw, in order: posted, changed, deleted, whispered, modal, home; with its `live`."""
        return list(self.line.ask("seen", since=since))

    def calls(self, method: str | None = None, since: int = 0) -> list[Call]:
        """The calls of the Web API and of response_urls, in order."""
        told = [Call.of(each) for each in self.line.ask("calls", since=since)]
        return [each for each in told if method in (None, each.method)]

    def deliveries(self, since: int = 0) -> list[Json]:
        """Each delivery to the app: kind, event_id, at, seconds, error, connection."""
        return list(self.line.ask("deliveries", since=since))

    def events(self) -> list[Json]:
        """Each event: body, tries, acknowledged, given_up."""
        return list(self.line.ask("events"))

    def connections(self) -> list[Json]:
        """The open sockets: number, half_open, leaving, opened."""
        return list(self.line.ask("connections"))

    def fault(self, method: str, kind: str, times: int | None = 1, **about: Any) -> None:
        """The next calls of a method (`*` any, `response_url`) go wrong; times=None: for ever.

        Kinds: ratelimited (retry_after) · server_error · lose_reply · cut · delay (seconds) · garbage ·
        late (until `arrive`).
        """
        self.line.ask("fault", method=method, kind=kind, times=times, **about)

    def arrive(self) -> None:
        """The calls that are late have their effect, in order."""
        self.line.ask("arrive")

    def clear_faults(self) -> None:
        """No more of them."""
        self.line.ask("clear_faults")

    def drop_sockets(self, which: int | None = None) -> None:
        """Cut the wires, or one."""
        self.line.ask("drop_sockets", which=which)

    def half_open(self, which: int | None = None) -> None:
        """Stop reading and answering on the sockets, or one, without closing."""
        self.line.ask("half_open", which=which)

    def disconnect(self, which: int | None = None, reason: str = "refresh_requested", grace: float = 0.5) -> None:
        """Ask the sockets, or one, to go: warning, refresh_requested, too_many_websockets, link_disabled."""
        self.line.ask("disconnect", which=which, reason=reason, grace=grace)

    def refuse_sockets(self, on: bool = True) -> None:
        """No new connections."""
        self.line.ask("switches", refusing=on)

    def lose_acks(self, number: int) -> None:
        """The next acknowledgements never arrive."""
        self.line.ask("switches", acks_to_lose=number)

    def switches(self, **changes: Any) -> None:
        """at_random (which socket gets an envelope), drops_when_alone (events without a socket are lost), pace,
        gives_up_when_cut (what was sent over a socket that has gone is not waited for)."""
        self.line.ask("switches", **changes)
