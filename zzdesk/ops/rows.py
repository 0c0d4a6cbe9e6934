"""Writing confirmed bodies into the working tables in bulk, without the ORM and without making operations.

Fields that this program does not know are kept beside the row as received and are sent back untouched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from functools import cache, partial
from typing import Any, Final

from msgspec import Raw
from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import Session

from zzdesk.ops.apply import Body
from zzdesk.ops.fitting import Fitting
from zzdesk.store import search
from zzdesk.store.base import Kind, Synced, kinds
from zzdesk.store.many import insert_rows

Split = tuple[tuple[Any, ...], Body]
"""Values of a row, and what no column can hold."""

IndexRow = tuple[str, str, str, str]
"""Kind, id, text, names: one entry of the search index."""

INDEXED_AT_ONCE: Final = 20
"""More rows than that are indexed after they can be seen: it takes three times as long as writing them."""


class _Table(Fitting):
    """A kind's table with the statements that put rows into it."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        columns = ["id", "scope", *self.names]
        names = ", ".join(f'"{name}"' for name in columns)
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns[1:])
        self._into = f"INSERT INTO {kind.model.__tablename__} ({names})"
        self._otherwise = f"ON CONFLICT (id) DO UPDATE SET {changes}"

    def put(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write rows of id, scope and the values of ``names``.

        Of many, the columns that are empty in all of them stand as NULL in the statement itself: most fields of most
        records are empty, and the driver takes longer over a NULL than SQLite.
        """
        empty: Set[int] = frozenset()
        if len(rows) > INDEXED_AT_ONCE:
            columns = list(zip(*rows, strict=True))
            empty = {at for at, column in enumerate(columns) if column[0] is None and column.count(None) == len(rows)}
            rows = list(zip(*(column for at, column in enumerate(columns) if at not in empty), strict=True))
        places = ["NULL" if at in empty else "?" for at in range(2 + len(self.names))]
        insert_rows(connection, self._into, places, rows, self._otherwise)


@cache
def _table(kind_name: str) -> _Table:
    return _Table(kinds()[kind_name])


def put_rows(session: Session, kind: Kind, rows: Sequence[tuple[str, str, Body]]) -> list[Body]:
    """Write ``(id, scope, body)`` rows into a kind's table; return the unknown fields of each."""
    table, at_once = _table(kind.name), len(rows) <= INDEXED_AT_ONCE
    plain = not any("search_text" in base.__dict__ for base in _bases(kind))  # else it wants lists, not what is stored
    values, extras, index = [], [], []
    for record_id, scope, body in rows:
        row, extra = table.split(body)
        values.append((record_id, scope, *row))
        extras.append(extra)
        if at_once:
            shown = dict(zip(table.names, row, strict=True)) if plain else body
            index.append(texts_of(kind, record_id, shown.get))
    _put(session, kind, values, [entry for entry in index if entry is not None])
    return extras


def split_bodies(kind: Kind, bodies: Iterable[Raw]) -> list[Split]:
    """Return of each body, which is JSON, the values of its row and the fields that no column can hold."""
    split = _table(kind.name).split_raw
    return [split(body) for body in bodies]


def put_split(session: Session, kind: Kind, scope: str, rows: Sequence[tuple[str, Split]]) -> None:
    """Write records of one scope, given as id and split body: more of them than are indexed at once."""
    _put(session, kind, [(record_id, scope, *values) for record_id, (values, _) in rows], [])


def _put(session: Session, kind: Kind, values: Sequence[tuple[Any, ...]], index: Sequence[IndexRow]) -> None:
    """Write rows, and their entries of the search index or, where they are many, that they wait for it."""
    if not values:
        return
    _table(kind.name).put(session.connection(), values)
    ids = [row[0] for row in values]
    forget_loaded(session, kind.model, ids)
    search.index_all(session, index)
    if len(values) > INDEXED_AT_ONCE and _is_searched(kind):
        search.postpone(session, kind.name, ids)


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


def forget_loaded(session: Session, model: type[Any], ids: Iterable[Any]) -> None:
    """Let those of the objects be read anew that this session has loaded and whose rows were written beside it.

    ``ids`` are primary keys; a tuple for each where the key has several columns.
    """
    loaded = [found for found in session.identity_map.values() if isinstance(found, model)]
    if not loaded:
        return
    written = set(ids)
    for found in loaded:
        key = inspect(found).identity
        if (key[0] if len(key) == 1 else tuple(key)) in written:
            session.expire(found)


def texts_of(kind: Kind, record_id: str, value: Callable[[str], Any]) -> IndexRow | None:
    """Return a record's entry of the search index, or None for kinds that are not searched.

    ``value`` gives a field's value by name.
    """
    if not _is_searched(kind):
        return None
    model: type[Synced] = kind.model
    text = model.search_text(value)
    return kind.name, record_id, text, model.search_names(value)


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
