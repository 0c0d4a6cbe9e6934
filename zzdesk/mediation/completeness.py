"""The file of a case as it lies on this desk, and what it lacks (``zzdesk.mediation.lacking``)."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId
from zzdesk.evidence.models import Attachment
from zzdesk.mediation.lacking import ARCHIVING, CLOSING, Dossier, Missing, missing
from zzdesk.mediation.models import Agreement, Case, Dispute, MediationSession, Party, Statement
from zzdesk.mediation.models_after import Confirmation, PerformanceLine, Revisit
from zzdesk.mediation.models_course import Extension, Investigation, Participant
from zzdesk.mediation.team import scope_of

_MODELS: Final[tuple[type[Any], ...]] = (
    Dispute, Party, MediationSession, Statement, Agreement, Participant, Investigation, Extension, PerformanceLine, Revisit,
    Confirmation,
)  # fmt: skip


def dossier_of(session: Session, case: Case) -> Dossier:
    """Read a whole file. The caller has asked whether the reader is of its team."""
    session.flush()
    records = {}
    for model in _MODELS:
        query = select(model).where(model.case_id == case.id, model.voided.is_not(True))
        records[model.__kind__] = tuple(session.scalars(query.order_by(model.created_at, model.id)))
    mine = [case.id, *(each.id for rows in records.values() for each in rows)]
    query = select(Attachment).where(
        Attachment.record_id.in_(mine), Attachment.scope == scope_of(case.id), Attachment.voided.is_not(True)
    )
    files: dict[RecordId, tuple[Attachment, ...]] = {}
    for each in session.scalars(query.order_by(Attachment.created_at, Attachment.id)):
        files[each.record_id] = (*files.get(each.record_id, ()), each)
    return Dossier(case, records, files)


__all__ = ["ARCHIVING", "CLOSING", "Dossier", "Missing", "dossier_of", "missing"]
