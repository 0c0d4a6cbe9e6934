"""A station's own list of addresses with grid and place: imported from a table, kept in the home, replaced whole (decision 25).

Buildings are no personal data: no name of anybody belongs into the table, and columns that are not known are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from zzdesk.documents.tables import Row, Table
from zzdesk.errors import InvalidError, Problem, RefusedError
from zzdesk.i18n import N_
from zzdesk.pinyin import has_han, syllables
from zzdesk.places.addresses import address_key, spot_of
from zzdesk.store.files import write_private
from zzdesk.typed import read

FORMAT: Final = 1
MOST: Final = 50_000
"""Addresses of one table: the buildings of a street, not of a province."""
NAMED: Final = 20
"""How many wrong rows an error names."""
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "address": ("地址", "门牌地址", "楼栋", "address"),
    "grid": ("网格", "网格编码", "grid"),
    "latitude": ("纬度", "latitude", "lat"),
    "longitude": ("经度", "longitude", "lon", "lng"),
}
"""What the columns may be called."""
ALIKE: Final = 70.0
"""Percent from which an address counts as meant though it is written differently."""


class Building(msgspec.Struct, frozen=True):
    """One address; ``key`` is how it is compared, ``spoken`` the initials of its pinyin. Degrees are WGS 84."""

    address: str
    key: str
    spoken: str
    grid: str | None = None
    latitude: str | None = None
    longitude: str | None = None


class _File(msgspec.Struct, frozen=True):
    format: int
    source: str
    buildings: list[Building]


@dataclass(frozen=True)
class Buildings:
    """The addresses in force, and from which file they came."""

    rows: tuple[Building, ...] = ()
    source: str = ""


def from_table(table: Table) -> tuple[Building, ...]:
    """Return the addresses of a table; a grid or a place may be missing, an address may not.

    Raises:
        InvalidError: no column of addresses, too many rows, or rows that cannot be taken, each with its line.
    """
    named = {c.strip().lower(): c for c in table.columns}
    columns = {field: next((named[n] for n in names if n in named), None) for field, names in COLUMNS.items()}
    if columns["address"] is None:
        raise InvalidError.one("address", N_("表里没有“地址”这一列"))
    if len(table.rows) > MOST:
        raise InvalidError.one("address", N_("一张表最多{most}个地址"), most=MOST)
    problems: list[Problem] = []
    found = {made.key: made for row in table.rows for made in _building(row, columns, problems)}
    if problems:
        raise InvalidError(problems[:NAMED])
    return tuple(found.values())


def _building(row: Row, columns: dict[str, str | None], problems: list[Problem]) -> Iterator[Building]:
    cells = {field: row.cells.get(column or "", "").strip() or None for field, column in columns.items()}
    address, written = cells["address"], (cells["latitude"], cells["longitude"])
    if row.problem or not address or not address_key(address):
        problems.append(Problem("address", N_("第{line}行：没有地址，或这一行读不出来"), {"line": row.line}))
        return
    spot = spot_of(*written)
    if spot is None and any(written):
        problems.append(Problem("latitude", N_("第{line}行：纬度、经度不是两个数"), {"line": row.line}))
        return
    latitude, longitude = (f"{spot[0]:.6f}", f"{spot[1]:.6f}") if spot else (None, None)
    yield Building(address[:200], address_key(address), _spoken(address), cells["grid"], latitude, longitude)


def _spoken(address: str) -> str:
    return "".join(part[0] for part in syllables("".join(c for c in address if has_han(c) or c.isalnum())))


def save(path: Path, buildings: Buildings) -> None:
    """Replace the addresses of a home in one step."""
    write_private(path, msgspec.json.encode(_File(FORMAT, buildings.source, list(buildings.rows))) + b"\n")


def load(path: Path) -> Buildings:
    """Return the addresses of a home, none where none were imported; read again when the file has changed.

    Raises:
        RefusedError: the file is damaged, or of a newer program.
    """
    try:
        state = path.stat()
    except FileNotFoundError:
        return Buildings()
    return _load(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _load(path: Path, changed: int, size: int) -> Buildings:
    try:
        found = read(path.read_bytes(), _File)
    except (OSError, msgspec.DecodeError) as error:
        raise RefusedError(N_("地址表（addresses.json）读不出来或已损坏，请重新导入")) from error
    if found.format > FORMAT:
        raise RefusedError(N_("地址表（addresses.json）由更新的程序写成，请升级程序或重新导入"))
    return Buildings(tuple(found.buildings), found.source)


def find(buildings: Buildings, text: str, limit: int = 8) -> list[Building]:
    """Return the addresses that fit what was typed, the best first: its beginning, a part, initials, a slip of the pen."""
    key = address_key(text)
    if not key or not buildings.rows:
        return []
    rows = buildings.rows
    found = [b for b in rows if b.key.startswith(key)] or [b for b in rows if key in b.key]
    if not found and key.isascii():
        found = [b for b in rows if b.spoken.startswith(key)]
    if found or len(key) < 2:
        return sorted(found, key=lambda b: (len(b.key), b.key))[:limit]
    from rapidfuzz import fuzz, process

    alike = process.extract(key, [b.key for b in rows], scorer=fuzz.ratio, score_cutoff=ALIKE, limit=limit)
    return [rows[at] for _, _, at in alike]
