"""What the counter asks while somebody types: possible duplicates and known addresses, at many records on one desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from zzdesk.cli import sample
from zzdesk.cli.bench.figures import Figure, median_ms
from zzdesk.errors import BugError

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

LIMIT_MS: Final = 100.0
"""Of database work, at 200,000 reports."""
TIMES: Final = 40


def placed(n: int) -> dict[str, Any]:
    """Return report number ``n`` with a place: a community of one square kilometre or so, a few metres between reports."""
    north, east = 24.5050 + n % 1000 * 1e-5, 117.6500 + n // 7 % 1000 * 1e-5
    return sample.report(n) | {"latitude": f"{north:.6f}", "longitude": f"{east:.6f}"}


def measure_hints(desk: Desk, beside: tuple[float, str]) -> Iterator[Figure]:
    """Yield the figures; a query that would read a whole table is a bug whatever it takes.

    Raises:
        BugError: SQLite would scan a table.
    """
    from zzdesk.desk.lookup import addresses
    from zzdesk.desk.matters import suspects

    _refuse_scans(desk)
    hint = median_ms(lambda n: desk.read(suspects, placed(n * 37 + 5)), TIMES)
    yield Figure("hint about duplicates", hint, "ms", *beside, LIMIT_MS)
    typed = ("台湾", "台湾路 1", "新华东路 17", "不存在的路")
    known = median_ms(lambda n: desk.read(addresses, typed[n % len(typed)]), TIMES)
    yield Figure("address while typing", known, "ms", *beside, LIMIT_MS)


def _refuse_scans(desk: Desk) -> None:
    """Ask SQLite how it would find possible duplicates."""
    from sqlalchemy import event

    from zzdesk.desk.matters import suspects

    steps: list[str] = []

    def explain(connection: Any, _: Any, statement: str, parameters: Any, *__: Any) -> None:
        cursor = connection.connection.driver_connection.cursor()
        steps.extend(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall())

    engine = desk.store._reading
    event.listen(engine, "before_cursor_execute", explain)
    try:
        desk.read(suspects, placed(0))
    finally:
        event.remove(engine, "before_cursor_execute", explain)
    if wrong := [step for step in steps if step.startswith("SCAN")]:
        raise BugError(f"the hint about duplicates reads a whole table: {wrong}")
