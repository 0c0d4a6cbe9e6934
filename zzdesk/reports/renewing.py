"""Due moments worked out anew when the table of a year has come, or a newer version of it (B6.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import select, text, tuple_

from zzdesk.calendar.records import bears_from
from zzdesk.clock import RecordId, from_iso
from zzdesk.ops import computing
from zzdesk.reports.deadlines import COMPUTED
from zzdesk.reports.models import Report
from zzdesk.reports.workflow import NOT_ENDED
from zzdesk.store.base import kind_of
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

AT_ONCE: Final = 100
"""Reports that are worked out anew in one transaction: a group of operations has at most 200."""


def resting(read: Reader, year: int, after: tuple[datetime, RecordId] | None = None) -> tuple[tuple[datetime, RecordId], ...]:
    """Return the next reports of this office on which the table of a year bears and that have not ended, as due and id."""
    begin = after or (from_iso(bears_from({"year": year})), "")
    query = select(Report.due_at, Report.id).where(
        text(NOT_ENDED), tuple_(Report.due_at, Report.id) > begin, Report.scope == read.actor.station
    )
    found = read.session.execute(query.order_by(Report.due_at, Report.id).limit(AT_ONCE))
    return tuple((due, report_id) for due, report_id in found if due is not None)


def renew(work: UnitOfWork, ids: Sequence[RecordId]) -> ChangeSet:
    """Work the due moments of these reports out anew.

    The centre does the same for everything that it holds below the office that imported a table; its result counts.

    Raises:
        RefusedError: no right.
    """
    work.require("calendar.import")
    imported = computing.imported_tables(work.session)
    for report_id in ids:
        computing.put(work.session, kind_of(Report), COMPUTED, work.get(Report, report_id), imported)
    return work.commit()


class Home(Protocol):
    """What a command or a query is run on: an open desk."""

    def read(self, query: Any, *args: Any) -> Any:
        """Run a query."""

    def write(self, command: Any, *args: Any) -> ChangeSet:
        """Run a command."""


def renew_all(home: Home, year: int) -> int:
    """Work every due moment anew on which the table of a year bears, a part at a time; return how many changed."""
    changed: set[RecordId] = set()
    after = None
    while found := home.read(resting, year, after):
        changed |= {record_id for _, record_id in home.write(renew, [report_id for _, report_id in found]).records}
        after = found[-1]  # what moved on is looked at once more, and stays
    return len(changed)
