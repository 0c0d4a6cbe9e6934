"""Filters of the list of reports in combination, at many records on one desk: one look, which is one piece of database work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from zzdesk.cli.bench.figures import Figure, median_ms

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

LIMIT_MS: Final = 100.0
"""Of database work, at 200,000 reports."""
TIMES: Final = 20


def measure_filters(desk: Desk, beside: tuple[float, str]) -> Iterator[Figure]:
    """Yield the figures. A look that finds too little ends at a window and goes on by a key: the whole has no limit."""
    from zzdesk.reports.queries import ReportFilter, count, find_reports, grids_in_use, list_reports

    rare = ReportFilter(open_only=True, categories=("noise", "road"), sources=("110",))
    looks = {
        "filter: open and not ended": ReportFilter(open_only=True),
        "filter: state, category, source, period": ReportFilter(
            ("registered",), ("noise", "drainage"), sources=("counter", "phone", "app"), period="quarter"
        ),
        "filter: three things without any hit, one look": rare,
        "filter: what is due soonest": ReportFilter(by_due=True),
        "filter: on time, one category": ReportFilter(band="normal", categories=("noise",)),
        "filter: on time, without any hit, one look": ReportFilter(band="normal", sources=("110",)),
        "filter: void": ReportFilter(void=True),
        "filter: mine": ReportFilter(mine=True),
    }  # fmt: skip
    for name, wanted in looks.items():
        took = median_ms(lambda n, wanted=wanted: desk.read(list_reports, wanted), TIMES)  # type: ignore[misc]
        yield Figure(name, took, "ms", *beside, LIMIT_MS)
    words = ReportFilter(open_only=True, categories=("drainage",))
    took = median_ms(lambda n: desk.read(find_reports, "污水", words), TIMES)
    yield Figure("search with filters, one page", took, "ms", *beside, LIMIT_MS)
    took = median_ms(lambda n: desk.read(count, rare), TIMES)
    yield Figure("count of a filter under a name", took, "ms", *beside, LIMIT_MS)
    yield Figure("grids in use", median_ms(lambda n: desk.read(grids_in_use), TIMES), "ms", *beside, LIMIT_MS)
    yield Figure("filter: three things without any hit, the whole list", median_ms(lambda n: _all(desk, rare), 3), "ms", *beside)


def _all(desk: Desk, wanted: Any) -> int:
    """Go on to the end as the window does; return how many looks it took."""
    from zzdesk.reports.queries import list_reports

    looks, after = 0, None
    while looks == 0 or after is not None:
        looks, after = looks + 1, desk.read(list_reports, wanted, after).after
    return looks
