"""/metrics: what is counted, under names that a watchman can rely on, and never whose it is."""

from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from digests.metrics import Metrics

HOUR = timedelta(hours=1)
NAMES = {
    "tuva_send_total",
    "tuva_ambiguous_total",
    "tuva_possible_duplicates_total",
    "tuva_outbox_rows",
    "tuva_outbox_oldest_seconds",
    "tuva_clock_skew_seconds",
    "tuva_schedule_lateness_seconds_count",
}


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def told(metrics: Metrics, rows: dict[tuple[str, str], int] | None = None) -> dict[str, float]:
    """Every sample, by its name and labels."""
    text = metrics.exposition(rows or {}, HOUR, HOUR).decode()
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {" ".join((sample.name, *sorted(sample.labels.values()))): sample.value for sample in samples}


def test_every_name_is_there_once_something_happened(metrics: Metrics) -> None:
    metrics.sent("mail", "sent")
    metrics.fired(HOUR)
    assert {sample.split()[0] for sample in told(metrics, {("ready", "mail"): 1})} >= NAMES


def test_tries_are_counted_by_route_and_outcome(metrics: Metrics) -> None:
    for outcome in ("sent", "sent", "refused"):
        metrics.sent("mail", outcome)
    assert told(metrics)["tuva_send_total mail sent"] == 2
    assert told(metrics)["tuva_send_total mail refused"] == 1


def test_what_may_have_arrived_unnoticed_is_counted(metrics: Metrics) -> None:
    metrics.sent("mail", "ambiguous")
    metrics.recovered(3)
    assert told(metrics)["tuva_ambiguous_total"] == 4
    assert told(metrics)["tuva_possible_duplicates_total"] == 4


def test_rows_are_those_of_now(metrics: Metrics) -> None:
    assert told(metrics, {("parked", "mail"): 2})["tuva_outbox_rows mail parked"] == 2
    assert "tuva_outbox_rows mail parked" not in told(metrics)


def test_ages_are_in_seconds(metrics: Metrics) -> None:
    assert told(metrics)["tuva_outbox_oldest_seconds"] == 3_600
    assert told(metrics)["tuva_clock_skew_seconds"] == 3_600


def test_lateness_is_told_by_how_many_were_within_half_a_minute(metrics: Metrics) -> None:
    for late in (1, 29, 31):
        metrics.fired(timedelta(seconds=late))
    assert told(metrics)["tuva_schedule_lateness_seconds_bucket 30.0"] == 2
    assert told(metrics)["tuva_schedule_lateness_seconds_count"] == 3
