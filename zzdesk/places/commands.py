"""What a person does about places: take in the outlines of the station's grids or its addresses, or do away with them."""

from __future__ import annotations

from pathlib import Path

from zzdesk.documents.tables import read_table
from zzdesk.errors import BugError
from zzdesk.places import buildings, geojson, grids
from zzdesk.store.unit import ChangeSet, UnitOfWork

GRID_FILE = ("grid-file", "grids")
"""What a page is told has changed: no record, but the outlines of this home."""
ADDRESS_FILE = ("address-file", "addresses")


def import_grids(
    work: UnitOfWork, target: Path, source: Path, datum: str = grids.UNKNOWN, code: str | None = None, name: str | None = None
) -> ChangeSet:
    """Replace the grids of the home, kept in ``target``, by those of a GeoJSON file; the import is in the audit.

    Raises:
        RefusedError: no right.
        NotFoundError: the file cannot be read.
        GridError: features of the file are wrong; nothing was changed.
    """
    work.require("places.import")
    if datum not in grids.DATUMS:
        raise BugError(f"no such datum: {datum}")
    shapes = geojson.load(source, code, name)
    grids.save(target, grids.Grids(shapes, source.name, datum))
    work.audit("places.import-grids", grids=len(shapes), datum=datum)
    return work.commit() | ChangeSet(frozenset({GRID_FILE}))


def remove_grids(work: UnitOfWork, target: Path) -> ChangeSet:
    """Do away with the grids of the home; the districts remain. In the audit."""
    work.require("places.import")
    target.unlink(missing_ok=True)
    work.audit("places.remove-grids")
    return work.commit() | ChangeSet(frozenset({GRID_FILE}))


def import_addresses(work: UnitOfWork, target: Path, source: Path) -> ChangeSet:
    """Replace the addresses of the home, kept in ``target``, by those of a CSV table; the import is in the audit.

    Raises:
        RefusedError: no right.
        NotFoundError, InvalidError: the file cannot be read, or rows of it are wrong; nothing was changed.
    """
    work.require("places.import")
    rows = buildings.from_table(read_table(source))
    buildings.save(target, buildings.Buildings(rows, source.name))
    work.audit("places.import-addresses", addresses=len(rows))
    return work.commit() | ChangeSet(frozenset({ADDRESS_FILE}))


def remove_addresses(work: UnitOfWork, target: Path) -> ChangeSet:
    """Do away with the imported addresses; those of reports and the divisions remain. In the audit."""
    work.require("places.import")
    target.unlink(missing_ok=True)
    work.audit("places.remove-addresses")
    return work.commit() | ChangeSet(frozenset({ADDRESS_FILE}))
