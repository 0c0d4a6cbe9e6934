"""What the monthly report of the odd-job station reads: each kind along an index of its own moment, nothing of other months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from zzdesk.clock import local_day
from zzdesk.documents import numbers
from zzdesk.documents.figures import Month
from zzdesk.documents.month_books import Book, base, kept, since, to_declare
from zzdesk.documents.months import Verdict
from zzdesk.i18n import N_
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.complaints import HANDLED
from zzdesk.jobs.models import Application, Employer, Posting, Worker
from zzdesk.jobs.models_complaints import Complaint
from zzdesk.jobs.models_queue import QueueEntry
from zzdesk.jobs.models_statistics import JobMonth
from zzdesk.jobs.models_wages import WageLine
from zzdesk.jobs.placing import REFUSALS
from zzdesk.jobs.statistics import EVENTS, FEN, WORKED, Fact, tally, verdicts
from zzdesk.jobs.statistics_close import MOST_FACTS, SHAPE, close_id
from zzdesk.jobs.statistics_report import JobReport, Live
from zzdesk.store.unit import Reader

COMPARED_WITH: Final = (("year", 12), ("before", 1))
"""How many months back are the months that one is compared with (同比, 环比)."""
_CHUNK: Final = 500
"""Ids in one question."""


def job_month(read: Reader, month: Month) -> JobReport:
    """Return one month; a closed month with its frozen figures and what has happened to it since.

    Raises:
        RefusedError: no right to look at records, workers or wages.
    """
    for right in NEEDS:
        read.require(right)
    session, station = read.session, read.actor.station
    now = facts_of(session, station, EVENTS, month)
    closing, closed = kept(session, CLOSED_MONTHS, station, EVENTS, month)
    facts: Sequence[Fact] = closed.facts if closed is not None else now
    tallies = SHAPE.frozen(closed) if closed is not None else tally(facts)
    after = since(session, CLOSED_MONTHS, closed, now) if closed is not None else ()
    declared = closed.declared if closed is not None else to_declare(read, CLOSED_MONTHS, month, EVENTS)
    bases = {name: base(read, CLOSED_MONTHS, month.plus(-back), EVENTS) for name, back in COMPARED_WITH}
    return JobReport(
        station, month, tallies, verdicts(facts, tallies), bases, _live(session, station, month), closing, after, declared
    )


NEEDS: Final = ("record.read", "job.worker.list", "job.wage")
"""What the report takes: it counts wages, and every figure opens the people behind it."""


def _live(session: Session, station: str, month: Month) -> Live:
    """Return what stands beside the figures and is never frozen: sanctions as of today, and children turned away here."""
    states = (flow.SUSPENDED, flow.BLACKLISTED)
    found = session.scalars(select(Employer.id).where(Employer.state.in_(states), *_mine(Employer, station)))
    return Live(tuple(sorted(found)), numbers.counted(session, f"{REFUSALS}-{month}"))


def _mine(model: Any, station: str) -> tuple[Any, ...]:
    return model.voided.is_not(True), model.scope.startswith(station, autoescape=True)


def facts_of(session: Session, station: str, basis: str, month: Month) -> list[Fact]:
    """Return what every record adds to a month, sorted; those of offices below a station too."""
    return sorted(_Month(session, station, month).facts())


class _Month:
    """One month of a station while it is being counted: marks by kind and id."""

    def __init__(self, session: Session, station: str, month: Month) -> None:
        self._session, self._station, self._month = session, station, month
        self._marks: dict[tuple[str, str], dict[str, int]] = {}

    def facts(self) -> Iterator[Fact]:
        """Count everything once."""
        self._employers()
        self._postings()
        self._workers()
        self._applications()
        for row in self._rows(Complaint, Complaint.created_at, Complaint.id, Complaint.state):
            self._mark("complaint", row.id, "complaints.new")
            if row.state == HANDLED:
                self._mark("complaint", row.id, "complaints.handled")
        for (kind, record_id), marks in self._marks.items():
            yield Fact.of(kind, record_id, marks)

    def _mark(self, kind: str, record_id: str, name: str, number: int = 1) -> None:
        self._marks.setdefault((kind, record_id), {})[name] = number

    def _within(self, moment: datetime | None) -> bool:
        return moment is not None and self._month.begins <= moment < self._month.ends

    def _rows(self, model: Any, moment: Any, *columns: Any) -> Iterable[Any]:
        """Return columns of the records of which a moment lies in the month: along that moment's index."""
        query = select(*columns).where(
            moment >= self._month.begins, moment < self._month.ends, *_mine(model, self._station)
        )  # fmt: skip
        return self._session.execute(query).all()

    def _employers(self) -> None:
        for row in self._rows(Employer, Employer.created_at, Employer.id):
            self._mark("employer", row.id, "employers.new")
        for row in self._rows(Employer, Employer.vetted_at, Employer.id):
            self._mark("employer", row.id, "employers.vetted")

    def _postings(self) -> None:
        for row in self._rows(Posting, Posting.published_at, *_POSTING):
            for name, number in (("postings.wanted", row.headcount or 0), (f"trade.{row.trade}", 1), (f"state.{row.state}", 1)):
                self._mark("posting", row.id, name, number)
            if (row.filled or 0) >= (row.headcount or 1):
                self._mark("posting", row.id, "postings.filled")
            self._mark("employer", row.employer_id, "employers.active")
            if row.starts_at is None:
                self._wanted(row)
        for row in self._rows(Posting, Posting.starts_at, *_POSTING):
            self._wanted(row)

    def _wanted(self, row: Any) -> None:
        if row.state in WORKED:
            self._mark("posting", row.id, "places.wanted", row.headcount or 0)

    def _workers(self) -> None:
        for row in self._rows(Worker, Worker.created_at, Worker.id):
            self._mark("worker", row.id, "workers.new")
            self._mark("worker", row.id, "workers.served")
        for row in self._rows(QueueEntry, QueueEntry.created_at, QueueEntry.worker_id):
            self._mark("worker", row.worker_id, "workers.served")

    def _applications(self) -> None:
        found = {row.id: row for query in self._placings() for row in self._session.execute(query)}
        there = {}
        for row in found.values():
            if self._within(row.created_at):
                self._mark("application", row.id, f"way.{row.way}")
                self._mark("application", row.id, f"outcome.{_outcome(row)}")
                self._mark("worker", row.worker_id, "workers.served")
            if self._month.first <= _day(row) <= self._month.last and _had_a_place(row):
                there[row.id] = row
                self._day(row)
        self._crowded(there.values())
        self._wages(there)

    def _placings(self) -> tuple[Select[Any], ...]:
        month, mine = self._month, _mine(Application, self._station)
        within = (Application.created_at >= month.begins, Application.created_at < month.ends)
        on_a_day = (Application.work_date >= month.first, Application.work_date <= month.last)
        undated = (
            Application.work_date.is_(None), Application.checked_in_at >= month.begins, Application.checked_in_at < month.ends,
        )  # fmt: skip
        query = select(*_APPLICATION).outerjoin(Posting, Posting.id == Application.posting_id)
        return tuple(query.where(*part, *mine) for part in (within, on_a_day, undated))

    def _day(self, row: Any) -> None:
        """Note what became of a place: a real attendance has both moments and minutes between them (F55)."""
        how = _how(row)
        self._mark("application", row.id, f"day.{how}")
        self._mark("worker", row.worker_id, "workers.served")
        if row.replaces:
            self._mark("application", row.id, "replacement")
        if row.replaced_by and row.state in flow.GAVE_UP:
            self._mark("application", row.id, "replaced")
        if how in ("first", "instead"):
            self._mark("application", row.id, "minutes", row.minutes)
            self._mark("worker", row.worker_id, "workers.came")

    def _crowded(self, rows: Iterable[Any]) -> None:
        """Mark postings at which more people were than had been wanted."""
        came = Counter(row.posting_id for row in rows if _how(row) in ("first", "instead"))
        for ids in _chunks(sorted(came)):
            query = select(Posting.id, Posting.headcount).where(Posting.id.in_(ids))
            for posting_id, headcount in self._session.execute(query):
                if came[posting_id] > (headcount or 0):
                    self._mark("posting", posting_id, "over", came[posting_id] - (headcount or 0))

    def _wages(self, there: dict[str, Any]) -> None:
        """Count the ledger's lines of the month's work as they stood at its end."""
        booked: dict[str, list[Any]] = {}
        for ids in _chunks(sorted(there)):
            query = select(*_LINE).where(WageLine.application_id.in_(ids)).order_by(WageLine.entry)
            for line in self._session.execute(query):
                booked.setdefault(line.application_id, []).append(line)
        for application_id, row in there.items():
            real = _how(row) in ("first", "instead")
            if real and application_id not in booked:
                self._mark("application", application_id, "wages.unbooked")
            balance = sum(self._line(line, real) for line in booked.get(application_id, ()))
            if balance:
                for line in booked[application_id]:
                    self._mark("wage_line", line.id, "odd")

    def _line(self, line: Any, real: bool) -> int:
        """Count one line; return by how many fen what is due of it is more than what was paid and is owed."""
        due, to_pay = _fen(line.net), _fen(line.to_pay)
        paid = to_pay if line.paid_on is not None and line.paid_on <= self._month.last else 0
        later = line.paid_on is not None and not paid
        unpaid = to_pay if line.state == flow.OWED or later else 0
        over = -to_pay if line.state == flow.CLEARED and line.entry % 2 == 0 and to_pay < 0 else 0
        for name, number in (("due", due), ("paid", paid), ("unpaid", unpaid), ("over", over)):
            if number:
                self._mark("wage_line", line.id, f"wages.{name}", number)
        if not real:
            self._mark("wage_line", line.id, "ghost")
        return due - paid - unpaid + over


_POSTING: Final = (
    Posting.id, Posting.trade, Posting.state, Posting.headcount, Posting.filled, Posting.starts_at, Posting.employer_id,
)  # fmt: skip
_APPLICATION: Final[tuple[Any, ...]] = (
    Application.id, Application.created_at, Application.way, Application.state, Application.confirmed_at,
    Application.work_date, Application.checked_in_at, Application.checked_out_at, Application.minutes, Application.worker_id,
    Application.posting_id, Application.replaces, Application.replaced_by, Posting.state.label("posting_state"),
    Posting.voided.label("posting_voided"),
)  # fmt: skip
_LINE: Final = (
    WageLine.id, WageLine.application_id, WageLine.entry, WageLine.state, WageLine.net, WageLine.to_pay, WageLine.paid_on,
)  # fmt: skip


def _fen(yuan: Decimal) -> int:
    return int(yuan * FEN)


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + _CHUNK] for at in range(0, len(ids), _CHUNK))


def _day(row: Any) -> date:
    """Return the day of the work: the agreed one, else the one on which somebody came, else the one of the application."""
    return row.work_date or local_day(row.checked_in_at or row.created_at)


def _had_a_place(row: Any) -> bool:
    return row.confirmed_at is not None or row.state in (*flow.HOLDS_A_PLACE, flow.NO_SHOW)


_OUTCOME: Final = {flow.APPLIED: "waiting", flow.REFUSED: "refused", flow.WITHDRAWN: "withdrawn"}
_HOW: Final = {
    flow.CONFIRMED: "waiting", flow.CHECKED_IN: "unfinished", flow.NO_SHOW: "no-show", flow.WITHDRAWN: "withdrawn",
}  # fmt: skip


def _outcome(row: Any) -> str:
    return "matched" if _had_a_place(row) else _OUTCOME.get(row.state, str(row.state))


def _how(row: Any) -> str:
    """Return what became of a place, as a mark of the group ``day.``; what is no real attendance is not made one."""
    if row.state in (flow.CHECKED_IN, flow.FINISHED) and (row.posting_state in flow.CALLED_OFF or row.posting_voided):
        return "called-off"
    if row.state != flow.FINISHED:
        return _HOW.get(row.state, str(row.state))
    if row.checked_in_at is None or row.checked_out_at is None or not row.minutes:
        return "unproven"
    return "instead" if row.replaces else "first"


def _verdicts(facts: Sequence[Fact]) -> tuple[Verdict, ...]:
    return verdicts(facts, tally(facts))


CLOSED_MONTHS: Final[Book[Fact]] = Book(
    JobMonth, "job.close_month", SHAPE, close_id, facts_of, _verdicts, MOST_FACTS,
    N_("一个站一个月最多月结{most}条记录，现有{count}条：请到下级站点分别月结"),
)
"""Where the closed months are, and how one is counted."""
