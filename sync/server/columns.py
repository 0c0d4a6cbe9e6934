"""Pages put together out of stored text: bodies are copied from the database to the wire and never unpacked."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec
from msgspec import Raw

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

    def take(self, row: Any, body: bytes) -> bool:
        """Take a row of the feed with its record (``pull._query``), unless that stands in another scope."""
        seq, kind, record_id, what, scope, ver, _, stamps, digest, _ = row
        if what != "put" or scope != self._scope:
            return False
        columns = self._by_kind.get(kind)
        if columns is None:
            columns = self._by_kind[kind] = Columns(kind, [], [], [], {}, {}, [], "")
            self._hashes[kind], self._last[kind] = [], 0
        place = len(columns.ids)
        columns.seqs.append(seq - self._last[kind])
        self._last[kind] = seq
        columns.ids.append(record_id)
        columns.bodies.append(Raw(body if self._canonical else _tidied(body)))
        born = _BORN.fullmatch(stamps)
        if born:
            columns.stamps.append(born[1])
        else:
            several = msgspec.json.decode(stamps)
            columns.stamps.append(several[DEFAULT])
            if len(several) > 1:
                columns.more[place] = Raw(canonical(several))
        if ver != 1:
            columns.vers[place] = ver
        self._hashes[kind].append(digest)
        return True

    def columns(self) -> list[Columns]:
        """Return what was gathered."""
        for kind, columns in self._by_kind.items():
            columns.sum = sum_of(self._hashes[kind])
        return list(self._by_kind.values())


def _tidied(body: bytes) -> bytes:
    """Return the one form in which a body is hashed: JSONB keeps its own."""
    return canonical(msgspec.json.decode(body))
