"""What people do with the statistics: close a month, record a sweep (domain rules B1.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zzdesk.clock import RecordId
from zzdesk.documents.figures import Month
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.mediation.models_statistics import MonthClose, Prevention
from zzdesk.mediation.statistics import BASES, tally, verdicts
from zzdesk.mediation.statistics_close import MOST_CASES, close_id, digest_of, write
from zzdesk.mediation.statistics_queries import facts_of, last_closed, sweeps_of, to_declare
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
    make_close(work, month, basis, in_spite=in_spite)
    return work.commit()


def make_close(work: UnitOfWork, month: Month, basis: str, *, in_spite: str | None = None) -> MonthClose:
    """Close a month inside a transaction that goes on; see ``close_month``."""
    work.require("mediation.close_month")
    if basis not in BASES:
        raise InvalidError.one("basis", N_("只能是：{choices}"), choices="、".join(BASES))
    if work.today < month.plus(1).first:
        raise RefusedError(N_("这个月还没有过完，不能月结"))
    station = work.actor.station
    wanted = close_id(station, basis, str(month))
    if work.session.get(MonthClose, wanted) is not None:
        raise RefusedError(N_("{month}已经月结，数字不再更改；补报和更正在后面月份的报表里单列"), month=str(month))
    latest = last_closed(work.session, station, basis)
    if latest is not None and latest > str(month):
        raise RefusedError(
            N_("{latest}已经月结，不能再补结更早的{month}：月份要按先后月结，否则补报和更正会重复列出或漏列"),
            latest=latest, month=str(month),
        )  # fmt: skip
    facts, sweeps = facts_of(work.session, station, basis, month), sweeps_of(work.session, station, month)
    if len(facts) > MOST_CASES:
        raise RefusedError(
            N_("一个站一个月最多月结{most}件，现有{count}件：请到下级站点分别月结"), most=MOST_CASES, count=len(facts)
        )
    broken = [each.name for each in verdicts(facts, tally(facts, sweeps)) if not each.holds]
    if broken and not (in_spite or "").strip():
        raise RefusedError(N_("有{count}项核对不相符，先打开案件更正；确要月结请写明理由"), count=len(broken))
    text = write(station, basis, month, facts, sweeps, to_declare(work, month, basis))
    with work.session.no_autoflush:
        made = work.create(MonthClose, {})
        made.id, made.station, made.basis, made.month, made.record = wanted, station, basis, str(month), text
    work.audit("mediation.close_month", "month_close", wanted, digest=digest_of(text), broken=broken, reason=in_spite)
    return made


def add_close(work: UnitOfWork, fields: Mapping[str, Any]) -> MonthClose:
    """Close a month from the command line: ``month``, ``basis``, and ``reason`` where a cross-check does not hold."""
    month = Month.read(str(fields.get("month") or ""))
    return make_close(work, month, str(fields.get("basis") or ""), in_spite=fields.get("reason"))


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
