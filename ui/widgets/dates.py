"""Dates and times as a person says them; the office's time is China Standard Time, which has no summer time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

CHINA: Final = timezone(timedelta(hours=8), "CST")



def short_moment(moment: datetime | None, now: datetime) -> str:
    """Return 今天 09:14, 昨天 18:02, 3月2日 09:14 or 2025-11-02; empty for None."""
    if moment is None:
        return ""
    local, today = moment.astimezone(CHINA), now.astimezone(CHINA).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return QCoreApplication.translate("dates", "今天 {time}").format(time=clock)
    if local.date() == today - timedelta(days=1):
        return QCoreApplication.translate("dates", "昨天 {time}").format(time=clock)
    day = short_day(local.date(), today)
    return f"{day} {clock}" if local.year == today.year else day


def short_day(day: date | None, today: date) -> str:
    """Return 今天, 昨天, 明天, 3月2日 (this year) or 2025-11-02."""
    if day is None:
        return ""
    near = {
        0: QCoreApplication.translate("dates", "今天"),
        -1: QCoreApplication.translate("dates", "昨天"),
        1: QCoreApplication.translate("dates", "明天"),
    }
    if (word := near.get((day - today).days)) is not None:
        return word
    if day.year != today.year:
        return day.isoformat()
    if QLocale().language() == QLocale.Language.Chinese:
        return f"{day.month}月{day.day}日"
    return QLocale().toString(day, "d MMM")


def full_moment(moment: datetime | None) -> str:
    """Return 2026-11-23 09:14:03, for tooltips and papers; empty for None."""
    return "" if moment is None else f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def long_day(day: date) -> str:
    """Return 11月23日 星期一, or Monday, 23 November."""
    if QLocale().language() == QLocale.Language.Chinese:
        return f"{day.month}月{day.day}日 星期{'一二三四五六日'[day.weekday()]}"
    return QLocale().toString(day, "dddd, d MMMM")
