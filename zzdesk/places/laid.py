"""Outlines laid flat for drawing, in metres to the east and to the south, each in several grades of fineness. Pure.

What is not seen is not drawn: at a scale of so many metres a pixel, positions nearer to each other than that are one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from zzdesk.places.shapes import Projection, Shape

Flat = tuple[float, float]
GRADES: Final = (0.0, 32.0, 128.0, 256.0)
"""Least distance of two positions in metres, the finest first."""
SEEN: Final = 1.0
"""Of a pixel: what is nearer is not told apart."""


@dataclass(frozen=True)
class Laid:
    """An area to be drawn: where its name stands, the box it fills (left, top, right, bottom), and its rings by grade."""

    code: str
    name: str
    label: Flat
    box: tuple[float, float, float, float]
    grades: tuple[tuple[tuple[Flat, ...], ...], ...]

    def rings(self, scale: float) -> tuple[tuple[Flat, ...], ...]:
        """Return the rings as fine as ``scale`` metres a pixel can show."""
        return self.grades[grade_of(scale)]


def grade_of(scale: float) -> int:
    """Return which grade is drawn at a scale in metres a pixel."""
    return max(at for at, least in enumerate(GRADES) if least <= scale * SEEN)


def lay(shape: Shape, projection: Projection) -> Laid:
    """Return an area laid flat."""

    def flat(lon: float, lat: float) -> Flat:
        east, north = projection.flat(lon, lat)
        return east, -north

    rings = [tuple(flat(*position) for position in ring) for polygon in shape.polygons for ring in polygon]
    left, top = flat(shape.box.west, shape.box.north)
    right, bottom = flat(shape.box.east, shape.box.south)
    grades = tuple(
        tuple(thinned for ring in rings if (thinned := thin(ring, least))) for least in GRADES
    )  # fmt: skip
    return Laid(shape.code, shape.name, flat(*shape.label), (left, top, right, bottom), grades)


def thin(ring: Sequence[Flat], least: float) -> tuple[Flat, ...]:
    """Return a closed ring without positions nearer than ``least`` to the one kept before; nothing of one too small to see."""
    kept = [ring[0]]
    for position in ring[1:-1]:
        if math.dist(kept[-1], position) >= least:
            kept.append(position)
    if len(kept) < 3:
        across = max(math.dist(ring[0], position) for position in ring)
        return () if across < least else tuple(ring)
    return (*kept, kept[0])
