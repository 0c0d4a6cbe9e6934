"""What a resident takes home: the receipt of a report, or the notice that it is not taken on (domain rules B2.5, F100).

A slip leaves the office in a pocket: it names the resident as everybody may see it, the phone by its last four figures,
and nobody who asked for secrecy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from zzdesk.clock import RecordId
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.people.masks import mask
from zzdesk.people.models import Person
from zzdesk.places import queries as places
from zzdesk.reports.models import Report
from zzdesk.reports.told import shown
from zzdesk.reports.workflow import REFUSED
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

PRINTED: Final = "report.slip"
Kind = Literal["receipt", "refusal"]


@dataclass(frozen=True)
class Slip:
    """One slip: codes and masked values; the window puts them into words. ``code`` is what the QR code says."""

    kind: Kind
    report_id: RecordId
    number: str
    title: str
    category: str
    address: str
    registered_at: datetime
    station: str
    reporter: str
    phone_tail: str
    anonymous: bool
    sealed: bool
    refusal_reason: str
    refusal_list: str
    refusal_ways: str

    @property
    def code(self) -> str:
        """Return the number: read at any counter, it finds the report and tells a stranger nothing."""
        return self.number


def slip(read: Reader, report_id: RecordId) -> Slip:
    """Return the slip of a report: a notice where it was not taken on, else a receipt.

    Raises:
        NotFoundError: it is not on this desk.
        RefusedError: no right, or it is void.
    """
    read.require("record.read")
    report = read.session.get(Report, report_id)
    if report is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=report_id)
    if report.voided:
        raise RefusedError(N_("已经作废的事件没有回执"))
    sealed = bool(report.name_hidden)
    name, phone = ("", "") if sealed or report.anonymous else _reporter(read, report)
    return Slip(
        "refusal" if report.state == REFUSED else "receipt", report.id, report.number or "",
        mask("text", report.title), report.category, report.address or "", report.created_at, _station(report.scope),
        mask("name", name), phone[-4:], bool(report.anonymous), sealed,
        report.refusal_reason or "", report.refusal_list or "", mask("text", shown(report.refusal_ways)),
    )  # fmt: skip


def _reporter(read: Reader, report: Report) -> tuple[str, str]:
    person = read.session.get(Person, report.reporter_id) if report.reporter_id else None
    name = report.reporter_name or (person.name if person is not None else "")
    return name, report.reporter_phone or (person.phone or "" if person is not None else "")


def _station(scope: str) -> str:
    try:
        return places.get(scope.partition("-")[0]).name
    except NotFoundError:
        return ""


def note_printed(work: UnitOfWork, report_id: RecordId, kind: Kind, how: Literal["paper", "pdf"]) -> ChangeSet:
    """Write into the audit that a slip left the desk.

    Raises:
        NotFoundError: the report is not on this desk.
    """
    work.require("record.read")
    work.get(Report, report_id)
    work.audit(PRINTED, "report", report_id, slip=kind, how=how)
    return work.commit()
