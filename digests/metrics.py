"""What a watchman counts, in Prometheus' form. Labels name routes and outcomes, never people or rooms."""

from prometheus_client import CollectorRegistry, Counter, Histogram

OUTCOMES = ("sent", "refused", "not_sent", "ambiguous")
# A digest is punctual within half a minute; three days late it is not sent at all.
LATENESS_SECONDS = (1, 5, 10, 30, 60, 300, 3_600, 10_800, 86_400, 259_200)


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._sends = Counter("tuva_send", "Tries to deliver.", ("platform", "outcome"), registry=self.registry)
        self._ambiguous = Counter(
            "tuva_ambiguous", "Tries of which nobody knows whether they arrived.", registry=self.registry
        )
        self._lateness = Histogram(
            "tuva_schedule_lateness_seconds",
            "How long after its moment a scheduled thing happened.",
            buckets=LATENESS_SECONDS,
            registry=self.registry,
        )

    def sent(self, route: str, outcome: str) -> None:
        """One try on a route, and its outcome: sent, refused, not_sent or ambiguous."""
        self._sends.labels(route, outcome).inc()
        if outcome == "ambiguous":
            self._ambiguous.inc()

    def fired(self, late_seconds: float) -> None:
        """A scheduled thing happened, so late."""
        self._lateness.observe(late_seconds)
