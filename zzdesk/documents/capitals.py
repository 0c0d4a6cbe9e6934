"""Amounts in the capital figures of bills and papers."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_UNITS: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿", "万亿")


def capitals(wire: object) -> str:
    """Return an amount in the capital figures of bills: 叁仟贰佰元整 (会计基础工作规范, article 52)."""
    if wire in (None, ""):
        return ""
    fen = int((Decimal(str(wire)) * 100).to_integral_value())
    whole, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    text = f"{_integer(whole)}元" if whole else ""
    if not jiao and not cent:
        return f"{text or '零元'}整"
    text += f"{_DIGITS[jiao]}角" if jiao else ("零" if whole else "")
    return text + (f"{_DIGITS[cent]}分" if cent else "整")


def _integer(number: int) -> str:
    groups, text, gap = [], "", False
    while number:
        groups.append(number % 10000)
        number //= 10000
    for at in reversed(range(len(groups))):
        group = groups[at]
        if group == 0:
            gap = True
            continue
        if text and (gap or group < 1000):
            text += "零"
        text += _four(group) + _GROUPS[at]
        gap = False
    return text


def _four(group: int) -> str:
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = group // 10**power % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _UNITS[power]
            gap = False
        else:
            gap = True
    return text
