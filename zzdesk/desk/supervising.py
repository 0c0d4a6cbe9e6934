"""What a supervisor decides about work that the centre has put aside: who may, and what the audit keeps of it."""

from __future__ import annotations

from typing import Final

from zzdesk.accounts.rights import allowed
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.store.unit import ChangeSet, UnitOfWork

RIGHT: Final = "quarantine.decide"


def refuse_without_right(roles: frozenset[str]) -> None:
    """Check that somebody with these roles decides about such work; the centre checks it again, for its station.

    Raises:
        RefusedError: no right.
    """
    if not allowed(roles, RIGHT):
        raise RefusedError(N_("只有站长或调委会主任可以决定"))


def checked_reason(reason: str) -> str:
    """Return a reason without the space around it.

    Raises:
        RefusedError: there is none.
    """
    if not reason.strip():
        raise RefusedError(N_("决定要写明理由"))
    return reason.strip()


def note_decision(work: UnitOfWork, op_id: str, *, let_through: bool) -> ChangeSet:
    """Write into the audit what was decided at the centre, by its id; the reason stands there."""
    work.require(RIGHT)
    work.audit("quarantine.decide", "operation", op_id, let_through=let_through)
    return work.commit()
