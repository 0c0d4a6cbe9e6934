"""What the centre says of itself in a greeting, kept for whoever looks at the desk without a network."""

from __future__ import annotations

from sqlalchemy.orm import Session

from sync.client.identity import UNPROVEN
from sync.client.numbering import take
from sync.protocol import HelloAnswer
from zzdesk.desk.centre import CENTRE_MODE, CENTRE_NAME, OFFLINE_DAYS
from zzdesk.desk.queries import IDENTITY
from zzdesk.store import audit


def keep(session: Session, answer: HelloAnswer) -> bool:
    """Keep name, mode and policies, and the numbers it leases; return whether it does not know the account's password."""
    unproven = answer.policy.get("identity") == UNPROVEN
    days = answer.policy.get("offline_days")
    told = {
        IDENTITY: UNPROVEN if unproven else "", CENTRE_NAME: answer.name[:200], CENTRE_MODE: answer.mode[:20],
        OFFLINE_DAYS: str(days) if isinstance(days, int) else "",
    }  # fmt: skip
    for name, value in told.items():
        if (audit.local_value(session, name) or "") != value:
            audit.set_local_value(session, name, value)
    take(session, answer)
    return unproven
