"""What a file is by its bytes: a partner's PDF, text or office document goes to every desk, and its name proves nothing."""

from __future__ import annotations

import io
import zipfile
from typing import Final

_PDF, _OLE = b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD: Final = 1024
"""Within how many bytes a PDF begins (ISO 32000-1, annex H, note 13)."""
_PACKED: Final = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word/",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xl/",
}
"""Where the parts of a packed document lie (ECMA-376, part 2)."""


def is_one(content: bytes, mime: str) -> bool:
    """Say whether bytes are of a media type, as far as their beginning shows it; a type that is not known here is none."""
    if mime == "application/pdf":
        return _PDF in content[:_HEAD]
    if mime in ("application/msword", "application/vnd.ms-excel"):
        return content.startswith(_OLE)
    if mime in _PACKED:
        return _is_packed(content, _PACKED[mime])
    return mime == "text/plain" and _is_text(content)


def _is_packed(content: bytes, folder: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)


def _is_text(content: bytes) -> bool:
    """Say whether it is text: in UTF-8 or GB18030, and without the zero that none of both has in a text."""
    if b"\0" in content:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
