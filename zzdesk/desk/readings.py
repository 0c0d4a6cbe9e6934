"""Who looked at what was under cover: a page of the audit of this computer, for the auditor and for the police.

Only the lines that tell of reading are shown, and no values: the audit holds none (decision 16). The audit of another
computer is read there; it does not travel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, select

from zzdesk.accounts import sealed
from zzdesk.accounts.queries import display_names
from zzdesk.clock import RecordId, from_iso
from zzdesk.desk.opening import OPENED as CASE_OPENED
from zzdesk.patrol.papers import PRINTED
from zzdesk.patrol.rounds import OPENED
from zzdesk.people.reveals import EVENT as REVEALED
from zzdesk.store.audit import Audit
from zzdesk.store.unit import Page, Reader

READ: Final = "audit.read"
EVENTS: Final = (OPENED, REVEALED, PRINTED, CASE_OPENED)
"""A clue was opened, a covered field was shown, a certificate was printed with everything on it, the file of a
mediation case was opened."""


@dataclass(frozen=True)
class Reading:
    """One line, by its number in the audit: who looked at which record when. ``event`` is one of ``EVENTS``."""

    id: str
    at: datetime
    who: str
    event: str
    kind: str
    record_id: RecordId


def readings(read: Reader, events: tuple[str, ...] = EVENTS, after: str | None = None, limit: int = 50) -> Page[Reading]:
    """Return one page of who looked at what, newest first; ``after`` is the number of the last line seen.

    Raises:
        RefusedError: the actor is no auditor.
    """
    read.require(READ)
    query = select(Audit).where(Audit.event.in_(events))
    if after is not None:
        query = query.where(Audit.seq < int(after))
    rows = _rows(read, query, limit + 1)
    return Page(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)


def openings(read: Reader, clue_id: RecordId, limit: int = 50) -> tuple[Reading, ...]:
    """Return who opened a clue on this computer, newest first.

    Raises:
        RefusedError: the actor is neither of the police nor an auditor.
    """
    if not read.may(sealed.READ):
        read.require(READ)
    return _rows(read, select(Audit).where(Audit.record_id == clue_id, Audit.event == OPENED), limit)


def _rows(read: Reader, query: Select[Any], limit: int) -> tuple[Reading, ...]:
    found: list[Audit] = list(read.session.scalars(query.order_by(Audit.seq.desc()).limit(limit)))
    names = display_names(read, frozenset(line.actor for line in found if line.actor))
    return tuple(
        Reading(str(line.seq), from_iso(line.at), names.get(line.actor or "", line.actor or ""), line.event, line.kind or "",
                line.record_id or "")
        for line in found
    )  # fmt: skip
