"""Scans and photos as pages of the dossier: pictures, and the pages of PDF files.

Only files whose bytes are on this desk; of a photo the copy without what the camera wrote into it, unless the actor may see
the original (decision 16). Masked papers show a picture so coarse that nobody is known by it, and no page of a PDF.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from zzdesk.documents import typeset
from zzdesk.errors import NotFoundError
from zzdesk.evidence.files import FileStore
from zzdesk.mediation.dossier import words
from zzdesk.mediation.dossier.gather import Body, File

EDGE: Final = 1800
"""Pixels of a picture's longer side on paper: 215 mm at about 200 to an inch."""
COARSE: Final = 24
MOST_PAGES: Final = 100
LARGEST: Final = 8 * 2**20
"""Bytes of a PDF file whose pages are shown; a larger one is put beside the dossier."""
_PDF: Final = b"%PDF-"


@dataclass
class Appendix:
    """What the papers of one PDF have behind them; ``pdfs`` are the files whose pages are shown."""

    file: File
    store: FileStore | None
    pdfs: list[bytes] = field(default_factory=list)

    def blocks(self, attachments: Sequence[Body]) -> list[dict[str, Any]]:
        """Return a block for each page; what cannot be a page is named first, with the reason."""
        made: list[dict[str, Any]] = []
        for at, attachment in enumerate(attachments, 1):
            made += self._blocks(f"{at}. {words.clean(attachment.get('name'))}　SHA-256 {attachment['sha256'][:16]}…", attachment)
        return sorted(made, key=lambda block: block["kind"] != "small")

    def _blocks(self, name: str, attachment: Body) -> list[dict[str, Any]]:
        content = _content(self.file, self.store, attachment)
        if content is None:
            return [_line(name, "absent")]
        svg = _picture(content, self.file.revealed)
        if svg is not None:
            return [{"kind": "picture", "name": name, "svg": svg}]
        pages = _pages(content)
        if pages == 0:
            return [_line(name, "no_page")]
        if not self.file.revealed:
            return [_line(name, "hidden_line")]
        if pages > MOST_PAGES or len(content) > LARGEST:
            return [_line(name, "too_large")]
        if not typeset.can_show(content, pages):
            return [_line(name, "no_page")]
        self.pdfs.append(content)
        at = len(self.pdfs) - 1
        return [{"kind": "sheet", "name": f"{name}（{n}/{pages}）", "pdf": at, "page": n} for n in range(1, pages + 1)]


def _line(name: str, why: str) -> dict[str, Any]:
    return {"kind": "small", "lines": [f"{name}{words.sentence(why)}"]}


def _content(file: File, files: FileStore | None, attachment: Body) -> bytes | None:
    shared = attachment.get("shared_sha256")
    wanted = attachment["sha256"] if attachment["id"] in file.originals or not shared else shared
    for sha256 in (wanted, shared):
        if files is not None and sha256:
            try:
                return b"".join(files.read(sha256))
            except NotFoundError:
                continue
    return None


def _picture(content: bytes, revealed: bool) -> str | None:
    """Return a picture as SVG around a JPEG, turned upright; None for what is none."""
    import warnings

    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):  # what Pillow says of what is no picture
        return None
    edge = EDGE if revealed else COARSE
    upright.thumbnail((edge, edge))
    packed = io.BytesIO()
    upright.save(packed, "JPEG", quality=85)
    data, (width, height) = base64.b64encode(packed.getvalue()).decode(), upright.size
    room = f'width="{width}" height="{height}"'
    image = f'<image {room} xlink:href="data:image/jpeg;base64,{data}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {room}>{image}</svg>'


def _pages(content: bytes) -> int:
    """Return how many pages a PDF file has; none where it is no PDF, is locked or broken."""
    if not content.startswith(_PDF):
        return 0
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what is odd about somebody's file is no news for our log
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            return 0
        return sum(1 for page in reader.pages if page.mediabox.width > 0 and page.mediabox.height > 0)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        return 0
