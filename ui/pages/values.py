"""Wire forms of fields as a person reads them, for facts and timelines."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.labels import value_word
from ui.roles import role_word
from ui.widgets.dates import short_moment
from zzdesk.clock import from_iso

_MOMENTS = ("until", "suspended_until")
"""Moments whose names do not say so."""
_DAYS = frozenset({("extension", "until"), ("employer_need", "until")})
"""Fields of that name which are a day."""
_YUAN = frozenset(("wage_line", name) for name in (
    "rate", "base", "overtime", "allowance", "withheld", "paid_over", "deducted", "gross", "net", "paid_before", "to_pay",
))  # fmt: skip
"""Amounts of the wage ledger."""


def said(kind: str, field: str, wire: Any, now: datetime) -> str:
    """Return a field in words: codes by their word, moments in the office's time, amounts in yuan."""
    if wire is None:
        return ""
    moment = field.endswith("_at") or (field in _MOMENTS and (kind, field) not in _DAYS)
    if moment and isinstance(wire, str):
        return short_moment(from_iso(wire), now)
    if (field in ("amount", "wage", "wish_wage") and kind != "request") or (kind, field) in _YUAN:
        return yuan(str(wire))
    if (kind, field) == ("wage_line", "quantity"):
        return f"{Decimal(str(wire)).normalize():f}"
    if (kind, field) == ("account", "roles"):
        return " · ".join(role_word(role) for role in sorted(wire))
    if field == "minutes":
        return QCoreApplication.translate("values", "{hours} 小时 {minutes} 分").format(
            hours=int(wire) // 60, minutes=int(wire) % 60)
    return value_word(kind, field, wire)


def yuan(amount: str) -> str:
    """Return ``6,800 元`` for ``6800.00``; cents only where there are some."""
    value = Decimal(amount)
    shown = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    return QCoreApplication.translate("values", "{amount} 元").format(amount=shown)


def joined(*parts: str | None) -> str:
    """Return what is there, with a dot between."""
    return " · ".join(part for part in parts if part)


def short_number(number: str | None) -> str:
    """Return ``F7SI-0004`` for ``SJ20261123-F7SI-0004``: a list shows the day beside it."""
    return (number or "").partition("-")[2] or (number or "")

