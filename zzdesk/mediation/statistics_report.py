"""The monthly report as people and programs read it: figures with shares, comparison with earlier months, adjustments. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from zzdesk.documents import figures
from zzdesk.documents.figures import Check, Figure, Month, Statement
from zzdesk.documents.months import Base, Closing, Tallies, Verdict
from zzdesk.i18n import N_, translate
from zzdesk.mediation.categories import BULLETIN, SOURCE, category_set
from zzdesk.mediation.statistics import (
    ACCEPTANCE,
    CHECK_LABELS,
    LABELS,
    TOTAL_CLOSED,
    Fact,
    Mapped,
    Sweep,
    shares_sum,
    wan,
)
from zzdesk.mediation.statistics_close import Adjustment

SUBJECT: Final = "mediation"
TITLES: Final = {
    ACCEPTANCE: N_("人民调解月报（按受理月份）"),
    "closing": N_("人民调解月报（按结束月份）"),
}
COMPARED: Final = ("total", "success", "amount")
"""Figures that are set against the year before and the month before."""
NO_BASE: Final = N_("基期为零，不能计算")
_SHARES: Final = N_("各项占比分别四舍五入，不强求合计为100.0")
_BASE_WORDS: Final = {
    "year": N_("{what}，为上年同月（{month}）的百分比"), "before": N_("{what}，为上月（{month}）的百分比"),
}  # fmt: skip
_HOW_WORDS: Final = {
    "added": N_("补报{month}（件）"), "gone": N_("{month}减去（件）"), "changed": N_("更正{month}（件）"),
}  # fmt: skip
_SWEEP_WORDS: Final = {
    "added": N_("补报{month}的排查（条）"), "gone": N_("{month}的排查减去（条）"), "changed": N_("更正{month}的排查（条）"),
}  # fmt: skip
_ALONE: Final = ("outcome.open",)
"""Counts that only the report by acceptance has: what has ended is not open."""


@dataclass(frozen=True)
class Staff:
    """The committees by kind, and the mediators, full-time ones among them: as they are today, not as they were."""

    committees: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mediators: tuple[str, ...] = ()
    full_time: tuple[str, ...] = ()


@dataclass(frozen=True)
class MonthReport:
    """One month by one basis. ``tallies`` are the frozen figures where the month is closed."""

    station: str
    basis: str
    month: Month
    tallies: Tallies
    verdicts: tuple[Verdict, ...]
    mapped: tuple[Mapped, ...]
    bases: Mapping[str, Base]
    staff: Staff = Staff()
    closing: Closing | None = None
    after: tuple[Adjustment, ...] = ()
    """What happened to this month since it was closed; a later month's report declares it."""
    declared: tuple[Adjustment, ...] = ()
    """What this month's report declares about earlier closed months."""

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Return the records behind every figure, by its name."""
        found = {name: one.records for name, one in self.tallies.items()}
        for how, month in sorted({(a.how, a.month) for a in self.declared}):
            mine = [a.fact for a in self.declared if (a.how, a.month) == (how, month)]
            for name, kind in ((f"adjustment.{month}.{how}", Fact), (f"sweep.{month}.{how}", Sweep)):
                if ids := tuple(fact.id for fact in mine if isinstance(fact, kind)):
                    found[name] = ids
        return found | {"mediators.all": self.staff.mediators, "mediators.full_time": self.staff.full_time} | {
            f"committees.{kind}": ids for kind, ids in self.staff.committees.items()
        }

    def kind_of(self, name: str) -> str:
        """Return the kind of record that a figure counts."""
        kinds = {"sweep": "prevention", "committees": "committee", "mediators": "committee_member"}
        return kinds.get(name.partition(".")[0], "case")


def title(report: MonthReport) -> str:
    """Return the message id of the report's title: it says the basis."""
    return TITLES[report.basis]


def statement(report: MonthReport) -> Statement:
    """Return the report in the shared form of figures, in the language in force."""
    listed = (*_counted(report), *_compared(report), *_adjusted(report))
    checks = tuple(Check(v.name, CHECK_LABELS[v.name], v.left, v.right, v.most) for v in report.verdicts)
    return Statement(SUBJECT, title(report), report.month, listed, checks)


def _figure(report: MonthReport, name: str, label: str, **more: Any) -> Figure:
    opens = f'{{"basis":"{report.basis}","figure":"{name}","month":"{report.month}"}}'
    records = report.members.get(name)
    count = report.tallies[name].value if name in report.tallies else len(records or ())
    behind = None if records is None or len(records) == count else len(records)
    return Figure(name, label, count, opens=opens if records is not None else "", records=behind, **more)


def _counted(report: MonthReport) -> Iterator[Figure]:
    total = report.tallies["total"].value
    yield _figure(report, "total", LABELS["total"] if report.basis == ACCEPTANCE else TOTAL_CLOSED)
    yield _figure(report, "success", LABELS["success"], of=total, level=1)
    for name in LABELS:
        if name.startswith("outcome.") and (report.basis == ACCEPTANCE or name not in _ALONE):
            yield _figure(report, name, LABELS[name], of=total, level=2)
    yield _figure(report, "amount", LABELS["amount"])
    yield Figure("amount.wan", N_("协议涉及金额（万元）"), wan(Decimal(report.tallies["amount"].value)), level=1)
    for prefix, code in (("source", SOURCE), ("category", BULLETIN)):
        for row in category_set(code).rows:
            yield _figure(report, f"{prefix}.{row.code}", row.name, of=total, level=1)
        yield _shares(report, prefix)
    for name in LABELS:
        if name.startswith(("crime.", "petition.", "sweep.")):
            yield _figure(report, name, LABELS[name])
    yield from _staffed(report)


def _shares(report: MonthReport, prefix: str) -> Figure:
    """The sum of the printed shares, and by how much it misses 100.0: shown, never forced (B1.6)."""
    there = shares_sum(report.tallies, prefix)
    label = {"source": N_("各来源占比之和（%），与100.0相差{difference}"),
             "category": N_("各类别占比之和（%），与100.0相差{difference}")}[prefix]  # fmt: skip
    difference = "—" if there is None else f"{there - 100:+.1f}"
    params = (("difference", difference),)
    return Figure(f"{prefix}.shares", label, there or Decimal("0.0"), remark=_SHARES, level=1, params=params)


def _staffed(report: MonthReport) -> Iterator[Figure]:
    remark = N_("按今天的名册")
    for kind in sorted(report.staff.committees):
        yield _figure(report, f"committees.{kind}", COMMITTEE_WORDS.get(kind, kind), remark=remark)
    yield _figure(report, "mediators.all", N_("人民调解员（人）"), remark=remark)
    yield _figure(report, "mediators.full_time", N_("其中专职（人）"), of=len(report.staff.mediators), remark=remark, level=1)


COMMITTEE_WORDS: Final = {
    "village": N_("村调委会（个）"), "residents": N_("社区调委会（个）"), "township": N_("乡镇街道调委会（个）"),
    "enterprise": N_("企事业单位调委会（个）"), "trade": N_("行业性专业性调委会（个）"), "other": N_("其他调委会（个）"),
}  # fmt: skip


def _compared(report: MonthReport) -> Iterator[Figure]:
    """同比, 环比: this month in percent of the base period, whose count stands beside it."""
    for which, base in report.bases.items():
        for name in COMPARED:
            label = TOTAL_CLOSED if name == "total" and report.basis != ACCEPTANCE else LABELS[name]
            value = base.values.get(name, 0)
            yield Figure(
                f"{name}.{which}", _BASE_WORDS[which], report.tallies[name].value, of=value,
                remark="" if value else NO_BASE, params=(("what", translate(label)), ("month", base.month)),
            )  # fmt: skip


def _adjusted(report: MonthReport) -> Iterator[Figure]:
    for name in report.members:
        prefix, month, how = [*name.split("."), "", ""][:3]
        if how in _HOW_WORDS:
            label = _HOW_WORDS[how] if prefix == "adjustment" else _SWEEP_WORDS[how]
            yield _figure(report, name, label, params=(("month", month),))


def plain(report: MonthReport) -> dict[str, Any]:
    """Return the report as a program reads it: stable names, decimals as text, every figure with its records."""
    said = figures.plain(statement(report))
    for each in said["figures"]:
        each["ids"] = list(report.members.get(each["name"], ()))
    for each, verdict in zip(said["checks"], report.verdicts, strict=True):
        each["ids"], each["holds"] = list(verdict.offenders), verdict.holds
    return said | {
        "basis": report.basis, "station": report.station,
        "closed": None if report.closing is None else report.closing.plain(),
        "after_closing": [_plain(each) for each in report.after],
        "adjustments": [_plain(each) for each in report.declared],
        "sets": [_plain_set(each) for each in report.mapped],
    }  # fmt: skip


def _plain(each: Adjustment) -> dict[str, Any]:
    kind = "prevention" if isinstance(each.fact, Sweep) else "case"
    return {"month": each.month, "how": each.how, "id": each.fact.id, "kind": kind}


def _plain_set(each: Mapped) -> dict[str, Any]:
    return {
        "set": each.mark, "rows": [{"code": code, "count": len(ids), "ids": list(ids)} for code, ids in each.rows],
        "undecided": [{"category": c, "rows": list(rows), "ids": list(ids)} for c, rows, ids in each.undecided],
        "merged": list(each.merged), "unfed": list(each.unfed),
    }  # fmt: skip
