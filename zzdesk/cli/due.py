"""``zzdesk due``: when is it due, and why then? Needs no home (decision 20); imported tables are used where one is open."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from zzdesk.cli.context import PASSPHRASE, Invocation
from zzdesk.cli.output import json_line, table, warn
from zzdesk.cli.words import command, json_option, option
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_, translate
from zzdesk.paths import HOME_VARIABLE, HomePaths

if TYPE_CHECKING:
    from zzdesk.calendar.days import Calendar
    from zzdesk.calendar.hours import OfficeHours
    from zzdesk.calendar.result import Deadline
    from zzdesk.calendar.spans import Span

pass_invocation = click.make_pass_decorator(Invocation)
_MODES: Final = ("working_days", "natural_days", "working_hours", "minutes", "confirmation", "wage")
_NAMES: Final = "--working-days, --natural-days, --working-hours, --minutes, --confirmation, --wage"
_NO_PAUSE: Final = ("minutes", "confirmation", "wage")
_EXTENDABLE: Final = ("working_days", "natural_days")


@dataclass(frozen=True)
class _Asked:
    """What was asked, understood."""

    mode: str
    amount: int
    start: date | datetime
    spans: tuple[Span, ...]
    extended: int
    hours: OfficeHours | None

    @property
    def day(self) -> date:
        from zzdesk.clock import local_day

        return local_day(self.start) if isinstance(self.start, datetime) else self.start

    @property
    def moment(self) -> datetime:
        if not isinstance(self.start, datetime):
            raise _wrong(N_("按小时或分钟计算时，--from 要写到几点几分，例如 2026-02-13T16:40"))
        return self.start


def _wrong(message: str, **params: Any) -> click.UsageError:
    return click.UsageError(translate(message, **params))


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _wrong(N_("{where} “{text}”不是日期，请写成 2026-02-13"), where=where, text=text) from None


def _moment(text: str, where: str) -> datetime:
    """Return a moment; without an offset it is the offices' time."""
    from zzdesk.clock import OFFICE_TIME

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise _wrong(N_("{where} “{text}”不是日期时间，请写成 2026-02-13T16:40"), where=where, text=text) from None
    return found if found.tzinfo else found.replace(tzinfo=OFFICE_TIME)


def _date_or_time(text: str, where: str) -> date | datetime:
    text = text.strip()
    return _moment(text, where) if len(text) > len("2026-02-13") else _day(text, where)


def _span(text: str) -> Span:
    """Return a pause written as FROM..TO: dates or times; TO itself counts again."""
    from zzdesk.calendar.spans import Span, midnight

    first, dots, last = text.partition("..")
    if not dots or not first.strip() or not last.strip():
        raise _wrong(N_("--suspend “{text}”要写成 开始..结束，例如 2026-02-25..2026-02-27"), text=text)
    ends = [_date_or_time(part, "--suspend") for part in (first, last)]
    start, end = (end if isinstance(end, datetime) else midnight(end) for end in ends)
    if end < start:
        raise _wrong(N_("--suspend “{text}”的开始晚于结束，请对调"), text=text)
    return Span(start, end)


def _number(text: str, name: str, least: int = 1) -> int:
    sign = text.strip()
    digits = sign.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdecimal()):
        raise _wrong(N_("{name} “{text}”不是整数"), name=name, text=text)
    if int(sign) < least:
        raise _wrong(N_("{name} 不能小于 {least}，给出的是 {text}"), name=name, least=least, text=text)
    return int(sign)


def _asked(given: dict[str, Any]) -> _Asked:
    from zzdesk.calendar.hours import OfficeHours

    chosen = [mode for mode in _MODES if given[mode] not in (None, False)]
    if len(chosen) != 1:
        message = N_("只能选一种算法，给出了 {n} 种：{names}") if chosen else N_("请选一种算法：{names}")
        raise _wrong(message, n=len(chosen), names=", ".join(map(_flag, chosen)) if chosen else _NAMES)
    mode = chosen[0]
    if given["suspend"] and mode in _NO_PAUSE:
        raise _wrong(N_("{name} 没有挂起：法律和约定的日期不因挂起而改变"), name=_flag(mode))
    if given["extend"] is not None and mode not in _EXTENDABLE:
        raise _wrong(N_("{name} 不能延期"), name=_flag(mode))
    amount = _number(given[mode], _flag(mode)) if isinstance(given[mode], str) else 0
    extended = _number(given["extend"], "--extend", 0) if given["extend"] is not None else 0
    hours = OfficeHours.read(given["office_hours"]) if given["office_hours"] else None
    spans = tuple(map(_span, given["suspend"]))
    return _Asked(mode, amount, _date_or_time(given["start"], "--from"), spans, extended, hours)


def _flag(mode: str) -> str:
    return "--" + mode.replace("_", "-")


def _compute(calendar: Calendar, asked: _Asked) -> Deadline:
    from zzdesk.calendar import deadlines

    more = {"suspended": asked.spans}
    ways: dict[str, Callable[[], Deadline]] = {
        "working_days": lambda: deadlines.working_days(
            calendar, asked.day, asked.amount, extended=asked.extended, **more
        ),
        "natural_days": lambda: deadlines.natural_days(
            calendar, asked.day, asked.amount, extended=asked.extended, **more
        ),
        "working_hours": lambda: deadlines.working_minutes(
            calendar, asked.moment, asked.amount * 60, hours=asked.hours, **more
        ),
        "minutes": lambda: deadlines.minutes(asked.moment, asked.amount),
        "confirmation": lambda: deadlines.confirmation(calendar, asked.day),
        "wage": lambda: deadlines.wage(calendar, asked.day),
    }
    return ways[asked.mode]()


def calendar_of(invocation: Invocation, files: tuple[Path, ...] = ()) -> Calendar:
    """Return the calendar to count by: the program's tables, those of a station that is named and can be opened without
    asking for a password, and those named on the command line.
    """
    from zzdesk.calendar.queries import calendar_here
    from zzdesk.calendar.tables import load, shipped

    named = invocation.home is not None or HOME_VARIABLE in os.environ
    secret = invocation.passphrase_file is not None or PASSPHRASE in os.environ
    if named and secret and HomePaths(invocation.folder).info.exists():
        with invocation.desk() as desk:
            known = desk.read(calendar_here)
    else:
        known = shipped()
    return known.merged(load(file) for file in files)


@command(N_("算到期日，并说明为什么是那一天；不需要工作站"))
@option("--from", "start", required=True, metavar="DATE|TIME", help=N_("起算的日期或时间（起算日不计入）"))
@option("--working-days", metavar="N", help=N_("N个工作日，按调休计算"))
@option("--natural-days", metavar="N", help=N_("N天；最后一天不是工作日的，顺延"))
@option("--working-hours", metavar="N", help=N_("N个办公小时"))
@option("--minutes", metavar="N", help=N_("N分钟，不分昼夜"))
@option("--confirmation", is_flag=True, help=N_("申请司法确认的30日，从协议生效日起"))
@option("--wage", is_flag=True, help=N_("约定的工资支付日；遇休息日提前"))
@option("--suspend", multiple=True, metavar="FROM..TO", help=N_("挂起期间，不含结束的那一天；可写多次"))
@option("--extend", metavar="N", help=N_("批准的延期，从原到期日再加N个工作日"))
@option("--office-hours", metavar="HOURS", help=N_("办公时间；不写就按工作站设定的，没有设定的按 08:30-12:00,14:30-17:30"))
@option("--table", "tables", multiple=True, type=click.Path(path_type=Path), help=N_("另外使用的节假日表文件"))
@option("--explain", is_flag=True, help=N_("逐日列出类别和是否计入"))
@json_option
@pass_invocation
def due(invocation: Invocation, /, tables: tuple[Path, ...], explain: bool, as_json: bool, **given: Any) -> None:
    """Print the last day; a result that rests on a year without a table says so."""
    from zzdesk.calendar import words

    try:
        asked = _asked(given)
        found = _compute(calendar_of(invocation, tables), asked)
    except InvalidError as error:
        raise click.UsageError("；".join(problem.text() for problem in error.problems)) from error
    if as_json:
        json_line(_facts(found, asked, explain))
        return
    print(words.said(found))
    if explain:
        table(words.row(line) for line in found.lines)
    if (sentence := words.moved(found)) is not None:
        print(sentence)
    if (sentence := words.missing(found)) is not None:
        warn(sentence)


def _facts(found: Deadline, asked: _Asked, explain: bool) -> dict[str, Any]:
    from zzdesk.calendar import words

    facts = {"mode": asked.mode.replace("_", "-")} | words.facts(found, days=explain)
    if asked.mode == "confirmation":
        facts |= {"raw_last_day": facts["raw"], "extended_last_day": facts["due"]}
    return facts
