"""Checking in at a point of a route (domain rules B4; check ways list, qr, gps): by the code that hangs there, or by place.

A point is ``文庙`` or ``文庙@24.51190/117.65540`` (degrees, WGS 84). Its code is eight signs that are worked out of the route
and the name of the point, so that every desk that has the route checks it without a network, and a point needs no record
of its own; another route is another code. Where somebody is, is measured against the point and kept in metres: what is too
far, or cannot be measured, is never taken in silence but with a reason. Pure.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_

LIST, QR, GPS = "list", "qr", "gps"
NEAR: Final = 100
"""Metres from the point within which somebody is there: what a telephone is off among houses."""
TYPED, PHOTO = "typed", "photo"
SOURCES: Final = (TYPED, PHOTO)
GIVEN: Final = frozenset({"code", "point", "latitude", "longitude", "check_source"})
"""What is said of where somebody is."""
_EARTH: Final = 6_371_009.0
_LABEL: Final = b"zzdesk patrol point 1"
_ALIKE: Final = str.maketrans({"0": "O", "1": "I", "8": "B", "9": "G"})
"""Signs that are read for others: Base32 (RFC 4648) has no 0, 1, 8 and 9."""


@dataclass(frozen=True)
class Point:
    """A point of a route; degrees (WGS 84), None where nobody has said where it is."""

    name: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Seen:
    """What is kept of a check-in: the way, the point, where somebody was, how far that is in metres, and what is odd."""

    way: str = LIST
    point: str | None = None
    place: str | None = None
    distance: int | None = None
    source: str | None = None
    doubt: RefusedError | None = None
    """Why this alone is no proof: it takes a reason."""


def points_of(written: Iterable[str] | None) -> tuple[Point, ...]:
    """Return the points of a route in the order of their names; what stands behind ``@`` and is no place is left out."""
    return tuple(sorted((_point(text) for text in written or ()), key=lambda point: point.name))


def _point(text: str) -> Point:
    name, _, place = text.partition("@")
    north, _, east = place.partition("/")
    try:
        return Point(name.strip(), *_degrees(north, east))
    except InvalidError:
        return Point(name.strip())


def _degrees(latitude: Any, longitude: Any) -> tuple[float, float]:
    try:
        north, east = (float(unicodedata.normalize("NFKC", str(value)).strip()) for value in (latitude, longitude))
    except ValueError:
        raise InvalidError.one("latitude", N_("请写成度的小数，例如 24.51190 和 117.65540")) from None
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise InvalidError.one("latitude", N_("纬度在 ±90、经度在 ±180 以内"))
    return north, east


def code_of(segment_id: str, name: str) -> str:
    """Return the code of a point as it hangs there: ``ABCD-2345``.

    The key is the id of the route, which is printed nowhere: its random part is on the desks of the station alone.
    """
    tag = hmac.digest(segment_id.encode(), _LABEL + b"\0" + name.encode(), hashlib.sha256)
    text = base64.b32encode(tag[:5]).decode()
    return f"{text[:4]}-{text[4:]}"


def plain(code: str) -> str:
    """Return a code as it is compared, however it was typed: full width, small letters, blanks, signs read for others."""
    kept = unicodedata.normalize("NFKC", code).upper().translate(_ALIKE)
    return "".join(sign for sign in kept if sign.isalnum())


def by_code(segment_id: str, points: Iterable[Point], code: str) -> Point | None:
    """Return the point whose code this is, None where it is of none of them."""
    typed = plain(code).encode()
    return next((p for p in points if hmac.compare_digest(plain(code_of(segment_id, p.name)).encode(), typed)), None)


def metres(one: tuple[float, float], other: tuple[float, float]) -> int:
    """Return how far two places (latitude, longitude in degrees) are from each other, on a sphere, in whole metres."""
    north, south = math.radians(one[0]), math.radians(other[0])
    half = math.sin((south - north) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return round(2 * _EARTH * math.asin(math.sqrt(half)))


def look(segment_id: str | None, written: Iterable[str] | None, given: Mapping[str, Any]) -> Seen:
    """Return what is to be kept of how somebody checks in; nothing given: by the leader's list.

    Raises:
        InvalidError: a place that is none, a point that is not of the route.
        RefusedError: a code that is not of this route.
    """
    said = {name: given.get(name) for name in GIVEN if given.get(name) not in (None, "")}
    if not said:
        return Seen(str(given.get("check_way") or LIST))
    if segment_id is None:
        raise RefusedError(N_("这项任务没有选路段，不能按签到点签到"))
    points = points_of(written)
    if "code" in said:
        found = by_code(segment_id, points, str(said["code"]))
        if found is None:
            raise RefusedError(N_("这个码不是这条路线的签到码：请核对八个字，或重新打印签到码"))
        return Seen(QR, found.name)
    return seen_at(points, said)


def seen_at(points: Iterable[Point], said: Mapping[str, Any]) -> Seen:
    """Return what is to be kept of a place in degrees, measured against the named point of a route, or the nearest.

    Raises:
        InvalidError: a place that is none, a point that is not of the route.
    """
    here = _degrees(said.get("latitude", ""), said.get("longitude", ""))
    listed = list(points)
    named = str(said["point"]) if "point" in said else None
    if named is not None and named not in {point.name for point in listed}:
        raise InvalidError.one("point", N_("这条路线没有这个签到点"))
    source = str(said.get("check_source") or TYPED)
    if source not in SOURCES:
        raise InvalidError.one("check_source", N_("没有这个选项"))
    placed = [(metres(here, (p.latitude, p.longitude)), p.name) for p in listed
              if p.latitude is not None and p.longitude is not None and named in (None, p.name)]  # fmt: skip
    place = f"{here[0]:.5f}/{here[1]:.5f}"
    if not placed:
        doubt = RefusedError(N_("签到点没有登记坐标，量不出距离；确在现场的，写明理由"))
        return Seen(GPS, named, place, None, source, doubt)
    distance, name = min(placed)
    far = RefusedError(
        N_("离“{point}”约 {distance} 米，超过 {near} 米；确在现场的，写明理由"), point=name, distance=distance, near=NEAR)
    return Seen(GPS, name, place, distance, source, far if distance > NEAR else None)
