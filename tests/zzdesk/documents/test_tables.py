"""Reading CSV that others wrote: encodings, separators, and broken rows that take nobody with them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzdesk.documents import tables
from zzdesk.documents.tables import parse_table, read_table
from zzdesk.errors import InvalidError, NotFoundError

CHINESE = "编号,标题,地址\n1,漏水,西桥社区\n2,噪音，扰民,延安北路\n"


def cells(content: bytes | str) -> list[dict[str, str]]:
    table = parse_table(content.encode() if isinstance(content, str) else content)
    return [row.cells for row in table.rows if row.problem is None]


def broken(content: bytes | str) -> list[tuple[int, str]]:
    table = parse_table(content.encode() if isinstance(content, str) else content)
    return [(row.line, row.problem) for row in table.rows if row.problem is not None]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert [row["标题"] for row in cells(CHINESE.encode(encoding))] == ["漏水", "噪音，扰民"]


def test_characters_that_only_gb18030_has() -> None:
    text = "编号,姓名\n1,𠮷田\n2,龥\n"
    assert [row["姓名"] for row in cells(text.encode("gb18030"))] == ["𠮷田", "龥"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, ending: str) -> None:
    text = ending.join([separator.join("abc"), separator.join("123"), "", separator.join("456")]) + ending
    assert [row["b"] for row in cells(text)] == ["2", "5"]


def test_quoted_separators_marks_and_line_breaks_and_where_rows_begin() -> None:
    table = parse_table(b'a,b\n"x,\n""y""",1\nz,2\n')
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, {"a": 'x,\n"y"', "b": "1"}),
        (4, {"a": "z", "b": "2"}),
    ]


def test_a_mark_left_open_loses_its_own_row_only() -> None:
    text = 'a,b\n1,good\n2,"open\n3,good\n4,good\n5,"two\nlines"\n6,good\n'
    assert [row["a"] for row in cells(text)] == ["1", "3", "4", "5", "6"]
    assert broken(text) == [(3, tables.OPEN_QUOTE)]


def test_two_marks_left_open() -> None:
    text = 'a,b\n1,"open\n2,good\n3,"open\n4,good\n'
    assert [row["a"] for row in cells(text)] == ["2", "4"]
    assert [line for line, _ in broken(text)] == [2, 4]


def test_too_few_and_too_many_cells_are_named_with_their_line() -> None:
    text = "a,b,c\n1,2,3\n1,2\n1,2,3,4\n\n4,5,6\n"
    assert [row["a"] for row in cells(text)] == ["1", "4"]
    assert broken(text) == [(3, tables.NOT_THE_HEADER), (4, tables.NOT_THE_HEADER)]
    row = parse_table(text.encode()).rows[1]
    assert (row.raw, dict(row.params)) == ("1,2", {"expected": 3, "count": 2})


def test_damaged_bytes_lose_their_own_row_only() -> None:
    content = CHINESE.encode() + b"3,\xff\xfe\xc3,\xe5\n" + "4,下水道,诗浦\n".encode() + b"5,a\x00b,c\n"
    assert [row["编号"] for row in cells(content)] == ["1", "2", "4"]
    assert broken(content) == [(4, tables.BAD_BYTES), (6, tables.BAD_BYTES)]


def test_damaged_bytes_in_a_gb18030_file() -> None:
    content = CHINESE.encode("gb18030") + b"3,\xff\xff,x\n" + "4,下水道,诗浦\n".encode("gb18030")
    assert [row["编号"] for row in cells(content)] == ["1", "2", "4"]
    assert broken(content) == [(4, tables.BAD_BYTES)]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"a,a\n1,2\n", b",,\n1,2,3\n"])
def test_no_usable_header(content: bytes) -> None:
    with pytest.raises(InvalidError):
        parse_table(content)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_table(tmp_path / "none.csv")
    with pytest.raises(NotFoundError):
        read_table(tmp_path)


def test_a_file_of_nothing_but_marks_takes_bounded_time() -> None:
    content = ("a,b\n" + '",x\n' * 20_001).encode()
    assert len(parse_table(content).rows) > 0


readable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(str.strip)


@given(st.lists(st.tuples(readable.filter(bool), readable | st.just('a"b\nc,d')), max_size=8))
def test_whatever_the_csv_library_writes_is_read_back(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([("first", "second"), *rows])
    assert [(row["first"], row["second"]) for row in cells(out.getvalue())] == [
        (a, b.strip()) for a, b in rows
    ]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        table = parse_table(content)
    except InvalidError as error:
        reason = error.text()
        assert reason.startswith("file：")
        return
    for row in table.rows:
        assert row.problem or len(row.cells) <= len(table.columns)
        row.raw.encode()
