"""Bundles as the centre's operator handles them, beside the running server (decision 19)."""

from __future__ import annotations

from pathlib import Path

from sync.bundle import Progress
from sync.problems import WireError
from sync.server.admin import must_be_there
from sync.server.bundle import Received, receive
from sync.server.bundle_down import Made, make_down
from sync.server.run import open_centre
from zzdesk.clock import Clock
from zzdesk.errors import RefusedError


def bundle_import(
    data: Path, database_url: str | None, source: Path, answer: Path, progress: Progress, clock: Clock | None = None
) -> Received:
    """Judge a bundle that a desk's operations came in, and write the one that goes back.

    Raises:
        NotFoundError: there is no centre in this folder.
        RefusedError: the device or its account may not speak; nothing was changed.
        BundleError, DiskFullError, FileTroubleError: see ``sync.server.bundle.receive``.
    """
    must_be_there(data, database_url)
    centre = open_centre(data, database_url, clock=clock)
    try:
        return receive(centre, source, answer, progress)
    except WireError as error:
        raise RefusedError(error.title) from error
    finally:
        centre.database.close()


def bundle_export(
    data: Path, database_url: str | None, device_id: str, target: Path, progress: Progress, clock: Clock | None = None
) -> Made:
    """Write what the centre has for a desk that has not asked.

    Raises:
        NotFoundError: there is no centre in this folder, or no such device.
        RefusedError, DiskFullError, FileTroubleError: see ``sync.server.bundle_down.make_down``.
    """
    must_be_there(data, database_url)
    centre = open_centre(data, database_url, clock=clock)
    try:
        return make_down(centre, device_id, target, progress)
    finally:
        centre.database.close()
