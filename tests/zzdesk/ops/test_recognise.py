"""An upgrade gives their places to kinds and fields that the older program could only keep as received (hazard 12)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.zzdesk.ops.conftest import STATION, Bench
from tests.zzdesk.ops.test_fold import FIELDS, born, rows
from zzdesk.jobs import queries as jobs
from zzdesk.ops import recognise as module
from zzdesk.ops.apply import Body, canonical, record_hash
from zzdesk.ops.models import ForeignRecord, Shadow, SyncRecord
from zzdesk.ops.recognise import recognise
from zzdesk.reports import commands, queries
from zzdesk.reports.models import Report
from zzdesk.store.search import search


def foreign(bench: Bench, kind: str, body: Body) -> dict[str, Any]:
    """Keep a record as a program does that has no table for its kind."""
    record_id = bench.clock.new_id()
    rec = {"kind": kind, "id": record_id, "ver": 3, "seq": 90, "scope": STATION, "body": body, "stamps": {"*": "op"},
           "hash": record_hash(kind, record_id, STATION, body)}  # fmt: skip

    def keep(session: Any) -> None:
        session.add(ForeignRecord(kind=kind, id=record_id, raw=rec))
        session.add(SyncRecord(**{name: rec[name] for name in ("kind", "id", "ver", "seq", "scope", "stamps", "hash")}))

    bench.sync(keep)
    return rec


EMPLOYER = {"name": "西桥便利店", "employer_kind": "person", "created_at": "2026-11-23T01:00:00.000Z", "created_by": "a"}


def without_column(bench: Bench, report: str, field: str) -> Any:
    """Put one field where a program without that column keeps it; return its wire value."""

    def keep(session: Any) -> Any:
        row, mine = session.get_one(Report, report), session.get_one(SyncRecord, ("report", report))
        value = getattr(row, field)
        session.connection().exec_driver_sql(f"UPDATE report SET {field} = NULL WHERE id = ?", (report,))
        mine.extra = {field: value}
        session.expire(row)
        return value

    return bench.sync(keep)


def known(bench: Bench, kind: str) -> SyncRecord:
    (row,) = [row for row in rows(bench, SyncRecord) if row.kind == kind]
    return row


def test_a_kind_that_has_a_table_now_is_read_from_what_was_kept(bench: Bench) -> None:
    rec = foreign(bench, "employer", EMPLOYER)
    stranger = foreign(bench, "drone", {"a": 1})
    assert recognise(bench.store) == 1
    assert bench.read(jobs.detail, "employer", rec["id"]).fields["name"] == "西桥便利店"
    assert [row.id for row in rows(bench, ForeignRecord)] == [stranger["id"]]
    mine = known(bench, "employer")
    assert (mine.ver, mine.hash, mine.extra) == (3, rec["hash"], None)
    assert recognise(bench.store) == 0


def test_a_field_that_has_a_column_now_is_shown_and_found(bench: Bench) -> None:
    report = born(bench)
    before = known(bench, "report").hash
    title = without_column(bench, report, "title")
    assert bench.read(queries.detail, report).row.title == ""
    assert recognise(bench.store) == 1
    assert bench.read(queries.detail, report).row.title == title
    assert ("report", report) in bench.read(lambda read: search(read.session, title))
    assert (known(bench, "report").extra, known(bench, "report").hash) == (None, before)


def test_pending_work_stays_on_top(bench: Bench) -> None:
    report = born(bench)
    without_column(bench, report, "category")
    bench.clock.advance(60)
    bench.write(commands.edit, report, {"address": "台湾路"})
    assert recognise(bench.store) == 1
    row = bench.read(queries.detail, report).row
    assert (row.category, row.address) == (FIELDS["category"], "台湾路")
    (shadow,) = rows(bench, Shadow)
    assert record_hash("report", report, STATION, shadow.body) == known(bench, "report").hash
    assert b"category" in canonical(shadow.body)


def test_killed_after_a_portion_it_goes_on(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CHUNK", 2)
    made = {foreign(bench, "employer", EMPLOYER | {"name": f"店{n}"})["id"] for n in range(5)}
    portions = iter([module._some_kinds])

    def dying(session: Any, after: Any) -> Any:
        return next(portions)(session, after)

    with monkeypatch.context() as patched:
        patched.setattr(module, "_some_kinds", dying)
        with pytest.raises(StopIteration):
            recognise(bench.store)
    assert len(rows(bench, ForeignRecord)) == 3
    assert recognise(bench.store) == 3
    assert {row.id for row in rows(bench, SyncRecord)} == made
    assert rows(bench, ForeignRecord) == []
