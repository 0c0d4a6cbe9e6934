"""Tables for Excel (.xlsx, by XlsxWriter, BSD-2): true numbers and dates, written row by row with the same little memory.

A file gets its name only when it is whole. What somebody typed is never a formula, nor becomes one when the cell is edited:
a text that begins like one carries Excel's own quotation mark.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

from zzdesk.clock import OFFICE_TIME
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.store.engine import translated
from zzdesk.store.files import sync_folder

MOST_ROWS: Final = 1_048_575
"""Rows of a sheet under its head (ECMA-376 knows no limit; Excel does)."""
LONGEST: Final = 32_767
"""Characters of a cell."""
RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that a program could take for a formula."""
UNWRITABLE: Final = N_("这个位置不能写入：请换一个文件夹，或先关掉正在打开这个文件的程序。")

SHAPES: Final = {
    "text": "General", "number": "0", "rate": "0.0", "money": "0.00", "moment": "yyyy-mm-dd hh:mm", "day": "yyyy-mm-dd",
}  # fmt: skip
"""How Excel shows each kind of cell."""
Kind = Literal["text", "number", "rate", "money", "moment", "day"]


@dataclass(frozen=True)
class Column:
    """One column: its head, what its cells are, and how wide it is in characters."""

    title: str
    kind: Kind = "text"
    width: int = 14


class Table:
    """A sheet that is being written: ``add`` takes one row of Python values, None for an empty cell."""

    def __init__(self, book: Any, name: str, columns: Sequence[Column]) -> None:
        self.rows = 0
        self._columns = tuple(columns)
        self._sheet = book.add_worksheet(name)
        self._quoted = book.add_format({"quote_prefix": True})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        made = {kind: book.add_format({"num_format": shape}) for kind, shape in SHAPES.items()}
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, column.width, made[column.kind])
            self._sheet.write_string(0, at, column.title, head)
        self._shapes = made
        self._sheet.freeze_panes(1, 0)

    def add(self, values: Sequence[Any]) -> None:
        """Write the next row.

        Raises:
            RefusedError: a sheet holds no more.
        """
        if self.rows >= MOST_ROWS:
            raise RefusedError(N_("Excel一张表最多{limit}行，请用筛选分几次导出"), limit=MOST_ROWS)
        self.rows += 1
        for at, (column, value) in enumerate(zip(self._columns, values, strict=True)):
            if value not in (None, ""):
                self._cell(at, column.kind, value)

    def _cell(self, at: int, kind: Kind, value: Any) -> None:
        if kind == "text":
            text = str(value)[:LONGEST]
            self._sheet.write_string(self.rows, at, text, self._quoted if text.startswith(RISKY) else None)
        elif kind in ("number", "rate", "money"):
            broken = kind == "number" and isinstance(value, Decimal)  # an amount among counts
            self._sheet.write_number(self.rows, at, value, self._shapes["money" if broken else kind])
        else:
            self._sheet.write_datetime(self.rows, at, _plain(value), self._shapes[kind])

    def finish(self) -> None:
        """Put the filter over the rows that were written."""
        self._sheet.autofilter(0, 0, max(self.rows, 1), len(self._columns) - 1)


def _plain(value: date | datetime) -> date | datetime:
    """Return a moment as the offices' clocks show it: Excel knows no time zones."""
    return value.astimezone(OFFICE_TIME).replace(tzinfo=None) if isinstance(value, datetime) else value


@contextmanager
def table(
    target: Path, sheet: str, columns: Sequence[Column], notes: tuple[str, Sequence[tuple[str, str]]] | None = None
) -> Iterator[Table]:
    """Yield a table that becomes ``target`` when everything went well; otherwise the old file stays as it was.

    Args:
        target: the file, replaced in one step and readable by its owner only.
        sheet: the name of the sheet.
        columns: its columns.
        notes: name and lines (what, value) of a second sheet that says what this is.

    Raises:
        DiskFullError: there is no room.
        RefusedError: the place cannot be written to.
    """
    with _written(target) as (folder, partial):
        book = _book(partial, folder)
        try:
            made = Table(book, sheet, columns)
            yield made
            made.finish()
            if notes is not None:
                _note(book, *notes)
            book.close()
        finally:
            for each in book.worksheets():
                each._opt_close()


def _book(partial: Any, folder: Path) -> Any:
    import xlsxwriter  # 60 ms that no start has to wait for

    options = {
        "constant_memory": True, "tmpdir": str(folder), "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    return xlsxwriter.Workbook(partial, options)


def _note(book: Any, name: str, lines: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 60)
    for at, (what, value) in enumerate(lines):
        sheet.write_string(at, 0, what)
        sheet.write_string(at, 1, value)


class _Sink:
    """The open file that the workbook goes into. After a failure it takes everything and keeps nothing.

    XlsxWriter leaves its ZipFile open then, which would write an end onto the full disk, or the closed file, once more.
    """

    def __init__(self, file: Any) -> None:
        self.file = file
        self.dead = False

    def write(self, data: bytes) -> int:
        """Write bytes."""
        return len(data) if self.dead else int(self.file.write(data))

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place."""
        return 0 if self.dead else int(self.file.seek(place, whence))

    def tell(self) -> int:
        """Say where one is."""
        return 0 if self.dead else int(self.file.tell())

    def seekable(self) -> bool:
        """Say that one can go to a place."""
        return True

    def flush(self) -> None:
        """Hand on what was written."""
        if not self.dead:
            self.file.flush()


@contextmanager
def _written(target: Path) -> Iterator[tuple[Path, Any]]:
    """Yield a folder of one's own beside the target, and the open file in it that becomes the target.

    Everything on the way lies in that folder, also what XlsxWriter puts down: nothing stays in a place for everybody.
    """
    with _told(), translated():
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            partial = folder / "table.xlsx"
            with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
                sink = _Sink(file)
                try:
                    yield folder, sink
                finally:
                    sink.dead = True
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, target)
            sync_folder(target.parent)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _told() -> Iterator[None]:
    """Say what the file system does not let one do; what XlsxWriter wrapped is unwrapped."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        try:
            yield
        except FileCreateError as error:
            with translated():
                raise error.args[0] from error
    except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
        raise RefusedError(UNWRITABLE) from error
