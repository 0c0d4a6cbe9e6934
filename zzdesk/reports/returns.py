"""What came back from units that it was sent to (退回): how often, from whom, why: a list to learn from (F21)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, text

from zzdesk.clock import RecordId
from zzdesk.people.masks import mask
from zzdesk.reports.models import Report, Step
from zzdesk.reports.told import UNDOING, kept, shown
from zzdesk.reports.workflow import DISPATCHING, HANDLING, REASSIGN, SENT, UNDO
from zzdesk.store.unit import Reader

DAYS: Final = 90
MOST: Final = 20_000
"""Steps that are looked at, the latest; the index holds nothing else than these four actions."""
SHOWN: Final = 100


@dataclass(frozen=True)
class UnitReturns:
    """One unit: how often something was sent to it, and how often that came back."""

    unit: str
    sent: int
    returned: int

    @property
    def percent(self) -> int:
        """Return how many of a hundred came back."""
        return round(100 * self.returned / self.sent) if self.sent else 0


@dataclass(frozen=True)
class Wrong:
    """One report that came back: to whom it had been sent, and the reason, masked."""

    id: RecordId
    number: str
    title: str
    category: str
    unit: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Returns:
    """The last ``DAYS`` days: units, whose work comes back most first, and the latest that came back."""

    since: datetime
    units: tuple[UnitReturns, ...]
    wrong: tuple[Wrong, ...]


def returns(read: Reader, days: int = DAYS) -> Returns:
    """Return how much came back. What was sent and taken back at once (撤销) was never sent.

    Raises:
        RefusedError: no right to look at reports.
    """
    read.require("record.read")
    since = read.clock.now() - timedelta(days=days)
    sent, back = _follow(_steps(read, since))
    units = {unit: UnitReturns(unit, sent[unit], 0) for unit in sent}
    for unit, count in Counter(unit for _, unit in back).items():
        units[unit] = UnitReturns(unit, max(sent[unit], count), count)
    order = sorted(units.values(), key=lambda each: (-each.returned, -each.percent, -each.sent, each.unit))
    return Returns(since, tuple(order), _wrong(read, back[::-1][:SHOWN]))


def _steps(read: Reader, since: datetime) -> Sequence[Any]:
    columns = Step.report_id, Step.action, Step.from_state, Step.to_state, Step.handler_unit, Step.reason, Step.created_at
    query = select(*columns).where(text(SENT), Step.action.in_(("dispatch", "return", UNDO, REASSIGN)), Step.created_at >= since)
    return read.session.execute(query.order_by(Step.created_at.desc(), Step.id.desc()).limit(MOST)).all()[::-1]


def _follow(steps: Iterable[Any]) -> tuple[Counter[str], list[tuple[Any, str]]]:
    """Return how often each unit was sent something, and each way back with the unit it came from, oldest first."""
    last: dict[RecordId, str] = {}
    sent: Counter[str] = Counter()
    back: list[tuple[Any, str]] = []
    for step in steps:
        if step.action in ("dispatch", REASSIGN) and step.handler_unit:
            last[step.report_id] = step.handler_unit
            sent[step.handler_unit] += 1
        elif (step.from_state, step.to_state) == (HANDLING, DISPATCHING) and step.report_id in last:
            unit = last.pop(step.report_id)
            if step.action == UNDO or kept(step.reason or "") == UNDOING:  # older programs wrote 退回 and the reason
                sent[unit] -= 1
            else:
                back.append((step, unit))
    return +sent, back


def _wrong(read: Reader, back: Sequence[tuple[Any, str]]) -> tuple[Wrong, ...]:
    columns = Report.id, Report.number, Report.title, Report.category
    query = select(*columns).where(Report.id.in_([step.report_id for step, _ in back]), Report.voided.is_not(True))
    found = {row.id: row for row in read.session.execute(query)}
    return tuple(
        Wrong(row.id, row.number or "", mask("text", row.title), row.category, unit, mask("text", shown(step.reason)),
              step.created_at)
        for step, unit in back if (row := found.get(step.report_id)) is not None
    )  # fmt: skip
