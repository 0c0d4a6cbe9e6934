"""Due moments that were worked out by weekends alone, worked out anew when the year's table has come (B6.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.ops import computing
from zzdesk.reports.deadlines import COMPUTED
from zzdesk.reports.models import Report
from zzdesk.store.base import kind_of
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

AT_ONCE: Final = 100
"""Reports that are worked out anew in one transaction: a group of operations has at most 200."""


def provisional(read: Reader, after: RecordId = "") -> tuple[RecordId, ...]:
    """Return the next reports of this office whose due moment is provisional, by id."""
    query = select(Report.id).where(Report.due_provisional.is_(True), Report.id > after, Report.scope == read.actor.station)
    return tuple(read.session.scalars(query.order_by(Report.id).limit(AT_ONCE)))


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


def renew_all(home: Home) -> int:
    """Work every provisional due moment of this office out anew, a part at a time; return how many changed."""
    changed, after = 0, ""
    while ids := home.read(provisional, after):
        changed += len(home.write(renew, ids).records)
        after = ids[-1]
    return changed
