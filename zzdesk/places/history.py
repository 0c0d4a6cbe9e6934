"""Division codes that changed. Old codes stay valid where they stand; new records use the code of today (GB/T 2260)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class CodeChange:
    """One code that became another at the start of, or during, the year ``since``."""

    old: str
    new: str
    since: int


CODE_HISTORY: Final = (
    CodeChange("352501", "350602", 1985),
    CodeChange("352521", "350621", 1985),
    CodeChange("352522", "350622", 1985),
    CodeChange("352523", "350623", 1985),
    CodeChange("352524", "350624", 1985),
    CodeChange("352525", "350625", 1985),
    CodeChange("352526", "350626", 1985),
    CodeChange("352527", "350627", 1985),
    CodeChange("352528", "350628", 1985),
    CodeChange("352529", "350629", 1985),
    CodeChange("350621", "350681", 1993),
    CodeChange("350681", "350604", 2021),
    CodeChange("350625", "350605", 2021),
)
"""Every change of a county-level code of Zhangzhou, oldest first."""

_NEXT: Final = {change.old: change.new for change in CODE_HISTORY}


def current_code(code: str) -> str:
    """Return the code of today for a code of any year; what lies below the county keeps its own digits."""
    county, below = code[:6], code[6:]
    while county in _NEXT:
        county = _NEXT[county]
    return county + below
