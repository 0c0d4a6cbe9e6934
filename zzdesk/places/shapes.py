"""Outlines as plain geometry: what holds a point, what box an outline fills, and degrees laid flat in metres. Pure.

Positions are ``(longitude, latitude)`` in degrees, in the order of GeoJSON (RFC 7946). Nothing here knows of datums: a
point is compared with an outline as both are written, and who shows the result says so (domain rules F4).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

Position = tuple[float, float]
Ring = tuple[Position, ...]
Polygon = tuple[Ring, ...]
"""The outer ring, then the holes."""
METRES: Final = 111_195.0
"""Of one degree on a great circle of the mean Earth (radius 6371.0088 km)."""


@dataclass(frozen=True)
class Box:
    """A rectangle in degrees that does not cross the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, positions: Iterable[Position]) -> Box:
        """Return the smallest box that holds every position; there must be one."""
        lons, lats = zip(*positions, strict=True)
        return cls(min(lons), min(lats), max(lons), max(lats))

    def holds(self, lon: float, lat: float) -> bool:
        """Say whether a position lies inside or on the edge."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def __or__(self, other: Box) -> Box:
        return Box(min(self.west, other.west), min(self.south, other.south),
                   max(self.east, other.east), max(self.north, other.north))  # fmt: skip

    @property
    def centre(self) -> Position:
        """Return the middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2


@dataclass(frozen=True)
class Shape:
    """An area with a code and a name: one polygon or several (islands), each with holes or without."""

    code: str
    name: str
    polygons: tuple[Polygon, ...]

    @cached_property
    def box(self) -> Box:
        """Return the box that the area fills."""
        return Box.around(position for polygon in self.polygons for position in polygon[0])

    @cached_property
    def _boxes(self) -> tuple[Box, ...]:
        return tuple(Box.around(polygon[0]) for polygon in self.polygons)

    @cached_property
    def label(self) -> Position:
        """Return where its name is written: the middle of its largest part, or a place inside where that is not."""
        largest = max(self.polygons, key=lambda polygon: abs(ring_area(polygon[0])))
        middle = ring_centre(largest[0])
        return middle if in_polygon(middle[0], middle[1], largest) else _widest_inside(largest, middle[1])

    def holds(self, lon: float, lat: float) -> bool:
        """Say whether a position lies in one of its polygons and in none of that polygon's holes."""
        if not self.box.holds(lon, lat):
            return False
        parts = zip(self._boxes, self.polygons, strict=True)
        return any(box.holds(lon, lat) and in_polygon(lon, lat, polygon) for box, polygon in parts)


def in_polygon(lon: float, lat: float, polygon: Polygon) -> bool:
    """Say whether a position lies in the outer ring and in no hole: a ray to the east crosses an odd number of edges."""
    return sum(len(_crossings(lat, ring, lon)) for ring in polygon) % 2 == 1


def _crossings(lat: float, ring: Ring, west: float = -math.inf) -> list[float]:
    """Return the longitudes, east of ``west``, at which the edges of a ring cross a parallel."""
    found = []
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > lat) != (y2 > lat) and (at := x1 + (lat - y1) * (x2 - x1) / (y2 - y1)) > west:
            found.append(at)
    return found


def _widest_inside(polygon: Polygon, lat: float) -> Position:
    """Return the middle of the longest stretch of a parallel that lies inside."""
    ends = sorted(at for ring in polygon for at in _crossings(lat, ring))
    stretches = list(zip(ends[::2], ends[1::2], strict=False))
    if not stretches:
        return polygon[0][0]
    west, east = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return (west + east) / 2, lat


def ring_area(ring: Sequence[Position]) -> float:
    """Return the signed area of a closed ring in square degrees, positive when it runs against the clock."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring)) / 2


def ring_centre(ring: Sequence[Position]) -> Position:
    """Return the centre of gravity of the area in a closed ring; of one without area, its first position."""
    x0, y0 = ring[0]
    moved = [(x - x0, y - y0) for x, y in ring]  # near zero the products keep their digits
    area = ring_area(moved)
    if abs(area) < 1e-15:
        return x0, y0
    pairs = list(itertools.pairwise(moved))
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / (6 * area)
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / (6 * area)
    return x0 + x, y0 + y


@dataclass(frozen=True)
class Projection:
    """Degrees laid flat around a centre (equirectangular): metres to the east and to the north.

    True at the centre; 100 km to the north or south of it widths are wrong by less than one percent, which a sketch bears.
    """

    lon: float
    lat: float

    @cached_property
    def _east(self) -> float:
        return METRES * math.cos(math.radians(self.lat))

    def flat(self, lon: float, lat: float) -> tuple[float, float]:
        """Return metres east and north of the centre."""
        return (lon - self.lon) * self._east, (lat - self.lat) * METRES

    def degrees(self, east: float, north: float) -> Position:
        """Return the position of a place given in metres."""
        return self.lon + east / self._east, self.lat + north / METRES


def find(shapes: Iterable[Shape], lon: float, lat: float) -> Shape | None:
    """Return the first area that holds a position, or None."""
    return next((shape for shape in shapes if shape.holds(lon, lat)), None)
