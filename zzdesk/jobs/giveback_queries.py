"""What the windows ask about the ledger of what enterprises give back: lines by key, and sums that open their lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, tuple_

from zzdesk.clock import OFFICE_TIME, RecordId
from zzdesk.jobs.filters import ALL, ContactFilter
from zzdesk.jobs.models_giveback import GivebackEntry
from zzdesk.people.masks import mask
from zzdesk.store.unit import Page, Reader


@dataclass(frozen=True)
class GivebackRow:
    """One line, masked. ``amount`` in yuan or ``quantity`` with ``unit``, below nought where it takes another line back;
    ``reversed``: it has been taken back itself.
    """

    id: RecordId
    employer_id: RecordId
    employer: str
    given_on: date
    giveback_kind: str
    what: str
    amount: Decimal | None
    quantity: Decimal | None
    unit: str
    receipt_number: str
    reverses: RecordId | None
    corrects: RecordId | None
    reversed: bool
    created_at: datetime
    voided: bool = False


@dataclass(frozen=True)
class GivebackSum:
    """What one enterprise gave of one sort in a period, what was taken back subtracted: yuan of money, a quantity of one unit
    of anything else. ``lines`` is how many lines stand behind it, those that take back among them.

    ``later``, ``later_quantity`` and ``later_lines`` are what of these was written as a correction after the period was over:
    by so much the sum differs from what was said at its end.
    """

    employer_id: RecordId
    employer: str
    giveback_kind: str
    unit: str
    amount: Decimal
    quantity: Decimal
    lines: int
    later: Decimal = Decimal(0)
    later_quantity: Decimal = Decimal(0)
    later_lines: int = 0


def list_giveback(
    read: Reader, wanted: ContactFilter = ALL, after: str | None = None, limit: int = 50
) -> Page[GivebackRow]:
    """Return one page of the ledger, the latest day first: all of it, or of one enterprise, some sorts, a period."""
    read.require("record.read")
    query = select(GivebackEntry).where(*_conditions(wanted))
    if after is not None:
        day, _, last = after.partition("/")
        query = query.where(tuple_(GivebackEntry.given_on, GivebackEntry.id) < (date.fromisoformat(day), last))
    query = query.order_by(GivebackEntry.given_on.desc(), GivebackEntry.id.desc()).limit(limit + 1)
    found = read.session.scalars(query).all()
    rows = found[:limit]
    return Page(_rows(read, rows), f"{rows[-1].given_on}/{rows[-1].id}" if len(found) > limit else None)


def _conditions(wanted: ContactFilter) -> list[ColumnElement[bool]]:
    entry = GivebackEntry
    found: list[ColumnElement[bool]] = [entry.voided.is_(True) if wanted.void else entry.voided.is_not(True)]
    found += [entry.employer_id == wanted.employer_id] if wanted.employer_id else []
    found += [entry.given_on >= wanted.since] if wanted.since else []
    found += [entry.given_on <= wanted.until] if wanted.until else []
    found += [func.coalesce(entry.unit, "") == wanted.unit] if wanted.unit is not None else []
    return [*found, entry.giveback_kind.in_(wanted.sorts)] if wanted.sorts else found


def giveback_by_ids(read: Reader, ids: Sequence[RecordId]) -> dict[RecordId, GivebackRow]:
    """Return lines by their ids (a search's result)."""
    read.require("record.read")
    found = read.session.scalars(select(GivebackEntry).where(GivebackEntry.id.in_(ids))).all()
    return {row.id: row for row in _rows(read, found)}


def _rows(read: Reader, found: Sequence[GivebackEntry]) -> tuple[GivebackRow, ...]:
    query = select(GivebackEntry.reverses).where(GivebackEntry.reverses.in_([each.id for each in found]))
    gone = set(read.session.scalars(query))
    return tuple(
        GivebackRow(
            each.id, each.employer_id, mask("holder", each.employer_name), each.given_on, each.giveback_kind,
            mask("text", each.what), each.amount, each.quantity, each.unit or "", each.receipt_number or "", each.reverses,
            each.corrects, each.id in gone, each.created_at,
        )
        for each in found
    )  # fmt: skip


def is_reversed(read: Reader, entry_id: RecordId) -> bool:
    """Say whether a line has been taken back."""
    read.require("record.read")
    return read.session.scalar(select(GivebackEntry.id).where(GivebackEntry.reverses == entry_id).limit(1)) is not None


def giveback_sums(read: Reader, since: date, until: date, employer_id: RecordId | None = None) -> tuple[GivebackSum, ...]:
    """Return the sums of a period, both days in it, by enterprise, sort and unit; the database adds whole fen.

    Raises:
        RefusedError: no right to read records.
    """
    read.require("record.read")
    entry = GivebackEntry
    wanted = ContactFilter(employer_id=employer_id, since=since, until=until)
    corrects = or_(entry.reverses.is_not(None), entry.corrects.is_not(None))
    later = and_(corrects, entry.created_at >= datetime.combine(until + timedelta(days=1), time.min, OFFICE_TIME))
    query = select(
        entry.employer_id, func.max(entry.employer_name), entry.giveback_kind, func.coalesce(entry.unit, ""),
        func.coalesce(func.sum(entry.amount), 0), func.coalesce(func.sum(entry.quantity), 0), func.count(),
        *(func.coalesce(func.sum(case((later, each))), 0) for each in (entry.amount, entry.quantity)),
        func.count(case((later, 1))),
    ).where(*_conditions(wanted))  # fmt: skip
    query = query.group_by(entry.employer_id, entry.giveback_kind, func.coalesce(entry.unit, ""))
    rows = [
        GivebackSum(row[0], mask("holder", row[1]), row[2], row[3], _exact(row[4]), _exact(row[5]), int(row[6]),
                    _exact(row[7]), _exact(row[8]), int(row[9]))
        for row in read.session.execute(query)
    ]
    return tuple(sorted(rows, key=lambda each: (each.employer, each.employer_id, each.giveback_kind, each.unit)))


def totals(sums: Iterable[GivebackSum]) -> tuple[GivebackSum, ...]:
    """Return what all enterprises gave together, by sort and unit; their ``employer_id`` and ``employer`` are empty."""
    found: dict[tuple[str, str], GivebackSum] = {}
    for each in sums:
        key = each.giveback_kind, each.unit
        so_far = found.get(key, GivebackSum("", "", *key, Decimal(0), Decimal(0), 0))
        found[key] = replace(
            so_far, amount=so_far.amount + each.amount, quantity=so_far.quantity + each.quantity, lines=so_far.lines + each.lines,
            later=so_far.later + each.later, later_quantity=so_far.later_quantity + each.later_quantity,
            later_lines=so_far.later_lines + each.later_lines,
        )  # fmt: skip
    return tuple(found[key] for key in sorted(found))


def _exact(value: Any) -> Decimal:
    """Return an amount; a nought that stands for no amount at all comes without its type."""
    return value if isinstance(value, Decimal) else Decimal(value or 0)
