"""Photos that everybody may see (``media_url`` of GET requests): of the services for which the operator said so, and no other.

A photo may show faces and number plates, so that none is published unless somebody chose that for a service. One stands for a
request: its first, as the copy without what the camera wrote into it (decision 16). It is shown once its bytes are at the
centre and vouched for. Who reported in secret, or without a name, may be known by the place from which a photo was taken: those
are never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from sync.merge import RecordState
from sync.server import blobs, blobs_index, rows
from sync.server.blobs_files import BrokenBlobError
from sync.server.centre import Centre
from sync.server.open311.offer import Offer
from sync.server.rows import Stored
from sync.server.tables import blob_ref
from zzdesk.handover.files import PHOTO
from zzdesk.handover.partners import keeps_secret

ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png"}


def of_reports(connection: Connection, public: Sequence[Stored], offer: Offer) -> dict[str, dict[str, Any]]:
    """Return what is kept of the photo of each of these reports that may be seen, by report."""
    wanted = [each.state for each in public if each.state.body.get("category") in offer.pictured]
    found = {state.id: _first(connection, state) for state in wanted if not keeps_secret(state.body)}
    return {report_id: picture for report_id, picture in found.items() if picture is not None}


def _first(connection: Connection, report: RecordState) -> dict[str, Any] | None:
    mine = sorted(rows.children(connection, report.id, [blobs_index.KIND]), key=lambda s: (str(s.body.get("created_at")), s.id))
    for state in mine:
        body, mime = state.body, str(state.body.get("mime"))
        seen = blobs_index.is_sha256(body.get("shared_sha256")) and isinstance(body.get("shared_size"), int)
        if seen and not state.voided and state.scope == report.scope and body.get("purpose") == PHOTO and mime in ENDINGS:
            return {"attachment": state.id, "sha256": body["shared_sha256"], "size": body["shared_size"], "type": mime}
    return None


def at_hand(connection: Connection, pictures: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the attachments among these whose bytes can be given out."""
    named = {str(each["attachment"]): str(each["sha256"]) for each in pictures}
    found: set[str] = set()
    for part in rows.chunks(sorted(named)):
        query = select(blob_ref.c.record_id, blob_ref.c.sha256).where(
            blob_ref.c.record_id.in_(part), blob_ref.c.here, blob_ref.c.voided.is_(False)
        )
        found |= {row.record_id for row in connection.execute(query) if named[row.record_id] == row.sha256}
    return found


def content(centre: Centre, picture: Mapping[str, Any]) -> bytes | None:
    """Return the bytes of a photo, None where they cannot be given out now."""
    with centre.database.reading() as connection:
        if not at_hand(connection, [picture]):
            return None
    try:
        return b"".join(blobs.read(centre, str(picture["sha256"]), 0, int(picture["size"])))
    except BrokenBlobError:
        return None
