"""What a table that another program wrote comes to, whatever kind of file it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zzdesk.errors import InvalidError
from zzdesk.i18n import N_


@dataclass(frozen=True)
class Row:
    """One row: the line it begins on (the header is line 1), its text, and its cells or why it has none."""

    line: int
    raw: str
    cells: dict[str, str]
    problem: str | None = None
    params: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Table:
    """A file that was read: its columns and its rows, blank lines left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str


def columns_of(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns as a header gives them; one without a name is left out of every row.

    Raises:
        InvalidError: no column has a name, or two have the same.
    """
    columns = tuple(cell.strip() for cell in cells)
    named = [name for name in columns if name]
    if not named or len(set(named)) != len(named):
        raise InvalidError.one("file", N_("第一行应为表头，每列一个不重复的名称"))
    return columns
