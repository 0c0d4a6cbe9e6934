"""What windows and the command line ask about the subsidy: sheets by month, their cases, the table of amounts (B1.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId
from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_
from zzdesk.mediation import subsidy
from zzdesk.mediation.models import Case
from zzdesk.mediation.models_subsidy import SubsidyItem, SubsidyRule, SubsidySheet
from zzdesk.mediation.subsidy import RuleRow
from zzdesk.store.paging import newest_first
from zzdesk.store.unit import Page, Reader

MOST_RULES: Final = 500


@dataclass(frozen=True)
class SheetRow:
    """One sheet: whose, of which month, how many cases, how much."""

    id: RecordId
    month: str
    mediator_id: RecordId
    state: str
    cases: int
    total: Decimal
    drawn_by: RecordId | None
    approved_by: RecordId | None
    approved_at: datetime | None
    created_at: datetime
    voided: bool
    mine: bool
    """Whether the actor drew it up, filled it in, or receives it, and so cannot approve it."""


@dataclass(frozen=True)
class ItemRow:
    """One payment of a sheet, with what the list says about its case: no name of any party."""

    id: RecordId
    case_id: RecordId
    number: str
    category: str
    closed_on: date | None
    level: str
    form: str
    amount: Decimal


def rules_of(session: Session) -> list[RuleRow]:
    """Return every rule that is not void; a station has a few dozen over the years."""
    query = select(SubsidyRule).where(SubsidyRule.voided.is_not(True)).order_by(SubsidyRule.created_at.desc())
    found = session.scalars(query.limit(MOST_RULES))
    return [RuleRow(each.id, each.level, each.form, each.from_day, each.amount) for each in found]


def list_rules(read: Reader) -> tuple[RuleRow, ...]:
    """Return the table of amounts, the newest days first."""
    read.require("subsidy.read")
    order = {level: at for at, level in enumerate(subsidy.LEVELS)}
    found = sorted(rules_of(read.session), key=lambda rule: (order[rule.level], rule.form != "written"))
    return tuple(sorted(found, key=lambda rule: rule.from_day, reverse=True))


def list_sheets(
    read: Reader, states: tuple[str, ...] = (), void: bool = False, after: str | None = None, limit: int = 50
) -> Page[SheetRow]:
    """Return one page of sheets, newest first; ``after`` is the key that the page before ended with."""
    read.require("subsidy.read")
    page = newest_first(
        read.session, SubsidySheet, select(SubsidySheet), states=states, void=void, after=after, limit=limit
    )
    return Page(tuple(_row(read, each) for each in page.rows), page.after)


def sheet(read: Reader, sheet_id: RecordId) -> tuple[SheetRow, tuple[ItemRow, ...]]:
    """Return one sheet with its cases, by their numbers.

    Raises:
        NotFoundError: it is not on this desk.
    """
    read.require("subsidy.read")
    found = read.session.get(SubsidySheet, sheet_id)
    if found is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=sheet_id)
    query = select(SubsidyItem, Case).join(Case, Case.id == SubsidyItem.case_id, isouter=True)
    query = query.where(SubsidyItem.subsidy_sheet_id == sheet_id, SubsidyItem.voided.is_not(True))
    rows = [_item(item, case) for item, case in read.session.execute(query)]
    return _row(read, found), tuple(sorted(rows, key=lambda row: (row.closed_on or date.min, row.number, row.id)))


def _item(item: SubsidyItem, case: Case | None) -> ItemRow:
    number = (case.number or case.alias or "") if case is not None else ""
    category, closed = (case.category, case.closed_on) if case is not None else ("", None)
    return ItemRow(item.id, item.case_id, number, category, closed, item.level, item.form, item.amount)


def _row(read: Reader, found: SubsidySheet) -> SheetRow:
    mine: Any = SubsidyItem.created_by == read.actor.account_id
    counted = select(func.count(), func.sum(SubsidyItem.amount), func.max(mine)).where(
        SubsidyItem.subsidy_sheet_id == found.id, SubsidyItem.voided.is_not(True)
    )
    cases, total, filled = read.session.execute(counted).one()
    own = read.actor.account_id in (found.mediator_id, found.drawn_by, found.created_by) or bool(filled)
    shown = found.total if found.state == subsidy.APPROVED and found.total is not None else total or Decimal("0.00")
    return SheetRow(
        found.id, found.month, found.mediator_id, found.state, cases, shown, found.drawn_by, found.approved_by,
        found.approved_at, found.created_at, bool(found.voided), own,
    )  # fmt: skip
