"""Small facts around the exchange that seldom need anybody: room on the disk, the clock, the last comparison."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime

from zzdesk.desk.session import Desk
from zzdesk.ops.state import get_state
from zzdesk.store.unit import Reader


@dataclass(frozen=True)
class Health:
    """Facts of this moment.

    ``skew_ms`` is the centre's time less this machine's, as the last greeting found it; ``mode`` is what the centre said
    of itself then (normal or recovery); ``files_waiting`` the bytes of attachments that the centre does not have.
    """

    free_bytes: int
    skew_ms: int | None
    mode: str = "normal"
    files_waiting: int = 0
    digest_at: datetime | None = None
    digest_alert: str | None = None


def sync_health(desk: Desk) -> Health:
    """Return what can be said without the network."""
    return Health(shutil.disk_usage(desk.home).free, desk.read(_skew))


def _skew(read: Reader) -> int | None:
    return get_state(read.session).server_offset_ms
