"""Tables for Excel: true numbers and dates, texts that stay texts, and a file that is whole or not there."""

from __future__ import annotations

import re
import resource
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from zzdesk.documents import workbook
from zzdesk.documents.workbook import LONGEST, Column, table
from zzdesk.errors import DiskFullError, RefusedError

COLUMNS = (Column("编号", "text", 20), Column("人数", "number"), Column("登记", "moment", 18), Column("哪天", "day"))
ROW = ["SJ-1", 3, datetime(2026, 2, 26, 1, 30, tzinfo=UTC), date(2026, 3, 1)]
_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheet_of(path: Path, number: int = 1) -> Any:
    with zipfile.ZipFile(path) as book:
        return ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))


def cells(path: Path, number: int = 1) -> list[dict[str, Any]]:
    """Return each row as column letter → value: text, or a number where the cell holds one."""
    found = []
    for row in sheet_of(path, number).iterfind(".//m:row", _NS):
        line: dict[str, Any] = {}
        for cell in row.iterfind("m:c", _NS):
            letter = re.sub(r"\d", "", cell.attrib["r"])
            text = cell.find("m:is/m:t", _NS)
            value = cell.find("m:v", _NS)
            assert cell.find("m:f", _NS) is None
            line[letter] = text.text if text is not None else float(value.text or "") if value is not None else None
        found.append(line)
    return found


def write(target: Path, rows: list[list[Any]]) -> None:
    with table(target, "s", COLUMNS) as made:
        for row in rows:
            made.add(row)


def styles(path: Path) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read("xl/styles.xml").decode()


def test_numbers_are_numbers_and_moments_are_dates_of_the_office(tmp_path: Path) -> None:
    target = tmp_path / "表.xlsx"
    with table(target, "事件", COLUMNS, ("说明", [("导出人", "林美珍")])) as made:
        made.add(ROW)
        made.add([None, None, None, ""])
    head, row = cells(target)
    assert list(head.values()) == ["编号", "人数", "登记", "哪天"]
    assert row == {"A": "SJ-1", "B": 3, "C": pytest.approx(46079 + 9.5 / 24), "D": 46082}
    assert cells(target, 2) == [{"A": "导出人", "B": "林美珍"}]
    assert "yyyy-mm-dd hh:mm" in styles(target)
    sheet = sheet_of(target)
    assert sheet.find("m:autoFilter", _NS).attrib["ref"] == "A1:D3"
    assert sheet.find(".//m:pane", _NS).attrib["state"] == "frozen"
    assert target.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["表.xlsx"]


@pytest.mark.parametrize("text", ["=1+1", "+8659612345", "-4", "@SUM(A1)", "\t=2", "=HYPERLINK(\"http://x\")", "http://a.cn"])
def test_no_text_is_or_becomes_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    target = tmp_path / "t.xlsx"
    with table(target, "s", [Column("a")]) as made:
        made.add([text])
    assert cells(target)[1] == {"A": text}
    quoted = int(sheet_of(target).findall(".//m:c", _NS)[1].attrib.get("s", "0"))
    shapes = re.search(r"<cellXfs.*?</cellXfs>", styles(target), re.S)
    assert shapes is not None
    shape = re.findall(r"<xf .*?/?>", shapes[0])[quoted]
    assert ('quotePrefix="1"' in shape) == (not text.startswith("http"))
    assert sheet_of(target).find("m:hyperlinks", _NS) is None


def test_a_long_text_is_cut_and_what_xml_does_not_know_is_kept_out(tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    with table(target, "s", [Column("a")]) as made:
        made.add(["长" * (LONGEST + 5)])
        made.add(["响\x07铃"])
    rows = cells(target)
    assert len(rows[1]["A"]) == LONGEST
    assert rows[2]["A"] == "响_x0007_铃"


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(ValueError, match="shorter"):
        write(target, [ROW, ROW[:2]])
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]


@contextmanager
def no_more_than(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond ``size``, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("rows", [3, 2_000])
def test_a_full_disk_is_told(tmp_path: Path, rows: int) -> None:
    target = tmp_path / "t.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(DiskFullError, match="磁盘已满"), no_more_than(2_000):
        write(target, [[f"第{n}件", n, *ROW[2:]] for n in range(rows)])
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    for target in (tmp_path / "none" / "t.xlsx", tmp_path):
        with pytest.raises(RefusedError, match="换一个文件夹"):
            write(target, [ROW])
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_holds_so_much_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    with pytest.raises(RefusedError, match="最多2行"):
        write(tmp_path / "t.xlsx", [ROW] * 3)
