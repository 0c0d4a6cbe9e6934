"""Logs without personal data: a filter masks identity numbers, phones and bank cards wherever they come from.

The filter works on the finished text, tracebacks included, because an exception may carry a value that nobody
meant to log.
"""

from __future__ import annotations

import logging
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

_SIZE: Final = 1_000_000
_KEPT: Final = 5
_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"

# Full-width digits count as digits: input methods produce them.  A digit, letter or underscore on either side means a
# longer number or an id (UUIDs and hashes are hexadecimal and stay readable).
_EDGE: Final = r"(?<![0-9A-Za-z_０-９])"
_END: Final = r"(?![0-9A-Za-z_０-９])"
_D: Final = "[0-9０-９]"
_GAP: Final = r"[\s-]?"
_IDENTITY: Final = re.compile(f"{_EDGE}{_D}{{6}}{_GAP}{_D}{{8}}{_GAP}{_D}{{3}}[0-9０-９XxＸｘ]{_END}")
_OLD_IDENTITY: Final = re.compile(f"{_EDGE}[1-8]{_D}{{14}}{_END}")
_MOBILE: Final = re.compile(
    rf"(?<![0-9A-Za-z_０-９])(?:[+＋]?(?:86|８６){_GAP})?[1１][3-9３-９]{_D}{_GAP}{_D}{{4}}{_GAP}{_D}{{4}}{_END}"
)
_CARD: Final = re.compile(
    f"{_EDGE}[3-6]{_D}{{3}}(?:{_GAP}{_D}{{4}}){{2}}{_GAP}{_D}{{1,4}}(?:{_GAP}{_D}{{1,3}})?{_END}"
)
_LANDLINE: Final = re.compile(rf"{_EDGE}0{_D}{{2,3}}[\s-]?{_D}{{7,8}}{_END}")

_MASKS: Final = (
    (_IDENTITY, "<身份证>"),
    (_OLD_IDENTITY, "<身份证>"),
    (_MOBILE, "<手机>"),
    (_LANDLINE, "<电话>"),
    (_CARD, "<卡号>"),
)


def without_personal_data(text: str) -> str:
    """Return the text with identity numbers, phones and card numbers replaced by what they were."""
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text


class MaskingFormatter(logging.Formatter):
    """Formats a record and masks the result."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished, masked line (or lines, with a traceback)."""
        return without_personal_data(super().format(record))


class MaskingFilter(logging.Filter):
    """Masks a record itself, for handlers of others (a crash dialog, a test's capture)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message by its masked form; every record passes."""
        record.msg, record.args = without_personal_data(record.getMessage()), None
        return True


def set_up(folder: Path | None, *, verbose: bool = False) -> None:
    """Send warnings to stderr and everything from INFO on to a rotating file, readable by its owner only.

    Calling it again replaces what the last call set up.
    """
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h.formatter, MaskingFormatter)]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    root.addHandler(
        _handler(logging.StreamHandler(sys.stderr), logging.DEBUG if verbose else logging.WARNING)
    )
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / "zzdesk.log"
        path.touch(mode=0o600)
        rotating = RotatingFileHandler(path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
        root.addHandler(_handler(rotating, logging.DEBUG if verbose else logging.INFO))


def _handler(handler: logging.Handler, level: int) -> logging.Handler:
    handler.setLevel(level)
    handler.setFormatter(MaskingFormatter(_FORMAT))
    return handler
