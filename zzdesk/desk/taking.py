"""Taking a file into the desk's store for a record: copied, encrypted, hashed."""

from __future__ import annotations

from pathlib import Path

from zzdesk.clock import RecordId
from zzdesk.desk import records
from zzdesk.desk.session import Desk
from zzdesk.store.engine import translated
from zzdesk.store.unit import ChangeSet


def take_in(desk: Desk, kind: str, record_id: RecordId, path: Path, purpose: str | None = None) -> ChangeSet:
    """Take a file in for a record, as what it is (``purpose``); the original stays where it is.

    Raises:
        RefusedError: no right, or another team's case. DiskFullError, and others that the file system has: nothing
        was taken in.
    """
    with translated():
        store = records.FileStore(desk.paths.files, desk.store.key)
        return desk.write(records.attach, store, kind, record_id, path, {"purpose": purpose} if purpose else {})
