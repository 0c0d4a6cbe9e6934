"""No list looks through everything that waits for the centre: what a page asks of the outbox comes from an index."""

from __future__ import annotations

from tests.plans import plans
from tests.zzdesk.ops.conftest import Bench
from tests.zzdesk.ops.test_fold import FIELDS
from zzdesk.reports import commands, queries
from zzdesk.reports.queries import ReportFilter


def test_a_page_of_reports_asks_for_the_claims_of_its_rows_only(bench: Bench) -> None:
    made = [bench.write(commands.register, FIELDS).created[0] for _ in range(5)]
    with plans(bench.store._reading) as steps:
        bench.read(queries.list_reports)
        bench.read(queries.list_reports, ReportFilter(mine=True))
        bench.read(queries.by_ids, tuple(made))
        bench.read(queries.detail, made[0])
    asked = [step for step in steps if "outbox" in step]
    assert asked
    assert not [step for step in asked if "ix_outbox_state_n" in step or step.startswith("SCAN outbox")], asked
