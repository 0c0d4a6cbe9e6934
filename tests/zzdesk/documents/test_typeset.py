"""Papers that Typst sets: what does not fit into its column goes on below, and the text can be read out again."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

from zzdesk.documents import typeset

PART: dict[str, Any] = {"heading": "新登记", "note": "", "head": [], "empty": "", "columns": [6.2, 0, 8.4, 9.4]}
SAID = {"title": "早间清单", "subtitle": "", "foot": "", "fonts": ["Noto Sans CJK SC"], "lang": "zh", "size": 12}


def test_a_number_wider_than_its_column_is_broken_and_not_written_over_the_next() -> None:
    rows = [["12345-GD20261123008", "夜间施工", "待核实", "剩 5 个工作日"], ["O2CH-0001", "积水", "已登记", "剩 1 个工作日"]]
    paper = typeset.pdf("sheet", SAID | {"parts": [PART | {"rows": rows}], "one_page": True})
    lines = PdfReader(io.BytesIO(paper)).pages[0].extract_text().splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("12345"))
    parts = lines[first : first + 2]
    assert "".join(parts) == "12345-GD20261123008"
    assert max(map(len, parts)) <= 11, "as many letters as the column is wide"
    assert "O2CH-0001 积水 已登记 剩 1 个工作日" in lines, "what fits is one word"
