"""The list of who fits a posting: read along indexes, scored by ``matching``, masked; a person decides (domain rules B3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Row, Select, func, select

from zzdesk.clock import RecordId, local_day, to_iso
from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_
from zzdesk.jobs import guards, matching, tables
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.matching import Job, Match, Person
from zzdesk.jobs.models import Application, Posting, Worker
from zzdesk.jobs.models_queue import WorkerSkill
from zzdesk.jobs.queue_queries import QueueRow, morning_queue
from zzdesk.people.masks import mask
from zzdesk.store.unit import Reader

SHOWN: Final = 20
LOOKED: Final = 60
"""How many of the best by everything else are looked at for their past ratings."""
MOST: Final = 500
"""Most workers of one trade in one division that are looked at; a station has some hundreds."""
_BEYOND: Final = "~"
"""Sorts after every digit."""
LONGEST: Final = timedelta(days=31)
"""Work that goes on longer is no odd job."""
_HELD: Final = (flow.CONFIRMED, flow.CHECKED_IN)


@dataclass(frozen=True)
class Candidate:
    """Somebody who fits, masked; ``reasons`` are codes with their points (``matching.POINTS``)."""

    id: RecordId
    card: str
    name: str
    score: int
    reasons: tuple[tuple[str, int], ...]
    place: int | None
    missed: int


def candidates(read: Reader, posting_id: RecordId, most: int = SHOWN) -> tuple[Candidate, ...]:
    """Return who fits a posting best, the best first.

    Nobody is in it who is too young for it, busy at that time, declined by this employer before, without the certificate
    that the trade asks for, or has applied already.

    Raises:
        RefusedError: no right to see workers.
        NotFoundError: the posting is not on this desk.
    """
    read.require("job.worker.list")
    posting = read.session.get(Posting, posting_id)
    if posting is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=posting_id)
    day = local_day(posting.starts_at) if posting.starts_at is not None else local_day(read.clock.now())
    job = Job(
        posting.trade, posting.area_code or posting.scope, posting.starts_at, posting.ends_at, posting.wage, posting.pay_unit,
        tables.certificate(posting.trade),
    )  # fmt: skip
    queue = {row.worker_id: row for row in morning_queue(read).rows if row.place is not None}
    barred = _barred(read, posting)
    hazard = _is_hazardous(posting)
    fitting: list[tuple[Match, Any]] = []
    for row in _looked_at(read, job.trade, job.area, tuple(queue)):
        person = _person(row, queue.get(row.id))
        if row.id in barred or matching.ruled_out(job, person, day) or not _old_enough(row, day, hazard):
            continue
        fitting.append((matching.weigh(job, person), (row, person)))
    first = sorted(fitting, key=lambda pair: (-pair[0].score, pair[0].person_id))[:LOOKED]
    ratings = _ratings(read, [match.person_id for match, _ in first])
    rows = {row.id: row for _, (row, _) in first}
    weighed = [matching.weigh(job, person, ratings.get(match.person_id)) for match, (_, person) in first]
    return tuple(_candidate(match, rows[match.person_id], queue) for match in matching.best(weighed, most))


_READ: Final[tuple[Any, ...]] = (
    Worker.id, Worker.card, Worker.name, Worker.birth, Worker.skills, Worker.area_code, Worker.free_times, Worker.wish_wage,
    Worker.wish_unit, Worker.distance_km, Worker.certificates,
)  # fmt: skip


def of_trade(trade: str, near: str) -> Select[Any]:
    """Return the query for the workers of a trade in a division; ``near`` is the beginning of its code, empty for anywhere."""
    query = select(*_READ).join(WorkerSkill, WorkerSkill.worker_id == Worker.id).where(
        WorkerSkill.skill == trade, Worker.state == flow.ACTIVE, Worker.voided.is_not(True), Worker.duplicate_of.is_(None)
    )  # fmt: skip
    if near:
        query = query.where(WorkerSkill.area >= near, WorkerSkill.area < near + _BEYOND)
    return query.limit(MOST)


def _looked_at(read: Reader, trade: str, area: str, queued: tuple[str, ...]) -> list[Row[Any]]:
    """Return those of the trade, the nearest first: of the community, the street, the county, anywhere; and this morning's queue.

    So many of each that a list takes the same time however many workers there are. Who came this morning is always in it.
    """
    found: dict[str, Row[Any]] = {}
    for digits in (matching.COMMUNITY, matching.STREET, matching.COUNTY, 0):
        if len(found) < MOST and len(area) >= digits:
            found |= {row.id: row for row in read.session.execute(of_trade(trade, area[:digits]))}
    others = [each for each in queued if each not in found]
    if others:
        query = select(*_READ).where(Worker.id.in_(others), Worker.state == flow.ACTIVE, Worker.voided.is_not(True))
        found |= {row.id: row for row in read.session.execute(query)}
    return list(found.values())


def _person(row: Row[Any], queued: QueueRow | None) -> Person:
    return Person(
        row.id, row.skills or frozenset(), row.area_code or "", row.free_times or frozenset(), row.wish_wage, row.wish_unit,
        row.distance_km, row.certificates or frozenset(), queued.place if queued else None, queued.missed if queued else 0,
    )  # fmt: skip


def _old_enough(row: Row[Any], day: date, hazard: bool) -> bool:
    """Age counts on the day of work (CL article 2; MP article 61)."""
    if row.birth is None:
        return True
    age = day.year - row.birth.year - ((day.month, day.day) < (row.birth.month, row.birth.day))
    return bool(age >= (flow.ADULT if hazard else flow.MIN_AGE))


def _is_hazardous(posting: Posting) -> bool:
    times = (to_iso(each) if each else None for each in (posting.starts_at, posting.ends_at))
    return any(getattr(posting, name) for name in flow.HAZARDS) or guards.at_night(*times)


def busy(posting: Posting) -> Select[Any]:
    """Return the query for the workers who have a place in work that overlaps a posting's time."""
    assert posting.starts_at is not None
    assert posting.ends_at is not None
    return (
        select(Application.worker_id).join(Posting, Posting.id == Application.posting_id)
        .where(
            Posting.starts_at < posting.ends_at, Posting.starts_at > posting.starts_at - LONGEST,
            Posting.ends_at > posting.starts_at, Application.state.in_(_HELD), Application.voided.is_not(True),
            Posting.state.not_in(flow.CALLED_OFF), Posting.voided.is_not(True),
        )
    )  # fmt: skip


def declined(employer_id: str) -> Select[Any]:
    """Return the query for the workers whom an employer has declined."""
    return (
        select(Application.worker_id).join(Posting, Posting.id == Application.posting_id)
        .where(Posting.employer_id == employer_id, Application.employer_answer == "declined")
    )  # fmt: skip


def _barred(read: Reader, posting: Posting) -> frozenset[str]:
    """Return who has applied here already, is busy then, or was declined by this employer."""
    here = select(Application.worker_id).where(Application.posting_id == posting.id, Application.voided.is_not(True))
    found = set(read.session.scalars(here)) | set(read.session.scalars(declined(posting.employer_id)))
    if posting.starts_at is not None and posting.ends_at is not None:
        found |= set(read.session.scalars(busy(posting)))
    return frozenset(found)


def rated(ids: list[str]) -> Select[Any]:
    """Return the query for what employers said of these workers: the sum and the number of ratings."""
    columns: tuple[Any, ...] = (Application.worker_id, func.sum(Application.worker_rating), func.count())
    return (
        select(*columns)
        .where(Application.worker_id.in_(ids), Application.worker_rating.is_not(None), Application.voided.is_not(True))
        .group_by(Application.worker_id)
    )  # fmt: skip


def _ratings(read: Reader, ids: list[str]) -> dict[str, Decimal]:
    return {row[0]: Decimal(int(row[1])) / int(row[2]) for row in read.session.execute(rated(ids))} if ids else {}


def _candidate(match: Match, row: Row[Any], queue: dict[str, QueueRow]) -> Candidate:
    queued = queue.get(match.person_id)
    return Candidate(
        match.person_id, row.card, mask("name", row.name), match.score, match.reasons, queued.place if queued else None,
        queued.missed if queued else 0,
    )  # fmt: skip
