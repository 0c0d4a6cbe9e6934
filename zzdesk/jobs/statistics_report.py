"""The monthly report of the odd-job station as people and programs read it: figures, checks, comparison, adjustments. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from zzdesk.documents import figures
from zzdesk.documents.figures import Check, Figure, Month, Statement
from zzdesk.documents.months import Adjustment, Base, Closing, Tallies, Verdict
from zzdesk.i18n import N_, translate
from zzdesk.jobs import statistics as stats
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.statistics import Fact, hours

SUBJECT: Final = "jobs"
TITLE: Final = N_("零工驿站月报")
COMPARED: Final = ("postings.published", "attended", "wages.due")
"""Figures that are set against the year before and the month before."""
_REAL: Final = N_("到岗签到、完工签退都有的才算；没来的不算，顶替的单列")
_TODAY: Final = N_("按今天的情况，不月结")
_CHILDREN: Final = N_("本机劝退的次数；除了次数什么都不记")
_STANDING: Final = N_("按现在的情况；月结时定下，以后的进展不算更正")
LABELS: Final[dict[str, str]] = {
    "employers.new": N_("新登记用工单位"),
    "employers.vetted": N_("核验通过"),
    "employers.active": N_("本月发布过用工信息的单位"),
    "postings.published": N_("发布用工信息（条）"),
    "postings.wanted": N_("招用人数（本月发布的）"),
    "postings.filled": N_("招满"),
    "places.wanted": N_("当月用工需求（人次）"),
    "placed": N_("安排上工（人次）"),
    "attended": N_("实际到岗（人次）"),
    "day.first": N_("其中原定人员"),
    "day.instead": N_("其中顶替人员"),
    "day.no-show": N_("未到岗"),
    "day.withdrawn": N_("确认后退出"),
    "day.unfinished": N_("只签到、没签退"),
    "day.waiting": N_("还没有记到岗"),
    "replaced": N_("没来、退出而有人顶替的"),
    "minutes": N_("实际工时（分钟）"),
    "workers.came": N_("到岗的零工（人）"),
    "applied": N_("报名（人次）"),
    "workers.new": N_("新登记零工（人）"),
    "workers.served": N_("服务的零工（人）"),
    "complaints.new": N_("收到投诉（件）"),
    "complaints.handled": N_("其中已有结果"),
    "wages.due": N_("应付工资（元）"),
    "wages.paid": N_("月底前已付（元）"),
    "wages.unpaid": N_("月底未付（元）"),
    "wages.over": N_("多付、待扣回（元）"),
    "wages.unbooked": N_("到岗还没记工资（人次）"),
}
"""What the figures are called; trades, states and ways have words of their own."""
OUTCOME_WORDS: Final = {
    "matched": N_("撮合成功"), "waiting": N_("等待答复"), "refused": N_("没有录用"), "withdrawn": N_("本人退出"),
}  # fmt: skip
WAY_WORDS: Final = {"counter": N_("窗口报名"), "kiosk": N_("自助机报名"), "phone": N_("电话报名"), "referral": N_("转介报名")}
STATE_WORDS: Final = {
    flow.PUBLISHED: N_("招人中"), flow.FULL: N_("已招满"), flow.WORKING: N_("上工中"), flow.SETTLING: N_("待结算"),
    flow.DONE: N_("已完成"), flow.CANCELLED: N_("已取消"), flow.TAKEN_DOWN: N_("已下架"),
}  # fmt: skip
TRADE_WORDS: Final = {
    "cleaning": N_("保洁"), "moving": N_("搬运"), "housekeeping": N_("家政"), "gardening": N_("绿化"),
    "decorating": N_("装修"), "catering": N_("餐饮"), "care": N_("陪护"), "loading": N_("装卸"), "delivery": N_("配送"),
    "factory": N_("工厂零工"), "sales": N_("促销"), "security": N_("保安"), "farming": N_("农活"), "fishing": N_("渔业"),
    "other": N_("其他工种"),
}  # fmt: skip
REMARKS: Final = {
    "attended": _REAL, "places.wanted": N_("上工日在本月、没有取消和下架的岗位"), "employers.vetted": _STANDING,
    "postings.filled": _STANDING, "complaints.handled": _STANDING,
    "complaints.new": N_("本月登记的，转调解时自动登记的也算"), "workers.served": N_("登记、排队、报名、上工任一项，一人算一次"),
    "wages.due": N_("本月上工应发减扣除，更正过的按更正后"), "wages.paid": N_("按月底的账：下个月付的算月底未付"),
    "replaced": N_("空出的位置，不算到岗；顶替的人到了才算"),
}  # fmt: skip
CHECK_LABELS: Final[dict[str, str]] = {
    "trade.sum": N_("各工种之和＝发布条数"),
    "state.sum": N_("各状态之和＝发布条数"),
    "way.sum": N_("各报名方式之和＝报名人次"),
    "outcome.sum": N_("各报名结果之和＝报名人次"),
    "day.sum": N_("到岗＋未到岗＋退出＋未记全＝安排上工"),
    "replaced.most": N_("顶替的不多于空出的位置"),
    "places.over": N_("到岗多于招用人数的岗位＝0"),
    "came.called-off": N_("岗位已取消、下架或作废，却记了到岗的＝0"),
    "came.most": N_("到岗的零工不多于到岗人次"),
    "registered.most": N_("新登记零工不多于服务的零工"),
    "complaints.most": N_("已有结果的不多于收到的投诉"),
    "wages.balance": N_("应付工资＝已付＋未付－多付"),
    "wages.ghost": N_("没有到岗却记了工资的＝0"),
}
KIND_WORDS: Final = {
    "employer": N_("用工单位"), "posting": N_("用工信息"), "worker": N_("零工人员"), "application": N_("报名和上工"),
    "wage_line": N_("工资台账"), "complaint": N_("投诉"),
}  # fmt: skip
_HOW_WORDS: Final = {
    "added": N_("补报{month}：{kind}（条）"), "gone": N_("{month}减去：{kind}（条）"), "changed": N_("更正{month}：{kind}（条）"),
}  # fmt: skip
_BASE_WORDS: Final = {
    "year": N_("{what}，为上年同月（{month}）的百分比"), "before": N_("{what}，为上月（{month}）的百分比"),
}  # fmt: skip
NO_BASE: Final = N_("基期为零，不能计算")


@dataclass(frozen=True)
class Live:
    """What stands beside the figures and is never frozen.

    ``sanctioned`` are employers as of today, ``children`` how many below sixteen this desk turned away in the month (a
    number and nothing else), ``disputes`` the applications of the month's work about which the reader mediates a case.
    """

    sanctioned: tuple[str, ...] = ()
    children: int = 0
    disputes: tuple[str, ...] = ()


@dataclass(frozen=True)
class JobReport:
    """One month. ``tallies`` are the frozen figures where the month is closed."""

    station: str
    month: Month
    tallies: Tallies
    verdicts: tuple[Verdict, ...]
    bases: Mapping[str, Base] = field(default_factory=dict)
    live: Live = Live()
    closing: Closing | None = None
    after: tuple[Adjustment[Fact], ...] = ()
    """What happened to this month since it was closed; a later month's report declares it."""
    declared: tuple[Adjustment[Fact], ...] = ()
    """What this month's report declares about earlier closed months."""

    basis = stats.EVENTS

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Return the records behind every figure, by its name."""
        found = {name: one.records for name, one in self.tallies.items()} | {"hours": self.tallies["minutes"].records}
        for each in self.declared:
            name = f"adjustment.{each.month}.{each.how}.{each.fact.kind}"
            found[name] = (*found.get(name, ()), each.fact.id)
        return found | {"employers.sanctioned": self.live.sanctioned, "disputes": self.live.disputes}

    def kind_of(self, name: str) -> str:
        """Return the kind of record that a figure or a check counts."""
        first, _, rest = name.partition(".")
        if first == "adjustment":
            return name.rpartition(".")[2]
        return _KINDS.get(name) or _KINDS.get(first) or ("worker" if rest == "came" else "application")


_KINDS: Final = {
    "employers": "employer", "postings": "posting", "places": "posting", "trade": "posting", "state": "posting",
    "workers": "worker", "wages": "wage_line", "wages.unbooked": "application", "wages.attended": "application",
    "complaints": "complaint", "came": "worker", "registered": "worker",
}  # fmt: skip


def statement(report: JobReport) -> Statement:
    """Return the report in the shared form of figures, in the language in force."""
    listed = (*_counted(report), *_compared(report), *_adjusted(report))
    checks = tuple(Check(v.name, CHECK_LABELS[v.name], v.left, v.right, v.most) for v in report.verdicts)
    return Statement(SUBJECT, TITLE, report.month, listed, checks)


def _figure(report: JobReport, name: str, level: int = 0, of: str = "", label: str = "", remark: str = "") -> Figure:
    whole = report.tallies[of].value if of else None
    return Figure(
        name, label or LABELS[name], report.tallies[name].value, of=whole, remark=remark or REMARKS.get(name, ""), level=level
    )


def _counted(report: JobReport) -> Iterator[Figure]:
    yield from _work(report)
    yield _figure(report, "postings.published")
    yield _figure(report, "postings.wanted", 1)
    yield _figure(report, "postings.filled", 1, "postings.published")
    yield from _split(report, "state", STATE_WORDS, "postings.published", _STANDING)
    yield from _split(report, "trade", TRADE_WORDS, "postings.published")
    yield _figure(report, "applied")
    yield from _split(report, "way", WAY_WORDS, "applied")
    yield from _split(report, "outcome", OUTCOME_WORDS, "applied", _STANDING)
    yield _figure(report, "workers.served")
    yield _figure(report, "workers.new", 1)
    yield _figure(report, "workers.came", 1)
    yield Figure("children", N_("未满十六周岁劝退（次）"), report.live.children, remark=_CHILDREN, level=1)
    yield _figure(report, "employers.new")
    yield _figure(report, "employers.vetted", 1)
    yield _figure(report, "employers.active", 1)
    yield Figure("employers.sanctioned", N_("暂停或在黑名单"), len(report.live.sanctioned), remark=_TODAY, level=1)
    yield _figure(report, "complaints.new")
    yield _figure(report, "complaints.handled", 1, "complaints.new")
    yield from _paid(report)


def _work(report: JobReport) -> Iterator[Figure]:
    """What was wanted on the month's days, and who was really there: this comes first (F55)."""
    yield _figure(report, "places.wanted")
    yield _figure(report, "attended", 0, "places.wanted")
    for name in stats.REAL:
        yield _figure(report, name, 1, "attended")
    yield _figure(report, "placed")
    for name in stats.DAYS[len(stats.REAL) :]:
        yield _figure(report, name, 1, "placed")
    yield _figure(report, "replaced", 1)
    yield _figure(report, "minutes")
    yield Figure("hours", N_("实际工时（小时）"), hours(report.tallies["minutes"].value), level=1)


def _paid(report: JobReport) -> Iterator[Figure]:
    yield _figure(report, "wages.due")
    yield _figure(report, "wages.paid", 1, "wages.due")
    yield _figure(report, "wages.unpaid", 1, "wages.due")
    yield _figure(report, "wages.over", 1)
    yield _figure(report, "wages.unbooked", 1, "attended")
    remark = N_("只数本人承办、能看到的调解案；不月结")
    yield Figure("disputes", N_("转为劳动争议调解"), len(report.live.disputes), remark=remark)


def _split(report: JobReport, prefix: str, words: Mapping[str, str], of: str, remark: str = "") -> Iterator[Figure]:
    for code, word in words.items():
        yield _figure(report, f"{prefix}.{code}", 1, of, word, remark)


def _compared(report: JobReport) -> Iterator[Figure]:
    """同比, 环比: this month in percent of the base period, whose count stands beside it."""
    for which, base in report.bases.items():
        for name in COMPARED:
            value = base.values.get(name, 0)
            yield Figure(
                f"{name}.{which}", _BASE_WORDS[which], report.tallies[name].value, of=value,
                remark="" if value else NO_BASE, params=(("what", translate(LABELS[name])), ("month", base.month)),
            )  # fmt: skip


def _adjusted(report: JobReport) -> Iterator[Figure]:
    for name, ids in report.members.items():
        prefix, *rest = name.split(".")
        if prefix == "adjustment":
            month, how, kind = rest
            params = (("month", month), ("kind", translate(KIND_WORDS[kind])))
            yield Figure(name, _HOW_WORDS[how], len(ids), params=params)


def plain(report: JobReport) -> dict[str, Any]:
    """Return the report as a program reads it: stable names, decimals as text, money in fen too, every figure's records."""
    said = figures.plain(statement(report))
    for each in said["figures"]:
        each["ids"] = list(report.members.get(each["name"], ()))
        if each["name"] in stats.MONEY:
            each["fen"] = int(Decimal(each["count"]) * stats.FEN)
    for each, verdict in zip(said["checks"], report.verdicts, strict=True):
        each["ids"], each["holds"] = list(verdict.offenders), verdict.holds
    return said | {
        "station": report.station, "closed": None if report.closing is None else report.closing.plain(),
        "after_closing": [_plain(each) for each in report.after], "adjustments": [_plain(each) for each in report.declared],
    }  # fmt: skip


def _plain(each: Adjustment[Fact]) -> dict[str, Any]:
    return {"month": each.month, "how": each.how, "id": each.fact.id, "kind": each.fact.kind}
