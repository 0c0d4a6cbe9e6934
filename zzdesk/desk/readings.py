"""Who looked at what was under cover: a page of the audit of this computer, for the auditor and for the police.

Only the lines that tell of reading are shown, and no values: the audit holds none (decision 16). The audit of another
computer is read there; it does not travel. Who read a case for which 110 was called does: :func:`of_case` is for its team.
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
from zzdesk.evidence.views import OPENED as FILE_OPENED
from zzdesk.mediation.models_reading import CaseReading
from zzdesk.mediation.team import get_case, require_team
from zzdesk.patrol.papers import PRINTED
from zzdesk.patrol.rounds import OPENED
from zzdesk.people.reveals import EVENT as REVEALED
from zzdesk.store.audit import Audit
from zzdesk.store.unit import Page, Reader

READ: Final = "audit.read"
EVENTS: Final = (OPENED, REVEALED, PRINTED, CASE_OPENED, FILE_OPENED)
"""A clue was opened, a covered field was shown, a certificate was printed with everything on it, the file of a
mediation case was opened, an attachment was."""


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


@dataclass(frozen=True)
class CaseLine:
    """One reading of a case's file: who, when, what (``WHATS``, a ``field`` where one was uncovered), as one of the team or
    ``by_call``.
    """

    at: datetime
    who: str
    what: str
    field: str
    by_call: bool


def of_case(read: Reader, case_id: RecordId, limit: int = 50) -> tuple[CaseLine, ...]:
    """Return who read the file of a case for which 110 was called, at whichever desk, newest first; for its team.

    Raises:
        RefusedError: the actor is not of the team. NotFoundError: the case is not on this desk.
    """
    require_team(read, get_case(read.session, case_id))
    query = select(CaseReading).where(CaseReading.case_id == case_id).order_by(CaseReading.id.desc()).limit(limit)
    found = list(read.session.scalars(query))
    names = display_names(read, frozenset(line.created_by for line in found))
    return tuple(
        CaseLine(line.created_at, names.get(line.created_by, ""), line.what, line.field or "", bool(line.by_call))
        for line in found
    )


def _rows(read: Reader, query: Select[Any], limit: int) -> tuple[Reading, ...]:
    found: list[Audit] = list(read.session.scalars(query.order_by(Audit.seq.desc()).limit(limit)))
    names = display_names(read, frozenset(line.actor for line in found if line.actor))
    return tuple(
        Reading(str(line.seq), from_iso(line.at), names.get(line.actor or "", line.actor or ""), line.event, line.kind or "",
                line.record_id or "")
        for line in found
    )  # fmt: skip
