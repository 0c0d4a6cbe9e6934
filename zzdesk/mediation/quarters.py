"""The quarterly form of 综治: nineteen categories, out of the closed months of every area below (domain rules B1.5; D12).

The paper form refuses to be handed in while one area has not reported (“子辖区没有全部上报”), and so does this: an area has
reported when it has closed each month of the quarter, by acceptance. What is counted are the cases that were frozen there.
Of an area of which nothing came nobody here knows why: a person says which areas report on paper, and for what reason. Those
are not waited for, nothing of them is counted, and the form and the audit say which they are and why.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from zzdesk.documents.figures import Check, Figure, Month, Statement
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_, translate
from zzdesk.mediation.categories import SETS, ZONGZHI, category_set
from zzdesk.mediation.models_statistics import MonthClose
from zzdesk.mediation.statistics import ACCEPTANCE, Fact, Mapped, mapped
from zzdesk.mediation.statistics_close import cases, close_id, read
from zzdesk.ops.state import cursors
from zzdesk.places import queries as places
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

SUBJECT: Final = "mediation.zongzhi"
REPORTED: Final = "mediation.report_quarter"
TITLE: Final = N_("综治矛盾纠纷排查化解季报")
_SHAPE: Final = re.compile(r"(\d{4})-[Qq]([1-4])")
NAMED: Final = 5
"""How many areas a refusal names."""


@dataclass(frozen=True)
class Quarter:
    """One quarter of a year, written ``2026-Q1``."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Return the quarter written as ``2026-Q1``.

        Raises:
            InvalidError: it is not written so.
        """
        found = _SHAPE.fullmatch(text.strip())
        if found is None:
            raise InvalidError.one("quarter", N_("季度要写成 2026-Q1 这样"))
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, month: Month) -> Quarter:
        """Return the quarter in which a month lies."""
        return cls(month.year, (month.month + 2) // 3)

    @property
    def months(self) -> tuple[Month, ...]:
        """Return its three months."""
        return tuple(Month(self.year, self.number * 3 - 2).plus(at) for at in range(3))

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


@dataclass(frozen=True)
class Area:
    """One area below: the months of the quarter that it has not closed, or that are not whole here.

    ``here``: something of it reached this desk: the centre opened a scope of it, or a closed month came from it. Where not, its
    program may still run: the centre may not have opened it to this desk. ``paper``: a person says that it reports on paper.
    """

    code: str
    name: str
    missing: tuple[str, ...]
    here: bool = True
    paper: bool = False


@dataclass(frozen=True)
class QuarterReport:
    """A quarter of a station: its areas, and their frozen cases counted into the nineteen rows."""

    station: str
    quarter: Quarter
    areas: tuple[Area, ...]
    total: int
    mapped: Mapped
    reason: str = ""
    """Why some areas report on paper."""

    @property
    def waiting(self) -> tuple[Area, ...]:
        """Return the areas that have not reported, but for those on paper."""
        return tuple(area for area in self.areas if area.missing and not area.paper)

    @property
    def on_paper(self) -> tuple[Area, ...]:
        """Return the areas that report on paper, as a person says."""
        return tuple(area for area in self.areas if area.paper)


def quarter_report(read_: Reader, quarter: Quarter, paper: Collection[str] = (), reason: str = "") -> QuarterReport:
    """Return a quarter as the areas below have reported it; a station with nothing below is its own area.

    ``paper``: the codes of the areas that report on paper, ``reason`` why.
    """
    read_.require("record.read")
    return _report(read_, quarter, paper, reason)


def _report(who: Reader | UnitOfWork, quarter: Quarter, paper: Collection[str], reason: str) -> QuarterReport:
    station = who.actor.station
    areas, facts, opened = [], dict[str, Fact](), tuple(cursors(who.session))
    for place in places.children(station) or [places.get(station)]:
        closed = {str(month): _closed(who, place.code, month) for month in quarter.months}
        missing = tuple(month for month, found in closed.items() if found is None)
        here = place.code == station or any(scope.startswith(place.code) for scope in opened) or _ever_closed(who, place.code)
        areas.append(Area(place.code, place.name, missing, here, place.code in paper))
        if place.code not in paper:
            facts |= {fact.id: fact for found in closed.values() for fact in found or ()}
    return QuarterReport(station, quarter, tuple(areas), len(facts), mapped(facts.values(), ZONGZHI), reason.strip())


def _ever_closed(who: Reader | UnitOfWork, area: str) -> bool:
    """Say whether any closed month came from an area, or from below it."""
    below = MonthClose.scope >= area, MonthClose.scope < f"{area}~"
    return who.session.scalar(select(MonthClose.id).where(*below, MonthClose.voided.is_not(True)).limit(1)) is not None


def _closed(who: Reader | UnitOfWork, area: str, month: Month) -> tuple[Fact, ...] | None:
    """Return the cases that an area froze for a month; None where it has not, or the text here is not whole."""
    wanted = select(MonthClose.record).where(
        MonthClose.id == close_id(area, ACCEPTANCE, str(month)), MonthClose.voided.is_not(True)
    )
    text = who.session.scalar(wanted)
    found = read(text) if text is not None else None
    return None if found is None else cases(found.facts)


def report_quarter(work: UnitOfWork, quarter: Quarter, paper: Collection[str] = (), reason: str = "") -> ChangeSet:
    """Hand the quarter in (上报): who did so, what it came to, and which areas report on paper and why, stands in the audit.

    Raises:
        RefusedError: no right, or an area below has not reported; the first of them are named. Nothing came from any area.
        InvalidError: what is said to report on paper is no area, or has closed every month; or without a reason.
    """
    work.require("mediation.close_month")
    report = _report(work, quarter, paper, reason)
    _refuse_paper(report, paper)
    if not any(area.here and not area.paper for area in report.areas):
        raise RefusedError(N_("没有一个下级辖区的数据到过本机，季报没有可报的：请系统管理员把下级辖区对本机开放，再同步"))
    if report.waiting:
        names = "、".join(f"{area.name}（{_lack(area)}）" for area in report.waiting[:NAMED])
        raise RefusedError(
            N_("还有{count}个辖区没有全部月结，{quarter}的综治季报不能上报：{areas}"), count=len(report.waiting),
            quarter=str(quarter), areas=names,
        )  # fmt: skip
    facts: dict[str, Any] = {"total": report.total, "set": report.mapped.mark}
    if report.on_paper:
        facts |= {"paper": [area.code for area in report.on_paper], "reason": report.reason}
    work.audit(REPORTED, SUBJECT, None, quarter=str(quarter), **facts)
    return work.commit()


def _lack(area: Area) -> str:
    """Return which months of an area are missing, or that nothing of it ever came."""
    return "、".join(area.missing) if area.here else translate(N_("本机没有其数据"))


def _refuse_paper(report: QuarterReport, paper: Collection[str]) -> None:
    """Refuse what cannot be said of areas on paper: without a reason, of no area below, or of one that has reported."""
    if not set(paper) <= {area.code for area in report.areas}:
        raise InvalidError.one("paper", N_("不是本站的下级辖区"))
    closed = next((area for area in report.on_paper if not area.missing), None)
    if closed is not None:
        raise InvalidError.one("paper", N_("{area}已经全部月结，不用另报纸质报表"), area=closed.name)
    if report.on_paper and not report.reason:
        raise InvalidError.one("reason", N_("请写明这些辖区为什么另报纸质报表"))


def statement(report: QuarterReport) -> Statement:
    """Return the form in the shared form of figures: nineteen rows, what no row takes by itself, and the check of the form."""
    found = category_set(ZONGZHI)
    names = {row.code: row.name for row in found.rows}
    figures = [Figure("total", N_("总排查数（件）"), report.total)]
    figures += [Figure(f"row.{code}", names[code], len(ids), of=report.total, level=1) for code, ids in report.mapped.rows]
    counted = sum(len(ids) for _, ids in report.mapped.rows)
    for stored, maybe, ids in report.mapped.undecided:
        label, among = N_("未定：{category}"), "、".join(names[code] for code in maybe)
        params = (("category", _name(stored)),)
        figures.append(Figure(f"undecided.{stored}", label, len(ids), remark=among, level=1, params=params))
        counted += len(ids)
    figures.append(Figure("areas", N_("下级辖区"), len(report.areas)))
    figures.append(Figure("areas.waiting", N_("其中没有全部月结的"), len(report.waiting), level=1))
    named = "、".join(area.name for area in report.on_paper[:NAMED]) + ("…" if len(report.on_paper) > NAMED else "")
    figures.append(Figure("areas.paper", N_("其中另报纸质报表的"), len(report.on_paper), remark=named, level=1))
    check = Check("sum", N_("各类起数之和等于总排查数"), counted, report.total)
    return Statement(SUBJECT, translate(TITLE), report.quarter.months[-1], tuple(figures), (check,))


def _name(stored: str) -> str:
    """Return what a stored category is called: by the row of its own, in whichever set has one."""
    rows = (row for code in SETS for row in category_set(code).rows)
    return next((row.name for row in rows if row.code == stored), stored)


def plain(report: QuarterReport) -> dict[str, Any]:
    """Return the form as a program reads it."""
    return {
        "station": report.station, "quarter": str(report.quarter), "set": report.mapped.mark, "total": report.total,
        "rows": [{"row": code, "count": len(ids), "ids": list(ids)} for code, ids in report.mapped.rows],
        "undecided": [{"category": stored, "among": list(maybe), "ids": list(ids)}
                      for stored, maybe, ids in report.mapped.undecided],
        "paper": [{"area": area.code, "name": area.name} for area in report.on_paper], "reason": report.reason,
        "waiting": [{"area": area.code, "name": area.name, "months": list(area.missing), "here": area.here}
                    for area in report.waiting],
    }  # fmt: skip
