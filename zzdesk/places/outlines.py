"""The outlines of the districts and counties of Zhangzhou: part of the program, read on first use.

They are rough (a grid of 1/1024 degree, about 100 m), of 2018, with the names and codes of today. Their source does not
say in which datum they are: see ``resources/data/README.md``.
"""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from zzdesk.places.shapes import Ring, Shape, find
from zzdesk.typed import read

OUTLINES: Final = Path(__file__).resolve().parents[2] / "resources" / "data" / "districts.json.gz"
STEPS: Final = 1024
"""Of one degree: the data are whole steps."""
YEAR: Final = 2018


class OutlineRow(msgspec.Struct, frozen=True):
    """One district as the resource holds it: each ring is its first position in steps, then the way from each to the next."""

    code: str
    name: str
    polygons: list[list[list[int]]]


class OutlineFile(msgspec.Struct, frozen=True):
    """The resource."""

    source: str
    rows: list[OutlineRow]


@lru_cache(maxsize=1)
def districts() -> tuple[Shape, ...]:
    """Return the eleven districts and counties, in the order of their codes."""
    found = read(gzip.decompress(OUTLINES.read_bytes()), OutlineFile)
    return tuple(
        Shape(row.code, row.name, tuple(tuple(_ring(ring) for ring in polygon) for polygon in row.polygons))
        for row in found.rows
    )


def district_at(lon: float, lat: float) -> Shape | None:
    """Return the district that holds a position given in degrees, or None outside all of them."""
    return find(districts(), lon, lat)


def packed(ring: Sequence[tuple[int, int]]) -> list[int]:
    """Return a ring of steps as the resource holds it."""
    ways = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in itertools.pairwise(ring)]
    return [number for pair in (ring[0], *ways) for number in pair]


def _ring(numbers: list[int]) -> Ring:
    return tuple(_positions(numbers))


def _positions(numbers: list[int]) -> Iterator[tuple[float, float]]:
    x = y = 0
    for east, north in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + east, y + north
        yield x / STEPS, y / STEPS
