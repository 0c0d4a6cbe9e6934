"""Figures and words of the odd-job station that are data: ``resources/data/jobs.toml``.

Wage floors by the day from which they hold, words that hold a posting, limits of sanctions. What no official figure was
found for says so there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from zzdesk.i18n import current_language

HOME: Final = "3506"
"""Zhangzhou: the area of a posting that names none."""
DATA: Final = Path(__file__).resolve().parents[2] / "resources" / "data" / "jobs.toml"


@dataclass(frozen=True)
class WageFloor:
    """The least that may be paid from a day on in an area (最低工资规定), in yuan an hour and a month."""

    since: date
    area: str
    hour: Decimal
    month: Decimal
    basis: str
    placeholder: bool = False


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text("utf-8"))


def figure(part: str, name: str) -> int:
    """Return one figure: ``figure("keep", "wage_years")``."""
    return int(_data()[part][name])


@lru_cache(maxsize=1)
def wage_floors() -> tuple[WageFloor, ...]:
    """Return every floor that the file holds, the earliest first."""
    rows = [row | {"hour": Decimal(row["hour"]), "month": Decimal(row["month"])} for row in _data()["wage_floor"]]
    return tuple(sorted((WageFloor(**row) for row in rows), key=lambda floor: floor.since))


def wage_floor(area: str, day: date) -> WageFloor | None:
    """Return the floor in force in an area on a day: the one of the narrowest area, of these the newest; None: none known."""
    there = [floor for floor in wage_floors() if area.startswith(floor.area) and floor.since <= day]
    return max(there, key=lambda floor: (len(floor.area), floor.since), default=None)


def least_wage(area: str, day: date, unit: str, hours: Decimal | None) -> Decimal | None:
    """Return the least wage for one unit of pay; None where nothing can be said (piece work, no floor known).

    ``hours`` from start to end of a day's work; breaks are in it, so that no more than a legal day counts.
    """
    floor = wage_floor(area, day)
    if floor is None or unit == "piece":
        return None
    if unit == "month":
        return floor.month
    longest = Decimal(figure("wage", "day_hours"))
    units = {
        "hour": Decimal(1), "week": Decimal(figure("wage", "week_hours")),
        "day": min(hours, longest) if hours is not None and hours > 0 else longest,
    }  # fmt: skip
    return (floor.hour * units[unit]).quantize(Decimal("0.01")) if unit in units else None


def certificate(trade: str) -> str | None:
    """Return the certificate without which nobody is introduced to a trade, None where the law asks for none."""
    return next((str(row["name"]) for row in _data().get("certificate", ()) if row["trade"] == trade), None)


def consent() -> tuple[str, str]:
    """Return version and text of what workers agree to when they tell more than they must (PIPL articles 14, 17 and 29).

    The Chinese text is what is signed; in English it is only told.
    """
    told = _data()["consent"]["en" if current_language() == "en" else "text"]
    return str(_data()["consent"]["version"]), str(told)


@lru_cache(maxsize=1)
def risky_trades() -> frozenset[str]:
    """Return the trades of which a posting without insurance says so in red and in words."""
    return frozenset(_data()["insurance"]["risky"])


@lru_cache(maxsize=1)
def _holds() -> tuple[tuple[str, tuple[str, ...], tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (row["kind"], tuple(row.get("words", ())), tuple(re.compile(each) for each in row.get("patterns", ())))
        for row in _data()["hold"]
    )


def words_to_hold(texts: Mapping[str, Any]) -> frozenset[str]:
    """Return the words in a posting's texts for which a person must decide before it may be published."""
    found: set[str] = set()
    for text in texts.values():
        if isinstance(text, str):
            for _, words, patterns in _holds():
                found.update(word for word in words if word in text)
                found.update(match[0] for pattern in patterns for match in pattern.finditer(text))
    return frozenset(found)
