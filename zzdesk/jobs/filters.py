"""What the lists of odd jobs are asked for: plain values, the same in windows, commands and tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from zzdesk.clock import RecordId


@dataclass(frozen=True)
class JobFilter:
    """What a list shows: states, a trade (postings only), one parent (applications only), void ones."""

    states: tuple[str, ...] = ()
    trade: str | None = None
    posting_id: RecordId | None = None
    worker_id: RecordId | None = None
    void: bool = False


ALL_JOBS: Final = JobFilter()


@dataclass(frozen=True)
class ContactFilter(JobFilter):
    """What the lists about enterprises show: those of one enterprise, of one contact day, of one visit.

    Of the ledger: the days ``since`` to ``until``, both in it, some ``sorts`` of what was given, and the ``unit`` in which it
    is counted (empty: money).
    """

    employer_id: RecordId | None = None
    contact_day_id: RecordId | None = None
    employer_visit_id: RecordId | None = None
    since: date | None = None
    until: date | None = None
    sorts: tuple[str, ...] = ()
    unit: str | None = None


ALL: Final = ContactFilter()
