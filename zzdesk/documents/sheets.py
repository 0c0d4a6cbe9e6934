"""Tables in workbooks: the first sheet of an Excel (XLSX, XLS) or OpenDocument file, read as the person sees it there."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from zzdesk.documents.rows import Row, Table, columns_of
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UNPACKED: Final = 2**30
"""Most bytes that a packed workbook may come to: beyond it, it was made to fill the memory."""
_BROKEN: Final = N_("不是能读的表格文件：可能没有下载完，或加了密码；请在表格软件里另存为XLSX或CSV再试")


def is_workbook(content: bytes) -> bool:
    """Say whether a file looks like a workbook by its first bytes, whatever it is called."""
    return content.startswith((_ZIP, _OLE))


def parse_workbook(content: bytes) -> Table:
    """Read the first sheet: numbers as digits, days as 2026-03-02, moments as 2026-03-02 08:30:00, blank rows left out.

    A row's line is its number in the sheet.

    Raises:
        InvalidError: it cannot be read, is empty, or has no usable header.
    """
    rows = [[_text(cell) for cell in row] for row in _cells(content)]
    start = next((at for at, row in enumerate(rows) if any(row)), None)
    if start is None:
        raise InvalidError.one("file", N_("文件是空的"))
    columns = columns_of(rows[start])
    return Table(columns, tuple(_rows(rows, start + 1, columns)), "utf-8-sig")


def _cells(content: bytes) -> list[list[Any]]:
    import python_calamine as calamine

    try:
        if content.startswith(_ZIP):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
                    raise InvalidError.one("file", N_("文件太大：最多{limit}MB"), limit=_UNPACKED // 2**20)
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False) if book.sheet_names else []
    except (calamine.CalamineError, zipfile.BadZipFile, ValueError, EOFError) as error:
        raise InvalidError.one("file", _BROKEN) from error


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell).strip()


def _rows(rows: Sequence[list[str]], start: int, columns: tuple[str, ...]) -> Iterator[Row]:
    for line, cells in enumerate(rows[start:], start + 1):
        if any(cells):
            named = zip(columns, cells, strict=False)  # cells beside the header belong to no column
            yield Row(line, _as_csv(cells), {name: cell for name, cell in named if name})


def _as_csv(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
