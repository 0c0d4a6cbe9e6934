"""How long a report may take where nobody wrote a limit: a table by source, demand, category and urgency (B2.5).

The table is data with a version. Where no rule of Zhangzhou's own was found it says that its figure is a placeholder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from zzdesk.calendar import limits
from zzdesk.calendar.limits import Limit
from zzdesk.errors import BugError

TABLE: Final = Path(__file__).resolve().parents[2] / "resources" / "data" / "deadlines.toml"
CONDITIONS: Final = ("source", "demand", "category", "urgency")


@dataclass(frozen=True)
class DueRule:
    """One row: what it is for, its limit, where that comes from, and whether it only stands in for a rule not found."""

    name: str
    wanted: Mapping[str, tuple[str, ...]]
    limit: Limit
    basis: str
    placeholder: bool

    def fits(self, values: Mapping[str, Any]) -> bool:
        """Say whether a report is of the kind that this rule is for."""
        return all(values.get(name) in allowed for name, allowed in self.wanted.items())


@dataclass(frozen=True)
class DueRules:
    """The table, in the order in which rules are tried."""

    version: int
    rules: tuple[DueRule, ...]

    def limit_for(self, values: Mapping[str, Any]) -> Limit | None:
        """Return the limit of a report, None where no rule fits."""
        return next((rule.limit for rule in self.rules if rule.fits(values)), None)

    def named(self, reference: str | None) -> DueRule | None:
        """Return the rule that a limit names (``12345-complaint@1``), None where this table has not got it."""
        name, _, version = (reference or "").partition("@")
        found = next((rule for rule in self.rules if rule.name == name), None)
        return found if version == str(self.version) else None


def parse(text: str) -> DueRules:
    """Read a table.

    Raises:
        BugError: it cannot be understood: it comes with the program.
    """
    found = tomllib.loads(text)
    version = int(found["version"])
    return DueRules(version, tuple(_rule(row, version) for row in found["rule"]))


def _rule(row: dict[str, Any], version: int) -> DueRule:
    limit = limits.stored(row["limit"])
    if limit is None or set(row) - {*CONDITIONS, "name", "limit", "basis", "placeholder"}:
        raise BugError(f"deadlines.toml: {row.get('name')}")
    wanted: dict[str, tuple[str, ...]] = {name: tuple(row[name]) for name in CONDITIONS if name in row}
    limit = Limit(limit.unit, limit.amount, f"{row['name']}@{version}")
    return DueRule(row["name"], wanted, limit, row["basis"], bool(row.get("placeholder")))


def default_for(values: Mapping[str, Any]) -> str | None:
    """Return the limit that the table gives a report, in the form that its field holds."""
    limit = shipped().limit_for(values)
    return str(limit) if limit is not None else None


def in_force(values: Mapping[str, Any]) -> Limit | None:
    """Return the limit that holds for a report: the one that was written, or what the table says of it as it is now.

    Who corrects the urgency moves the deadline with it, and nobody has a second conflict about that. A limit out of
    another version of the table stays what it was.
    """
    said = [values.get(name) for name in _SAID]
    if all(each is None or (type(each) is str and len(each) <= _SHORT) for each in said):
        return _in_force(*said)
    return _judged(values)


_SAID: Final = ("due_rule", *CONDITIONS)
_SHORT: Final = 100
"""Longer ones say nothing that a rule knows, and are not worth remembering."""


@lru_cache(maxsize=256)
def _in_force(*said: str | None) -> Limit | None:
    """Thousands of reports that arrive together have a few limits and kinds: each is judged once."""
    return _judged(dict(zip(_SAID, said, strict=True)))


def _judged(values: Mapping[str, Any]) -> Limit | None:
    held = limits.stored(values.get("due_rule"))
    if held is None or shipped().named(held.rule) is None:
        return held
    return shipped().limit_for(values) or held


@lru_cache(maxsize=1)
def shipped() -> DueRules:
    """Return the table that comes with the program."""
    return parse(TABLE.read_text("utf-8"))
