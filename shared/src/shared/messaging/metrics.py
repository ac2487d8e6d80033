"""What Prometheus is told: counters where things happen, gauges read when asked."""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from shared.messaging.batch import Batch

LATENCY = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 3600)


class Metrics:
    """The metrics of one service process, all with its name as a label."""

    def __init__(self, service: str) -> None:
        self.registry = CollectorRegistry()
        self._service = service
        self._gauges: dict[str, Gauge] = {}
        self._handled = self._counter("handled", "records handled", "outcome")
        self._refused = self._counter("refused", "records refused", "slug")
        self._published = self._counter("published", "events sent out")
        self._duplicates = self._counter("duplicates", "records that were handled before")
        self._size = Histogram(
            "chuluc_batch_size", "records a batch", ["service"], registry=self.registry, buckets=(1, 5, 20, 50, 100, 250, 500)
        )
        self._seconds = Histogram("chuluc_batch_seconds", "seconds a batch", ["service"], registry=self.registry, buckets=LATENCY)
        self._end_to_end = Histogram(
            "chuluc_end_to_end_seconds", "from the log to the commit", ["service"], registry=self.registry, buckets=LATENCY
        )
        self.totals = {"handled": 0, "refused": 0, "duplicates": 0}

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"chuluc_{name}", text, ["service", *labels], registry=self.registry)

    def batch(self, batch: Batch) -> None:
        """A batch was committed."""
        for outcome, _, _ in batch.outcomes.values():
            self._handled.labels(self._service, outcome).inc()
        for rejection in batch.rejections:
            self._refused.labels(self._service, rejection.notice.slug).inc()
        self._duplicates.labels(self._service).inc(batch.duplicates)
        self._published.labels(self._service).inc(len(batch.outgoing))
        self.totals["handled"] += len(batch.outcomes)
        self.totals["refused"] += len(batch.rejections)
        self.totals["duplicates"] += batch.duplicates
        self._size.labels(self._service).observe(len(batch.timestamps))
        now = time.time()
        for timestamp in batch.timestamps:
            self._end_to_end.labels(self._service).observe(max(0.0, now - timestamp))

    def took(self, seconds: float) -> None:
        """How long a batch took, from decoding to commit."""
        self._seconds.labels(self._service).observe(seconds)

    def text(self, gauges: dict[str, float]) -> bytes:
        """The exposition, with the gauges as they stand now."""
        for name, value in gauges.items():
            if name not in self._gauges:
                self._gauges[name] = Gauge(f"chuluc_{name}", name.replace("_", " "), ["service"], registry=self.registry)
            self._gauges[name].labels(self._service).set(value)
        return generate_latest(self.registry)
