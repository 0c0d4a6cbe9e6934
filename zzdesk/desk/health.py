"""Small facts around the exchange that seldom need anybody: room on the disk, the clock, the last comparison."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from zzdesk.clock import from_iso
from zzdesk.desk.centre import known_centre
from zzdesk.desk.queries import DIFFERENT, DIGEST_ALERT
from zzdesk.desk.session import Desk
from zzdesk.evidence import local
from zzdesk.i18n import translate
from zzdesk.ops.epochs import is_recovering
from zzdesk.ops.state import get_state
from zzdesk.store.audit import local_value
from zzdesk.store.unit import Reader

DIGEST_CHECKED: Final = "digest_checked"
"""The local value that says when desk and centre were last compared."""


@dataclass(frozen=True)
class Health:
    """Facts of this moment.

    ``skew_ms`` is the centre's time less this machine's, as the last greeting found it; ``name`` and ``mode`` are the
    centre's, and ``recovery`` also while this desk brings back what a restored centre lost; from ``login_until`` on what
    is done here waits for a supervisor first; ``files_waiting`` the bytes of attachments that the centre
    does not have and that this desk has yet to send.
    """

    free_bytes: int
    skew_ms: int | None
    mode: str = "normal"
    name: str = ""
    login_until: datetime | None = None
    files_waiting: int = 0
    digest_at: datetime | None = None
    digest_alert: str | None = None


def sync_health(desk: Desk) -> Health:
    """Return what can be said without the network."""
    return desk.read(_health, shutil.disk_usage(desk.home).free)


def _health(read: Reader, free: int) -> Health:
    session = read.session
    compared, differs = local_value(session, DIGEST_CHECKED), local_value(session, DIGEST_ALERT)
    centre = known_centre(session)
    return Health(
        free, get_state(session).server_offset_ms, "recovery" if is_recovering(session) else centre.mode,
        centre.name, centre.login_until,
        files_waiting=local.waiting(session).size, digest_at=from_iso(compared) if compared else None,
        digest_alert=translate(DIFFERENT) if differs else None,
    )  # fmt: skip
