"""A limit as a field holds it (``working-days:5``), as a person writes it (``5 个工作日``), and as it is said.

Behind a semicolon stands the rule of a table that it came from: ``working-days:15;12345-complaint@1``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from zzdesk.errors import InvalidError
from zzdesk.i18n import N_, translate

LimitUnit = Literal["working-days", "natural-days", "working-hours", "minutes"]
UNITS: Final[tuple[LimitUnit, ...]] = get_args(LimitUnit)
MOST: Final = {"working-days": 366, "natural-days": 366, "working-hours": 999, "minutes": 9999}
_FORM: Final = re.compile(r"(?P<unit>[a-z-]+):(?P<amount>[1-9][0-9]{0,3})(?:;(?P<rule>[0-9A-Za-z@.-]{1,60}))?")
_SPOKEN: Final = re.compile(r"(?P<amount>[0-9]{1,5})\s*(?P<unit>\S.*)?")
_WORDS: Final[dict[str, LimitUnit]] = {
    "": "working-days", "个工作日": "working-days", "工作日": "working-days", "working day": "working-days",
    "working days": "working-days", "天": "natural-days", "日": "natural-days", "自然日": "natural-days",
    "个自然日": "natural-days", "day": "natural-days", "days": "natural-days", "小时": "working-hours",
    "个小时": "working-hours", "办公小时": "working-hours", "个办公小时": "working-hours", "hour": "working-hours",
    "hours": "working-hours", "working hours": "working-hours", "office hours": "working-hours", "分钟": "minutes",
    "minute": "minutes", "minutes": "minutes",
}  # fmt: skip
"""A number alone is working days: that is what an office means."""
_WIDE: Final = str.maketrans({chr(0xFF10 + n): chr(0x30 + n) for n in range(10)})
_SAID: Final[dict[LimitUnit, str]] = {
    "working-days": N_("{n} 个工作日"),
    "natural-days": N_("{n} 天"),
    "working-hours": N_("{n} 个办公小时"),
    "minutes": N_("{n} 分钟"),
}


@dataclass(frozen=True)
class Limit:
    """How long something may take, and the rule that says so."""

    unit: LimitUnit
    amount: int
    rule: str | None = None

    def __str__(self) -> str:
        return f"{self.unit}:{self.amount}" + (f";{self.rule}" if self.rule else "")

    def said(self) -> str:
        """Return the limit as a person says it."""
        return translate(_SAID[self.unit], n=self.amount)


def stored(text: object) -> Limit | None:
    """Return the limit that a field holds, None where it holds none that this program knows."""
    found = _FORM.fullmatch(text) if isinstance(text, str) else None
    if found is None or found["unit"] not in MOST or int(found["amount"]) > MOST[found["unit"]]:
        return None
    return Limit(found["unit"], int(found["amount"]), found["rule"])  # type: ignore[arg-type]


def read(text: str) -> Limit:
    """Return the limit that a person wrote.

    Raises:
        InvalidError: it is no number with a unit, or too long.
    """
    kept = stored(text.strip())
    if kept is not None:
        return kept
    found = _SPOKEN.fullmatch(text.strip().translate(_WIDE))
    unit = _WORDS.get((found["unit"] or "").strip().lower()) if found else None
    if found is None or unit is None:
        raise InvalidError.one("due_rule", N_("时限写成“5 个工作日”“30 天”“8 小时”或“10 分钟”"))
    amount = int(found["amount"])
    if not 1 <= amount <= MOST[unit]:
        raise InvalidError.one("due_rule", N_("时限要在 1 到 {most} 之间"), most=MOST[unit])
    return Limit(unit, amount)


def check(value: str, today: date) -> str:
    """Return a limit in the form that columns hold.

    Raises:
        InvalidError: see :func:`read`.
    """
    return str(read(value))
