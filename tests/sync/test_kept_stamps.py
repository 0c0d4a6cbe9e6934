"""What a desk notes of who wrote which field is what the centre has, also where two wrote the same value."""

from __future__ import annotations

import json

from sqlalchemy import select

from sync.client.engine import FIRST
from sync.server import tables
from sync.server.run import ServerThread
from tests.sync.desks import Office
from tests.working import register
from zzdesk.desk.session import Desk
from zzdesk.ops.models import SyncRecord
from zzdesk.reports import commands as reports
from zzdesk.store.unit import ChangeSet, UnitOfWork


def stamps(desk: Desk, report: str) -> dict[str, str]:
    with desk.store.reader() as session:
        return dict(session.get_one(SyncRecord, ("report", report)).stamps)


def hundred(work: UnitOfWork, start: int) -> ChangeSet:
    for n in range(start, start + 100):
        reports.add(work, {"title": f"路灯{n}", "category": "lighting"})
    return work.commit()


def test_what_somebody_else_had_put_to_the_same_value_first_stays_his(a: Office, b: Office, server: ServerThread) -> None:
    report = register(a.desk)
    a.sync()
    b.sync()
    for start in range(0, FIRST, 100):
        a.desk.write(hundred, start)
    a.desk.write(reports.edit, report, {"address": "香港路"})
    a.sync()
    seen: list[int] = []

    def write(step: str, done: int, _: int) -> None:
        if step == "pull" and not seen:  # of two pages the first: what is written now lies over what comes with the second
            seen.append(done)
            b.desk.write(reports.edit, report, {"address": "香港路", "title": "路灯全不亮"})

    assert b.sync(progress=write).pending == 1
    b.sync()
    with server.centre.database.reading() as connection:
        there = json.loads(connection.scalar(select(tables.record.c.stamps).where(tables.record.c.id == report)))
    assert stamps(b.desk, report) == there == stamps(a.desk, report) | {"title": there["title"]}
