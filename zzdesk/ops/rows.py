"""Writing confirmed bodies into the working tables in bulk, without the ORM and without making operations.

Fields that this program does not know are kept beside the row as received and are sent back untouched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.ops.apply import Body
from zzdesk.store import search
from zzdesk.store.base import FieldSpec, Kind, Synced, kinds
from zzdesk.store.types import LongText, Moment, ShortText, UnfitError

IndexRow = tuple[str, str, str, str]
"""Kind, id, text, names: one entry of the search index."""

UNFIT: Any = object()


def _stored(spec: FieldSpec) -> Callable[[Any], Any]:
    """Return what turns a wire value into what SQLite stores, or into UNFIT where the column cannot hold it."""

    def careful(wire: Any) -> Any:
        if spec.choices is not None and isinstance(wire, str):
            return wire  # a code of a newer schema, as it is
        try:
            return spec.type.process_bind_param(spec.type.from_wire(wire), None)
        except UnfitError:
            return UNFIT

    if spec.choices is not None:
        return careful
    if isinstance(spec.type, ShortText | LongText):
        return _quick_text(spec.type.limit, careful)
    return _quick_moment(careful) if isinstance(spec.type, Moment) else careful


def _quick_text(limit: int, careful: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def stored(wire: Any) -> Any:
        plain = type(wire) is str and 0 < len(wire) <= limit and wire.isprintable()
        return wire if plain and wire[0] != " " and wire[-1] != " " else careful(wire)

    return stored


_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


def _quick_moment(careful: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def stored(wire: Any) -> Any:
        if type(wire) is str and _MOMENT.fullmatch(wire):
            try:
                datetime.fromisoformat(wire)
            except ValueError:
                return careful(wire)
            return wire
        return careful(wire)

    return stored


class _Table:
    """How bodies of one kind become rows of its table: worked out once."""

    def __init__(self, kind: Kind) -> None:
        self._stored = {name: _stored(spec) for name, spec in kind.fields.items()}
        columns = ["id", "scope", *self._stored]
        names = ", ".join(f'"{name}"' for name in columns)
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns[1:])
        places = ", ".join("?" * len(columns))
        self.statement = (
            f"INSERT INTO {kind.model.__tablename__} ({names}) VALUES ({places})"  # noqa: S608 - our own names
            f" ON CONFLICT (id) DO UPDATE SET {changes}"
        )

    def split(self, body: Body) -> tuple[dict[str, Any], Body]:
        """Return the column values of a body as they are stored, and the fields that no column can hold."""
        values: dict[str, Any] = dict.fromkeys(self._stored)
        extra: Body = {}
        for name, wire in body.items():
            stored = self._stored.get(name)
            value = stored(wire) if stored else UNFIT
            if value is UNFIT:
                extra[name] = wire
            else:
                values[name] = value
        return values, extra


@cache
def _table(kind_name: str) -> _Table:
    return _Table(kinds()[kind_name])


INDEXED_AT_ONCE: Final = 200
"""More rows than that are indexed after they can be seen: it takes three times as long as writing them."""


def put_rows(session: Session, kind: Kind, rows: Sequence[tuple[str, str, Body]]) -> list[Body]:
    """Write ``(id, scope, body)`` rows into a kind's table; return the unknown fields of each."""
    table, at_once = _table(kind.name), len(rows) <= INDEXED_AT_ONCE
    plain = not any("search_text" in base.__dict__ for base in _bases(kind))  # else it wants lists, not what is stored
    values, extras, index = [], [], []
    for record_id, scope, body in rows:
        columns, extra = table.split(body)
        values.append((record_id, scope, *columns.values()))
        extras.append(extra)
        entry = texts_of(kind, record_id, columns.get if plain else body.get) if at_once else None
        if entry is not None:
            index.append(entry)
    if values:
        session.connection().exec_driver_sql(table.statement, values)
        _forget(session, kind.model, [row[0] for row in values])
        search.index_all(session, index)
        if not at_once and _is_searched(kind):
            search.postpone(session, kind.name, [row[0] for row in values])
    return extras


def index_due(session: Session) -> bool:
    """Put the records that have waited longest into the index; return False where none waits."""
    due = search.next_due(session)
    if due is None:
        return False
    kind = known(due.kind)
    if kind is not None:
        model: Any = kind.model
        found = session.scalars(select(model).where(model.id.in_(due.ids)))
        entries = [texts_of(kind, record.id, partial(getattr, record)) for record in found]
        search.index_all(session, [entry for entry in entries if entry is not None])
    search.no_longer_due(session, due)
    return True


def _bases(kind: Kind) -> Sequence[type[Any]]:
    """Return the classes of a kind's own model, without what all kinds share."""
    return [base for base in kind.model.__mro__ if base is not Synced]


def _is_searched(kind: Kind) -> bool:
    model: type[Synced] = kind.model
    return bool(model.__search__ or model.__search_names__)


def _forget(session: Session, model: type[Any], ids: list[str]) -> None:
    for record_id in ids if session.identity_map else ():
        found = session.identity_map.get(session.identity_key(model, record_id))
        if found is not None:
            session.expire(found)


def texts_of(kind: Kind, record_id: str, value: Callable[[str], Any]) -> IndexRow | None:
    """Return a record's entry of the search index, or None for kinds that are not searched.

    ``value`` gives a field's value by name.
    """
    if not _is_searched(kind):
        return None
    model: type[Synced] = kind.model
    text = model.search_text(value)
    names = " ".join(str(value(name)) for name in model.__search_names__ if value(name))
    return kind.name, record_id, text, names


def known(kind_name: str) -> Kind | None:
    """Return a kind, or None where this program has no table for it."""
    return _known.get(kind_name) or _look_up(kind_name)


_known: dict[str, Kind] = {}


def _look_up(kind_name: str) -> Kind | None:
    """Ask the models: a page asks for the same few kinds thousands of times."""
    found = kinds().get(kind_name)
    if found is not None:
        _known[kind_name] = found
    return found
