"""Joint handling (协同处置): a lead unit with units that help it; all say that their part is done (B2.2, F23)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.reports.models import Report
from zzdesk.reports.steps import put, units_of, write
from zzdesk.reports.workflow import ASSISTED, DISPATCHING, HANDLING, JOINT
from zzdesk.store.unit import ChangeSet, UnitOfWork

ACTIONS: Final = (JOINT, ASSISTED)


def act(work: UnitOfWork, report_id: RecordId, action: str, given: Mapping[str, Any]) -> ChangeSet:
    """Name the units that help (``joint``), or write down that one has done its part (``assisted``).

    Raises:
        RefusedError: no right, the report is not being handled, or the unit was not asked to help.
        InvalidError: a field is missing or cannot be taken.
    """
    report = work.get(Report, report_id)
    (_name_units if action == JOINT else _part_done)(work, report, given)
    return work.commit()


def _name_units(work: UnitOfWork, report: Report, given: Mapping[str, Any]) -> None:
    work.require("report.dispatch")
    if report.voided or report.state not in (DISPATCHING, HANDLING):
        raise RefusedError(N_("派遣以后、处置完成以前才能安排协办单位"))
    if "assist_units" not in given:
        raise InvalidError.one("assist_units", N_("必填"))
    said = {name: value for name, value in given.items() if name != "assist_units"}
    put(work, report, {"assist_units": given["assist_units"]})
    if report.handler_unit in (report.assist_units or ()):
        raise InvalidError.one("assist_units", N_("主办单位不用再列为协办单位"))
    write(work, report, JOINT, said | {"handler_unit": units_of(report.assist_units or ())})


def _part_done(work: UnitOfWork, report: Report, given: Mapping[str, Any]) -> None:
    work.require("report.handle")
    if report.voided or report.state != HANDLING:
        raise RefusedError(N_("正在处置的事件才能登记协办反馈"))
    for name in ("handler_unit", "note"):
        if not given.get(name):
            raise InvalidError.one(name, N_("必填"))
    if given["handler_unit"] not in (report.assist_units or ()):
        raise InvalidError.one("handler_unit", N_("这个单位不是协办单位"))
    write(work, report, ASSISTED, given)
