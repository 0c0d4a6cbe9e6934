"""Tables that other programs wrote: CSV in UTF-8 or GB18030, with any of the usual separators, broken rows and all.

A row that cannot be read never takes its neighbours with it: it is handed on with its line, its text and the reason.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from zzdesk.documents.rows import Row as Row
from zzdesk.documents.rows import Table as Table
from zzdesk.documents.rows import columns_of
from zzdesk.documents.sheets import is_workbook, parse_workbook
from zzdesk.errors import InvalidError, NotFoundError
from zzdesk.i18n import N_

LARGEST: Final = 256 * 2**20
"""Largest file taken, in bytes."""
_LONGEST_ROW: Final = 200
"""Most lines that one row with quoted line breaks may span; beyond it a quotation mark was left open."""
_SEPARATORS: Final = (",", ";", "\t", "|")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_UNREADABLE: Final = re.compile("[\x00\udc80-\udcff]")

NOT_THE_HEADER: Final = N_("列数与表头不一致：应有{expected}列，实有{count}列")
OPEN_QUOTE: Final = N_("引号没有闭合")
BAD_BYTES: Final = N_("含有无法识别的字节")


def read_table(path: Path) -> Table:
    """Read a CSV file, or the first sheet of a workbook, whole.

    Raises:
        NotFoundError: the file cannot be opened.
        InvalidError: it is too large, empty, or has no usable header.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise InvalidError.one("file", N_("文件太大：最多{limit}MB"), limit=LARGEST // 2**20)
        content = path.read_bytes()
    except OSError as error:
        raise NotFoundError(N_("读不了这个文件：{path}"), path=str(path)) from error
    return parse_workbook(content) if is_workbook(content) else parse_table(content)


def parse_table(content: bytes) -> Table:
    """Read the bytes of a CSV file.

    Raises:
        InvalidError: it is empty, or has no usable header.
    """
    text, encoding = decode(content)
    lines = [line for line in _LINE.findall(text) if line]
    if not any(line.strip() for line in lines):
        raise InvalidError.one("file", N_("文件是空的"))
    separator = _separator(lines)
    header, first = _header(lines, separator)
    return Table(header, tuple(_rows(lines, first, header, separator)), encoding)


def decode(content: bytes) -> tuple[str, str]:
    """Return the text and its encoding: UTF-8 with or without a mark, UTF-16 with one, else GB18030.

    Bytes that fit neither become lone surrogates, so that only their row is lost.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            if encoding == "utf-8-sig" or not _mostly_utf8(content):
                return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    encoding = "utf-8-sig" if _mostly_utf8(content) else "gb18030"
    return content.decode(encoding, "surrogateescape"), encoding


def _mostly_utf8(content: bytes) -> bool:
    """Return whether most lines beyond ASCII are UTF-8: a few damaged bytes do not make a file GB18030."""
    lines = [line for line in content.split(b"\n") if not line.isascii()]
    good = sum(1 for line in lines if "\ufffd" not in line.decode("utf-8", "replace"))
    return bool(lines) and good * 2 > len(lines)


def _separator(lines: Sequence[str]) -> str:
    first = next(line for line in lines if line.strip())
    return max(_SEPARATORS, key=first.count)


def _header(lines: Sequence[str], separator: str) -> tuple[tuple[str, ...], int]:
    """Return the columns and the number of lines that they and blank lines before them take."""
    start = next(at for at, line in enumerate(lines) if line.strip())
    cells, taken = _cells(lines, start, separator, 0)
    return columns_of(cells or ()), start + taken


def _rows(lines: Sequence[str], at: int, columns: tuple[str, ...], separator: str) -> Iterator[Row]:
    while at < len(lines):
        if not lines[at].strip(f"{separator} \t\r\n\u3000"):
            at += 1
            continue
        cells, taken = _cells(lines, at, separator, len(columns))
        yield _row(lines, at, taken, cells, columns)
        at += taken


def _cells(lines: Sequence[str], start: int, separator: str, expected: int) -> tuple[list[str] | None, int]:
    """Return the cells of the row that begins at ``start`` (None with a quotation mark left open), and its lines.

    A row of several lines that does not come out at ``expected`` cells is cut back to its first line, so that a stray
    quotation mark does not swallow what follows. ``expected`` 0 takes any number.
    """
    for taken in _spans(lines, start):
        cells = _parse("".join(lines[start : start + taken]), separator)
        if taken == 1 or (cells is not None and expected in (0, len(cells))):
            return cells, taken
    return None, 1


def _spans(lines: Sequence[str], start: int) -> Iterator[int]:
    """Yield how many lines the row takes: up to where its quotation marks are even, then, failing that, one."""
    marks = 0
    for at in range(start, min(start + _LONGEST_ROW, len(lines))):
        marks += lines[at].count('"')
        if marks % 2 == 0:
            yield at - start + 1
            break
    if lines[start].count('"') % 2:
        yield 1


def _parse(text: str, separator: str) -> list[str] | None:
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None


def _row(lines: Sequence[str], at: int, taken: int, cells: list[str] | None, columns: tuple[str, ...]) -> Row:
    raw = "".join(lines[at : at + taken]).rstrip("\r\n")
    shown = _UNREADABLE.sub("\ufffd", raw)
    if _UNREADABLE.search(raw):
        return Row(at + 1, shown, {}, BAD_BYTES)
    if cells is None:
        return Row(at + 1, shown, {}, OPEN_QUOTE)
    if len(cells) != len(columns):
        return Row(at + 1, shown, {}, NOT_THE_HEADER, (("expected", len(columns)), ("count", len(cells))))
    return Row(at + 1, shown, {name: cell.strip() for name, cell in zip(columns, cells, strict=True) if name})
