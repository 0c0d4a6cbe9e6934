"""Opening the file of a mediation case: who looked at it stands in the audit, once for each opening (rules B1.7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from zzdesk.clock import RecordId
from zzdesk.mediation.team import case_in, get_case, in_team
from zzdesk.store.unit import ChangeSet, UnitOfWork

OPENED: Final = "case.open"
"""The line in the audit by which a case file was opened."""


def note_opened(work: UnitOfWork, case_id: RecordId) -> ChangeSet:
    """Write that the actor opens the file of a case. Who is not of its team sees the stub alone, which is no line.

    Asking again for what is on the screen already is no opening: the window calls this once, before it shows the file.

    Raises:
        NotFoundError: the case is not on this desk.
    """
    if not in_team(work, get_case(work.session, case_id)):
        return ChangeSet()
    work.audit(OPENED, "case", case_id)
    return work.commit()


def note_shown(work: UnitOfWork, scopes: Iterable[str]) -> ChangeSet:
    """Write that the actor is shown records of these scopes: one line for each case whose file they are part of.

    The command line calls this before it prints anything; of records that are no part of a file nothing is written.

    Raises:
        NotFoundError: the case is not on this desk.
    """
    cases = sorted({case for scope in scopes if (case := case_in(scope)) is not None})
    for case in cases:
        if in_team(work, get_case(work.session, case)):
            work.audit(OPENED, "case", case)
    return work.commit() if cases else ChangeSet()
