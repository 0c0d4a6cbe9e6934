"""Reports that are not taken on (不予受理): why, by which edition of the list, and which other ways there are (B2.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, NotFoundError
from zzdesk.i18n import N_
from zzdesk.reports.models import Report, Step
from zzdesk.reports.refusal_list import EDITION, reason_of, reasons
from zzdesk.reports.told import kept
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_one
from zzdesk.store.unit import ChangeSet, UnitOfWork

ACTION: Final = "refuse"


def refuse(work: UnitOfWork, report_id: RecordId, code: str, ways: str | None = None, note: str | None = None) -> ChangeSet:
    """Do not take a report on: by a reason of the list, telling the resident of other ways.

    ``ways`` is what the resident was told; the reason's own text, for each reader in their language, where nothing is given.

    Raises:
        RefusedError: no right, or the report is under way already.
        InvalidError: there is no such reason; the reason ``other`` without a word about it.
    """
    report = work.get(Report, report_id)
    decide(work, report, code, ways, note)
    return work.commit()


def decide(work: UnitOfWork, report: Report, code: str, ways: str | None, note: str | None) -> None:
    """Refuse inside a transaction that goes on."""
    try:
        reason = reason_of(code)
    except NotFoundError as error:
        raise InvalidError.one("refusal_reason", N_("请从不予受理的理由中选一个")) from error
    if reason.code == "other" and not (note or "").strip():
        raise InvalidError.one("note", N_("理由是“其他”时，要写明是什么"))
    told = kept(ways or "").strip() or reason.ways
    report.refusal_reason, report.refusal_list = reason.code, EDITION
    report.refusal_ways = clean_one(kind_of(Report).fields["refusal_ways"], told, work.today)
    source, target = work.step(report, ACTION)
    said = {"report_id": report.id, "action": ACTION, "from_state": source, "to_state": target}
    written = {"note": note.strip()} if note and note.strip() else {}
    work.create(Step, said | written | {"reason": reason.text}, scope=report.scope)


def act(work: UnitOfWork, report_id: RecordId, step: Mapping[str, Any]) -> ChangeSet:
    """Refuse by name, for the command line: ``step`` holds refusal_reason, perhaps refusal_ways and note.

    Raises:
        InvalidError, RefusedError: as :func:`refuse`; a field that a refusal does not have.
    """
    unknown = sorted(set(step) - {"refusal_reason", "refusal_ways", "note"})
    if unknown:
        raise InvalidError.one(unknown[0], N_("没有这个字段"))
    return refuse(work, report_id, str(step.get("refusal_reason") or ""), step.get("refusal_ways"), step.get("note"))


__all__ = ["ACTION", "EDITION", "act", "decide", "reason_of", "reasons", "refuse"]
