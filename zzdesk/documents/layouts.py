"""What an official paper looks like: blocks of text, grids and places to sign, in a TOML file that a person can read.

One file for each paper in ``resources/papers/…``; the Word templates are built from the same files, the PDF is set from
them directly. A block is one of::

    title = "…"            the heading of the paper         right | left | center | small = "…"   a line
    heading = "…"          a heading within                 text = "…"      paragraphs, one for each line of it
    grid = ["标签|{{ x }}|标签|{{ y }}", "30:标签|{{ x }}"]   framed rows; the number is the least height in millimetres
    table = ["序号:1:{{ r.no }}", …]   with ``for``: a table with a head, widths in parts
    sign = ["…：", …]      lines to be signed               gap = 10   millimetres      contents = true   the list of papers

``for = "p in parties"`` repeats a block, ``if = "agent"`` leaves it out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zzdesk.documents.placeholders import BROKEN, FORBIDDEN, Checker, Fault, Said, Shape, fill, loop, truth
from zzdesk.i18n import N_

KINDS: Final = ("title", "heading", "text", "right", "left", "center", "small", "grid", "table", "sign", "gap", "contents")
LARGEST: Final = 200_000
"""Bytes of a layout: it is a page of text."""
BLANK: Final = "＿＿＿＿＿＿"
"""What stands in a line where nothing is known: somebody writes it in by hand."""
UNREADABLE: Final = N_("文件打不开或格式不对")


class LayoutError(Exception):
    """A layout cannot be used; ``faults`` say why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{f.where}: {f.what}" for f in faults))
        self.faults = faults


@dataclass(frozen=True)
class Layout:
    """A paper's blocks, its name, the placeholders without which it is not that paper, and its row of domain rules B1.2."""

    key: str
    name: str
    row: str
    required: tuple[str, ...]
    blocks: tuple[dict[str, Any], ...]
    confirm: bool
    """Its wording is ours, written from the law, and a judicial office has still to confirm it."""


def parse(key: str, content: bytes) -> Layout:
    """Read a layout.

    Raises:
        LayoutError: it is no TOML, or a block is none of the kinds above.
    """
    if len(content) > LARGEST:
        raise LayoutError([Fault("", f"{len(content)}", UNREADABLE)])
    try:
        read = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LayoutError([Fault("", str(error), UNREADABLE)]) from error
    blocks = read.get("blocks")
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise LayoutError([Fault("", "blocks", UNREADABLE)])
    faults = [Fault(_where(at), kind_of(block) or str(sorted(block)), FORBIDDEN)
              for at, block in enumerate(blocks) if not _is_block(block)]  # fmt: skip
    if faults:
        raise LayoutError(faults)
    required = tuple(str(name) for name in read.get("required", ()))
    name, row = str(read.get("name", key)), str(read.get("row", ""))
    return Layout(key, name, row, required, tuple(blocks), bool(read.get("confirm", False)))


def kind_of(block: dict[str, Any]) -> str:
    """Return which of the kinds a block is, or nothing."""
    return next((kind for kind in KINDS if kind in block), "")


_SHAPES: Final[dict[str, type]] = {"grid": list, "table": list, "sign": list, "contents": bool}


def _is_block(block: dict[str, Any]) -> bool:
    kind = kind_of(block)
    if not kind or set(block) - {kind, "for", "if"}:
        return False
    wanted = (int, float) if kind == "gap" else _SHAPES.get(kind, str)
    whole = isinstance(block[kind], wanted)
    if whole and isinstance(block[kind], list):
        whole = all(isinstance(line, str) for line in block[kind])
    if kind == "table":
        whole = whole and "for" in block and all(len(cell.split(":", 2)) == 3 for cell in block["table"])
    return whole and all(isinstance(block.get(word, ""), str) for word in ("for", "if"))


def _where(at: int) -> str:
    return f"blocks[{at + 1}]"


def check(layout: Layout, shape: Shape, required: tuple[str, ...] | None = None) -> list[Fault]:
    """Return everything that is wrong with a layout's placeholders."""
    checker = Checker(shape)
    for at, block in enumerate(layout.blocks):
        before = len(checker.faults)
        steps = [word for word in ("for", "if") if word in block]
        for word in steps:
            checker.text(_where(at), f"{{% {word} {block[word]} %}}")
        for text in _texts(block):
            checker.text(_where(at), text)
        if len(checker.faults) == before or not any(f.message == BROKEN for f in checker.faults[before:]):
            for word in reversed(steps):
                checker.text(_where(at), f"{{% end{word} %}}")
    return checker.finish(layout.required if required is None else required)


def _texts(block: dict[str, Any]) -> Iterator[str]:
    for value in block.values():
        if isinstance(value, list):
            yield from value
        elif isinstance(value, str) and value not in (block.get("for"), block.get("if")):
            yield value


# ---- filled ---------------------------------------------------------------------------------------------------------


def filled(layout: Layout, said: Said) -> list[dict[str, Any]]:
    """Return the blocks as ``paper.typ`` takes them: plain text everywhere."""
    made: list[dict[str, Any]] = []
    for block in layout.blocks:
        if truth(said, block.get("if")):
            made += _filled(block, said)
    return made


def _filled(block: dict[str, Any], said: Said) -> Iterator[dict[str, Any]]:
    kind, over = kind_of(block), block.get("for")
    if kind == "table":
        columns = [column.split(":", 2) for column in block["table"]]
        rows = [[fill(text, each) for _, _, text in columns] for each in loop(said, over)]
        yield {"kind": "table", "head": [c[0] for c in columns], "widths": [float(c[1]) for c in columns], "rows": rows}
        return
    for each in loop(said, over):
        if kind in ("gap", "contents"):
            yield {"kind": kind, "size": block[kind]}
        elif kind == "grid":
            yield {"kind": "grid", "rows": [_row(line, each) for line in block["grid"]]}
        elif kind == "sign":
            yield {"kind": "sign", "lines": [fill(line, each, BLANK) for line in block["sign"]]}
        else:
            yield {"kind": kind, "lines": fill(block[kind], each, "" if kind == "text" else BLANK).split("\n")}


def height_of(line: str) -> tuple[float, list[str]]:
    """Return the least height of a grid's row in millimetres (0 for none) and its cells."""
    head, colon, rest = line.partition(":")
    if colon and head.isdigit():
        return float(head), rest.split("|")
    return 0.0, line.split("|")


def spans(count: int) -> list[int]:
    """Return how many of twelve columns each cell of a row takes: labels stand before values and take two."""
    if count == 1:
        return [12]
    pairs = max(1, count // 2)
    made = [2, 12 // pairs - 2] * pairs
    return [*made[:count - 1], 12 - sum(made[:count - 1])]


def _row(line: str, said: Said) -> dict[str, Any]:
    height, cells = height_of(line)
    widths = spans(len(cells))
    filled_in = [{"text": fill(cell, said), "span": widths[at], "label": at % 2 == 0 and len(cells) > 1}
                 for at, cell in enumerate(cells)]  # fmt: skip
    return {"height": height, "cells": filled_in}


def read(path: Path) -> bytes:
    """Return the bytes of a template, no more than a template has.

    Raises:
        LayoutError: it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST * 50)
    except OSError as error:
        raise LayoutError([Fault("", str(error.strerror), UNREADABLE)]) from error
