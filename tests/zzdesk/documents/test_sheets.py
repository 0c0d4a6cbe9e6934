"""Workbooks that offices send: typed cells come as they are shown, and what is no workbook is refused by name."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from zzdesk.documents import sheets
from zzdesk.documents.tables import read_table
from zzdesk.errors import InvalidError


def workbook(*rows: tuple[Any, ...], first: int = 0) -> bytes:
    """Return an XLSX file whose rows begin at the row ``first``."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for at, row in enumerate(rows, first):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(at, column, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                else:
                    sheet.write(at, column, cell)
    return out.getvalue()


def test_typed_cells_come_as_text(tmp_path: Path) -> None:
    path = tmp_path / "事件.xlsx"
    path.write_bytes(workbook(
        ("编号", "数", "比", "日", "时", "是", "", "空"),
        ("A1", 13805961234, 1.5, date(2026, 3, 2), datetime(2026, 3, 2, 8, 30), True, "无列名", None),  # noqa: DTZ001 - a cell has no zone
        (),
        ("A2", "007", -3, "井盖\n松动", " 两边 ", False),
        first=2,
    ))  # fmt: skip
    table = read_table(path)
    assert [row.line for row in table.rows] == [4, 6]
    assert table.rows[0].cells == {
        "编号": "A1", "数": "13805961234", "比": "1.5", "日": "2026-03-02", "时": "2026-03-02 08:30:00", "是": "TRUE", "空": "",
    }  # fmt: skip
    assert table.rows[1].cells == {
        "编号": "A2", "数": "007", "比": "-3", "日": "井盖\n松动", "时": "两边", "是": "FALSE", "空": "",
    }  # fmt: skip
    assert table.rows[0].raw.startswith("A1,13805961234,")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbook(), "文件是空的"),
        (workbook(("同名", "同名"), (1, 2)), "第一行应为表头"),
        (workbook(("编号",), (1,))[:-300], "不是能读的表格文件"),
        (b"PK\x03\x04" + b"0" * 100, "不是能读的表格文件"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "不是能读的表格文件"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(InvalidError, match=said):
        sheets.parse_workbook(content)


def test_a_workbook_that_would_fill_the_memory_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_UNPACKED", 2**20)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (2**20 + 1))
    assert len(out.getvalue()) < 2**12
    with pytest.raises(InvalidError, match="文件太大"):
        sheets.parse_workbook(out.getvalue())
