"""Rows are written as if each had a statement of its own, however many there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from zzdesk.store.engine import Store
from zzdesk.store.many import AT_ONCE, insert_rows

INTO = 'INSERT INTO t ("id", "words", "more")'
OTHERWISE = "ON CONFLICT (id) DO UPDATE SET words = excluded.words, more = excluded.more"


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, 2 * AT_ONCE + 1])
def test_every_row_is_there_once_as_it_came_last(tmp_path: Path, count: int) -> None:
    store = Store.create(tmp_path / "zzdesk.db", bytes(32))
    try:
        with store.writer() as session:
            session.execute(text("CREATE TABLE t (id INTEGER PRIMARY KEY, words TEXT, more TEXT)"))
            connection = session.connection()
            insert_rows(connection, INTO, ("?", "?", "?"), [(n, "before", "more") for n in range(0, count, 2)])
            later = [(n, f"w{n}".encode()) for n in range(count)]
            insert_rows(connection, INTO, ("?", "CAST(? AS TEXT)", "NULL"), [*later, *later[:1]], OTHERWISE)
            session.commit()
        with store.reader() as session:
            found = session.execute(text("SELECT * FROM t ORDER BY id")).all()
    finally:
        store.close()
    assert [tuple(row) for row in found] == [(n, f"w{n}", None) for n in range(count)]
