"""Today's orders: every posting whose work begins on a day, how many are there of those who have a place, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select, tuple_

from zzdesk.clock import OFFICE_TIME, RecordId, from_iso, to_iso
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Application, Posting
from zzdesk.jobs.models_wages import WageLine
from zzdesk.jobs.papers import order_state
from zzdesk.people.masks import mask
from zzdesk.store.unit import Page, Reader

SHOWN: Final = (flow.PUBLISHED, *flow.OPEN_POSTINGS[1:], flow.DONE)
CURRENT: Final = "current"


@dataclass(frozen=True)
class Order:
    """One posting of a day. ``next`` is the one thing to do: a code of ``flow.NEXT``; ``paper`` says of the printed order
    whether there is none, whether it is right, or whether people have changed since.
    """

    id: RecordId
    number: str
    title: str
    place: str
    state: str
    starts_at: datetime
    ends_at: datetime | None
    headcount: int
    placed: int
    present: int
    finished: int
    absent: int
    paper: str
    next: str
    voided: bool = False


def orders_of(read: Reader, day: date, after: str | None = None, limit: int = 50) -> Page[Order]:
    """Return one page of a day's postings in the order of their beginning.

    Raises:
        RefusedError: no right to read records.
    """
    read.require("record.read")
    first = datetime.combine(day, time.min, OFFICE_TIME)
    query = select(Posting).where(
        Posting.starts_at >= first, Posting.starts_at < first + timedelta(days=1), Posting.state.in_(SHOWN),
        Posting.voided.is_not(True),
    )  # fmt: skip
    if after is not None:
        moment, _, last = after.partition("/")
        query = query.where(tuple_(Posting.starts_at, Posting.id) > (from_iso(moment), last))
    found = read.session.scalars(query.order_by(Posting.starts_at, Posting.id).limit(limit + 1)).all()
    rows = tuple(_order(read, posting) for posting in found[:limit])
    return Page(rows, f"{to_iso(rows[-1].starts_at)}/{rows[-1].id}" if len(found) > limit else None)


def _order(read: Reader, posting: Posting) -> Order:
    query = select(Application.state, func.count()).where(
        Application.posting_id == posting.id, Application.voided.is_not(True)
    )  # fmt: skip
    counts = {row[0]: int(row[1]) for row in read.session.execute(query.group_by(Application.state))}
    present, finished = counts.get(flow.CHECKED_IN, 0), counts.get(flow.FINISHED, 0)
    placed = counts.get(flow.CONFIRMED, 0) + present + finished
    paper = order_state(read.session, posting) if placed else "none"
    unpaid = posting.state == flow.SETTLING and _owed(read, posting.id)
    assert posting.starts_at is not None
    begun = read.clock.now() >= posting.starts_at
    over = posting.ends_at is not None and read.clock.now() >= posting.ends_at
    standing = flow.Standing(
        posting.state, posting.headcount or 0, placed, present, finished, paper == CURRENT, unpaid, begun, over
    )
    return Order(
        posting.id, posting.number or "", mask("text", posting.title), posting.place or "", posting.state, posting.starts_at,
        posting.ends_at, posting.headcount or 0, placed, present, finished, counts.get(flow.NO_SHOW, 0), paper,
        flow.next_of(standing),
    )  # fmt: skip


def _owed(read: Reader, posting_id: RecordId) -> bool:
    query = select(WageLine.id).where(WageLine.posting_id == posting_id, WageLine.state == flow.OWED)
    return read.session.scalar(query.limit(1)) is not None
