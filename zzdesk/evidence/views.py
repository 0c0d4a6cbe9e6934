"""What of a file can be looked at inside the program: a picture, the pages of a PDF file, a text. Nothing is written anywhere.

Personal papers must not lie about in a temporary folder for another program to show, so what cannot be shown here is named
with the reason. Pillow reads pictures; a page of a PDF file is cut out with pypdf and drawn by Typst, as papers are.
"""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.store.audit import Audit
from zzdesk.store.unit import Reader, UnitOfWork

if TYPE_CHECKING:
    from pypdf import PdfReader

OPENED: Final = "attachment.open"
"""The line in the audit by which somebody asked for what a file says."""
SEEN: Final = "attachment.seen"
"""The line in the audit by which what a file says was on the screen of who asked for it."""
LARGEST: Final = 32 * 2**20
"""Bytes of a file that is opened here."""
LARGEST_PAGE: Final = 8 * 2**20
"""Bytes of one page of a PDF file; Typst takes them as a list of numbers."""
EDGE: Final = 2400
"""Pixels of the longer side of what is shown: an A4 page at some 200 to an inch."""
LONGEST_TEXT: Final = 200_000
_FORMATS: Final = ("JPEG", "PNG")
_STARTS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_PDF: Final = b"%PDF-"
_POINTS: Final = 72
_SHEET: Final = b"""#let said = json(bytes(sys.inputs.said))
#set page(width: auto, height: auto, margin: 0mm)
#image(bytes(said.pdf), format: "pdf", page: 1, width: said.wide * 1pt)"""


@dataclass(frozen=True)
class View:
    """What is seen of a file. ``sort``: ``picture`` (``image`` is JPEG), ``page`` (PNG, page ``page`` of ``pages``), ``text``,
    or empty where nothing can be shown, and ``why`` says the reason: ``absent``, ``broken``, ``locked``, ``too-large``, ``kind``.
    """

    sort: str = ""
    image: bytes = b""
    text: str = ""
    page: int = 1
    pages: int = 1
    why: str = ""
    cut: bool = False
    """Whether a text goes on after what is shown."""


def view(content: bytes, mime: str, page: int = 1) -> View:
    """Return what a file's plain bytes look like; ``page`` counts from 1 and is brought into the file. Takes up to seconds."""
    if len(content) > LARGEST:
        return View(why="too-large")
    if content.startswith(_STARTS):
        return _picture(content)
    if content.startswith(_PDF):
        return _sheet(content, page)
    if mime.startswith("text/"):
        return _text(content)
    return View(why="broken" if mime in ("image/jpeg", "image/png", "application/pdf") else "kind")


def _picture(content: bytes) -> View:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                opened.draft("RGB", (EDGE, EDGE))
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return View(why="too-large")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):  # what Pillow says of a spoilt file
        return View(why="broken")
    upright.thumbnail((EDGE, EDGE))
    packed = io.BytesIO()
    upright.save(packed, "JPEG", quality=90)
    return View("picture", packed.getvalue())


def _text(content: bytes) -> View:
    for code in ("utf-8-sig", "gb18030"):
        try:
            said = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in said:
            return View("text", text=said[:LONGEST_TEXT], cut=len(said) > LONGEST_TEXT)
    return View(why="broken")


def _sheet(content: bytes, page: int) -> View:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what is odd about somebody's file is no news for our log
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            return View(why="locked")
        pages = len(reader.pages)
        if pages == 0:
            return View(why="broken")
        at = min(max(page, 1), pages)
        alone, wide, high = _alone(reader, at)
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return View(why="broken")  # what pypdf says of a spoilt file, which it follows as far as it can
    if len(alone) > LARGEST_PAGE:
        return View(why="too-large", page=at, pages=pages)
    return replace(_drawn(alone, wide, high), page=at, pages=pages)


def _alone(reader: PdfReader, page: int) -> tuple[bytes, float, float]:
    """Return one page as a file of its own, and its width and height in points as it is looked at."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    added = writer.add_page(reader.pages[page - 1])
    packed = io.BytesIO()
    writer.write(packed)
    wide, high = float(added.cropbox.width), float(added.cropbox.height)
    if min(wide, high) <= 0:
        raise ValueError("a page without room")
    turned = added.rotation % 180 != 0
    return packed.getvalue(), *((high, wide) if turned else (wide, high))


def _drawn(alone: bytes, wide: float, high: float) -> View:
    """Draw a page so that its longer side has ``EDGE`` pixels, however large its paper says it is."""
    import typst

    scale = EDGE / max(wide, high)
    said: dict[str, Any] = {"pdf": list(alone), "wide": wide * scale}
    try:
        made = typst.compile(_SHEET, format="png", ppi=_POINTS, sys_inputs={"said": json.dumps(said)})
    except RuntimeError:  # what Typst says of a page that it cannot draw
        return View(why="broken")
    return View("page", made)


def seen_by(who: Reader | UnitOfWork, files: Sequence[RecordId]) -> frozenset[RecordId]:
    """Return which of these files the actor has had on the screen of this computer."""
    if not files:
        return frozenset()
    lines = select(Audit.record_id).where(
        Audit.record_id.in_(files), Audit.event == SEEN, Audit.actor == who.actor.account_id
    )
    return frozenset(each for each in who.session.scalars(lines) if each is not None)
