"""Closing a month of the odd-job station: what its report says is frozen, and what comes later is declared apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zzdesk.documents.figures import Month
from zzdesk.documents.month_books import make_close
from zzdesk.jobs.ledger_frozen import freeze
from zzdesk.jobs.models_statistics import JobMonth
from zzdesk.jobs.statistics import EVENTS
from zzdesk.jobs.statistics_queries import CLOSED_MONTHS
from zzdesk.store.unit import ChangeSet, UnitOfWork


def close_month(work: UnitOfWork, month: Month, *, in_spite: str | None = None) -> ChangeSet:
    """Close a month (月结): its figures, the records behind them, a hash and the service ledger, once and for all.

    Args:
        work: the transaction.
        month: a month that is over.
        in_spite: why it is closed although a cross-check does not hold; the reason goes into the audit.

    Raises:
        RefusedError: no right, the month is not over, it or a later one is closed already, or a cross-check fails and no
            reason is given.
    """
    made = make_close(work, CLOSED_MONTHS, month, EVENTS, in_spite)
    freeze(work, month, made.id)
    return work.commit()


def add_close(work: UnitOfWork, fields: Mapping[str, Any]) -> JobMonth:
    """Close a month from the command line: ``month``, and ``reason`` where a cross-check does not hold."""
    month = Month.read(str(fields.get("month") or ""))
    made: JobMonth = make_close(work, CLOSED_MONTHS, month, EVENTS, fields.get("reason"))
    freeze(work, month, made.id)
    return made
