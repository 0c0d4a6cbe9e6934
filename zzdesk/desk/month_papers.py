"""A month's figures on paper, for every subject that closes months: what stands on the sheet, and what beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from zzdesk.clock import local
from zzdesk.documents.figures import Statement, lines, told
from zzdesk.documents.months import Closing
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_, current_language, translate

FONTS: Final = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei UI", "PingFang SC", "WenQuanYi Micro Hei",
)
"""Open fonts first (decision 26); what is set is embedded into a PDF."""
SMALL: Final = 10.0
BLANK: Final[dict[str, Any]] = {"note": "", "head": [], "rows": [], "empty": "", "columns": []}
"""A part of a sheet that says nothing yet; ``columns`` are widths in characters, 0 for what is left."""


def ending(target: Path) -> str:
    """Return ``.xlsx`` or ``.pdf``: how a report is written follows from the name of the file.

    Raises:
        RefusedError: another ending.
    """
    kind = target.suffix.lower()
    if kind not in (".xlsx", ".pdf"):
        raise RefusedError(N_("文件名要以 .xlsx 或 .pdf 结尾"))
    return kind


def closing_notes(closing: Closing | None) -> list[tuple[str, str]]:
    """Return whether a month is closed, when, and with which hash."""
    if closing is None:
        return [(translate(N_("月结")), translate(N_("未月结：数字随案件变化")))]
    broken = "" if closing.whole else translate(N_("（内容与校验值不符）"))
    return [(translate(N_("月结")), f"{local(closing.at):%Y-%m-%d %H:%M}{broken}"), ("SHA-256", closing.digest)]


def statement_parts(said: Statement, note: str) -> list[dict[str, Any]]:
    """Return the figures and what was checked about them, as two parts of a sheet."""
    rows = [list(row) for row in lines(said)][: len(said.figures)]
    heads = [translate(N_("项目")), translate(N_("数量")), translate(N_("数量/基数")), translate(N_("比率"))]
    checks = [[each.text(), f"{each.left} / {each.right}", told(each)] for each in said.checks]
    return [
        BLANK | {"heading": translate(N_("数字")), "note": note, "head": heads, "rows": rows, "columns": [0, 12, 11, 5]},
        BLANK | {"heading": translate(N_("核对")), "rows": checks, "columns": [0, 16, 10]},
    ]


def notes_part(notes: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return what stands beside the figures as a part of a sheet."""
    return BLANK | {"heading": translate(N_("说明")), "rows": [list(row) for row in notes], "columns": [10, 0]}


def sheet_paper(heading: str, subtitle: str, parts: Sequence[Any], foot: str) -> dict[str, Any]:
    """Return a sheet in the language in force; ``foot`` is a message id that says whose data are not on it."""
    return {
        "title": heading, "subtitle": subtitle, "parts": list(parts), "lang": current_language(), "fonts": list(FONTS),
        "size": SMALL, "foot": translate(foot), "one_page": False,
    }  # fmt: skip
