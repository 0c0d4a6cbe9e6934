"""Money, days and states in the plainest words: figures with Chinese numerals beside them (domain rules B3.5)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ui.widgets.dates import CHINA
from zzdesk.i18n import current_language

translate = QCoreApplication.translate
_FIGURES: Final = "零一二三四五六七八九"
_PLACES: Final = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_DAYS: Final = (
    QT_TRANSLATE_NOOP("Kiosk", "周一"), QT_TRANSLATE_NOOP("Kiosk", "周二"), QT_TRANSLATE_NOOP("Kiosk", "周三"),
    QT_TRANSLATE_NOOP("Kiosk", "周四"), QT_TRANSLATE_NOOP("Kiosk", "周五"), QT_TRANSLATE_NOOP("Kiosk", "周六"),
    QT_TRANSLATE_NOOP("Kiosk", "周日"),
)  # fmt: skip
_UNITS: Final = {
    "hour": QT_TRANSLATE_NOOP("Kiosk", "一小时"), "day": QT_TRANSLATE_NOOP("Kiosk", "一天"),
    "week": QT_TRANSLATE_NOOP("Kiosk", "一周"), "month": QT_TRANSLATE_NOOP("Kiosk", "一个月"),
    "piece": QT_TRANSLATE_NOOP("Kiosk", "做一次"),
}  # fmt: skip
_STATES: Final = {
    "applied": QT_TRANSLATE_NOOP("Kiosk", "登记了，待确认"), "confirmed": QT_TRANSLATE_NOOP("Kiosk", "已确认，请按时到"),
    "checked-in": QT_TRANSLATE_NOOP("Kiosk", "正在做"), "done": QT_TRANSLATE_NOOP("Kiosk", "做完了"),
    "no-show": QT_TRANSLATE_NOOP("Kiosk", "没有到"), "withdrawn": QT_TRANSLATE_NOOP("Kiosk", "已取消"),
    "refused": QT_TRANSLATE_NOOP("Kiosk", "这次没有安排上"),
}  # fmt: skip


def say(text: str) -> str:
    """Return a text of the kiosk in the language in force."""
    return translate("Kiosk", text)


def numerals(amount: int) -> str:
    """Return 九十 for 90, 一百零五 for 105, 一万二千 for 12000; up to 99,999,999."""
    if amount >= 10_000:
        high, low = divmod(amount, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return f"{numerals(high)}万{gap}{_below(low) if low else ''}"
    return _below(amount).removeprefix("一") if 10 <= amount < 20 else _below(amount)


def _below(amount: int) -> str:
    if amount == 0:
        return "零"
    said, zero = "", False
    for place, name in _PLACES:
        figure, amount = divmod(amount, place)
        if figure:
            said += ("零" if zero else "") + _FIGURES[figure] + name
            zero = False
        elif said and amount:
            zero = True
    return said


def money(wage: Decimal | None) -> str:
    """Return ``90 元``; whole yuan without a fraction."""
    if wage is None:
        return say(_LATER)
    whole = wage == wage.to_integral_value()
    return translate("Kiosk", "{amount} 元").format(amount=f"{wage:.0f}" if whole else f"{wage:.2f}")


def paid_by(settlement: str | None) -> str:
    """Return how the pay comes: in cash or by transfer, as the posting says; empty where it does not."""
    return say(_WAYS[settlement]) if settlement in _WAYS else ""


_WAYS: Final = {"cash": QT_TRANSLATE_NOOP("Kiosk", "给现金"), "transfer": QT_TRANSLATE_NOOP("Kiosk", "转账")}
_LATER: Final = QT_TRANSLATE_NOOP("Kiosk", "工钱面议")


def pay(wage: Decimal | None, unit: str | None) -> str:
    """Return what the pay is for, with the amount in Chinese numerals where the kiosk speaks Chinese."""
    if wage is None:
        return ""
    what = say(_UNITS[unit]) if unit in _UNITS else ""
    whole = wage == wage.to_integral_value()
    if current_language() != "zh" or not whole or wage >= 100_000_000:
        return what
    return f"{what} · {numerals(int(wage))}元" if what else f"{numerals(int(wage))}元"


def when(starts: datetime | None, ends: datetime | None) -> str:
    """Return ``11月25日 周三 上午8:00 到 11:00`` in the offices' time."""
    if starts is None:
        return translate("Kiosk", "时间由工作人员通知")
    begins = starts.astimezone(CHINA)
    day = translate("Kiosk", "{month}月{day}日 {weekday}").format(
        month=begins.month, day=begins.day, weekday=say(_DAYS[begins.weekday()]))
    until = ends.astimezone(CHINA) if ends is not None else None
    if until is None:
        return f"{day} {_hour(begins)}"
    if until.date() == begins.date():
        return translate("Kiosk", "{day} {start} 到 {end}").format(day=day, start=_hour(begins), end=_hour(until))
    return translate("Kiosk", "{day} {start} 到第二天 {end}").format(day=day, start=_hour(begins), end=_hour(until))


def moment(at: datetime) -> str:
    """Return ``11月21日 周六 上午9:00 来排队`` in the offices' time."""
    return translate("Kiosk", "{when} 来排队").format(when=when(at, None))


def clock(at: datetime) -> str:
    """Return ``上午9:41`` in the offices' time."""
    return _hour(at.astimezone(CHINA))


def _hour(moment: datetime) -> str:
    parts = ((5, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
    clock = f"{moment.hour}:{moment:%M}"
    if current_language() != "zh":
        return clock
    part = next(name for end, name in parts if moment.hour < end)
    hour = moment.hour - 12 if moment.hour > 12 else moment.hour
    return f"{part}{hour}:{moment:%M}"


def short(text: str, most: int, *, ask: bool = False) -> str:
    """Return a text in one line that is no wider than ``most`` Han characters; ``ask``: says that the staff tell the rest."""
    plain, width = " ".join(text.split()), 0.0
    for at, char in enumerate(plain):
        width += 1.0 if ord(char) > 0x2E7F else 0.55
        if width > most:
            return plain[:at].rstrip("，。；、,.; ") + (translate("Kiosk", "……（问工作人员）") if ask else "…")
    return plain


def state(code: str) -> str:
    """Return what became of an application, in words."""
    return say(_STATES[code]) if code in _STATES else translate("Kiosk", "请问工作人员")


def sentence(error: Any) -> str:
    """Return what a refusal says to a visitor: never a code, never another person."""
    if error.code == "locked-out":
        return translate("Kiosk", "试的次数太多了。请过十分钟再来，或者叫工作人员帮您。")
    if error.code == "invalid":
        return translate("Kiosk", "号码不对，请再看一看。")
    if error.code in ("refused", "underage", "visit-over", "not-found", "wrong-password"):
        told: str = error.text()
        return told
    return translate("Kiosk", "机器现在办不了，请叫工作人员。")
