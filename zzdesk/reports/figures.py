"""The figures of a month about reports (D03, D12): ended, rated and not, on time, solved in the grid. Each opens its reports.

满意 is counted of all answers that citizens gave in the month, those that sent a report back included; what ended without an
answer (未评价) stands beside them and is part of no rate of satisfaction.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select

from zzdesk.documents.figures import Check, Figure, Month, Statement
from zzdesk.i18n import N_
from zzdesk.reports import monthly
from zzdesk.reports.filters import ReportFilter, registered_between, to_json
from zzdesk.reports.models import Report
from zzdesk.reports.monthly import AMONG, ANSWERING, CLOSING, HANDING
from zzdesk.store.unit import Reader

SUBJECT: Final = "reports"
TITLE: Final = N_("事件月度统计")
_ANSWERS: Final = {
    "very-satisfied": N_("非常满意"), "satisfied": N_("满意"), "fairly-satisfied": N_("基本满意"), "unsatisfied": N_("不满意"),
}  # fmt: skip
_CONTENT: Final = N_("满意÷评价总数；满意含“非常满意”和“满意”，不含“基本满意”和“未评价”")


def statement(read: Reader, month: Month) -> Statement:
    """Count a month; every deed by one query through an index of its own.

    Raises:
        RefusedError: no right to look at records.
    """
    read.require("record.read")
    closed, answered = _count(read, month, CLOSING), _count(read, month, ANSWERING)
    handed = _count(read, month, HANDING)[""]
    ended, rated = _ended(read, month, closed), _rated(month, answered, closed)
    figures = (*ended, *rated, *_timely(month, closed), *_where(month, closed, handed))
    return Statement(SUBJECT, TITLE, month, figures, _checks(closed, answered))


def _count(read: Reader, month: Month, deed: str) -> dict[str, int]:
    """Return how many deeds, by part; ``""`` is all of them. Behind ``records:`` stand how many reports that is."""
    row = list(read.session.execute(monthly.counting(month, deed)).one())
    names = ["", *AMONG[deed]]
    found = {name: int(n) for name, n in zip(names, row, strict=False)}
    return found | {f"records:{name}": int(n) for name, n in zip(names, row[len(names) :], strict=False)}


def _opens(month: Month, deed: str, among: str = "") -> str:
    return to_json(ReportFilter(month=str(month), deed=deed, among=among))


def _ended(read: Reader, month: Month, closed: dict[str, int]) -> tuple[Figure, ...]:
    registered = ReportFilter(since=month.first, until=month.last)
    where = (*registered_between(read, registered), func.coalesce(Report.voided, 0) == 0)
    new = int(read.session.scalar(select(func.count()).select_from(Report).where(*where)) or 0)
    return (
        Figure("registered", N_("本月登记"), new, opens=to_json(registered)),
        Figure("closed", N_("本月办结"), closed[""], opens=_opens(month, CLOSING), remark=N_("按办结的日期计，不按登记的日期")),
    )


def _rated(month: Month, answered: dict[str, int], closed: dict[str, int]) -> tuple[Figure, ...]:
    def figure(name: str, label: str, among: str, remark: str = "", level: int = 1) -> Figure:
        return Figure(
            name, label, answered[among], answered[""] if among else None, _opens(month, ANSWERING, among),
            answered[f"records:{among}"], remark, level,
        )  # fmt: skip

    return (
        figure("answers", N_("评价总数"), "", N_("居民每次答复算一次，退回重办的也算"), 0),
        figure("content", N_("满意率"), "content", _CONTENT),
        *(figure(code, label, code, level=2) for code, label in _ANSWERS.items()),
        Figure("unrated", N_("未评价"), closed["unrated"], opens=_opens(month, CLOSING, "unrated"),
               remark=N_("本月办结、没有居民答复的；不算满意，也不算不满意")),
    )  # fmt: skip


def _timely(month: Month, closed: dict[str, int]) -> tuple[Figure, ...]:
    limited = closed["in-time"] + closed["late"]
    return (
        Figure("in-time", N_("按期办结"), closed["in-time"], limited, _opens(month, CLOSING, "in-time"),
               remark=N_("基数是本月办结、有期限的")),
        Figure("late", N_("逾期办结"), closed["late"], limited, _opens(month, CLOSING, "late"), level=1),
        Figure("unlimited", N_("没有期限的"), closed["unlimited"], opens=_opens(month, CLOSING, "unlimited"), level=1),
    )  # fmt: skip


def _where(month: Month, closed: dict[str, int], handed: int) -> tuple[Figure, ...]:
    whole = closed[""] + handed
    return (
        Figure("in-grid", N_("网格内解决"), closed["grid"], whole, _opens(month, CLOSING, "grid"),
               remark=N_("网格员自己发现、自己办结；基数是本月办结加上交")),
        Figure("in-community", N_("社区内解决"), closed["community"], whole, _opens(month, CLOSING, "community")),
        Figure("handed-up", N_("上交"), handed, whole, _opens(month, HANDING), remark=N_("本月转给别的部门、没有收回的")),
    )  # fmt: skip


def _checks(closed: dict[str, int], answered: dict[str, int]) -> tuple[Check, ...]:
    timely = sum(closed[name] for name in ("in-time", "late", "unlimited"))
    return (
        Check("closed-rated", N_("有评价的＋未评价＝办结"), closed["rated"] + closed["unrated"], closed[""]),
        Check("answers-sum", N_("各种评价之和＝评价总数"), sum(answered[code] for code in _ANSWERS), answered[""]),
        Check("closed-timely", N_("按期＋逾期＋没有期限＝办结"), timely, closed[""]),
        Check("closed-where", N_("网格内＋社区内＝办结"), closed["grid"] + closed["community"], closed[""]),
    )  # fmt: skip
