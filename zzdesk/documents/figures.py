"""Figures of a month: counted, set against each other, and each opening the records that it counts (domain rules B1.6, D12).

Rates are half-up at one decimal, on decimals, with the raw counts beside them. A sum is never forced: where the parts do
not come to the whole, the difference is shown. What is counted says so by itself (``Figure.opens``), so that nobody has to
believe a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Final, Self

from zzdesk.clock import OFFICE_TIME, local_day
from zzdesk.documents.workbook import Column, table
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_, translate

FIRST_YEAR, LAST_YEAR = 2000, 2199
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_TENTH: Final = Decimal("0.1")
COLUMNS: Final = (
    (N_("项目"), 34), (N_("数量"), 10), (N_("基数"), 10), (N_("比率（%）"), 10), (N_("涉及记录"), 10), (N_("说明"), 60),
)  # fmt: skip
"""Heads and widths of a statement as a table."""


@dataclass(frozen=True, order=True)
class Month:
    """One month of the offices' calendar."""

    year: int
    month: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the month written as ``2026-03``.

        Raises:
            InvalidError: it is not written so.
        """
        found = _MONTH.fullmatch(text.strip())
        year, month = (int(found[1]), int(found[2])) if found else (0, 0)
        if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
            raise InvalidError.one("month", N_("月份要写成 2026-03 这样"))
        return cls(year, month)

    @classmethod
    def of(cls, moment: datetime) -> Self:
        """Return the month in which a moment lies, by the offices' time."""
        day = local_day(moment)
        return cls(day.year, day.month)

    def plus(self, months: int) -> Self:
        """Return the month so many months later, or earlier."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return type(self)(year, month + 1)

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        return self.plus(1).first - timedelta(days=1)

    @property
    def begins(self) -> datetime:
        """Return its first moment."""
        return datetime.combine(self.first, time.min, OFFICE_TIME)

    @property
    def ends(self) -> datetime:
        """Return the first moment after it."""
        return self.plus(1).begins

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def percent(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """Return what share ``part`` is of ``whole``, in percent, half-up at one decimal; None of nothing."""
    return None if not whole else (Decimal(part) * 100 / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)


def growth(now: int | Decimal, base: int | Decimal) -> Decimal | None:
    """Return by how many percent of the base period something has grown (同比, 环比); None where the base is nothing.

    Below zero it rounds away from zero as above it: 12.25 % less is 12.3 % less.
    """
    return percent(Decimal(now) - Decimal(base), base)


@dataclass(frozen=True)
class Figure:
    """One counted thing.

    ``name`` is for programs, ``label`` a message id for people (with ``params``). ``of`` is the whole that it is a part
    of: then it has a rate. ``records`` says how many records stand behind it where that is another number (one report was
    answered about twice). ``opens`` is the filter of the list that shows exactly these records, as JSON; empty: no list.
    ``remark`` says how it is counted. ``level`` indents it beneath what it is a part of.
    """

    name: str
    label: str
    count: int | Decimal
    of: int | Decimal | None = None
    opens: str = ""
    records: int | None = None
    remark: str = ""
    level: int = 0
    params: tuple[tuple[str, str], ...] = ()

    @property
    def rate(self) -> Decimal | None:
        """Return its share of the whole in percent; None where there is no whole, or it is nothing."""
        return None if self.of is None else percent(self.count, self.of)

    def text(self, language: str | None = None) -> str:
        """Return what it is called."""
        return translate(self.label, language, **dict(self.params))


@dataclass(frozen=True)
class Check:
    """Two numbers that should be the same, or of which the first should not exceed the second; what they differ by shows."""

    name: str
    label: str
    left: int | Decimal
    right: int | Decimal
    most: bool = False
    """Whether ``left`` may be less."""

    @property
    def difference(self) -> int | Decimal:
        """Return by how much the left is more than the right."""
        return self.left - self.right

    @property
    def holds(self) -> bool:
        """Say whether it is as it should be."""
        return self.difference <= 0 if self.most else self.difference == 0

    def text(self, language: str | None = None) -> str:
        """Return what is compared."""
        return translate(self.label, language)


@dataclass(frozen=True)
class Statement:
    """All figures of one subject and month, in their order, and what was checked about them."""

    subject: str
    title: str
    month: Month
    figures: tuple[Figure, ...]
    checks: tuple[Check, ...] = ()

    def __getitem__(self, name: str) -> Figure:
        """Return the figure of a name."""
        return next(figure for figure in self.figures if figure.name == name)


def plain(said: Statement) -> dict[str, Any]:
    """Return a statement as a program reads it; rates and amounts are text, so that they stay decimals."""
    return {
        "subject": said.subject, "month": str(said.month), "figures": [_plain(figure) for figure in said.figures],
        "checks": [
            {"name": c.name, "left": _number(c.left), "right": _number(c.right), "difference": _number(c.difference),
             "holds": c.holds}
            for c in said.checks
        ],
    }  # fmt: skip


def _plain(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name, "label": figure.text(), "count": _number(figure.count),
        "of": None if figure.of is None else _number(figure.of), "rate": None if figure.rate is None else str(figure.rate),
        "records": figure.records, "opens": figure.opens or None,
    }  # fmt: skip


def _number(value: int | Decimal) -> int | str:
    return str(value) if isinstance(value, Decimal) else value


def lines(said: Statement) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a statement in words, as a terminal and a paper show them; a figure that has no rate says a dash."""
    for figure in said.figures:
        rate = "" if figure.of is None else f"{figure.rate}%" if figure.rate is not None else "—"
        behind = translate(N_("（涉及 {n} 条记录）"), n=figure.records) if figure.records not in (None, figure.count) else ""
        yield (
            "　" * figure.level + figure.text(), f"{figure.count}{behind}",
            "" if figure.of is None else f"{figure.count}/{figure.of}", rate,
        )  # fmt: skip
    for check in said.checks:
        yield (check.text(), f"{check.left} / {check.right}", "", told(check))


def told(check: Check, language: str | None = None) -> str:
    """Say whether a check holds, and by how much it does not."""
    return translate(N_("相符"), language) if check.holds else translate(N_("相差 {n}"), language, n=f"{check.difference:+}")


def write_workbook(target: Path, said: Statement, notes: Iterable[tuple[str, str]] = ()) -> int:
    """Write a statement for Excel with true numbers; return how many figures.

    Args:
        target: the file (.xlsx).
        said: what is written.
        notes: lines (what, value) of the second sheet, after the month.

    Raises:
        DiskFullError: there is no room; an older file of that name stays as it was.
        RefusedError: the place cannot be written to.
    """
    kinds: Sequence[Any] = ("text", "number", "number", "rate", "number", "text")
    columns = [Column(translate(head), kind, width) for (head, width), kind in zip(COLUMNS, kinds, strict=True)]
    about = ((translate(N_("月份")), str(said.month)), *notes)
    with table(target, translate(said.title)[:31], columns, (translate(N_("说明")), about)) as sheet:
        for figure in said.figures:
            remark = translate(figure.remark) if figure.remark else ""
            sheet.add(["　" * figure.level + figure.text(), figure.count, figure.of, figure.rate, figure.records, remark])
        for check in said.checks:
            sheet.add([check.text(), check.left, check.right, None, None, told(check)])
        return len(said.figures)
