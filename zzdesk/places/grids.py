"""A station's own grids: imported once, kept in the home beside the database, replaced whole.

Decision 25: grid shapes come from importable data. In which datum they are is said by who imports them, and shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.places.shapes import Ring, Shape
from zzdesk.store.files import write_private
from zzdesk.typed import read

WGS84, GCJ02, UNKNOWN = "wgs84", "gcj02", "unknown"
DATUMS: Final = (WGS84, GCJ02, UNKNOWN)
"""What a file's coordinates are measured in; GCJ-02 lies up to some 500 m beside WGS 84 (domain rules F4)."""
FORMAT: Final = 1


@dataclass(frozen=True)
class Grids:
    """The grids in force: their outlines, from which file they came, and in which datum they are."""

    shapes: tuple[Shape, ...] = ()
    source: str = ""
    datum: str = UNKNOWN


class _Row(msgspec.Struct, frozen=True):
    code: str
    name: str
    polygons: list[list[list[tuple[float, float]]]]


class _File(msgspec.Struct, frozen=True):
    format: int
    source: str
    datum: str
    grids: list[_Row]


def save(path: Path, grids: Grids) -> None:
    """Replace the grids of a home in one step."""
    rows = [_Row(s.code, s.name, [[list(ring) for ring in polygon] for polygon in s.polygons]) for s in grids.shapes]
    write_private(path, msgspec.json.encode(_File(FORMAT, grids.source, grids.datum, rows)) + b"\n")


def load(path: Path) -> Grids:
    """Return the grids of a home, none where none were imported.

    Raises:
        RefusedError: the file is damaged, or of a newer program.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Grids()
    except OSError as error:
        raise RefusedError(N_("读不了网格的轮廓（grids.json），请检查文件的权限")) from error
    try:
        found = read(data, _File)
    except msgspec.DecodeError as error:
        raise RefusedError(N_("网格的轮廓（grids.json）已损坏，请重新导入")) from error
    if found.format > FORMAT or found.datum not in DATUMS:
        raise RefusedError(N_("网格的轮廓（grids.json）由更新的程序写成，请升级程序或重新导入"))
    return Grids(tuple(Shape(r.code, r.name, tuple(map(_polygon, r.polygons))) for r in found.grids), found.source, found.datum)


def _polygon(rings: list[list[tuple[float, float]]]) -> tuple[Ring, ...]:
    return tuple(tuple(ring) for ring in rings)
