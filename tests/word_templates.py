"""Builds the Word templates of the official papers from their layouts: ``python -m tests.word_templates``.

The files lie in ``resources/papers/mediation``; a test shows that they are what this makes, byte by byte, so that what an
office gets can be reviewed as text.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row

from zzdesk.documents import layouts
from zzdesk.documents.wordfile import steady
from zzdesk.mediation.dossier.data import SHAPES
from zzdesk.mediation.dossier.words import FOLDER

BODY, TITLE_FONT = "仿宋", "宋体"
WIDTH: Final = 158
"""Millimetres of the text on A4."""
ALIGN: Final = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}
CONTENTS: Final = ["序号:1:{{ r.no }}", "文书名称:6:{{ r.name }}", "页号:2:{{ r.pages }}", "备注:2:{{ r.note }}"]


def build(key: str) -> bytes:
    """Return the template of a paper."""
    layout = layouts.parse(key, (FOLDER / f"{key}.toml").read_bytes())
    document = Document()
    _page(document)
    for block in layout.blocks:
        if kind := layouts.kind_of(block):
            _block(document, kind, block)
    document.core_properties.title = layout.name
    document.core_properties.author = "zzdesk"
    document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001
    made = io.BytesIO()
    document.save(made)
    return steady(made.getvalue())


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Mm(28), Mm(24), Mm(26), Mm(24)
    style = document.styles["Normal"]
    style.font.size, style.font.name = Pt(14), BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    style.paragraph_format.line_spacing, style.paragraph_format.space_after = 1.5, Pt(0)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("{{ stamp }}").font.size = Pt(8)


def _line(document: Any, text: str, kind: str = "left") -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    if kind == "title":
        paragraph.alignment, run.bold, run.font.size = WD_ALIGN_PARAGRAPH.CENTER, True, Pt(22)
        run.font.name = TITLE_FONT
        run._element.rPr.rFonts.set(qn("w:eastAsia"), TITLE_FONT)
        paragraph.paragraph_format.space_after = Pt(18)
    elif kind == "heading":
        run.bold = True
    elif kind == "text":
        paragraph.paragraph_format.first_line_indent = Pt(28)
    elif kind == "small":
        run.font.size = Pt(10.5)
    elif kind == "sign":
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.space_before = Mm(60), Pt(10)
    else:
        paragraph.alignment = ALIGN.get(kind)
    return paragraph


def _block(document: Any, kind: str, block: dict[str, Any]) -> None:
    over, condition = block.get("for"), block.get("if")
    if condition:
        _line(document, f"{{%p if {condition} %}}")
    if over and kind != "table":
        _line(document, f"{{%p for {over} %}}")
    if kind == "grid":
        _grid(document, block["grid"])
    elif kind in ("table", "contents"):
        _table(document, block.get("table", CONTENTS), over or "r in rows")
    elif kind == "gap":
        document.add_paragraph().paragraph_format.space_after = Mm(float(block["gap"]) / 2)
    else:
        for line in block[kind] if kind == "sign" else block[kind].split("\n"):
            _line(document, line, kind)
    if over and kind != "table":
        _line(document, "{%p endfor %}")
    if condition:
        _line(document, "{%p endif %}")


def _grid(document: Any, lines: list[str]) -> None:
    table = document.add_table(rows=0, cols=12, style="Table Grid")
    table.autofit = False
    for line in lines:
        height, cells = layouts.height_of(line)
        row = _Row(table._tbl.add_tr(), table)
        for span, text in zip(layouts.spans(len(cells)), cells, strict=True):
            cell = row._tr.add_tc()
            cell.width, cell.grid_span = Mm(WIDTH * span / 12), span
            _write(_Cell(cell, table), text)
        if height:
            row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST


def _write(cell: Any, text: str) -> None:
    cell.paragraphs[0].paragraph_format.line_spacing = 1.2
    cell.paragraphs[0].add_run(text).font.size = Pt(12)


def _table(document: Any, columns: list[str], over: str) -> None:
    parts = [column.split(":", 2) for column in columns]
    table = document.add_table(rows=1, cols=len(parts), style="Table Grid")
    table.autofit = False
    whole = sum(float(width) for _, width, _ in parts)
    for at, (head, width, _) in enumerate(parts):
        table.columns[at].width = Mm(WIDTH * float(width) / whole)
        _write(table.rows[0].cells[at], head)
    for texts in ([f"{{%tr for {over} %}}"], [text for _, _, text in parts], ["{%tr endfor %}"]):
        row = table.add_row()
        for at, text in enumerate(texts):
            _write(row.cells[at], text)


def main() -> None:
    """Write every template."""
    for key in SHAPES:
        Path(FOLDER / f"{key}.docx").write_bytes(build(key))


if __name__ == "__main__":
    main()
