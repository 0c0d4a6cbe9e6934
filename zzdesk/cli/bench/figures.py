"""Figures: what was measured, beside what the bare machine does with the same load in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from zzdesk.cli.output import json_line, table


@dataclass(frozen=True)
class Figure:
    """One measured thing: ``value`` and ``baseline`` in ``unit``; ``limit`` is what the project promised.

    ``limit`` bounds the value, ``most`` the ratio to the baseline; None where nothing was promised.
    """

    name: str
    value: float
    unit: str
    baseline: float | None = None
    baseline_name: str = ""
    limit: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        """Return the value as a multiple of the baseline."""
        return round(self.value / self.baseline, 2) if self.baseline else None

    @property
    def within(self) -> bool:
        """Whether promises are kept."""
        ratio = self.ratio
        fast = self.limit is None or self.value <= self.limit
        return fast and (self.most is None or ratio is None or ratio <= self.most)


def show(figure: Figure, as_json: bool) -> None:
    """Print one figure as soon as it is known."""
    if as_json:
        json_line(asdict(figure) | {"ratio": figure.ratio, "within": figure.within})
        return
    beside = f"×{figure.ratio} {figure.baseline_name} ({figure.baseline:.3f} {figure.unit})" if figure.baseline else ""
    limits = [f"≤{figure.limit:g} {figure.unit}" if figure.limit else "", f"≤×{figure.most:g}" if figure.most else ""]
    table([(figure.name, f"{figure.value:.3f} {figure.unit}", beside, " ".join(filter(None, limits)),
            "ok" if figure.within else "OVER")])  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    """Return how long something took, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median_ms(work: Callable[[int], object], times: int) -> float:
    """Return the median of several runs in milliseconds; ``work`` gets the number of the run."""
    return statistics.median(seconds(lambda n=n: work(n)) for n in range(times)) * 1000  # type: ignore[misc]
