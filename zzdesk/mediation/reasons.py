"""Why a case ended, or is void: it may say something of people, so it stands in the file and nowhere else.

The stub is the whole station's, and so is the operation that takes its step: what rides on it comes into conflicts and into
the search. Both say only that the file says why (人民调解法 article 15; decision 12).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId
from zzdesk.i18n import N_, translate
from zzdesk.mediation.models import Case, Dispute
from zzdesk.mediation.team import scope_of
from zzdesk.store.unit import UnitOfWork

IN_FILE: Final = N_("见卷宗")
"""What an operation on the stub says instead of a reason: the file says it."""
_VOID: Final = "作废理由："
_UNVOID: Final = "恢复理由："
_TAKEN_BACK: Final = "撤回报警登记的理由："
"""How a line of the notes on the file (卷宗情况说明) begins. Data, read back by :func:`void_reasons`: never translated."""


def on_stub(reason: str | None) -> str | None:
    """Return what the operation on the stub says for a reason; nothing where there is none."""
    return IN_FILE if (reason or "").strip() else None


def note_ending(work: UnitOfWork, case: Case, reason: str) -> None:
    """Write down why a case ended, in its file."""
    dispute = _paper(work, case)
    dispute.ending = _joined(dispute.ending, reason.strip())


def note_void(work: UnitOfWork, case: Case, reason: str, *, again: bool = False) -> None:
    """Write down why a case is void, or is taken back (``again``): a note on the file, one line."""
    dispute = _paper(work, case)
    dispute.dossier_note = _joined(dispute.dossier_note, (_UNVOID if again else _VOID) + " ".join(reason.split()))


def note_call_taken_back(work: UnitOfWork, case: Case, reason: str) -> None:
    """Write down in the file why it was taken back that 110 was called."""
    dispute = _paper(work, case)
    dispute.dossier_note = _joined(dispute.dossier_note, _TAKEN_BACK + " ".join(reason.split()))


def void_reasons(session: Session, cases: Collection[Case]) -> dict[RecordId, str]:
    """Return why cases are void, by id: for their team alone.

    What was declared void before reasons went into the file still has its reason on the stub.
    """
    found = {case.id: translate(case.void_reason or "") for case in cases}
    papers = select(Dispute.case_id, Dispute.dossier_note).where(
        Dispute.case_id.in_(found), Dispute.dossier_note.is_not(None)
    )
    for case_id, note in session.execute(papers.order_by(Dispute.id)):
        lines = [line for line in (note or "").splitlines() if line.startswith(_VOID)]
        if lines:
            found[case_id] = lines[-1].removeprefix(_VOID)
    return found


def _paper(work: UnitOfWork, case: Case) -> Dispute:
    """Return the first dispute record of a case; a case of which nothing is written down gets one."""
    work.session.flush()
    query = select(Dispute).where(Dispute.case_id == case.id, Dispute.voided.is_not(True)).order_by(Dispute.id)
    fields = {"case_id": case.id, "title": translate(N_("没有登记纠纷情况"))}
    return work.session.scalars(query.limit(1)).first() or work.create(Dispute, fields, scope=scope_of(case.id))


def _joined(before: str | None, line: str) -> str:
    return "\n".join(part for part in (before, line) if part)
