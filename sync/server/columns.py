"""Pages put together out of stored text: bodies are copied from the database to the wire and never unpacked."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec
from msgspec import Raw
from sqlalchemy import Row

from sync.bulk import Columns
from zzdesk.ops.apply import DEFAULT, canonical, sum_of

_BORN: Final = re.compile(r'\{"\*":"([^"]+)"\}')


class Gathering:
    """The records of one page, gathered by kind as they come out of the database."""

    def __init__(self, scope: str, *, stored_canonical: bool) -> None:
        self._scope = scope
        self._canonical = stored_canonical
        self._by_kind: dict[str, Columns] = {}
        self._hashes: dict[str, list[str]] = {}
        self._last: dict[str, int] = {}

    def take(self, row: Row[Any], body: bytes) -> bool:
        """Take a row, unless it stands in another scope."""
        if row.scope_id != self._scope:
            return False
        kind: str = row.kind
        columns = self._by_kind.get(kind)
        if columns is None:
            columns = self._by_kind[kind] = Columns(kind, [], [], [], {}, {}, [], "")
            self._hashes[kind], self._last[kind] = [], 0
        place = len(columns.ids)
        columns.seqs.append(row.feed_seq - self._last[kind])
        self._last[kind] = row.feed_seq
        columns.ids.append(row.id)
        columns.bodies.append(Raw(body if self._canonical else _tidied(body)))
        born = _BORN.fullmatch(row.stamps)
        if born:
            columns.stamps.append(born[1])
        else:
            stamps = msgspec.json.decode(row.stamps)
            columns.stamps.append(stamps[DEFAULT])
            if len(stamps) > 1:
                columns.more[place] = Raw(canonical(stamps))
        if row.ver != 1:
            columns.vers[place] = row.ver
        self._hashes[kind].append(row.hash)
        return True

    def columns(self) -> list[Columns]:
        """Return what was gathered."""
        for kind, columns in self._by_kind.items():
            columns.sum = sum_of(self._hashes[kind])
        return list(self._by_kind.values())


def _tidied(body: bytes) -> bytes:
    """Return the one form in which a body is hashed: JSONB keeps its own."""
    return canonical(msgspec.json.decode(body))
