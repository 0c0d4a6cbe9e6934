"""Taking calendar tables in: a record of the office's own, which counts for it and for everything below it."""

from __future__ import annotations

from datetime import date

from zzdesk.calendar.days import YearTable
from zzdesk.calendar.hours import OfficeHours, write_hours
from zzdesk.calendar.models import CalendarTable
from zzdesk.calendar.records import calendar_for
from zzdesk.calendar.tables import write
from zzdesk.clock import RecordId
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.ops import computing
from zzdesk.store.unit import ChangeSet, UnitOfWork


def import_table(work: UnitOfWork, table: YearTable) -> ChangeSet:
    """Take a table in. What was worked out without one is put right by who counts by it (``reports.renewing``).

    Raises:
        RefusedError: no right, or a table of this year is in force that is not older.
    """
    work.require("calendar.import")
    there = calendar_for(work.actor.station, computing.imported_tables(work.session)).table(table.year)
    if there is not None and there.version > table.version:
        raise RefusedError(
            N_("{year}年已有版本 {there}，比这个版本 {version} 新，没有导入"),
            year=table.year, there=there.version, version=table.version,
        )  # fmt: skip
    if there is not None and there.version == table.version and there.origin == "import":
        same = dict(there.days) == dict(table.days)
        raise RefusedError(
            N_("{year}年版本 {version} 已经导入过") if same
            else N_("{year}年版本 {version} 已经导入过，内容不同；更正请把版本加一"),
            year=table.year, version=table.version,
        )  # fmt: skip
    work.create(CalendarTable, {"year": table.year, "version": table.version, "days": write(table)})
    return work.commit()


def set_hours(work: UnitOfWork, start: date, hours: OfficeHours) -> ChangeSet:
    """Keep other office hours from a day on. Days before it keep theirs, and so does every due moment on them.

    Raises:
        RefusedError: no right, the day is not ahead, or these hours are kept then anyway.
    """
    work.require("calendar.import")
    if start <= work.today:
        raise RefusedError(N_("新的办公时间最早从明天起算；今天以前的期限不变"))
    imported = computing.imported_tables(work.session)
    calendar = calendar_for(work.actor.station, imported)
    if calendar.hours_on(start) == hours:
        raise RefusedError(N_("那一天本来就是这个办公时间，没有改动"))
    version = 1 + max((kept.version for kept in calendar.hours), default=0)
    text = write_hours(start, version, hours)
    work.create(CalendarTable, {"year": start.year, "version": version, "days": text})
    return work.commit()


def void(work: UnitOfWork, record_id: RecordId, reason: str) -> ChangeSet:
    """Take a table back that was imported by mistake: it no longer counts."""
    work.require("calendar.import")
    work.void(work.get(CalendarTable, record_id), reason)
    return work.commit()


def unvoid(work: UnitOfWork, record_id: RecordId, reason: str) -> ChangeSet:
    """Let a table count again."""
    work.require("calendar.import")
    work.unvoid(work.get(CalendarTable, record_id), reason)
    return work.commit()
