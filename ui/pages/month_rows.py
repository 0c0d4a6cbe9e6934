"""The rows of a month's report: figures with their records, checks that hold or do not. What a subject adds is beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.widgets.tag import Tag, Tone

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Shown:
    """One row. ``ids`` are the records of ``kind`` behind it; a heading has none and no count."""

    id: str
    name: str
    count: str = ""
    of: str = ""
    rate: str = ""
    tag: Tag | None = None
    kind: str = "case"
    ids: tuple[str, ...] = ()
    remark: str = ""

    @property
    def is_heading(self) -> bool:
        """Say whether it only names what follows."""
        return not self.count


Named = Callable[[Any], tuple[str, str]]
"""Says what a figure or a check is called, and how it is counted."""


def number(value: Any) -> str:
    """Return a number as a table shows it: money with two decimals, others as they are."""
    return f"{value:,}" if not isinstance(value, Decimal) else f"{value:,.{max(0, -int(value.as_tuple().exponent))}f}"


def heading(key: str, name: str, tag: Tag | None = None) -> Shown:
    """Return a row that only names what follows."""
    return Shown(f"heading.{key}", f"■ {name}", tag=tag)


def figure_rows(report: Any, said: Any, named: Named) -> Iterator[Shown]:
    """Yield a row for every figure of a statement."""
    members = report.members
    for figure in said.figures:
        label, remark = named(figure)
        rate = "" if figure.of is None else f"{figure.rate}%" if figure.rate is not None else "—"
        yield Shown(
            figure.name, "　" * figure.level + label, number(figure.count), "" if figure.of is None else number(figure.of),
            rate, None, report.kind_of(figure.name), tuple(members.get(figure.name, ())), remark,
        )  # fmt: skip


def check_rows(report: Any, said: Any, named: Named, kind_of: Callable[[str], str]) -> Iterator[Shown]:
    """Yield a heading and a row for every check; what does not hold opens the records that keep it from holding."""
    yield heading("checks", translate("MonthRows", "核对"))
    good, bad = Tag(translate("MonthRows", "✓ 相符"), Tone.SUCCESS), Tag(translate("MonthRows", "▲ 不相符"), Tone.DANGER)
    for check, verdict in zip(said.checks, report.verdicts, strict=True):
        remark = "" if verdict.holds else translate("MonthRows", "右边是不相符的记录，打开更正")
        yield Shown(f"check.{check.name}", f"　{named(check)[0]}", number(check.left), number(check.right), "",
                    good if verdict.holds else bad, kind_of(check.name), verdict.offenders, remark)  # fmt: skip


def in_order(report: Any, figures: list[Shown], checks: list[Shown], *more: list[Shown]) -> list[Shown]:
    """Return all rows: checks first where one of them does not hold, else after the figures and what is declared."""
    first, *rest = more
    holds = all(verdict.holds for verdict in report.verdicts)
    parts = [figures, first, checks, *rest] if holds else [checks, figures, first, *rest]
    return [row for part in parts for row in part]
