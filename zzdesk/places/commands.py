"""What a person does about places: take in the outlines of the station's grids, or do away with them."""

from __future__ import annotations

from pathlib import Path

from zzdesk.errors import BugError
from zzdesk.places import geojson, grids
from zzdesk.store.unit import ChangeSet, UnitOfWork

GRID_FILE = ("grid-file", "grids")
"""What a page is told has changed: no record, but the outlines of this home."""


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
