"""The service ledger (服务台账): whom the station served, how it went and what came of it (人力资源市场暂行条例 article 33).

It is no record of its own that could be left out or written afterwards: its lines are the station's records themselves, void
ones too, in the order in which they were made. Names are masked, and stay so on paper and in files. A line follows its record,
so what is corrected later changes it; of a closed month ``ledger_frozen`` keeps what it said then.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from sqlalchemy import select, tuple_

from zzdesk.clock import RecordId, from_iso, to_iso
from zzdesk.documents.figures import Month
from zzdesk.jobs import appeals
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Application, Employer, Posting, Worker
from zzdesk.jobs.models_complaints import Complaint, SanctionAppeal
from zzdesk.jobs.models_queue import QueueEntry
from zzdesk.jobs.models_wages import WageLine
from zzdesk.jobs.statistics_queries import NEEDS
from zzdesk.people.masks import mask
from zzdesk.store.unit import Page, Reader, UnitOfWork

SOURCES: Final[tuple[type[Any], ...]] = (Employer, Posting, Worker, Application, Complaint, SanctionAppeal, QueueEntry)
STATES: Final = (appeals.DECIDED, appeals.OPEN, appeals.WITHDRAWN)
SCREENFUL: Final = 200
Steps = tuple[tuple[str, datetime], ...]


@dataclass(frozen=True)
class ServiceRow:
    """One line: the object (who, masked, and about what), the process (steps with their moments) and the result.

    ``steps`` are codes of ``STEPS``, the first one the making of the record. ``state`` is the record's, ``way`` that of an
    application. ``minutes`` and ``net`` (yuan) are those of work that was really done.
    """

    kind: str
    id: RecordId
    number: str
    who: str
    what: str
    way: str
    steps: Steps
    state: str
    reason: str
    minutes: int | None
    net: Decimal | None
    created_at: datetime
    voided: bool


def service_ledger(read: Reader, month: Month | None = None, after: str | None = None, limit: int = 50) -> Page[ServiceRow]:
    """Return one page of the ledger, newest first; ``after`` is the key that the page before ended with.

    Raises:
        RefusedError: no right to look at records, workers or wages.
    """
    return _page(read, month, after, limit)


def _page(read: Reader | UnitOfWork, month: Month | None, after: str | None, limit: int) -> Page[ServiceRow]:
    for right in NEEDS:
        read.require(right)
    parts = [_part(read, query, after, limit + 1) for model in SOURCES for query in _queries(read, model, month)]
    found = list(islice(heapq.merge(*parts, key=_key, reverse=True), limit + 1))
    rows = _rows(read, found[:limit])
    last = found[limit - 1] if len(found) > limit else None
    return Page(rows, None if last is None else f"{to_iso(last.created_at)}/{last.id}")


def _key(record: Any) -> tuple[datetime, str]:
    return (record.created_at, record.id)


def _queries(read: Reader | UnitOfWork, model: Any, month: Month | None) -> tuple[Any, ...]:
    """Return what asks for the records of one kind along an index of their making: of appeals state by state."""
    query = select(model).where(model.scope.startswith(read.actor.station, autoescape=True))
    if month is not None:
        query = query.where(model.created_at >= month.begins, model.created_at < month.ends)
    return tuple(query.where(model.state == each) for each in STATES) if model is SanctionAppeal else (query,)


def _part(read: Reader | UnitOfWork, query: Any, after: str | None, limit: int) -> Sequence[Any]:
    """Return the newest records of one query behind the key."""
    model = query.column_descriptions[0]["entity"]
    if after is not None:
        moment, _, last = after.partition("/")
        query = query.where(tuple_(model.created_at, model.id) < (from_iso(moment), last))
    return read.session.scalars(query.order_by(model.created_at.desc(), model.id.desc()).limit(limit)).all()


def every_row(read: Reader | UnitOfWork, month: Month) -> Iterator[ServiceRow]:
    """Yield every line of a month, newest first.

    Raises:
        RefusedError: no right to look at records, workers or wages.
    """
    after: str | None = None
    while True:
        page = _page(read, month, after, SCREENFUL)
        yield from page.rows
        after = page.after
        if after is None:
            return


class _Known:
    """What the lines of one page say besides their own record: people, postings and wages, each asked for once."""

    def __init__(self, read: Reader | UnitOfWork, records: Sequence[Any]) -> None:
        work = [each for each in records if isinstance(each, Application)]
        came: list[Any] = [each for each in records if isinstance(each, QueueEntry)]
        said: list[Any] = [each for each in records if isinstance(each, (Complaint, SanctionAppeal))]
        asked = {each.posting_id for each in work}
        self.postings = {p.id: p for p in _those(read, Posting, asked)} | {p.id: p for p in records if isinstance(p, Posting)}
        self.workers = {w.id: w for w in _those(read, Worker, {each.worker_id for each in (*work, *came)})}
        about = {each.employer_id for each in (*self.postings.values(), *said)}
        self.employers = {e.id: e for e in _those(read, Employer, about)}
        lines = select(WageLine).where(
            WageLine.application_id.in_([each.id for each in work]), WageLine.state != flow.REVERSED
        ).order_by(WageLine.entry)  # fmt: skip
        found = read.session.scalars(lines) if work else ()
        self.wages = {line.application_id: line.net for line in found if line.entry % 2 == 0}


def _those(read: Reader | UnitOfWork, model: Any, ids: Iterable[str]) -> Sequence[Any]:
    wanted = sorted(ids)
    return read.session.scalars(select(model).where(model.id.in_(wanted))).all() if wanted else ()


def _rows(read: Reader | UnitOfWork, records: Sequence[Any]) -> tuple[ServiceRow, ...]:
    known = _Known(read, records)
    return tuple(_MAKERS[type(record)](record, known) for record in records)


def _steps(*steps: tuple[str, datetime | None]) -> Steps:
    return tuple((code, moment) for code, moment in steps if moment is not None)


def _row(
    record: Any, number: str | None, who: str, what: str, steps: Steps, reason: str | None = None, **more: Any
) -> ServiceRow:
    told = {"way": "", "minutes": None, "net": None} | more
    return ServiceRow(
        kind=record.__kind__, id=record.id, number=number or "", who=who, what=what, steps=steps, state=record.state,
        reason=mask("text", reason) if reason else "", created_at=record.created_at, voided=bool(record.voided), **told,
    )  # fmt: skip


def _employer(record: Employer, known: _Known) -> ServiceRow:
    steps = _steps(("registered", record.created_at), ("vetted", record.vetted_at))
    return _row(record, None, mask("holder", record.name), record.industry or "", steps, record.sanction_reason)


def _posting(record: Posting, known: _Known) -> ServiceRow:
    employer = known.employers.get(record.employer_id)
    steps = _steps(("drafted", record.created_at), ("published", record.published_at))
    who = mask("holder", employer.name) if employer is not None else ""
    return _row(record, record.number, who, mask("text", record.title), steps, record.decision)


def _worker(record: Worker, known: _Known) -> ServiceRow:
    steps = _steps(("registered", record.created_at), ("consented", record.consent_at))
    return _row(record, record.card, mask("name", record.name), "", steps, record.state_reason)


def _application(record: Application, known: _Known) -> ServiceRow:
    posting, worker = known.postings.get(record.posting_id), known.workers.get(record.worker_id)
    steps = _steps(
        ("applied", record.created_at), ("confirmed", record.confirmed_at), ("came", record.checked_in_at),
        ("left", record.checked_out_at),
    )  # fmt: skip
    real = record.state == flow.FINISHED and record.checked_in_at is not None and record.checked_out_at is not None
    return _row(
        record, worker.card if worker is not None else None, mask("name", worker.name) if worker is not None else "",
        mask("text", posting.title) if posting is not None else "", steps, record.reason, way=record.way,
        minutes=record.minutes if real else None, net=known.wages.get(record.id) if real else None,
    )  # fmt: skip


def _complaint(record: Complaint, known: _Known) -> ServiceRow:
    steps = _steps(("complained", record.created_at), ("handled", record.handled_at))
    who = mask("name", record.name) if record.name else ""
    return _row(record, None, who, _employer_of(record, known), steps, record.finding)


def _appeal(record: SanctionAppeal, known: _Known) -> ServiceRow:
    steps = _steps(("appealed", record.created_at), ("decided", record.decided_at))
    who = mask("name", record.filed_by) if record.filed_by else ""
    return _row(record, None, who, _employer_of(record, known), steps, record.finding)


def _employer_of(record: Complaint | SanctionAppeal, known: _Known) -> str:
    employer = known.employers.get(record.employer_id)
    return mask("holder", employer.name) if employer is not None else ""


def _entry(record: QueueEntry, known: _Known) -> ServiceRow:
    worker = known.workers.get(record.worker_id)
    who = mask("name", worker.name) if worker is not None else ""
    return _row(record, record.card, who, "", _steps(("queued", record.created_at)))


_MAKERS: Final[dict[type[Any], Any]] = {
    Employer: _employer, Posting: _posting, Worker: _worker, Application: _application, Complaint: _complaint,
    SanctionAppeal: _appeal, QueueEntry: _entry,
}  # fmt: skip
