"""Photos as a page shows them: small, and always the copy without what the camera wrote into it (decision 16)."""

from __future__ import annotations

from typing import Final

from zzdesk.clock import RecordId
from zzdesk.desk.models import DraftFile
from zzdesk.errors import NotFoundError
from zzdesk.evidence import photos
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment
from zzdesk.mediation.team import may_see_scope
from zzdesk.store.unit import Reader

EDGE: Final = 480
"""Pixels of the longer side."""


def of_attachment(read: Reader, files: FileStore, attachment_id: RecordId, edge: int = EDGE) -> bytes | None:
    """Return a record's photo as JPEG; None where it is no photo, or its bytes are not on this desk.

    Raises:
        RefusedError: no right.
    """
    read.require("record.read")
    found = read.session.get(Attachment, attachment_id)
    if found is None or found.shared_sha256 is None or not may_see_scope(read, found.scope):
        return None
    return _small(files, found.shared_sha256, edge)


def of_draft(read: Reader, files: FileStore, file_id: RecordId, edge: int = EDGE) -> bytes | None:
    """Return the photo of one's own unfinished form as JPEG; None where there is none."""
    found = read.session.get(DraftFile, file_id)
    if found is None or found.account != read.actor.account_id or found.shared_sha256 is None:
        return None
    return _small(files, found.shared_sha256, edge)


def _small(files: FileStore, sha256: str, edge: int) -> bytes | None:
    try:
        content = b"".join(files.read(sha256))
    except NotFoundError:
        return None
    return photos.small(content, edge)
