"""Papers as PDF, set by Typst (licence Apache-2.0): fonts embedded, and the text in them can be searched in Chinese.

A PDF that Qt writes looks the same, but its text layer holds radicals in place of characters and none of the bold digits.
Data goes in as one JSON value, so that nothing which somebody typed is ever read as markup.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final, Literal

from zzdesk.errors import BugError

PAPERS: Final = Path(__file__).resolve().parents[2] / "resources" / "papers"

OFFICIAL: Final = (
    "FangSong", "FangSong_GB2312", "STFangsong", "SimSun", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC",
)  # fmt: skip
"""Fonts of official papers: 仿宋 and 宋体 where the system has them, else an open one (decision 26)."""


def pdf(paper: str, said: dict[str, Any]) -> bytes:
    """Return the PDF of a paper (``slip``) with what it says; a tenth of a second, the first time more.

    Raises:
        BugError: the paper cannot be set: it is ours.
    """
    made = _set(paper, said, "pdf")
    if not isinstance(made, bytes):
        raise BugError(f"{paper} gave several files")
    return made


def pages(paper: str, said: dict[str, Any], dots: float) -> tuple[bytes, ...]:
    """Return the pages of a paper as pictures (PNG), ``dots`` to an inch: what is looked at and printed is the same.

    Raises:
        BugError: the paper cannot be set: it is ours.
    """
    made = _set(paper, said, "png", dots)
    return (made,) if isinstance(made, bytes) else tuple(made)


class Setting:
    """A paper that is set once and asked more than once: for its PDF, and for where things came to stand."""

    def __init__(self, paper: str, said: dict[str, Any]) -> None:
        import typst

        self._compiler = typst.Compiler(str(PAPERS / f"{paper}.typ"), sys_inputs={"said": json.dumps(said)})

    def pdf(self) -> bytes:
        """Return the PDF.

        Raises:
            BugError: the paper cannot be set: it is ours.
        """
        try:
            made = self._compiler.compile(format="pdf")
        except RuntimeError as error:
            raise BugError(str(error)) from error
        if not isinstance(made, bytes):
            raise BugError("one paper gave several files")
        return made

    def ask(self, label: str) -> list[dict[str, Any]]:
        """Return the values of the metadata that the paper put under a label."""
        found = json.loads(self._compiler.query(f"<{label}>", field="value"))
        return list(found)


def can_show(content: bytes, pages: int) -> bool:
    """Say whether every page of somebody's PDF file can be shown as a picture is."""
    try:
        _set("sheets", {"pdf": list(content), "pages": pages}, "pdf")
    except BugError:
        return False
    return True


def _set(paper: str, said: dict[str, Any], kind: Literal["pdf", "png"], dots: float | None = None) -> Any:
    import typst

    try:
        return typst.compile(str(PAPERS / f"{paper}.typ"), format=kind, ppi=dots, sys_inputs={"said": json.dumps(said)})
    except RuntimeError as error:
        raise BugError(str(error)) from error
