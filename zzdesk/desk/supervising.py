"""What a supervisor decides about work that the centre has put aside, and which complaints came again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import String, literal_column, select
from sqlalchemy.orm import aliased

from zzdesk.accounts.rights import allowed
from zzdesk.clock import RecordId
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.people.masks import mask
from zzdesk.reports.models import Report
from zzdesk.reports.returns import DAYS as DAYS
from zzdesk.reports.returns import returns as returns
from zzdesk.reports.workflow import OPEN
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

RIGHT: Final = "quarantine.decide"


def refuse_without_right(roles: frozenset[str]) -> None:
    """Check that somebody with these roles decides about such work; the centre checks it again, for its station.

    Raises:
        RefusedError: no right.
    """
    if not allowed(roles, RIGHT):
        raise RefusedError(N_("只有站长或调委会主任可以决定"))


def checked_reason(reason: str) -> str:
    """Return a reason without the space around it.

    Raises:
        RefusedError: there is none.
    """
    if not reason.strip():
        raise RefusedError(N_("决定要写明理由"))
    return reason.strip()


def note_decision(work: UnitOfWork, op_id: str, *, let_through: bool) -> ChangeSet:
    """Write into the audit what was decided at the centre, by its id; the reason stands there."""
    work.require(RIGHT)
    work.audit("quarantine.decide", "operation", op_id, let_through=let_through)
    return work.commit()


def note_withdrawal(work: UnitOfWork, op_id: str) -> ChangeSet:
    """Write into the audit that somebody took their own work back from the centre's quarantine; the reason stands there."""
    work.audit("quarantine.withdraw", "operation", op_id)
    return work.commit()


REPEATS: Final = 8
"""How many repeated complaints the first page lists."""


_STATE: Final = literal_column("+report.state", String())
"""A state that SQLite does not look up by: the few repeats are walked, not the many open reports."""


@dataclass(frozen=True)
class Repeat:
    """An open report that complains again about a closed one, masked."""

    id: RecordId
    number: str
    title: str
    state: str
    created_at: datetime
    earlier: str
    """The number of the closed report; empty where it is not on this desk."""


def open_repeats(read: Reader, limit: int = REPEATS) -> tuple[Repeat, ...]:
    """Return the newest repeated complaints that somebody still has to deal with (重复诉求, B2.6), for who supervises.

    Nothing for anybody else.
    """
    if not (read.may("record.read") and read.may("report.assign")):
        return ()
    earlier = aliased(Report)
    query = (
        select(Report.id, Report.number, Report.title, Report.state, Report.created_at, earlier.number.label("earlier"))
        .outerjoin(earlier, earlier.id == Report.repeat_of)
        .where(Report.repeat_of.is_not(None), _STATE.in_(OPEN), Report.voided.is_not(True))
        .order_by(Report.created_at.desc(), Report.id.desc())
    )
    return tuple(
        Repeat(r.id, r.number or "", mask("text", r.title), r.state, r.created_at, r.earlier or "")
        for r in read.session.execute(query.limit(limit))
    )
