"""Figures of mediation that are data: revisits, retention, signs of escalation, and how a category counts into each set.

``resources/data/mediation.toml`` and ``mediation_categories.toml``; what no official source was found for says so there.
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
from zzdesk.mediation import workflow as flow

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


@dataclass(frozen=True)
class Class:
    """One class of a set, with the stored categories that count into it."""

    code: str
    zh: str
    en: str
    of: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return what the form calls it, in the language in force."""
        return self.en if current_language() == "en" else self.zh


@dataclass(frozen=True)
class CategorySet:
    """One version of a statutory set of categories, in force from ``since`` until the next one."""

    name: str
    version: int
    since: date
    title: str
    title_en: str
    basis: str
    classes: tuple[Class, ...]
    placeholder: bool = False

    def class_of(self, category: str) -> str:
        """Return the code of the class that a stored category counts into; one of a newer program counts as other."""
        return next((each.code for each in self.classes if category in each.of), self.classes[-1].code)

    def count(self, stored: Mapping[str, int]) -> dict[str, int]:
        """Return how many there are of each class, in the order of the form, out of counts by stored category.

        The sum is that of ``stored``: nothing is left out and nothing counted twice.
        """
        counts = dict.fromkeys((each.code for each in self.classes), 0)
        for category, number in stored.items():
            counts[self.class_of(category)] += number
        return counts


@lru_cache(maxsize=1)
def category_sets() -> tuple[CategorySet, ...]:
    """Return every version of every set, as the file lists them."""
    rows = tomllib.loads((DATA / "mediation_categories.toml").read_text("utf-8"))["set"]
    return tuple(_category_set(row) for row in rows)


def _category_set(row: Mapping[str, Any]) -> CategorySet:
    classes = tuple(Class(each["code"], each["zh"], each["en"], tuple(each["of"])) for each in row["classes"])
    return CategorySet(**{**row, "classes": classes})


def category_set(name: str, day: date) -> CategorySet:
    """Return the version of a set (``bulletin``, ``form``, ``governance``) that is in force on a day; the first before."""
    versions = sorted((each for each in category_sets() if each.name == name), key=lambda each: each.since)
    return next((each for each in reversed(versions) if each.since <= day), versions[0])


@lru_cache(maxsize=1)
def _figures() -> dict[str, Any]:
    return tomllib.loads((DATA / "mediation.toml").read_text("utf-8"))


def figure(part: str, name: str) -> int:
    """Return one figure: ``figure("period", "mediation_days")``."""
    return int(_figures()[part][name])


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


def check() -> None:
    """Say whether every set counts every stored category once.

    Raises:
        ValueError: names the set.
    """
    for each in category_sets():
        listed = [category for row in each.classes for category in row.of]
        if sorted(listed) != sorted(flow.CATEGORIES):
            raise ValueError(f"{each.name} {each.version}: {sorted(set(flow.CATEGORIES) ^ set(listed))}")
