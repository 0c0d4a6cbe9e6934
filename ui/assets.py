"""Where the files that are not code lie, beside the packages both in a checkout and in the frozen program."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent / "resources"


def asset(*parts: str) -> Path:
    """Return the path of a file or folder under ``resources``."""
    return _ROOT.joinpath(*parts)
