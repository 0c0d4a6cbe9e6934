"""Figures of mediation that are data: periods, revisits, retention, signs of escalation.

``resources/data/mediation.toml``; what no official source was found for says so there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from zzdesk.i18n import current_language

DATA: Final = Path(__file__).resolve().parents[2] / "resources" / "data"
CALM, WATCH, WARN, RED = range(4)
"""Levels of escalation, as ``case.escalation`` holds them."""


@dataclass(frozen=True)
class Sign:
    """A sign that a dispute may escalate; one that is ``red`` is enough for the highest level (PML article 25)."""

    code: str
    zh: str
    en: str
    points: int
    red: bool = False

    @property
    def name(self) -> str:
        """Return it in the language in force."""
        return self.en if current_language() == "en" else self.zh


@lru_cache(maxsize=1)
def _figures() -> dict[str, Any]:
    return tomllib.loads((DATA / "mediation.toml").read_text("utf-8"))


def figure(part: str, name: str) -> int:
    """Return one figure: ``figure("period", "mediation_days")``."""
    return int(_figures()[part][name])


@dataclass(frozen=True)
class CourtDays:
    """When a court answers, by each of two rules: which of them it goes by is the court's to say.

    ``accept_by`` and ``decide_by`` after 法释〔2011〕5号 articles 4 and 5, ``special_by`` after 民事诉讼法 (2023) article 187.
    """

    accept_by: date
    decide_by: date | None
    special_by: date | None


def court_days(applied_on: date, accepted_on: date | None, *, longer: bool) -> CourtDays:
    """Return the days by which a court answers an application for confirmation; without what it has not done yet."""
    days = {name: timedelta(days=figure("court", f"{name}_days")) for name in ("accept", "decide", "longer", "special")}
    if accepted_on is None:
        return CourtDays(applied_on + days["accept"], None, None)
    decide = accepted_on + days["decide"] + (days["longer"] if longer else timedelta(0))
    return CourtDays(applied_on + days["accept"], decide, accepted_on + days["special"])


def _rule(part: str, category: str) -> Mapping[str, Any]:
    """Return the rule that names a category, else the one that names none."""
    rows = _figures()[part]
    named = [row for row in rows if category in row.get("category", ())]
    found: Mapping[str, Any] = (named or [row for row in rows if "category" not in row])[0]
    return found


def revisit_days(category: str, effective: date) -> tuple[date, ...]:
    """Return the days on which an agreement in effect since then is to be revisited (PML article 31)."""
    return tuple(effective + timedelta(days=days) for days in _rule("revisit", category)["days"])


def retention_of(category: str) -> str:
    """Return how long the file of a case of this category is kept, where nobody chose otherwise."""
    return str(_rule("retention", category)["keep"])


@lru_cache(maxsize=1)
def signs() -> tuple[Sign, ...]:
    """Return the signs that a form offers, the worst first."""
    return tuple(Sign(**row) for row in _figures()["sign"])


def escalation(ticked: Collection[str], intensity: str | None) -> int:
    """Return the level that ticked signs and the fierceness come to, from ``CALM`` to ``RED`` (PML article 25).

    Signs of a newer program count nothing here.
    """
    found, rules = [sign for sign in signs() if sign.code in ticked], _figures()["escalation"]
    score = sum(sign.points for sign in found) + rules["intensity"].get(intensity or "", 0)
    if any(sign.red for sign in found) or score >= rules["red"]:
        return RED
    return WARN if score >= rules["warn"] else WATCH if score >= rules["watch"] else CALM
