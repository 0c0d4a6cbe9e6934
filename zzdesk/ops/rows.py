"""Writing confirmed bodies into the working tables in bulk, without the ORM and without making operations.

Fields that this program does not know are kept beside the row as received and are sent back untouched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from zzdesk.ops.apply import Body
from zzdesk.store import search
from zzdesk.store.base import FieldSpec, Kind, Synced, kinds
from zzdesk.store.types import UnfitError

IndexRow = tuple[str, str, str, str]
"""Kind, id, text, names: one entry of the search index."""

UNFIT: Any = object()


def _python(spec: FieldSpec, wire: Any) -> Any:
    """Return the Python value, a code of a newer schema as it is, or UNFIT where the column cannot hold it."""
    if spec.choices is not None and isinstance(wire, str):
        return wire
    try:
        return spec.type.from_wire(wire)
    except UnfitError:
        return UNFIT


def split(kind: Kind, body: Body) -> tuple[dict[str, Any], Body]:
    """Return the column values of a body, and the fields that no column can hold."""
    values: dict[str, Any] = dict.fromkeys(kind.fields)
    extra: Body = {}
    for name, wire in body.items():
        spec = kind.fields.get(name)
        value = _python(spec, wire) if spec else UNFIT
        if value is UNFIT:
            extra[name] = wire
        else:
            values[name] = value
    return values, extra


def put_rows(session: Session, kind: Kind, rows: Iterable[tuple[str, str, Body]]) -> list[Body]:
    """Write ``(id, scope, body)`` rows into a kind's table; return the unknown fields of each."""
    values, extras = [], []
    for record_id, scope, body in rows:
        columns, extra = split(kind, body)
        values.append({"id": record_id, "scope": scope, **columns})
        extras.append(extra)
    if values:
        statement = insert(kind.model.__table__)
        new = {name: statement.excluded[name] for name in values[0] if name != "id"}
        session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=new), values)
        _forget(session, kind.model, [v["id"] for v in values])
        index = [texts_of(kind, v["id"], v.get) for v in values]
        search.index_all(session, [row for row in index if row is not None])
    return extras


def _forget(session: Session, model: type[Any], ids: list[str]) -> None:
    for record_id in ids:
        found = session.identity_map.get(session.identity_key(model, record_id))
        if found is not None:
            session.expire(found)


def texts_of(kind: Kind, record_id: str, value: Callable[[str], Any]) -> IndexRow | None:
    """Return a record's entry of the search index, or None for kinds that are not searched.

    ``value`` gives a field's value by name.
    """
    model: type[Synced] = kind.model
    if not model.__search__ and not model.__search_names__:
        return None
    text = model.search_text(value)
    names = " ".join(str(value(name)) for name in model.__search_names__ if value(name))
    return kind.name, record_id, text, names


def known(kind_name: str) -> Kind | None:
    """Return a kind, or None where this program has no table for it."""
    return kinds().get(kind_name)
