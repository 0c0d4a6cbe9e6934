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


def _set(paper: str, said: dict[str, Any], kind: Literal["pdf", "png"], dots: float | None = None) -> Any:
    import typst

    try:
        return typst.compile(str(PAPERS / f"{paper}.typ"), format=kind, ppi=dots, sys_inputs={"said": json.dumps(said)})
    except RuntimeError as error:
        raise BugError(str(error)) from error
