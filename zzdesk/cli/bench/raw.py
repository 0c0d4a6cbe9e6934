"""The bare machine: SQLCipher without objects, operations, audit or search, with the same rows."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Any

from zzdesk.store.engine import connect


class RawTable:
    """One table without indexes in an encrypted database of its own, with the desk's own pragmas."""

    def __init__(self, path: Path, columns: list[str]) -> None:
        self._connection = connect(path, os.urandom(32), create=True)
        self._connection.execute("PRAGMA journal_mode = WAL").fetchall()
        self._connection.execute(f"CREATE TABLE bare ({', '.join(columns)})")
        self._insert = f"INSERT INTO bare VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - our own columns

    def __enter__(self) -> RawTable:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def insert(self, row: tuple[Any, ...]) -> None:
        """Insert one row in a transaction of its own."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(self._insert, row)
        self._connection.execute("COMMIT")

    def insert_many(self, rows: list[tuple[Any, ...]]) -> None:
        """Insert rows in one transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(self._insert, rows)
        self._connection.execute("COMMIT")


def rows_of(path: Path, key: bytes, name: str, limit: int) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return column names and rows of a desk's table, as SQLite gives them."""
    connection = connect(path, key)
    try:
        cursor = connection.execute(f"SELECT * FROM {name} LIMIT ?", (limit,))  # noqa: S608 - our own tables
        return [column[0] for column in cursor.description], [tuple(row) for row in cursor.fetchall()]
    finally:
        connection.close()


def page_of(path: Path, key: bytes, name: str) -> Any:
    """Return a function that reads the newest fifty rows of a desk's table with plain SQL."""
    connection = connect(path, key)
    text = f"SELECT * FROM {name} ORDER BY created_at DESC, id DESC LIMIT 50"  # noqa: S608 - our own tables
    return lambda n: connection.execute(text).fetchall()
