"""What the monthly report reads: the cases of a month along an index, closed months, sweeps (domain rules B1.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId, from_iso, to_iso
from zzdesk.documents.figures import Month
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.mediation.categories import SETS
from zzdesk.mediation.models import Case
from zzdesk.mediation.models_committee import Committee, CommitteeMember
from zzdesk.mediation.models_statistics import MonthClose, Prevention
from zzdesk.mediation.statistics import (
    ACCEPTANCE,
    BASES,
    PREVENTED,
    Fact,
    Sweep,
    Tally,
    is_success,
    mapped,
    tally,
    verdicts,
)
from zzdesk.mediation.statistics_close import (
    Adjustment,
    Closed,
    adjustments,
    close_id,
    digest_of,
    known,
    read,
)
from zzdesk.mediation.statistics_report import Base, Closing, MonthReport, Staff
from zzdesk.store.unit import Page, Reader, UnitOfWork

LOOK_BACK: Final = 12
"""Months between a month and the same one of the year before."""


def month_report(reader: Reader, month: Month, basis: str = ACCEPTANCE) -> MonthReport:
    """Return one month by one basis; a closed month with its frozen figures and what has happened to it since.

    Raises:
        InvalidError: there is no such basis.
    """
    reader.require("record.read")
    _refuse_unknown(basis)
    station = reader.actor.station
    now = facts_of(reader.session, station, basis, month)
    rounds = sweeps_of(reader.session, station, month)
    kept = _closed_row(reader.session, station, basis, month)
    closed = read(kept.record) if kept is not None else None
    facts = closed.facts if closed is not None else now
    sweeps = closed.sweeps if closed is not None else rounds
    tallies = _frozen(closed) if closed is not None else tally(facts, sweeps)
    since: tuple[Adjustment, ...] = ()
    if closed is not None:
        later = closed_months(reader.session, station, basis, after=closed.month)
        since = adjustments(known(closed, later), (*now, *rounds))
    declared = closed.declared if closed is not None else to_declare(reader, month, basis)
    return MonthReport(
        station, basis, month, tallies, verdicts(facts, tallies), tuple(mapped(facts, code) for code in SETS),
        {"year": _base(reader, month.plus(-LOOK_BACK), basis), "before": _base(reader, month.plus(-1), basis)},
        staff(reader, month), _closing(kept, whole=closed is not None), since, declared,
    )  # fmt: skip


def staff(reader: Reader, month: Month) -> Staff:
    """Return the committees by kind and who mediates in them, as the rolls say today."""
    reader.require("record.read")
    station = reader.actor.station
    committees = reader.session.execute(
        select(Committee.id, Committee.committee_kind)
        .where(Committee.scope >= station, Committee.scope < f"{station}~", Committee.voided.is_not(True))
        .order_by(Committee.scope, Committee.id)
    ).all()
    kinds: dict[str, tuple[str, ...]] = {}
    for each, kind in committees:
        kinds[kind] = (*kinds.get(kind, ()), each)
    members = reader.session.execute(
        select(CommitteeMember.id, CommitteeMember.is_full_time)
        .where(CommitteeMember.committee_id.in_([each for each, _ in committees]), CommitteeMember.voided.is_not(True))
        .where((CommitteeMember.left_on.is_(None)) | (CommitteeMember.left_on >= month.first))
        .order_by(CommitteeMember.id)
    ).all()
    return Staff(kinds, tuple(m for m, _ in members), tuple(m for m, full in members if full))


def _refuse_unknown(basis: str) -> None:
    if basis not in BASES:
        raise InvalidError.one("basis", N_("只能是：{choices}"), choices="、".join(BASES))


def _frozen(closed: Closed) -> dict[str, Tally]:
    """Return the frozen figures with the cases that were frozen with them; a name that was not counted then counts nothing."""
    counted = tally(closed.facts, closed.sweeps)
    return {name: Tally(name, closed.figures.get(name, 0), one.records) for name, one in counted.items()}


def facts_of(session: Session, station: str, basis: str, month: Month) -> list[Fact]:
    """Return what the figures need of the cases of a month, those of offices below a station too."""
    rows = session.execute(month_cases(station, basis, month))
    return [_fact(row) for row in rows]


def month_cases(station: str, basis: str, month: Month) -> Select[Any]:
    """Return the query for the cases of a month: along the index of its day, no case of another month is looked at."""
    day = Case.accepted_on if basis == ACCEPTANCE else Case.closed_on
    columns: tuple[Any, ...] = (
        Case.id, Case.category, Case.source, Case.state, Case.outcome, Case.amount, Case.agreed_amount,
        Case.prevented, Case.prevented_people,
    )  # fmt: skip
    return (
        select(*columns)
        .where(day >= month.first, day < month.plus(1).first, Case.voided.is_not(True))
        .where(Case.scope.startswith(station, autoescape=True))
        .order_by(day, Case.id)
    )  # fmt: skip


def _fact(row: Any) -> Fact:
    """Return what is counted of a case. Its amount is what was agreed (协议涉及金额), none where the agreement names none.

    Only where no agreement in effect is known (an imported case, or one agreed before stubs said it) is it the stub's own.
    """
    amount = row.amount if row.agreed_amount is None else row.agreed_amount or None
    prevented = row.prevented if row.prevented in PREVENTED.values() else ""
    return Fact(
        row.id, row.category, row.source, row.outcome or "", is_success(row.state, row.outcome), amount, prevented,
        max(1, row.prevented_people or 1) if prevented else 0,
    )  # fmt: skip


def sweeps_of(session: Session, station: str, month: Month) -> list[Sweep]:
    """Return the sweeps of a month."""
    query = select(Prevention).where(
        Prevention.happened_on >= month.first, Prevention.happened_on < month.plus(1).first, Prevention.voided.is_not(True),
        Prevention.scope.startswith(station, autoescape=True),
    )  # fmt: skip
    return [Sweep(each.id, each.checks, each.found, each.prevented) for each in session.scalars(query)]


def _closed_row(session: Session, station: str, basis: str, month: Month) -> MonthClose | None:
    return session.get(MonthClose, close_id(station, basis, str(month)))


def _closing(kept: MonthClose | None, *, whole: bool) -> Closing | None:
    return None if kept is None else Closing(kept.id, kept.created_at, kept.created_by, digest_of(kept.record), whole)


def closed_months(
    session: Session, station: str, basis: str, *, after: str = "", before: Month | None = None
) -> list[Closed]:
    """Return the closed months behind one (``2026-03``) and before another one, oldest first; without them, all."""
    query = select(MonthClose.record).where(
        MonthClose.basis == basis, MonthClose.month > after, MonthClose.station == station
    )
    if before is not None:
        query = query.where(MonthClose.month < str(before))
    said = [read(text) for text in session.scalars(query.order_by(MonthClose.month, MonthClose.id))]
    return [each for each in said if each is not None]


def last_closed(session: Session, station: str, basis: str) -> str | None:
    """Return the latest closed month, as ``2026-03``."""
    mine = MonthClose.basis == basis, MonthClose.station == station
    return session.scalar(select(func.max(MonthClose.month)).where(*mine))


def to_declare(who: Reader | UnitOfWork, month: Month, basis: str) -> tuple[Adjustment, ...]:
    """Return what a month that is not closed yet declares about the closed ones before it (补报、更正).

    However long ago they were closed: what nobody declares would be in no month's figures.
    """
    station = who.actor.station
    found: list[Adjustment] = []
    before = closed_months(who.session, station, basis, before=month)
    for closed in before:
        then = Month.read(closed.month)
        now: list[Fact | Sweep] = [*facts_of(who.session, station, basis, then)]
        now += sweeps_of(who.session, station, then)
        found += adjustments(known(closed, before), now)
    return tuple(found)


def _base(reader: Reader, month: Month, basis: str) -> Base:
    station = reader.actor.station
    kept = _closed_row(reader.session, station, basis, month)
    closed = read(kept.record) if kept is not None else None
    if closed is not None:
        return Base(str(month), closed.figures, closed=True)
    counted = tally(facts_of(reader.session, station, basis, month))
    return Base(str(month), {name: one.value for name, one in counted.items()}, closed=False)


@dataclass(frozen=True)
class SweepRow:
    """One sweep as a list shows it."""

    id: RecordId
    happened_on: date
    checks: int
    found: int
    prevented: int
    created_at: datetime
    voided: bool


def list_sweeps(reader: Reader, after: str | None = None, limit: int = 50) -> Page[SweepRow]:
    """Return one page of sweeps, newest first; ``after`` is the key that the page before ended with."""
    reader.require("record.read")
    query = select(Prevention).where(Prevention.voided.is_not(True))
    if after is not None:
        moment, _, last = after.partition("/")
        query = query.where(tuple_(Prevention.created_at, Prevention.id) < (from_iso(moment), last))
    found = reader.session.scalars(query.order_by(Prevention.created_at.desc(), Prevention.id.desc()).limit(limit + 1)).all()
    rows = tuple(_sweep_row(each) for each in found[:limit])
    return Page(rows, f"{to_iso(rows[-1].created_at)}/{rows[-1].id}" if len(found) > limit else None)


def sweeps_by_ids(reader: Reader, ids: Sequence[RecordId]) -> tuple[SweepRow, ...]:
    """Return sweeps in the order of ``ids``."""
    reader.require("record.read")
    found = {each.id: _sweep_row(each) for each in reader.session.scalars(select(Prevention).where(Prevention.id.in_(ids)))}
    return tuple(found[each] for each in ids if each in found)


def _sweep_row(each: Prevention) -> SweepRow:
    return SweepRow(
        each.id, each.happened_on, each.checks, each.found, each.prevented, each.created_at, bool(each.voided)
    )
