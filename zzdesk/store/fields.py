"""Values of a form, a JSON line or the wire, checked against what a kind's columns say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from zzdesk.errors import InvalidError, Problem
from zzdesk.i18n import N_
from zzdesk.store.base import FieldSpec, Kind, Merge
from zzdesk.store.types import UnfitError

CLOSED: Final = frozenset({Merge.SERVER, Merge.COMPUTED, Merge.VOID})
"""Policies of fields that nobody types."""


def typed_fields(kind: Kind) -> dict[str, FieldSpec]:
    """Return the fields that a person may fill when a record is made."""
    return {n: f for n, f in kind.fields.items() if f.merge not in CLOSED and not f.derived}


def _value(spec: FieldSpec, raw: Any, today: date, problems: list[Problem]) -> Any:
    if raw is None or raw == "":
        if spec.required:
            problems.append(Problem(spec.name, N_("必填")))
        return None
    try:
        value = spec.type.from_wire(raw)
        return spec.check(value, today) if spec.check and value is not None else value
    except UnfitError as unfit:
        problems.append(Problem(spec.name, unfit.args[0], unfit.params))
    except InvalidError as error:
        problems.extend(Problem(spec.name, p.message, p.params) for p in error.problems)
    return None


def clean_new(kind: Kind, values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return Python values for a new record, defaults filled in, every problem named at once.

    ``today`` is the local date, for checks of birth dates and validity.

    Raises:
        InvalidError: a field is unknown, missing, or cannot be taken.
    """
    specs = typed_fields(kind)
    problems = [Problem(name, N_("没有这个字段")) for name in values if name not in specs]
    clean: dict[str, Any] = {}
    for name, spec in specs.items():
        raw = values.get(name)
        if spec.merge is Merge.TRANSITION and raw not in (None, spec.default):
            problems.append(Problem(name, N_("新记录的状态是“{state}”"), {"state": spec.default}))
        given = spec.default if raw is None or raw == "" else raw
        value = _value(spec, given, today, problems)
        if value is not None:
            clean[name] = value
    if problems:
        raise InvalidError(problems)
    return clean


def clean_change(kind: Kind, values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return Python values for a change of some fields; None clears one.

    Raises:
        InvalidError: a field is unknown, may not be changed this way, or cannot be taken.
    """
    specs = typed_fields(kind)
    problems: list[Problem] = []
    clean: dict[str, Any] = {}
    for name, raw in values.items():
        spec = specs.get(name)
        if spec is None:
            problems.append(Problem(name, N_("没有这个字段")))
        elif spec.merge is Merge.WRITE_ONCE:
            problems.append(Problem(name, N_("登记后不能更改")))
        elif spec.merge is Merge.TRANSITION:
            problems.append(Problem(name, N_("状态要用办理动作来改")))
        else:
            clean[name] = _value(spec, raw, today, problems)
    if problems:
        raise InvalidError(problems)
    return clean


def clean_one(spec: FieldSpec, raw: Any, today: date) -> Any:
    """Return the Python value of one field, whatever its policy (for deciding a conflict); None clears it.

    Raises:
        InvalidError: it cannot be taken.
    """
    problems: list[Problem] = []
    value = _value(spec, raw, today, problems)
    if problems:
        raise InvalidError(problems)
    return value
