"""``zzdesk bench desk``: commit, list, filter, search, bulk, start, at many records."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zzdesk.cli.bench.figures import Figure, median_ms, seconds
from zzdesk.cli.bench.filters import measure_filters
from zzdesk.cli.bench.hints import measure_hints, placed
from zzdesk.cli.bench.matches import measure_matches
from zzdesk.cli.bench.raw import RawTable, page_of, rows_of

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk
    from zzdesk.store.unit import ChangeSet, UnitOfWork

STATION: Final = "350602002004"
PASSWORD: Final = "measure the desk twice"  # noqa: S105 - of a throw-away home
BULK: Final = 10_000
CHUNK: Final = 200
TIMES: Final = 200
PAGES: Final = 40


def throw_away_desk(folder: Path) -> Desk:
    """Make a home for measuring in a folder that does not exist yet."""
    import zzdesk.catalogue  # noqa: F401 - every table must be known
    from zzdesk.desk.session import create_home
    from zzdesk.store.keys import TEST_COST

    desk, _ = create_home(folder, STATION, "bench", PASSWORD, test=True, cost=TEST_COST)
    return desk


def _add(work: UnitOfWork, numbers: Sequence[int]) -> ChangeSet:
    from zzdesk.reports.commands import add

    for n in numbers:
        add(work, placed(n))
    return work.commit()


def fill(desk: Desk, first: int, count: int) -> None:
    """Add reports in transactions of the size that imports use."""
    for start in range(first, first + count, CHUNK):
        desk.write(_add, range(start, min(start + CHUNK, first + count)))


def measure(records: int, *, window: bool = True) -> Iterator[Figure]:
    """Yield the figures, bulk first: it fills the database for the others."""
    with tempfile.TemporaryDirectory(prefix="zzdesk-bench-") as name:
        folder = Path(name)
        with throw_away_desk(folder / "home") as desk:
            bulk = min(BULK, records)
            took = seconds(lambda: fill(desk, 0, bulk))
            columns, rows = rows_of(desk.paths.database, desk.store.key, "report", bulk)
            with RawTable(folder / "raw.db", columns) as raw:
                bare = seconds(lambda: raw.insert_many(rows))
                yield Figure(f"bulk add of {bulk}", took, "s", bare, "raw executemany", 5.0 * bulk / BULK)
                fill(desk, bulk, records - bulk)
                for start in range(bulk, records, bulk):
                    raw.insert_many(rows[: records - start])
                yield _commit(desk, raw, rows)
            yield from _reads(desk)
            key = desk.store.key
            yield from measure_matches(desk, records, max(300, records // 10))
        if window:
            from zzdesk.cli.bench.start import measure_start

            yield measure_start(folder / "home", key, records)


def _commit(desk: Desk, raw: RawTable, rows: list[tuple[Any, ...]]) -> Figure:
    """Report against raw insert, turn by turn, so that both meet the same machine."""
    from zzdesk.reports.commands import register

    ours: list[float] = []
    bare: list[float] = []
    for n in range(TIMES):
        ours.append(seconds(lambda n=n: desk.write(register, placed(1_000_000 + n))))  # type: ignore[misc]
        bare.append(seconds(lambda n=n: raw.insert(rows[n % len(rows)])))  # type: ignore[misc]
    ours.sort()
    bare.sort()
    middle = TIMES // 2
    return Figure("commit of one report, median", ours[middle] * 1000, "ms", bare[middle] * 1000, "raw insert", 5.0)


def _reads(desk: Desk) -> Iterator[Figure]:
    from zzdesk.desk.queries import search
    from zzdesk.reports.queries import ReportFilter, by_ids, list_reports

    plain = page_of(desk.paths.database, desk.store.key, "report")
    bare = median_ms(plain, PAGES)
    beside = (bare, "the same rows by plain SQL", 50.0)
    middle = desk.read(list_reports, limit=50).after
    yield Figure("list, first page", median_ms(lambda n: desk.read(list_reports), PAGES), "ms", *beside)
    yield Figure("list, next page", median_ms(lambda n: desk.read(list_reports, after=middle), PAGES), "ms", *beside)
    narrow = ReportFilter(states=("registered",), categories=("noise",))
    yield Figure("filter, one page", median_ms(lambda n: desk.read(list_reports, narrow), PAGES), "ms", *beside)
    nothing = ReportFilter(states=("archived",))
    yield Figure("filter without any hit", median_ms(lambda n: desk.read(list_reports, nothing), PAGES), "ms", *beside)
    for asked in ("漏水", "台湾路 噪音", "lzq", "没有这样的内容"):

        def find(n: int, asked: str = asked) -> None:
            hits = desk.read(search, asked, 50)
            desk.read(by_ids, tuple(hit.id for hit in hits))

        yield Figure(f"search for {asked}, one page", median_ms(find, PAGES), "ms", *beside)
    yield from measure_filters(desk, (bare, "the same rows by plain SQL"))
    yield from measure_hints(desk, (bare, "the same rows by plain SQL"))
