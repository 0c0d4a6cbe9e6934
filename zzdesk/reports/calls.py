"""The ten minutes of 社区110: a call is accepted, people are sent, they arrive (domain rules B4, scenario D10).

Each of the three moments is a step that is written once. It is the moment at which it happened, which may be noted down
later: who runs to the place does not write first. Nothing of it needs a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_, translate
from zzdesk.reports.models import Report, Step
from zzdesk.reports.workflow import ENDED
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_one
from zzdesk.store.unit import ChangeSet, UnitOfWork

ACCEPT: Final = "call-accept"
DISPATCH: Final = "call-dispatch"
ARRIVE: Final = "call-arrive"
MARKS: Final = (ACCEPT, DISPATCH, ARRIVE)
"""The three moments, in their order."""
WITHIN: Final = timedelta(minutes=10)
_FIELDS: Final = frozenset({"happened_at", "note", "handler_unit"})
_SOON: Final = timedelta(minutes=1)


class Mark(Protocol):
    """A step, as far as a call is concerned."""

    @property
    def action(self) -> str:
        """Which moment it is."""

    @property
    def created_at(self) -> datetime:
        """When it was written down."""

    @property
    def happened_at(self) -> datetime | None:
        """When it happened, where that was not then."""


@dataclass(frozen=True)
class Call:
    """The three moments of a call, as far as they have come."""

    accepted: datetime | None = None
    dispatched: datetime | None = None
    arrived: datetime | None = None

    @property
    def next(self) -> str | None:
        """Return the moment that comes next, None after the last."""
        moments = (self.accepted, self.dispatched, self.arrived)
        return next((mark for mark, at in zip(MARKS, moments, strict=True) if at is None), None)

    @property
    def runs(self) -> bool:
        """Say whether somebody waits for help."""
        return self.accepted is not None and self.arrived is None

    def taken(self, now: datetime) -> timedelta | None:
        """Return how long it took, or has taken so far; None before it was accepted."""
        if self.accepted is None:
            return None
        return max((self.arrived or now) - self.accepted, timedelta())

    def in_time(self, now: datetime) -> bool | None:
        """Say whether it took, or still takes, ten minutes or less; None before it was accepted."""
        taken = self.taken(now)
        return None if taken is None else taken <= WITHIN


NO_CALL: Final = Call()


def call_of(steps: Iterable[Mark]) -> Call:
    """Return the call of a report; of two desks' marks of one moment the earlier counts."""
    found: dict[str, datetime] = {}
    for step in steps:
        if step.action in MARKS:
            at = step.happened_at or step.created_at
            found[step.action] = min(at, found.get(step.action, at))
    return Call(*(found.get(mark) for mark in MARKS))


def said(taken: timedelta) -> str:
    """Return a duration as it is read from a stop-watch: ``9′40″``, ``1:02′05″``."""
    hours, seconds = divmod(int(taken.total_seconds()), 3600)
    return (f"{hours}:{seconds // 60:02}" if hours else f"{seconds // 60}") + f"′{seconds % 60:02}″"


def verdict(call: Call, now: datetime) -> str:
    """Return how a call stands to its ten minutes, in words: ``9′40″，≤10分钟``."""
    taken = call.taken(now)
    if taken is None:
        return ""
    text = N_("{taken}，≤10分钟") if taken <= WITHIN else N_("{taken}，超过10分钟")
    return translate(text, taken=said(taken))


def mark(work: UnitOfWork, report_id: RecordId, action: str, fields: Mapping[str, Any]) -> ChangeSet:
    """Write one of the three moments down; ``happened_at`` where it was not now.

    Raises:
        RefusedError: the report has ended, or the moment before is missing, or this one is there.
        InvalidError: the moment lies in the future or before the one it follows; a field cannot be taken.
    """
    work.require("report.note")
    unknown = sorted(set(fields) - _FIELDS)
    if unknown:
        raise InvalidError.one(unknown[0], N_("没有这个字段"))
    report = work.get(Report, report_id)
    if report.voided or report.state in ENDED:
        raise RefusedError(N_("这件事件已经结束，不能再计时"))
    work.session.flush()
    call = call_of(work.session.scalars(select(Step).where(Step.report_id == report.id)))
    if action != call.next:
        there = action in MARKS[: MARKS.index(call.next)] if call.next else True
        raise RefusedError(N_("这个时刻已经记过") if there else N_("要先接警，再派出，再到场"))
    at = clean_one(kind_of(Step).fields["happened_at"], fields.get("happened_at"), work.today) or work.clock.now()
    _check(work, call, at)
    given = {name: value for name, value in fields.items() if value} | {"happened_at": at}
    work.create(Step, given | {"report_id": report.id, "action": action}, scope=report.scope)
    return work.commit()


def _check(work: UnitOfWork, call: Call, at: datetime) -> None:
    if at > work.clock.now() + _SOON:
        raise InvalidError.one("happened_at", N_("时间不能晚于现在"))
    before = call.dispatched or call.accepted
    if before is not None and at < before:
        raise InvalidError.one("happened_at", N_("时间不能早于前一步"))
