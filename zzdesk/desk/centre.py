"""What this desk knows of its centre: its name, its mode, and until when a log-in without it is good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from zzdesk.ops.state import get_state
from zzdesk.store.audit import local_value

CENTRE_NAME: Final = "centre_name"
CENTRE_MODE: Final = "centre_mode"
OFFLINE_DAYS: Final = "offline_days"
"""Local values, written with every greeting."""


@dataclass(frozen=True)
class Centre:
    """``mode`` is normal, recovery or readonly. From ``login_until`` on, what is done here waits for a supervisor first."""

    name: str
    mode: str
    login_until: datetime | None


def known_centre(session: Session) -> Centre:
    """Return what the last greeting said. A desk that never had a centre knows no end of its log-ins (decision 15)."""
    days, seen = local_value(session, OFFLINE_DAYS), get_state(session).last_success_at
    until = seen + timedelta(days=int(days)) if days and seen is not None else None
    return Centre(local_value(session, CENTRE_NAME) or "", local_value(session, CENTRE_MODE) or "normal", until)
