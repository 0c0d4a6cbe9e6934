"""Opening the file of a mediation case: who looked at it is written down, once for each opening (rules B1.7).

The line in the audit stays on this computer. Of a case for which 110 was called a record travels besides, so that the team
sees who read it at other desks: the police read there by their own right (人民调解法 article 25; scenario D06).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from zzdesk.clock import RecordId
from zzdesk.errors import BugError
from zzdesk.mediation.models import Case
from zzdesk.mediation.models_reading import OPENED as FILE_OPENED
from zzdesk.mediation.models_reading import REVEALED, CaseReading
from zzdesk.mediation.team import (
    case_in,
    get_case,
    in_team,
    is_escalated,
    reads_by_call,
    require_team,
    scope_of,
)
from zzdesk.store.unit import ChangeSet, UnitOfWork

OPENED: Final = "case.open"
"""The line in the audit by which a case file was opened."""


def note_opened(work: UnitOfWork, case_id: RecordId) -> ChangeSet:
    """Write that the actor opens the file of a case. Who is not of its team sees the stub alone, which is no line.

    Asking again for what is on the screen already is no opening: the window calls this once, before it shows the file.

    Raises:
        NotFoundError: the case is not on this desk.
    """
    case = get_case(work.session, case_id)
    return _opened(work, case) if in_team(work, case) else ChangeSet()


def note_read(work: UnitOfWork, case_id: RecordId) -> ChangeSet:
    """Write that the actor reads the file of a case, as one of its team or because 110 was called; then it may be read.

    Raises:
        NotFoundError: the case is not on this desk. RefusedError: the actor may not read it.
    """
    case = get_case(work.session, case_id)
    if not reads_by_call(work, case):
        require_team(work, case)
    return _opened(work, case)


def note_revealed(work: UnitOfWork, scope: str, record_id: RecordId, field: str) -> None:
    """Write, inside a transaction that goes on, that somebody uncovers a field in a case for which 110 was called."""
    case = work.session.get(Case, case_in(scope) or "")
    if case is not None and is_escalated(case):
        _note(work, case, {"what": REVEALED, "record_id": record_id, "field": field})


def note_shown(work: UnitOfWork, scopes: Iterable[str]) -> ChangeSet:
    """Write that the actor is shown records of these scopes: one line for each case whose file they are part of.

    The command line calls this before it prints anything; of records that are no part of a file nothing is written.

    Raises:
        NotFoundError: the case is not on this desk.
    """
    cases = sorted({case for scope in scopes if (case := case_in(scope)) is not None})
    for case in cases:
        if in_team(work, get_case(work.session, case)):
            _write(work, get_case(work.session, case))
    return work.commit() if cases else ChangeSet()


def _opened(work: UnitOfWork, case: Case) -> ChangeSet:
    _write(work, case)
    return work.commit()


def _write(work: UnitOfWork, case: Case) -> None:
    work.audit(OPENED, "case", case.id)
    if is_escalated(case):
        _note(work, case, {"what": FILE_OPENED})


def _note(work: UnitOfWork, case: Case, said: dict[str, Any]) -> None:
    by_call = reads_by_call(work, case)
    if not by_call and not in_team(work, case):
        raise BugError("a reading by somebody who may not read")
    work.create(CaseReading, {"case_id": case.id, "by_call": by_call, **said}, scope=scope_of(case.id))
