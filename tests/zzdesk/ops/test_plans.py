"""No list looks through everything that waits for the centre: what a page asks of the outbox comes from an index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.zzdesk.ops.conftest import Bench
from tests.zzdesk.ops.test_fold import FIELDS
from zzdesk.reports import commands, queries
from zzdesk.reports.queries import ReportFilter


@contextmanager
def plans(bench: Bench) -> Iterator[list[str]]:
    """Gather SQLite's plan of every query of the block."""
    steps: list[str] = []

    def explain(connection: Any, _: Any, statement: str, parameters: Any, *__: Any) -> None:
        if statement.startswith("SELECT"):
            cursor = connection.connection.driver_connection.cursor()
            steps.extend(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall())

    engine = bench.store._reading
    event.listen(engine, "before_cursor_execute", explain)
    yield steps
    event.remove(engine, "before_cursor_execute", explain)


def test_a_page_of_reports_asks_for_the_claims_of_its_rows_only(bench: Bench) -> None:
    made = [bench.write(commands.register, FIELDS).created[0] for _ in range(5)]
    with plans(bench) as steps:
        bench.read(queries.list_reports)
        bench.read(queries.list_reports, ReportFilter(mine=True))
        bench.read(queries.by_ids, tuple(made))
        bench.read(queries.detail, made[0])
    asked = [step for step in steps if "outbox" in step]
    assert asked
    assert not [step for step in asked if "ix_outbox_state_n" in step or step.startswith("SCAN outbox")], asked
