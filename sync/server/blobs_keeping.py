"""Keeping house among the blobs: what nobody names is set aside, what nobody goes on sending is let go. None is deleted.

A blob that no record names for 30 days is ``quarantined``: kept, and not given out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection, exists, func, select, update

from sync.server.blobs import FOLDER, files_of, forget_upload, transact
from sync.server.blobs_index import QUARANTINED, VERIFIED, WITH
from sync.server.centre import Centre
from sync.server.tables import blob, blob_ref, blob_upload
from zzdesk.clock import to_iso
from zzdesk.errors import BusyError
from zzdesk.store.files import private_folder, write_private
from zzdesk.store.locks import exclusive

KEPT_UNREFERENCED: Final = timedelta(days=30)
KEPT_UNFINISHED: Final = timedelta(days=30)
SWEPT_EVERY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """What the centre keeps: blobs by state, bytes of the verified ones, uploads under way, files that no row names."""

    pending: int
    verified: int
    quarantined: int
    bytes: int
    nameless: int


def sweep(centre: Centre) -> None:
    """Note which blobs no record names, and set aside those that none has named for 30 days.

    What a device began to send 30 days ago and did not finish begins anew: the device has it still.
    """
    now, long_ago = centre.now_iso(), to_iso(centre.now() - KEPT_UNREFERENCED)
    named = exists().where(
        blob_ref.c.sha256 == blob.c.sha256, blob_ref.c.voided.is_(False), ~blob_ref.c.scope_id.startswith(WITH)
    )

    def note(connection: Connection) -> None:
        connection.execute(
            update(blob).where(blob.c.unreferenced_since.is_not(None), named).values(unreferenced_since=None)
        )
        connection.execute(
            update(blob).where(blob.c.unreferenced_since.is_(None), ~named).values(unreferenced_since=now)
        )
        aside = update(blob).where(blob.c.state == VERIFIED, blob.c.unreferenced_since <= long_ago)
        connection.execute(aside.values(state=QUARANTINED))

    transact(centre, note)
    _let_go_unfinished(centre)


def _let_go_unfinished(centre: Centre) -> None:
    stale = blob_upload.c.created_at <= to_iso(centre.now() - KEPT_UNFINISHED)
    files = files_of(centre)
    with centre.database.reading() as connection:
        found = connection.execute(select(blob_upload).where(stale)).all()
    for row in found:
        with files.lock(row.sha256):
            files.drop(row.sha256, row.device_id)
            transact(centre, partial(forget_upload, sha256=row.sha256, device_id=row.device_id))


def sweep_daily(centre: Centre) -> None:
    """Sweep if nobody has since a day; where several workers meet here, one of them does it."""
    note = private_folder(centre.database.folder / FOLDER) / "swept"
    try:
        with exclusive(note.with_name("swept.lock")):
            last = note.read_text() if note.exists() else ""
            if last < to_iso(centre.now() - SWEPT_EVERY):
                sweep(centre)
                write_private(note, centre.now_iso().encode())
    except BusyError:
        return


def kept(centre: Centre) -> Kept:
    """Return what there is, for the operator; reads the names of all files."""
    with centre.database.reading() as connection:
        rows = {row.sha256: row for row in connection.execute(select(blob.c.sha256, blob.c.state, blob.c.size))}
        pending = connection.execute(select(func.count()).select_from(blob_upload)).scalar_one()
    states = [row.state for row in rows.values()]
    nameless = sum(1 for name in files_of(centre).names() if name not in rows)
    size = sum(row.size for row in rows.values() if row.state == VERIFIED)
    return Kept(pending, states.count(VERIFIED), states.count(QUARANTINED), size, nameless)


__all__ = ["Kept", "kept", "sweep", "sweep_daily"]
