"""What the server counts, for Prometheus: https://prometheus.io/docs/practices/instrumentation"""

import os
from collections import Counter as Tally
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from typing import Any

from fastapi.responses import Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    Metric,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.drift import Bins, population_stability_index

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # if set, a folder in which all workers count together
BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0)
VALUES = "feature_values"
SAMPLE = 100  # rows of a batch whose features are counted, and of all that wait to be counted

disable_created_metrics()  # type: ignore[no-untyped-call]


class Monitor(Collector):
    """The counters of one process."""

    def __init__(self, bundle: Bundle) -> None:
        self.features, self.counted = bundle.encoder.features, bundle.manifest.output.counted
        reference = bundle.manifest.reference
        self.rows = reference.get("rows", 0)
        columns = reference.get("columns", {}).items()
        self.bins = {k: Bins(about) for k, about in columns if {"quantiles", "counts"} & {*about}}
        self.waiting: deque[Any] = deque()
        self.tallying = Lock()
        self.registry = CollectorRegistry()
        about, registry = "Time to answer a request", self.registry
        labels = ["path", "status"]
        self.seconds = Histogram(
            "request_seconds", about, labels, buckets=BUCKETS, registry=registry
        )
        self.answers = Counter("predictions", "Answers by kind", ["answer"], registry=registry)
        about = "Warnings given with answers"
        self.warnings = Counter("prediction_warnings", about, registry=registry)
        about = f"Values in requests, by bin of the training data; of a batch {SAMPLE} rows at most"
        self.values = Counter(VALUES, about, ["feature", "bin"], registry=registry)
        self.counters: dict[Any, Any] = {}  # looked up once: in the library it is slow

    def observe(self, path: str, status: int, seconds: float) -> None:
        self.child(self.seconds, path, status).observe(seconds)

    def count(self, answers: list[dict[str, Any]]) -> None:
        for name, number in Tally(map(self.counted, answers)).items():
            self.child(self.answers, name).inc(number)
        if warnings := sum(len(answer["warnings"]) for answer in answers):
            self.warnings.inc(warnings)

    def watch(self, rows: Sequence[Any]) -> None:
        """Count the features of some of these requests later: many at a time cost less."""
        self.waiting.extend(rows[:: -(-len(rows) // SAMPLE)])
        if len(self.waiting) >= SAMPLE:
            self.tally()

    def tally(self) -> None:
        """Count the features of the requests that wait: those that the reference describes."""
        with self.tallying:
            rows = [self.features(self.waiting.popleft()) for _ in range(len(self.waiting))]
        for name, bins in self.bins.items():
            if rows and name in rows[0]:
                for place, number in Tally(bins.place(row[name]) for row in rows).items():
                    self.child(self.values, name, place).inc(number)

    def child(self, metric: Any, *labels: Any) -> Any:
        key = (metric, *labels)
        if key not in self.counters:
            self.counters[key] = metric.labels(*labels)
        return self.counters[key]

    def collect(self) -> Iterator[Metric]:
        """Return all figures, with those of the other workers, and the drift they amount to."""
        self.tally()
        about = "Population stability index against the training data, since the start"
        drift = GaugeMetricFamily("feature_drift", about, labels=["feature"])
        registry = self.registry
        if SHARED in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        for family in registry.collect():
            yield family
            for feature, counts in by_feature(family).items() if family.name == VALUES else ():
                if feature in self.bins:
                    drift.add_metric([feature], self.drift(feature, counts))
        yield drift

    def drift(self, feature: str, counts: Mapping[str, float]) -> float:
        expected = {name: share * self.rows for name, share in self.bins[feature].shares.items()}
        return population_stability_index(expected, counts)

    def exposition(self) -> Response:
        return Response(generate_latest(self), media_type=CONTENT_TYPE_LATEST)


def by_feature(family: Metric) -> dict[str, dict[str, float]]:
    counts: dict[str, dict[str, float]] = {}
    for sample in family.samples:
        if sample.name.endswith("_total"):
            counts.setdefault(sample.labels["feature"], {})[sample.labels["bin"]] = sample.value
    return counts
