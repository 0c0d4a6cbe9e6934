"""Addresses as people type them, made comparable: widths, blanks, punctuation and what everybody leaves out are gone."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Final

_ABOVE: Final = re.compile(r"^(福建省?)?(漳州市?)?((芗城|龙文|龙海|长泰)区|(云霄|漳浦|诏安|东山|南靖|平和|华安)县)?")
"""What stands before a local address and is left out by most who write one."""
_NOISE: Final = re.compile(r"[\W_]+")
_METRES: Final = 111_195.0
"""Of one degree on a great circle of the mean Earth (radius 6371.0088 km)."""

Spot = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""


def address_key(text: str) -> str:
    """Return what two ways of writing one address have in common: ``文庙 门口`` and ``漳州市芗城区文庙（门口）`` are one."""
    folded = _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())
    return _ABOVE.sub("", folded) or folded


def spot_of(latitude: str | None, longitude: str | None) -> Spot | None:
    """Return a place that was written as two numbers, or None where it is none."""
    try:
        spot = float(latitude or ""), float(longitude or "")
    except ValueError:
        return None
    return spot if abs(spot[0]) <= 90 and abs(spot[1]) <= 180 and all(map(math.isfinite, spot)) else None


def metres(one: Spot, other: Spot) -> float:
    """Return the distance of two places that are not far apart, in metres."""
    middle = math.radians((one[0] + other[0]) / 2)
    north, east = other[0] - one[0], (other[1] - one[1]) * math.cos(middle)
    return math.hypot(north, east) * _METRES


def box(spot: Spot, radius: float) -> tuple[Spot, Spot]:
    """Return the south-west and north-east corners of a box that holds every place within ``radius`` metres."""
    north = radius / _METRES
    east = north / max(0.01, math.cos(math.radians(spot[0])))
    return (spot[0] - north, spot[1] - east), (spot[0] + north, spot[1] + east)
