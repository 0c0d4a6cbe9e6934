"""Photos: a copy without what the camera wrote into them, and what of it belongs into the record (decision 16).

The copy is what others see. It is made of the pixels alone, turned upright; date, place, camera and comments stay in the
original, which is never changed. Pillow reads and writes it (licence MIT-CMU).
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from zzdesk.clock import OFFICE_TIME, from_iso, to_iso
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS: Final = ("JPEG", "PNG")
_STARTS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_QUALITY: Final = 90
_KEPT: Final = ("icc_profile", "transparency")
"""What of a picture's information its look depends on."""
_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _TAKEN_OFFSET = 0x9003, 0x9011
_LATITUDE, _LONGITUDE = (1, 2), (3, 4)

TOO_MANY_PIXELS: Final = N_("照片的像素太多，请缩小后再添加")


@dataclass(frozen=True)
class Photo:
    """The shared copy of a photo, and when and where its camera says it was taken.

    ``location`` is ``latitude,longitude`` in degrees (WGS 84).
    """

    shared: bytes
    mime: str
    taken_at: datetime | None
    location: str | None


def read(path: Path) -> Photo | None:
    """Return a photo, or None for what is no JPEG or PNG that can be read: it is kept as the file that it is.

    Raises:
        InvalidError: so many pixels that opening it would take all memory.
    """
    with path.open("rb") as file:
        return read_from(file)


def read_from(file: IO[bytes]) -> Photo | None:
    """Return the photo that a file or the memory holds, as :func:`read` does.

    Raises:
        InvalidError: so many pixels that opening it would take all memory.
    """
    if not file.read(8).startswith(_STARTS):
        return None
    file.seek(0)
    from PIL import Image as pillow  # noqa: N813 - a module with the name of its class
    from PIL import UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pillow.DecompressionBombWarning)
            with pillow.open(file, formats=_FORMATS) as image:
                return _photo(image)
    except (pillow.DecompressionBombWarning, pillow.DecompressionBombError):
        raise InvalidError.one("path", TOO_MANY_PIXELS) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):  # what Pillow says of a spoilt file
        return None


def _photo(image: Image) -> Photo:
    exif = image.getexif()
    taken_at, location = _taken_at(exif.get_ifd(_EXIF)), _location(exif.get_ifd(_GPS))
    kind = "PNG" if image.format == "PNG" else "JPEG"
    return Photo(_bare(image, kind), f"image/{kind.lower()}", taken_at, location)


def _bare(image: Image, kind: str) -> bytes:
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    upright.info = {name: upright.info[name] for name in _KEPT if name in upright.info}
    if kind == "JPEG" and upright.mode not in ("L", "RGB", "CMYK"):
        upright = upright.convert("RGB")
    out = io.BytesIO()
    upright.save(out, kind, quality=_QUALITY, icc_profile=upright.info.get("icc_profile"))
    return out.getvalue()


def _taken_at(exif: dict[int, Any]) -> datetime | None:
    """Return when the camera says it was; its clock is the office's unless it says otherwise."""
    try:
        moment = datetime.strptime(str(exif[_TAKEN]).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone follows
        offset = str(exif.get(_TAKEN_OFFSET, "")).strip("\0 ")
        aware = datetime.fromisoformat(f"{moment.isoformat()}{offset}") if offset else moment
        return from_iso(to_iso(aware if aware.tzinfo else moment.replace(tzinfo=OFFICE_TIME)))
    except (KeyError, ValueError, OverflowError):
        return None


def _location(gps: dict[int, Any]) -> str | None:
    try:
        latitude, longitude = _degrees(gps, *_LATITUDE), _degrees(gps, *_LONGITUDE)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    return f"{latitude:.6f},{longitude:.6f}"


def _degrees(gps: dict[int, Any], sign: int, value: int) -> float:
    degrees, minutes, seconds = (float(part) for part in gps[value])
    found = degrees + minutes / 60 + seconds / 3600
    return -found if str(gps[sign]).strip("\0 ").upper() in ("S", "W") else found


def small(content: bytes, edge: int) -> bytes | None:
    """Return a picture no larger than ``edge`` pixels a side, to be looked at; None for what is no picture."""
    from PIL import Image as pillow  # noqa: N813 - a module with the name of its class

    try:
        with pillow.open(io.BytesIO(content), formats=_FORMATS) as image:
            image.draft("RGB", (edge, edge))
            image.thumbnail((edge, edge))
            out = io.BytesIO()
            image.convert("RGB").save(out, "JPEG", quality=_QUALITY)
            return out.getvalue()
    except (OSError, SyntaxError, ValueError):  # what Pillow says of a spoilt file
        return None
