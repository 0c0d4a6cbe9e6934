"""What an operator of the centre can watch (sync protocol, section 8.14): counters of requests and operations.

In Prometheus' text form.  Names and labels are codes: never an id, a name or a value of a record.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter as Counts
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

CONTENT_TYPE: Final = "text/plain; version=1.0.0; charset=utf-8"
FOLDER: Final = "metrics"
_SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


def begin_shared(data: Path) -> str:
    """Return a folder, emptied, in which several workers count together; call before they start."""
    folder = data / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    os.environ[_SHARED] = str(folder)  # read by the library in every worker, when it is imported there
    return str(folder)


class Measures:
    """The counters of one centre; ``shared`` names the folder of ``begin_shared`` where workers count together."""

    def __init__(self, shared: str | None = None) -> None:
        self.registry = CollectorRegistry()
        self._shared = shared
        self.requests = Counter(
            "zzsync_requests", "Requests answered.", ["path", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "zzsync_request_seconds", "Time to answer.", ["path"], registry=self.registry, buckets=_SECONDS
        )
        self.operations = Counter(
            "zzsync_operations", "Operations answered, by outcome.", ["outcome"], registry=self.registry
        )

    def answered(self, path: str, status: int, seconds: float) -> None:
        """Count one request."""
        self.requests.labels(path, str(status)).inc()
        self.seconds.labels(path).observe(seconds)

    def settled(self, outcomes: Iterable[str]) -> None:
        """Count what became of a batch's operations."""
        for outcome, count in Counts(outcomes).items():
            self.operations.labels(outcome).inc(count)

    def text(self, figures: Collector) -> bytes:
        """Return counters, and the figures that ``figures`` reads now, in Prometheus' form."""
        counted = self.registry
        if self._shared is not None:
            counted = CollectorRegistry()
            MultiProcessCollector(counted, path=self._shared)  # type: ignore[no-untyped-call]
        read_now = CollectorRegistry()
        read_now.register(figures)
        return generate_latest(counted) + generate_latest(read_now)
