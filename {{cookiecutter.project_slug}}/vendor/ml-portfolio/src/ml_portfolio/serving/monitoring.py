"""What the server counts, for Prometheus: https://prometheus.io/docs/practices/instrumentation"""

import os
from collections import Counter as Tally
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from threading import Lock
from typing import Any

from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

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
        about, of, registry = "Time to answer a request", ["path", "status"], self.registry
        self.seconds = Histogram("request_seconds", about, of, buckets=BUCKETS, registry=registry)
        self.answers = Counter("predictions", "Answers by kind", ["answer"], registry=registry)
        about = "Warnings given with answers"
        self.warnings = Counter("prediction_warnings", about, registry=registry)
        about = f"Values in requests, by bin of the training data; of a batch {SAMPLE} rows at most"
        self.values = Counter(VALUES, about, ["feature", "bin"], registry=registry)
        self.child = cache(lambda metric, *labels: metric.labels(*labels))  # a slow look-up

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

    def collect(self) -> Iterator[Metric]:
        """Return all figures, with those of the other workers, and the drift they amount to."""
        self.tally()
        source: Any = self.registry
        if SHARED in os.environ:
            source = MultiProcessCollector(None)  # type: ignore[no-untyped-call]
        families = list(source.collect())
        yield from families
        yield self.drift(each for one in families if one.name == VALUES for each in one.samples)

    def drift(self, values: Iterable[Sample]) -> Metric:
        about = "Population stability index against the training data, since the start"
        drift = GaugeMetricFamily("feature_drift", about, labels=["feature"])
        counts: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for sample in values:
            counts[sample.labels["feature"]][sample.labels["bin"]] = sample.value
        for feature, bins in self.bins.items():
            if feature in counts:
                expected = {name: share * self.rows for name, share in bins.shares.items()}
                drift.add_metric([feature], population_stability_index(expected, counts[feature]))
        return drift

    def exposition(self) -> Response:
        return Response(generate_latest(self), media_type=CONTENT_TYPE_LATEST)
