"""A deadline told to a person: its one sentence, its table of days, and the same for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from zzdesk.calendar import limits
from zzdesk.calendar.days import Day, DayKind
from zzdesk.calendar.result import Deadline, Line, Unit, Why
from zzdesk.clock import local
from zzdesk.i18n import N_, translate

WEEKDAYS: Final = (
    N_("星期一"), N_("星期二"), N_("星期三"), N_("星期四"), N_("星期五"), N_("星期六"), N_("星期日"),
)  # fmt: skip
KINDS: Final = {
    DayKind.WORKDAY: N_("工作日"),
    DayKind.WEEKEND: N_("周末"),
    DayKind.HOLIDAY: N_("节假日"),
    DayKind.SWAPPED: N_("调休上班"),
}
_WHYS: Final = {
    Why.START: N_("起算日，不计入"),
    Why.COUNTED: N_("计入"),
    Why.WEEKEND: N_("周末，不计入"),
    Why.HOLIDAY: N_("放假，不计入"),
    Why.SUSPENDED: N_("挂起期间，不计入"),
    Why.ROLLED_PAST: N_("不是工作日，不作为最后一天"),
    Why.ROLLED_TO: N_("移到这一天"),
    Why.AFTER_HOURS: N_("办公时间已过，不计入"),
}
_NTH: Final = N_("第 {n} 天")
_MINUTES: Final = N_("计入 {minutes} 分钟")
_PAST: Final = N_("第 {n} 天，但不是工作日，顺延")


def limit(text: str) -> str:
    """Return the limit that a field holds as a person says it; what this program does not know is shown as it is."""
    found = limits.stored(text)
    return found.said() if found is not None else text


def own_limit(text: str) -> str:
    """Return a limit that somebody wrote as a person says it; an empty text for one out of a table."""
    found = limits.stored(text)
    return "" if found is not None and found.rule else limit(text)


def weekday(day: date) -> str:
    """Return a day's name in the week."""
    return translate(WEEKDAYS[day.weekday()])


def kind(day: Day) -> str:
    """Return a day's kind with the holiday it belongs to, ``节假日（春节）``, and whether a table says so."""
    words = translate(KINDS[day.kind])
    if not day.known:
        return translate(N_("{kind}（{name}）"), kind=words, name=translate(N_("暂定")))
    return translate(N_("{kind}（{name}）"), kind=words, name=translate(day.name)) if day.name else words


def why(line: Line) -> str:
    """Return why a day counts, or does not."""
    if line.minutes:
        return translate(_MINUTES, minutes=line.minutes)
    if line.why is Why.ROLLED_PAST and line.n is not None:
        return translate(_PAST, n=line.n)
    if line.why is Why.COUNTED and line.n is not None:
        return translate(_NTH, n=line.n)
    return translate(_WHYS[line.why])


def row(line: Line) -> tuple[str, str, str, str]:
    """Return date, weekday, kind and reason of one day."""
    return line.day.date.isoformat(), weekday(line.day.date), kind(line.day), why(line)


def missing(deadline: Deadline) -> str | None:
    """Return what makes a result provisional, None where nothing does."""
    if not deadline.provisional:
        return None
    years = "、".join(str(year) for year in deadline.missing_years)
    return translate(N_("节假日表缺 {years} 年：暂按周末计算，导入后可能改变"), years=years)


def moved(deadline: Deadline) -> str | None:
    """Return how the last day was moved, and which day is safe; None where it was not."""
    if deadline.raw == deadline.due or deadline.unit not in (Unit.WAGE, Unit.NATURAL_DAYS):
        return None
    if deadline.unit is Unit.WAGE:
        text = N_("约定的 {raw} 不是工作日，提前到最近的工作日 {due} 支付")
    elif deadline.extended:
        text = N_("按日历数到 {raw}；顺延和延期后为 {due}")
    else:
        text = N_("按日历数到 {raw}，不是工作日，顺延到 {due}；{raw} 之前办最稳妥")
    return translate(text, raw=deadline.raw.isoformat(), due=deadline.due.isoformat())


def said(deadline: Deadline) -> str:
    """Return the last day, or for minutes the moment, with its weekday."""
    if deadline.unit in (Unit.WORKING_MINUTES, Unit.MINUTES):
        return f"{local(deadline.at):%Y-%m-%d %H:%M:%S} {weekday(deadline.due)}"
    return f"{deadline.due.isoformat()} {weekday(deadline.due)}"


def facts(deadline: Deadline, *, days: bool = False) -> dict[str, Any]:
    """Return a deadline as plain values for programs; ``days`` adds one object for every day."""
    found: dict[str, Any] = {
        "unit": deadline.unit.value,
        "amount": deadline.amount,
        "from": _plain(deadline.start),
        "due": deadline.due.isoformat(),
        "raw": deadline.raw.isoformat(),
        "at": local(deadline.at).isoformat(timespec="milliseconds"),
        "extended_by": deadline.extended,
        "provisional": deadline.provisional,
        "missing_years": list(deadline.missing_years),
        "tables": [{"year": t.year, "version": t.version, "source": t.source, "origin": t.origin} for t in deadline.tables],
        "suspended": [{"from": _plain(s.start), "to": _plain(s.end)} for s in deadline.suspended],
    }
    return found | ({"days": [_fact(line) for line in deadline.lines]} if days else {})


def _fact(line: Line) -> dict[str, Any]:
    found = {"date": line.day.date.isoformat(), "weekday": line.day.date.isoweekday(), "kind": line.day.kind.value}
    found |= {"name": line.day.name, "known": line.day.known, "counted": line.counted, "why": line.why.value}
    return found | {"n": line.n, "minutes": line.minutes}


def _plain(value: date | datetime) -> str:
    return local(value).isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()
