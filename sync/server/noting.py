"""Notes what records of before say they are, for migrations: their kind was not asked for it when they arrived."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, text

from sync.server.naturals import fingerprint

_BATCH: Final = 500
# By their names: a migration knows the tables as they were, not as the program has them today.
_INTO: Final = text("INSERT INTO natural_key (kind, field, fingerprint, id) VALUES (:kind, :field, :fingerprint, :id)")
_FORGET: Final = text("DELETE FROM natural_key WHERE kind = :kind AND field = :field")


def note(connection: Connection, kind: str, *fields: str) -> None:
    """Put these fields of every record of a kind into the index of natural keys, a batch at a time."""
    values = ", ".join(f"(body ->> '{name}')" for name in fields)
    known = text(f"SELECT id, {values} FROM record WHERE kind = :kind AND id > :last ORDER BY id LIMIT :n")  # noqa: S608
    last = ""
    while True:
        rows = connection.execute(known, {"kind": kind, "last": last, "n": _BATCH}).all()
        given = [
            {"kind": kind, "field": name, "fingerprint": fingerprint((kind, name, value)), "id": row[0]}
            for row in rows for name, value in zip(fields, row[1:], strict=True) if value
        ]  # fmt: skip
        if given:
            connection.execute(_INTO, given)
        if len(rows) < _BATCH:
            return
        last = rows[-1][0]


def forget(connection: Connection, kind: str, *fields: str) -> None:
    """Take these fields of a kind out of the index again."""
    for name in fields:
        connection.execute(_FORGET, {"kind": kind, "field": name})
