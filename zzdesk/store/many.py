"""Many rows by few statements, for desk and centre: SQLite begins each statement anew.

What is worked out once for a statement (the sets that partial indexes ask for, cursors on every index) took a third of the
time of a page of reports, where each row had a statement of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection

AT_ONCE: Final = 100
"""Rows of one statement. With more of them nothing is won, and the statement takes longer to prepare."""


def insert_rows(
    connection: Connection, into: str, places: Sequence[str], rows: Sequence[tuple[Any, ...]], otherwise: str = ""
) -> None:
    """Insert rows into SQLite in their order.

    Args:
        connection: a connection inside its transaction.
        into: ``INSERT INTO table (columns)``.
        places: what stands for each column: a place holder, one that is cast, or NULL.
        rows: the values of the place holders of each row.
        otherwise: what to do where such a row is there (``ON CONFLICT …``).
    """
    row = f"({', '.join(places)})"
    whole = len(rows) - len(rows) % AT_ONCE
    if whole:
        parts = (rows[start : start + AT_ONCE] for start in range(0, whole, AT_ONCE))
        statement = f"{into} VALUES {', '.join([row] * AT_ONCE)} {otherwise}"
        connection.exec_driver_sql(statement, [tuple(chain.from_iterable(part)) for part in parts])
    if whole < len(rows):
        connection.exec_driver_sql(f"{into} VALUES {row} {otherwise}", list(rows[whole:]))
