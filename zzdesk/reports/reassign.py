"""改派: another unit handles a report from now on, as a step of its own with its reason (B2.4, domain features F23).

Beside 退回, after which somebody dispatches anew, it is the short way of who saw at once that it went to the wrong unit;
whoever handled it before reads in the history to whom it went and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.reports.models import Report
from zzdesk.reports.steps import write
from zzdesk.reports.workflow import HANDLING, REASSIGN
from zzdesk.store.unit import ChangeSet, UnitOfWork


def act(work: UnitOfWork, report_id: RecordId, given: Mapping[str, Any], reason: str | None) -> ChangeSet:
    """Give a report that is being handled to another unit; ``given`` holds ``handler_unit`` and perhaps ``note``.

    Raises:
        RefusedError: no right, it is not being handled, no reason, or that unit has it already.
        InvalidError: no unit is named, or it helps already.
    """
    work.require("report.dispatch")
    report = work.get(Report, report_id)
    if report.voided or report.state != HANDLING:
        raise RefusedError(N_("正在处置的事件才能改派单位；还没派的请派遣，已经反馈的请先退回"))
    unit = " ".join(str(given.get("handler_unit") or "").split())
    if not unit:
        raise InvalidError.one("handler_unit", N_("必填"))
    if not (reason or "").strip():
        raise RefusedError(N_("改派要写明理由"))
    if unit == report.handler_unit:
        raise RefusedError(N_("已经由这个单位处置"))
    if unit in (report.assist_units or ()):
        raise InvalidError.one("handler_unit", N_("这个单位已是协办单位，请先调整协办单位"))
    work.change(report, {"handler_unit": unit})
    write(work, report, REASSIGN, {**given, "handler_unit": unit}, reason=(reason or "").strip())
    return work.commit()
