"""One line that says which record is meant, whatever its kind; personal data masked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.mediation.team import may_see_scope, visible
from zzdesk.people.masks import mask
from zzdesk.store.base import FieldSpec, Kind, kinds
from zzdesk.store.unit import Reader

Key = tuple[str, str]

_NAMES: Final = (
    "number",
    "title",
    "name",
    "login",
    "display_name",
    "file_name",
    "trade",
    "category",
    "summary",
    "report_number",
    "whom",
    "recipient",
)
"""Fields that tell records apart, in the order in which a line shows them; at most two are taken."""

HIDDEN: Final = "***"


def shown(spec: FieldSpec | None, wire: Any) -> Any:
    """Return a field's wire form with its mask on; what a mask cannot read is hidden whole."""
    if spec is None or spec.mask is None or wire is None:
        return wire
    return mask(spec.mask, wire) if isinstance(wire, str) else HIDDEN


def sealed(session: Session, kind: Kind | None, record_id: str, spec: FieldSpec | None) -> FieldSpec | None:
    """Return how a field of a record is shown: hidden whole where the record asks for that (姓名保密)."""
    if kind is None or spec is None or spec.sealed_by is None:
        return spec
    record: Any = session.get(kind.model, record_id)
    is_on = record is not None and getattr(record, spec.sealed_by)
    return replace(spec, mask="sensitive") if is_on else spec


def may_see(read: Reader, kind: Kind | None, scope: str = "") -> bool:
    """Say whether the reader may see the contents of such a record: a case's papers are for its team only.

    Without a scope: whether there can be any of that kind.
    """
    if scope:
        return may_see_scope(read, scope)
    secret = kind is not None and kind.model.__confidential__
    return not secret or read.may("case.read_confidential")


def title_fields(kind: Kind) -> tuple[str, ...]:
    """Return the fields that a record's line is made of."""
    named = [name for name in (*_NAMES, *kind.model.__search_names__) if name in kind.fields]
    return tuple(dict.fromkeys(named))[:2]


def titles(read: Reader, keys: Iterable[Key]) -> dict[Key, str]:
    """Return the line of each record that is on this desk and that the reader may see."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for name, record_id in keys if read.may("record.read") else ():
        by_kind[name].append(record_id)
    found: dict[Key, str] = {}
    for name, ids in by_kind.items():
        kind = kinds().get(name)
        if kind is not None and may_see(read, kind):
            found.update({(name, record_id): line for record_id, line in _lines(read, kind, ids)})
    return found


def _lines(read: Reader, kind: Kind, ids: list[str]) -> Iterable[tuple[str, str]]:
    model, names = kind.model, title_fields(kind)
    columns = [getattr(model, name) for name in names]
    query = select(model.id, *columns).where(model.id.in_(ids), visible(read, model))
    for row in read.session.execute(query):
        parts = [_text(kind.fields[name], value) for name, value in zip(names, row[1:], strict=True)]
        yield row[0], " ".join(part for part in parts if part)


def _text(spec: FieldSpec, value: Any) -> str:
    return "" if value is None else str(shown(spec, spec.type.to_wire(value)))
