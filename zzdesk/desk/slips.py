"""Slips for residents, for the windows (:mod:`zzdesk.reports.slips`), and the QR code on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zzdesk.documents.typeset import pdf
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.reports.slips import Slip, note_printed, slip
from zzdesk.store.engine import translated

__all__ = ["Slip", "note_printed", "qr_rows", "slip", "write_pdf"]


def qr_rows(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return a QR code as rows of dark and light modules, without its quiet zone (ISO/IEC 18004, error correction M)."""
    import segno  # 30 ms that no start has to wait for

    return tuple(tuple(bool(module) for module in row) for row in segno.make(text, error="m", micro=False).matrix)


def write_pdf(target: Path, said: dict[str, Any], code: str) -> None:
    """Write a slip as PDF; ``said`` is what it says in words, ``code`` what its QR code says.

    Raises:
        DiskFullError, RefusedError: the file cannot be written there.
    """
    import io

    import segno

    drawn = io.BytesIO()
    segno.make(code, error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False, svgns=True)
    made = pdf("slip", said | {"code": drawn.getvalue().decode()})
    with translated():
        try:
            target.write_bytes(made)
        except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
            raise RefusedError(N_("这个位置不能写入，请换一个文件夹。")) from error
