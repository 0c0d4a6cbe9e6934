"""Complaints that come again after a report was closed (重复诉求, domain rules B2.6).

Within thirty days, the same category, and the same reporter or the same place. It is marked, goes to another verifier
than before (``zzdesk.reports.guards``), and stands on the supervisor's list.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId
from zzdesk.places.addresses import address_key, box, metres, spot_of
from zzdesk.reports.models import Report, Step
from zzdesk.reports.workflow import ARCHIVED, CLOSED
from zzdesk.store.unit import UnitOfWork

WITHIN: Final = timedelta(days=30)
"""After the closing."""
NEAR: Final = 50.0
"""Metres that still are the same place."""
_MOST: Final = 20


def is_repeat(earlier: Any, closed_at: datetime | None, report: Any, now: datetime) -> bool:
    """Say whether a report complains again about an earlier one that was closed at ``closed_at``."""
    if closed_at is None or not closed_at <= now <= closed_at + WITHIN or earlier.category != report.category:
        return False
    return _same_person(earlier, report) or _same_place(earlier, report)


def _same_person(one: Any, other: Any) -> bool:
    names = ("reporter_id", "reporter_phone")
    return any(getattr(one, name) and getattr(one, name) == getattr(other, name) for name in names)


def _same_place(one: Any, other: Any) -> bool:
    here, there = (spot_of(report.latitude, report.longitude) for report in (one, other))
    if here is not None and there is not None and metres(here, there) <= NEAR:
        return True
    return bool(one.address and other.address and address_key(one.address) == address_key(other.address))


def find(session: Session, report: Any, now: datetime) -> RecordId | None:
    """Return the report, closed last, that a new one complains about again; by indexed and limited queries."""
    found = {earlier.id: earlier for query in _queries(report) for earlier in session.scalars(query)}
    found.pop(report.id, None)
    closed = {earlier_id: _closed_at(session, earlier_id) for earlier_id in found}
    again = [e for e in found.values() if is_repeat(e, closed[e.id], report, now)]
    return max(again, key=lambda e: (closed[e.id], e.id)).id if again else None


def _queries(report: Any) -> list[Any]:
    base = select(Report).where(Report.state.in_((CLOSED, ARCHIVED)), Report.voided.is_not(True))
    base = base.order_by(Report.created_at.desc()).limit(_MOST)
    wheres: list[Any] = []
    if report.reporter_id:
        wheres.append(Report.reporter_id == report.reporter_id)
    if report.reporter_phone:
        wheres.append(Report.reporter_phone == report.reporter_phone)
    if report.address:
        wheres.append(and_(Report.category == report.category, Report.address == report.address))
    spot = spot_of(report.latitude, report.longitude)
    if spot is not None:
        table: Any = Report.__table__.c
        (south, west), (north, east) = box(spot, NEAR)
        sides = (table.north, south, north), (table.east, west, east)
        inside = [side.between(round(low * 1e6), round(high * 1e6)) for side, low, high in sides]
        wheres.append(and_(Report.category == report.category, *inside))
    return [base.where(where) for where in wheres]


def _closed_at(session: Session, report_id: RecordId) -> datetime | None:
    query = select(Step.created_at).where(Step.report_id == report_id, Step.to_state == CLOSED)
    return session.scalar(query.order_by(Step.created_at.desc()).limit(1))


def mark(work: UnitOfWork, report: Report) -> None:
    """Note on a new report which closed one it complains about again, if any."""
    report.repeat_of = find(work.session, report, work.clock.now())
