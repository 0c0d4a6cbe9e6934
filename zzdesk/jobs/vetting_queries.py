"""What stands of an employer's papers, and whose vetting or sanction comes to its end: for the windows, masked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId, local_day
from zzdesk.errors import NotFoundError
from zzdesk.evidence.models import Attachment
from zzdesk.evidence.queries import bytes_of
from zzdesk.i18n import N_
from zzdesk.jobs import appeals, complaints, vetting
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Employer
from zzdesk.jobs.models_complaints import Complaint, SanctionAppeal
from zzdesk.people.masks import mask
from zzdesk.store.unit import Reader

LINES: Final = 20
"""How many of each sort are looked at."""
RANK: Final = ("appeal", "complaint", "sanction-over", "vetting-over", "vetting-ends")
"""Sorts of reminders, the most urgent first."""


@dataclass(frozen=True)
class PaperRow:
    """One paper of article 26: its purpose as a file, whether the original was seen, how many scans there are to look at."""

    purpose: str
    seen: bool | None
    scans: int


@dataclass(frozen=True)
class JobReminder:
    """One thing to look at: the sort (:data:`RANK`), the day it is about, the record to open, the employer's name, masked."""

    sort: str
    day: date | None
    record_id: RecordId
    name: str


def checklist(read: Reader, employer_id: RecordId) -> tuple[PaperRow, ...]:
    """Return the papers that an employer of this kind shows, in the order of article 26.

    ``seen`` is None of a household, whose identity card is the scan itself.

    Raises:
        NotFoundError: it is not on this desk.
    """
    read.require("record.read")
    employer = read.session.get(Employer, employer_id)
    if employer is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=employer_id)
    wanted = vetting.needed(employer.employer_kind)
    query = select(Attachment).where(
        Attachment.record_id == employer_id, Attachment.scope == employer.scope, Attachment.purpose.in_(wanted),
        Attachment.voided.is_not(True),
    )  # fmt: skip
    found = read.session.scalars(query).all()
    there = bytes_of(read.session, found)
    scans = Counter(each.purpose for each in found if there[each.id].at_hand)
    seen = {purpose: bool(getattr(employer, name)) for name, purpose in vetting.PAPERS.items()}
    firm = employer.employer_kind != vetting.PERSON
    return tuple(PaperRow(each, seen[each] if firm else None, scans[each]) for each in wanted)


def reminders(read: Reader) -> tuple[JobReminder, ...]:
    """Return what waits for somebody: appeals, complaints, sanctions that are over, vettings that end within a month.

    Nothing for who may not look at records; what is to be decided only for who may decide it.
    """
    if not read.may("record.read"):
        return ()
    today = local_day(read.clock.now())
    found = [*_vettings(read, today), *_sanctions(read, today), *_to_decide(read)]
    return tuple(sorted(found, key=lambda each: (RANK.index(each.sort), each.day or date.max, each.record_id)))


def _vettings(read: Reader, today: date) -> Iterator[JobReminder]:
    mine: tuple[Any, ...] = (
        Employer.state == flow.NORMAL, Employer.valid_until <= today + vetting.AHEAD, Employer.voided.is_not(True),
    )  # fmt: skip
    query = select(Employer).where(*mine).order_by(Employer.valid_until, Employer.id).limit(LINES)
    for each in read.session.scalars(query):
        over = each.valid_until is not None and each.valid_until < today
        yield JobReminder("vetting-over" if over else "vetting-ends", each.valid_until, each.id, mask("holder", each.name))


def _sanctions(read: Reader, today: date) -> Iterator[JobReminder]:
    for state in (flow.SUSPENDED, flow.BLACKLISTED):
        mine = Employer.state == state, Employer.sanction_until < today, Employer.voided.is_not(True)
        query = select(Employer).where(*mine).order_by(Employer.sanction_until, Employer.id).limit(LINES)
        for each in read.session.scalars(query):
            yield JobReminder("sanction-over", each.sanction_until, each.id, mask("holder", each.name))


def _to_decide(read: Reader) -> Iterator[JobReminder]:
    if not read.may("job.employer.vet"):
        return
    waiting: tuple[tuple[str, Any, Any, str], ...] = (
        ("appeal", SanctionAppeal, SanctionAppeal.filed_on, appeals.OPEN),
        ("complaint", Complaint, Complaint.received_on, complaints.OPEN),
    )
    for sort, model, day, state in waiting:
        query = select(model.id, model.employer_id, day, Employer.name).join(Employer, Employer.id == model.employer_id).where(
            model.state == state, model.voided.is_not(True)
        )  # fmt: skip
        for record_id, employer_id, since, name in read.session.execute(query.order_by(model.created_at, model.id).limit(LINES)):
            yield JobReminder(sort, since, employer_id if sort == "appeal" else record_id, mask("holder", name))


__all__ = ["JobReminder", "PaperRow", "checklist", "reminders"]
