"""Handing a report over to another community, street or grid (转到另一社区/网格): it leaves this desk with its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.places import queries as places
from zzdesk.reports.models import Report, Step
from zzdesk.reports.workflow import OPEN
from zzdesk.store.unit import ChangeSet, UnitOfWork

ACTION: Final = "transfer"
_GRID: Final = re.compile(r"(\d{12})-?[0-9A-Za-z]{1,20}")


def transfer(
    work: UnitOfWork, report_id: RecordId, fields: Mapping[str, Any], reason: str | None
) -> ChangeSet:
    """Hand a report over: ``fields`` hold ``to``, the code of a division or of a grid, and perhaps a ``note``.

    Steps, files and open conflicts go along. Where this desk does not read the other place, the report disappears from
    it once the centre has taken the move; until then it stays, marked by its scope.

    Raises:
        InvalidError: there is no such place, or the report is there already.
        RefusedError: no right, no reason, or the report is closed.
    """
    work.require("report.transfer")
    report = work.get(Report, report_id)
    unknown = set(fields) - {"to", "note"}
    if unknown:
        raise InvalidError.one(sorted(unknown)[0], N_("没有这个字段"))
    if not (reason or "").strip():
        raise RefusedError(N_("转到别处要写明理由"))
    if report.state not in OPEN:
        raise RefusedError(N_("这件事件已经办结，不能再转到别处"))
    code = place_code(str(fields.get("to") or ""))
    if code == report.scope:
        raise InvalidError.one("to", N_("这件事件已经在那里"))
    step = {"report_id": report.id, "action": ACTION, "from_state": report.state, "to_state": report.state}
    said = {"note": fields["note"]} if fields.get("note") else {}
    work.create(Step, step | said | {"reason": reason}, scope=report.scope)
    work.move(report, code, reason or "")
    return work.commit()


def place_code(text: str) -> str:
    """Return the code of a place that a record can be handed to: a division, or a grid of a community.

    Raises:
        InvalidError: there is no such place.
    """
    grid = _GRID.fullmatch(text.strip())
    try:
        if grid is not None and places.exists(grid[1]):
            return text.strip()
        return places.get(text).code
    except NotFoundError:
        raise InvalidError.one("to", N_("没有这个社区、街道或网格，请填写它的代码")) from None
