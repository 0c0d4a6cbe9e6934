"""Calendar tables as text: one line for each published day or run of days, written by hand out of the notice.

    year 2026
    version 1
    source 国务院办公厅关于2026年部分节假日安排的通知
    2026-01-01..2026-01-03 holiday 元旦
    2026-01-04 workday 元旦

Chinese words do as well: 年份, 版本, 来源; 放假, 上班. ``#`` starts a remark. A version counts up when the office that
published a table corrects it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from zzdesk.calendar.days import DECEMBER, FIRST_YEAR, LAST_YEAR, SATURDAY, Calendar, YearTable
from zzdesk.errors import InvalidError, NotFoundError, Problem
from zzdesk.i18n import N_, translate

FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "data" / "calendars"
MAX_LENGTH: Final = 20_000
"""Characters of a table: a year has 366 days, and a record travels in one piece."""
MAX_BYTES: Final = 4 * MAX_LENGTH
MAX_NAME: Final = 40
MAX_SOURCE: Final = 300
MAX_VERSION: Final = 9999
MAX_TOLD: Final = 10
"""Lines that are complained about at once."""

_HEADS: Final = {"year": "year", "年份": "year", "version": "version", "版本": "version", "source": "source", "来源": "source"}
_KINDS: Final = {"holiday": False, "放假": False, "workday": True, "上班": True}
_DAY: Final = r"\d{4}-\d{2}-\d{2}"
_LINE: Final = re.compile(rf"({_DAY})(?:\.\.({_DAY}))?\s+(\S+)(?:\s+(.+))?")


class TableError(InvalidError):
    """A table that cannot be taken; names every line that is wrong."""

    def text(self, language: str | None = None) -> str:
        """Return each problem with its line."""
        told = [self._line(problem, language) for problem in self.problems[:MAX_TOLD]]
        more = len(self.problems) - len(told)
        return "；".join(told) + (translate(N_("；另有 {more} 处"), language, more=more) if more else "")

    @staticmethod
    def _line(problem: Problem, language: str | None) -> str:
        why = problem.text(language)
        return translate(N_("第 {line} 行：{why}"), language, line=problem.field, why=why) if problem.field else why


class _LineError(Exception):
    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.message, self.params = message, params


@dataclass
class _Reading:
    """What has been read so far, and what was wrong with it."""

    heads: dict[str, str] = field(default_factory=dict)
    head_lines: dict[str, int] = field(default_factory=dict)
    days: dict[date, tuple[bool, str]] = field(default_factory=dict)
    lines: dict[date, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, number: int | None, message: str, /, **params: Any) -> None:
        self.problems.append(Problem(str(number) if number else "", message, params))


def parse(text: str, origin: str = "import") -> YearTable:
    """Read a table.

    Raises:
        TableError: lines that cannot be understood or contradict the week or each other, each with its number.
    """
    reading = _Reading()
    if len(text) > MAX_LENGTH:
        raise TableError([Problem("", N_("这个文件太大，不是一年的节假日表"))])
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        line = raw.partition("#")[0].strip()
        if line:
            try:
                _read_line(reading, number, line)
            except _LineError as bad:
                reading.complain(number, bad.message, **bad.params)
    year, version = _number(reading, "year", FIRST_YEAR, LAST_YEAR), _number(reading, "version", 1, MAX_VERSION)
    source = reading.heads.get("source", "")
    if not source:
        reading.complain(None, N_("缺少来源：请加一行“source 通知的名称”"))
    if not reading.days and not reading.problems:
        reading.complain(None, N_("没有一天：请按通知逐行写上放假和调休上班的日期"))
    _check_years(reading, year)
    if reading.problems:
        raise TableError(reading.problems)
    return YearTable(year, version, source, dict(sorted(reading.days.items())), origin)


def _read_line(reading: _Reading, number: int, line: str) -> None:
    word, rest = (*line.split(None, 1), "")[:2]
    head = _HEADS.get(word.rstrip("：:").lower())
    if head:
        if head in reading.heads:
            raise _LineError(N_("“{word}”写了两次"), word=word)
        reading.heads[head], reading.head_lines[head] = _short(rest.strip(), MAX_SOURCE), number
        return
    found = _LINE.fullmatch(line)
    if found is None:
        raise _LineError(N_("看不懂。应为“2026-10-01..2026-10-07 holiday 国庆节”或“2026-10-10 workday 国庆节”"))
    works = _KINDS.get(found[3].lower())
    if works is None:
        raise _LineError(N_("“{word}”不对，只能写 holiday（放假）或 workday（上班）"), word=found[3])
    if not found[4]:
        raise _LineError(N_("缺少节日的名称"))
    for day in _run(found[1], found[2] or found[1]):
        if works and day.weekday() < SATURDAY:
            raise _LineError(N_("{day}不是周末，本来就上班，不用写"), day=day.isoformat())
        if day in reading.days:
            raise _LineError(N_("{day}在第 {line} 行已经写过"), day=day.isoformat(), line=reading.lines[day])
        reading.days[day], reading.lines[day] = (works, _short(found[4].strip(), MAX_NAME)), number


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise _LineError(N_("太长，最多 {longest} 个字"), longest=longest)
    return text


def _run(first: str, last: str) -> Iterator[date]:
    start, end = _day(first), _day(last)
    if end < start:
        raise _LineError(N_("{last}早于{first}"), first=first, last=last)
    if (end - start).days > 31:
        raise _LineError(N_("从{first}到{last}太长，没有这样长的假期"), first=first, last=last)
    return (start + timedelta(days=n) for n in range((end - start).days + 1))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _LineError(N_("没有{day}这一天"), day=text) from None


def _number(reading: _Reading, head: str, least: int, most: int) -> int:
    said = reading.heads.get(head)
    if said is None:
        reading.complain(None, N_("缺少一行“{head} …”"), head=head)
    elif said.isascii() and said.isdecimal() and least <= int(said) <= most:
        return int(said)
    else:
        reading.complain(
            reading.head_lines[head], N_("{head} 要是 {least} 到 {most} 的整数"), head=head, least=least, most=most
        )
    return 0


def _check_years(reading: _Reading, year: int) -> None:
    for day, line in reading.lines.items():
        if year and day.year != year and not (day.year == year - 1 and day.month == DECEMBER):
            reading.complain(line, N_("{day}不在{year}年，也不在前一年的12月"), day=day.isoformat(), year=year)


def write(table: YearTable) -> str:
    """Return a table as text that ``parse`` reads back: runs of one holiday on one line."""
    lines = [f"year {table.year}", f"version {table.version}", f"source {table.source}"]
    runs: list[tuple[date, date, bool, str]] = []
    for day, (works, name) in sorted(table.days.items()):
        if runs and runs[-1][1] + timedelta(days=1) == day and runs[-1][2:] == (works, name):
            runs[-1] = (runs[-1][0], day, works, name)
        else:
            runs.append((day, day, works, name))
    for first, last, works, name in runs:
        days = first.isoformat() if first == last else f"{first.isoformat()}..{last.isoformat()}"
        lines.append(f"{days} {'workday' if works else 'holiday'} {name}")
    return "\n".join(lines) + "\n"


def load(path: Path) -> YearTable:
    """Read a table out of a file.

    Raises:
        NotFoundError: the file cannot be read.
        TableError: what it says cannot be taken.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotFoundError(N_("读不了这个文件：{path}"), path=str(path)) from error
    try:
        return parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise TableError([Problem("", N_("不是UTF-8文本：请用记事本另存为UTF-8"))]) from None


@lru_cache(maxsize=1)
def shipped() -> Calendar:
    """Return the tables that come with the program."""
    return Calendar(parse(path.read_text("utf-8"), "program") for path in sorted(FOLDER.glob("*.txt")))


HOLIDAY_NAMES: Final = (
    N_("元旦"), N_("春节"), N_("清明节"), N_("劳动节"), N_("端午节"), N_("中秋节"), N_("国庆节"),
    N_("抗战胜利纪念日"),
)  # fmt: skip
"""Names in the tables that come with the program, so that they are translated; another office's name is shown as written."""
