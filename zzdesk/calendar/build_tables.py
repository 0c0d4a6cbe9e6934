"""Make ``resources/data/calendars/YEAR.txt`` out of two libraries that must agree on every day (run by hand each autumn).

    pip install chinesecalendar holidays        # both MIT; neither is needed while the program runs
    python -m zzdesk.calendar.build_tables 2026

A year on which they differ is not written: it has to be typed from the notice.
"""

from __future__ import annotations

import importlib
import sys
from datetime import date, timedelta
from typing import Any, Final

from zzdesk.calendar.days import SATURDAY, YearTable
from zzdesk.calendar.tables import FOLDER, write

_NAMES: Final = {
    "New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节", "Mid-autumn Festival": "中秋节", "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}  # fmt: skip
SOURCE: Final = "国务院办公厅公布的{year}年节假日安排（据 chinesecalendar {one} 整理，与 holidays {two} 逐日相同）"


def main(years: list[int]) -> None:
    """Write the table of each year."""
    first, second = importlib.import_module("chinese_calendar"), importlib.import_module("holidays")
    for year in years:
        other = second.CN(years=[year, year + 1], language="zh_CN")
        days = {day: found for day in _days(year) if (found := _published(first, day)) is not None}
        differ = [day.isoformat() for day in _days(year) if first.is_workday(day) != other.is_working_day(day)]
        if differ:
            raise SystemExit(f"{year}: the libraries differ on {differ}")
        source = SOURCE.format(year=year, one=first.__version__, two=second.__version__)
        path = FOLDER / f"{year}.txt"
        path.write_text(write(YearTable(year, 1, source, days)), "utf-8")


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def _published(library: Any, day: date) -> tuple[bool, str] | None:
    if day in library.holidays:
        return False, _NAMES[library.holidays[day]]
    if day in library.workdays and day.weekday() >= SATURDAY:
        return True, _NAMES[library.workdays[day]]
    return None


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
