"""What people do with the statistics: close a month, record a sweep (domain rules B1.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zzdesk.clock import RecordId
from zzdesk.documents.figures import Month
from zzdesk.documents.month_books import make_close
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.mediation.models_statistics import MonthClose, Prevention
from zzdesk.mediation.statistics_queries import CLOSED_MONTHS
from zzdesk.store.unit import ChangeSet, UnitOfWork


def close_month(work: UnitOfWork, month: Month, basis: str, *, in_spite: str | None = None) -> ChangeSet:
    """Close a month (月结): its figures, the cases behind them and a hash, once and for all.

    Args:
        work: the transaction.
        month: a month that is over.
        basis: by acceptance or by closing: the two are closed apart.
        in_spite: why it is closed although a cross-check does not hold; the reason goes into the audit.

    Raises:
        RefusedError: no right, the month is not over, it or a later one is closed already, or a cross-check fails and no
            reason is given.
        InvalidError: there is no such basis.
    """
    make_close(work, CLOSED_MONTHS, month, basis, in_spite)
    return work.commit()


def add_close(work: UnitOfWork, fields: Mapping[str, Any]) -> MonthClose:
    """Close a month from the command line: ``month``, ``basis``, and ``reason`` where a cross-check does not hold."""
    month = Month.read(str(fields.get("month") or ""))
    made: MonthClose = make_close(work, CLOSED_MONTHS, month, str(fields.get("basis") or ""), fields.get("reason"))
    return made


def record_sweep(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Record a round of looking for disputes (排查).

    Raises:
        InvalidError: every field that cannot be taken; more was found prevented than there were disputes.
    """
    add_sweep(work, fields)
    return work.commit()


def add_sweep(work: UnitOfWork, fields: Mapping[str, Any]) -> Prevention:
    """Record a sweep inside a transaction that goes on."""
    work.require("prevention.record")
    return _plausible(work.create(Prevention, fields))


def edit_sweep(work: UnitOfWork, record_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct a sweep; a month that is closed keeps its figures."""
    work.require("prevention.record")
    sweep = work.get(Prevention, record_id)
    work.change(sweep, changes)
    _plausible(sweep)
    return work.commit()


def _plausible(sweep: Prevention) -> Prevention:
    if sweep.prevented > sweep.found:
        raise InvalidError.one("prevented", N_("预防的不能多于发现的"))
    return sweep


def void_sweep(work: UnitOfWork, record_id: RecordId, reason: str) -> ChangeSet:
    """Declare a sweep void that was entered by mistake."""
    work.require("prevention.record")
    work.void(work.get(Prevention, record_id), reason)
    return work.commit()


def unvoid_sweep(work: UnitOfWork, record_id: RecordId, reason: str) -> ChangeSet:
    """Take a sweep back that was declared void."""
    work.require("prevention.record")
    work.unvoid(work.get(Prevention, record_id), reason)
    return work.commit()
