"""What the monthly report reads: the cases of a month along an index, closed months, sweeps (domain rules B1.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId
from zzdesk.documents.figures import Month
from zzdesk.documents.month_books import Book, base, kept, since, to_declare
from zzdesk.documents.months import Verdict
from zzdesk.i18n import N_
from zzdesk.mediation.categories import SETS
from zzdesk.mediation.models import Case
from zzdesk.mediation.models_committee import Committee, CommitteeMember
from zzdesk.mediation.models_statistics import MonthClose, Prevention
from zzdesk.mediation.statistics import ACCEPTANCE, PREVENTED, Fact, Sweep, is_success, mapped, verdicts
from zzdesk.mediation.statistics_close import MOST_CASES, SHAPE, cases, close_id
from zzdesk.mediation.statistics_report import MonthReport, Staff
from zzdesk.store.unit import Reader

COMPARED_WITH: Final = (("year", 12), ("before", 1))
"""How many months back are the months that one is compared with (同比, 环比)."""


def month_report(reader: Reader, month: Month, basis: str = ACCEPTANCE) -> MonthReport:
    """Return one month by one basis; a closed month with its frozen figures and what has happened to it since.

    Raises:
        InvalidError: there is no such basis.
    """
    reader.require("record.read")
    CLOSED_MONTHS.refuse_unknown(basis)
    station = reader.actor.station
    now = counted_of(reader.session, station, basis, month)
    closing, closed = kept(reader.session, CLOSED_MONTHS, station, basis, month)
    facts = cases(closed.facts if closed is not None else now)
    tallies = SHAPE.frozen(closed) if closed is not None else SHAPE.tally(now)
    after = since(reader.session, CLOSED_MONTHS, closed, now) if closed is not None else ()
    declared = closed.declared if closed is not None else to_declare(reader, CLOSED_MONTHS, month, basis)
    return MonthReport(
        station, basis, month, tallies, verdicts(facts, tallies), tuple(mapped(facts, code) for code in SETS),
        {name: base(reader, CLOSED_MONTHS, month.plus(-back), basis) for name, back in COMPARED_WITH}, staff(reader, month),
        closing, after, declared,
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


def counted_of(session: Session, station: str, basis: str, month: Month) -> tuple[Fact | Sweep, ...]:
    """Return everything that a month counts: cases by its basis, and its sweeps."""
    return (*sorted(facts_of(session, station, basis, month)), *sorted(sweeps_of(session, station, month)))


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


def _verdicts(facts: Sequence[Fact | Sweep]) -> tuple[Verdict, ...]:
    return verdicts(cases(facts), SHAPE.tally(facts))


CLOSED_MONTHS: Final[Book[Fact | Sweep]] = Book(
    MonthClose, "mediation.close_month", SHAPE, close_id, counted_of, _verdicts, MOST_CASES,
    N_("一个站一个月最多月结{most}件，现有{count}件：请到下级站点分别月结"),
)
"""Where the closed months are, and how one is counted."""


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


def sweeps_by_ids(reader: Reader, ids: Sequence[RecordId]) -> tuple[SweepRow, ...]:
    """Return sweeps in the order of ``ids``."""
    reader.require("record.read")
    found = {each.id: _sweep_row(each) for each in reader.session.scalars(select(Prevention).where(Prevention.id.in_(ids)))}
    return tuple(found[each] for each in ids if each in found)


def _sweep_row(each: Prevention) -> SweepRow:
    return SweepRow(
        each.id, each.happened_on, each.checks, each.found, each.prevented, each.created_at, bool(each.voided)
    )
