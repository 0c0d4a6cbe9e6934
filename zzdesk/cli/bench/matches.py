"""Who fits a posting, at 50,000 workers and 5,000 postings on one desk: database work, and that nothing reads a whole table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from zzdesk.cli import sample
from zzdesk.cli.bench.figures import Figure, median_ms
from zzdesk.errors import BugError

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk
    from zzdesk.store.unit import ChangeSet, UnitOfWork

LIMIT_MS: Final = 100.0
"""Of database work for one match list."""
WORKERS: Final = 50_000
POSTINGS: Final = 5_000
PLACED: Final = 2_000
CHUNK: Final = 90
TIMES: Final = 20
_AREAS: Final = ("350602002004", "350602002001", "350602007007", "350603005004")


def _workers(work: UnitOfWork, numbers: Sequence[int]) -> ChangeSet:
    from zzdesk.jobs import workflow as flow
    from zzdesk.jobs.commands import add_worker

    for n in numbers:
        add_worker(work, {
            "name": sample.person_name(n), "identity_number": number_of(n), "phone": f"138{n:08d}", "wish_unit": "day",
            "skills": [flow.TRADES[n % 15], flow.TRADES[n // 15 % 15]], "area_code": _AREAS[n % 4],
            "wish_wage": str(100 + n % 200),
        })  # fmt: skip
    return work.commit()


def number_of(n: int) -> str:
    """Return the identity number of invented person ``n``: born between 1960 and 1999, check digit right (GB 11643)."""
    from zzdesk.people.identity import check_digit

    first = f"350602{1960 + n // 1000 % 40}{1 + n // 28 % 12:02d}{1 + n % 28:02d}{n % 1000:03d}"
    return first + check_digit(first)


def _postings(work: UnitOfWork, numbers: Sequence[int], employer: str, morning: datetime) -> ChangeSet:
    from zzdesk.jobs import workflow as flow
    from zzdesk.jobs.commands import add_posting

    for n in numbers:
        starts = morning + timedelta(days=n % 365, hours=n % 3)
        posting = add_posting(work, {
            "employer_id": employer, "title": f"岗位{n}", "trade": flow.TRADES[n % 15], "headcount": 3, "wage": "200",
            "pay_unit": "day", "place": "台湾路", "starts_at": starts, "ends_at": starts + timedelta(hours=8),
        })  # fmt: skip
        posting.state, posting.area_code = flow.PUBLISHED, _AREAS[n % 4]
    return work.commit()


def _place(work: UnitOfWork, pairs: Sequence[tuple[str, str]]) -> ChangeSet:
    from zzdesk.jobs import workflow as flow
    from zzdesk.jobs.models import Application

    for n, (posting, worker) in enumerate(pairs):
        made = work.create(Application, {"posting_id": posting, "worker_id": worker})
        made.state = flow.CONFIRMED
        made.worker_rating = 1 + n % 5 if n % 2 else None
    return work.commit()


def fill(desk: Desk, workers: int, postings: int) -> tuple[list[str], list[str]]:
    """Make workers, postings, and some places that people have had or have; return the ids of both."""
    from zzdesk.jobs.commands import register_employer

    fields = {"employer_kind": "person", "name": sample.person_name(1), "identity_number": number_of(0)}
    employer = desk.write(register_employer, fields).created[0]
    people: list[str] = []
    for start in range(1, workers + 1, CHUNK):
        people += desk.write(_workers, range(start, min(start + CHUNK, workers + 1))).created
    work: list[str] = []
    for start in range(0, postings, CHUNK):
        work += desk.write(_postings, range(start, min(start + CHUNK, postings)), employer, desk.clock.now()).created
    pairs = [(work[n % len(work)], people[n * 7 % len(people)]) for n in range(min(PLACED, workers))]
    for start in range(0, len(pairs), CHUNK):
        desk.write(_place, pairs[start : start + CHUNK])
    return people, work


def measure_matches(desk: Desk, workers: int = WORKERS, postings: int = POSTINGS) -> Iterator[Figure]:
    """Yield the figures; a query that would read a whole table is a bug whatever it takes.

    Raises:
        BugError: SQLite would scan a table.
    """
    from zzdesk.jobs.queries import candidates

    _, work = fill(desk, workers, postings)
    refuse_scans(desk, work[0])
    asked = _statements(desk, work[0])
    bare = median_ms(lambda n: _fetch(desk, asked), TIMES)
    whole = median_ms(lambda n: desk.read(candidates, work[n * 97 % len(work)]), TIMES)
    beside = "the whole list"
    yield Figure(f"match list among {workers}, database work", bare, "ms", whole, beside, LIMIT_MS)
    yield Figure(f"match list among {workers}, whole", whole, "ms", bare, "database work")


Asked = list[tuple[str, Any]]


def _statements(desk: Desk, posting_id: str) -> Asked:
    """Return every statement that one list asks, with its parameters."""
    from zzdesk.jobs.queries import candidates

    asked: Asked = []
    with _watched(desk, lambda _, statement, parameters: asked.append((statement, parameters))):
        desk.read(candidates, posting_id)
    return asked


def _fetch(desk: Desk, asked: Asked) -> None:
    """Ask SQLite the same again and take every row: the database work of one list, and nothing else."""
    with desk.store._reading.connect() as connection:
        cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]
        for statement, parameters in asked:
            cursor.execute(statement, parameters).fetchall()


@contextmanager
def _watched(desk: Desk, look: Callable[[Any, str, Any], None]) -> Iterator[None]:
    """Look at every statement that the desk reads by."""
    from sqlalchemy import event

    def before(connection: Any, _: Any, statement: str, parameters: Any, *__: Any) -> None:
        look(connection, statement, parameters)

    engine = desk.store._reading
    event.listen(engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", before)


def refuse_scans(desk: Desk, posting_id: str) -> list[str]:
    """Ask SQLite how it would find who fits; return the steps.

    Raises:
        BugError: one of them reads a whole table.
    """
    from zzdesk.jobs.queries import candidates

    steps: list[str] = []

    def explain(connection: Any, statement: str, parameters: Any) -> None:
        cursor = connection.connection.driver_connection.cursor()
        steps.extend(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall())

    with _watched(desk, explain):
        desk.read(candidates, posting_id)
    scans = [step for step in steps if step.startswith("SCAN")]
    if scans or not steps:
        raise BugError(f"the match list reads whole tables: {scans}")
    return steps
