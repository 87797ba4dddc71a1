"""What a watchman counts, in Prometheus' form. Labels name ways, states and outcomes, never people or rooms."""

from collections.abc import Mapping
from datetime import timedelta

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = CONTENT_TYPE_LATEST
# A digest is punctual within half a minute; three days late it is not sent at all.
LATENESS_SECONDS = (1, 5, 10, 30, 60, 300, 3_600, 10_800, 86_400, 259_200)


class Metrics:
    """The counters of one process, and what is measured when somebody asks."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self._sends = Counter("tuva_send", "Tries to deliver.", ("platform", "outcome"), registry=registry)
        self._ambiguous = Counter("tuva_ambiguous", "Tries that may have arrived unnoticed.", registry=registry)
        self._doubles = Counter("tuva_possible_duplicates", "What was sent again after such a try.", registry=registry)
        self._rows = Gauge("tuva_outbox_rows", "What is not ended.", ("state", "platform"), registry=registry)
        self._oldest = Gauge("tuva_outbox_oldest_seconds", "How overdue the oldest is.", registry=registry)
        self._skew = Gauge("tuva_clock_skew_seconds", "How far the clock has jumped.", registry=registry)
        self._lateness = Histogram(
            "tuva_schedule_lateness_seconds",
            "How long after its moment a scheduled thing happened.",
            buckets=LATENESS_SECONDS,
            registry=registry,
        )

    def sent(self, route: str, outcome: str) -> None:
        """One try on a route, and its outcome: sent, refused, not_sent or ambiguous."""
        self._sends.labels(route, outcome).inc()
        if outcome == "ambiguous":
            self._doubted(1)

    def recovered(self, count: int) -> None:
        """So many were in flight when a process died."""
        self._doubted(count)

    def fired(self, late: timedelta) -> None:
        """A scheduled thing happened, so late."""
        self._lateness.observe(late.total_seconds())

    def exposition(self, rows: Mapping[tuple[str, str], int], oldest: timedelta, skew: timedelta) -> bytes:
        """Everything as Prometheus reads it. `rows` counts what is not ended by (state, route)."""
        self._rows.clear()
        for (state, route), count in rows.items():
            self._rows.labels(state, route).set(count)
        self._oldest.set(oldest.total_seconds())
        self._skew.set(skew.total_seconds())
        return generate_latest(self._registry)

    def _doubted(self, count: int) -> None:
        self._ambiguous.inc(count)
        self._doubles.inc(count)
