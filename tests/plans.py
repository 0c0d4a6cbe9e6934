"""SQLite's plan of every question that is asked meanwhile: no screen and no exchange looks through a whole table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def explained(engine: Engine, take: Callable[[str, str], object]) -> Iterator[None]:
    """Call ``take(step, question)`` for each step of the plan of every SELECT of the block."""

    def explain(connection: Any, _: Any, statement: str, parameters: Any, *__: Any) -> None:
        if statement.startswith("SELECT"):
            cursor = connection.connection.driver_connection.cursor()
            for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall():
                take(row[3], f"{statement} {parameters}")

    event.listen(engine, "before_cursor_execute", explain)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", explain)


@contextmanager
def plans(engine: Engine) -> Iterator[list[str]]:
    """Yield a list that fills with the steps of all plans of the block."""
    steps: list[str] = []
    with explained(engine, lambda step, _: steps.append(step)):
        yield steps
