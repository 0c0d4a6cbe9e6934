"""How the columns of somebody else's table become the fields of a report: a small TOML file, shipped or one's own.

system = "nyc311"                 # who gave the numbers
reference = "unique_key"          # the column with the number that never changes
timezone = "America/New_York"     # of times without an offset; the offices' own where left out
empty = ["N/A"]                   # what stands for nothing

[fields.title]
first = ["{complaint_type}：{descriptor}", "{complaint_type}"]    # the first whose columns are all filled
[fields.description]
lines = ["{descriptor}", "处置：{resolution_description}"]          # every one whose columns are all filled
[fields.category]
column = "complaint_type"
codes = { "Noise - Park" = "noise" }                              # other values: ``default``, else a broken row
default = "other"
[fields.happened_at]
column = "created_date"
moment = ["%Y-%m-%dT%H:%M:%S.%f"]
[fields.source]
const = "import"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from zzdesk.clock import OFFICE_TIME, to_iso
from zzdesk.errors import InvalidError, NotFoundError, Problem
from zzdesk.i18n import N_
from zzdesk.typed import convert

SHIPPED: Final = Path(__file__).resolve().parents[2] / "resources" / "mappings"
_PLACE: Final = re.compile(r"\{([^{}]+)\}")


class FieldRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where one field comes from: exactly one of ``column``, ``first``, ``lines``, ``parts`` or ``const``."""

    column: str | None = None
    first: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    const: str | None = None
    codes: dict[str, str] = {}
    default: str | None = None
    moment: tuple[str, ...] = ()

    def ways(self) -> int:
        """Return how many sources are named; right is one."""
        return sum(map(bool, (self.column, self.first, self.lines, self.parts, self.const)))

    def columns(self) -> set[str]:
        """Return the columns that it reads."""
        templates = (*self.first, *self.lines, *self.parts)
        named = {self.column} if self.column else set()
        return named.union(*(_PLACE.findall(template) for template in templates))


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    system: str
    reference: str
    fields: dict[str, FieldRule]
    timezone: str | None = None
    empty: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportMapping:
    """A mapping that was read and is sound."""

    system: str
    reference: str
    rules: Mapping[str, FieldRule]
    zone: ZoneInfo
    empty: frozenset[str]

    def columns(self) -> set[str]:
        """Return every column that the table must have."""
        return {self.reference}.union(*(rule.columns() for rule in self.rules.values()))

    def reference_of(self, cells: Mapping[str, str]) -> str:
        """Return the number that the other system gave; empty when there is none."""
        return self._full(cells).get(self.reference, "")

    def fields_of(self, cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
        """Return the fields of a report for one row, in wire forms, and what cannot be translated."""
        full = self._full(cells)
        fields: dict[str, Any] = {
            "external_system": self.system,
            "external_ref": full.get(self.reference, ""),
        }
        problems: list[Problem] = []
        for name, rule in self.rules.items():
            try:
                value = self._value(rule, full)
            except _UntranslatedError as error:
                problems.append(Problem(name, error.args[0], error.params))
            else:
                fields |= {name: value} if value else {}
        return fields, problems

    def _full(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the cells that have something in them."""
        return {name: cell for name, cell in cells.items() if cell and cell not in self.empty}

    def _value(self, rule: FieldRule, full: Mapping[str, str]) -> str | list[str] | None:
        if rule.const is not None:
            return rule.const
        if rule.lines:
            return "\n".join(_filled(rule.lines, full)) or rule.default
        if rule.parts:
            return _filled(rule.parts, full)
        cell = full.get(rule.column) if rule.column else next(iter(_filled(rule.first, full)), None)
        if cell is None:
            return rule.default
        if rule.codes:
            return _code(rule, cell)
        return self._moment(rule.moment, cell) if rule.moment else cell

    def _moment(self, formats: tuple[str, ...], cell: str) -> str:
        for written in formats:
            try:
                moment = datetime.strptime(cell, written)  # noqa: DTZ007 - the zone is put in next
                return to_iso(moment if moment.tzinfo else moment.replace(tzinfo=self.zone))
            except (ValueError, OverflowError):
                continue
        raise _UntranslatedError(N_("时间的写法不在对照表中：{value}"), value=cell)


class _UntranslatedError(Exception):
    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.params = params


def _filled(templates: tuple[str, ...], full: Mapping[str, str]) -> list[str]:
    """Return the templates whose columns are all filled, filled in."""
    return [
        _PLACE.sub(lambda place: full[place[1]], template)
        for template in templates
        if all(name in full for name in _PLACE.findall(template))
    ]


def _code(rule: FieldRule, cell: str) -> str:
    known = rule.codes.get(cell) or {name.lower(): code for name, code in rule.codes.items()}.get(
        cell.lower()
    )
    if known is None and rule.default is None:
        raise _UntranslatedError(N_("“{value}”不在对照表中"), value=cell)
    return known or str(rule.default)


def shipped() -> list[str]:
    """Return the names of the mappings that come with the program."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def load_mapping(name: str, known_fields: set[str]) -> ReportMapping:
    """Read a mapping: a shipped one by its name, or a file by its path.

    ``known_fields`` are the fields that a report may be made with.

    Raises:
        NotFoundError: neither a shipped mapping nor a file.
        InvalidError: it is no mapping, or names a field or time zone that does not exist.
    """
    path = SHIPPED / f"{name}.toml" if name in shipped() else Path(name)
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NotFoundError(N_("没有这个对照表：{name}"), name=name) from error
    try:
        read = convert(tomllib.loads(text), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InvalidError.one("mapping", N_("对照表写法不对：{detail}"), detail=str(error)) from error
    _check(read, known_fields)
    return ReportMapping(
        read.system, read.reference, read.fields, _zone(read.timezone), frozenset(read.empty)
    )


def _check(read: _File, known_fields: set[str]) -> None:
    problems = [
        Problem(name, N_("没有这个字段"))
        for name in read.fields
        if name not in known_fields or name in ("external_system", "external_ref")
    ]
    problems += [
        Problem(name, N_("对照表里每个字段只能有一个来源"))
        for name, rule in read.fields.items()
        if rule.ways() != 1
    ]
    if problems:
        raise InvalidError(problems)


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else OFFICE_TIME
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidError.one("timezone", N_("没有这个时区：{name}"), name=str(name)) from error
