"""A page in columns does what its records would do one by one, the plain ones and those that are not."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import Raw
from sqlalchemy import select

from tests.zzdesk.ops.conftest import STATION, Bench
from tests.zzdesk.ops.test_fold import born, rows
from zzdesk.ops import digest, incoming
from zzdesk.ops.apply import canonical, hashes_of, sum_of
from zzdesk.ops.columns import Checked, Columns
from zzdesk.ops.fitting import Fitting
from zzdesk.ops.models import ForeignRecord, Shadow, SyncRecord
from zzdesk.ops.rows import INDEXED_AT_ONCE
from zzdesk.reports import commands, queries
from zzdesk.reports.models import Report
from zzdesk.store.base import kind_of

PLAIN = {
    "title": "路灯不亮", "category": "lighting", "state": "registered", "created_at": "2026-11-23T01:00:00.000Z",
    "created_by": "0192aaaa-0000-7000-8000-000000000001",
}  # fmt: skip


def ids_of(count: int) -> list[str]:
    return [f"0192aaaa-0000-7000-8000-{n:012x}" for n in range(count)]


def page(ids: list[str], bodies: list[dict[str, Any]], kind: str = "report", vers: dict[int, int] | None = None) -> Checked:
    return Checked(packed(ids, bodies, kind, vers), STATION)


def packed(ids: list[str], bodies: list[dict[str, Any]], kind: str = "report", vers: dict[int, int] | None = None) -> Columns:
    raws = [Raw(canonical(body)) for body in bodies]
    seqs = [900, *[1] * (len(ids) - 1)]
    return Columns(kind, seqs, ids, ["op"] * len(ids), vers or {}, {}, raws, sum_of(hashes_of(kind, STATION, ids, raws)))


@pytest.mark.parametrize(("changes", "quick"), [
    ({}, True), ({"title": "字" * 200}, True), ({"title": "字" * 201}, False), ({"title": "\u3000路灯"}, False),
    ({"title": "路灯 "}, False), ({"title": ""}, False), ({"description": "两行\n文字"}, False), ({"title": "\x7f"}, False),
    ({"title": 5}, False), ({"title": None}, False), ({"happened_at": None}, False), ({"mood": "平静"}, False),
    ({"state": "of a newer program"}, True), ({"created_at": "2026-02-29T01:00:00.000Z"}, False),
    ({"created_at": "2028-02-29T01:00:00.000Z"}, True), ({"created_at": "2026-11-23T09:00:00+08:00"}, True),
    ({"people_count": 3, "anonymous": True}, True), ({"people_count": True}, False), ({"people_count": 2**53}, False),
    ({"tags": ["夜间", "电"]}, True),
])  # fmt: skip
def test_a_body_is_read_at_once_as_it_is_read_field_by_field(changes: dict[str, Any], quick: bool) -> None:
    fitting, body = Fitting(kind_of(Report)), PLAIN | changes
    raw = Raw(canonical(body))
    assert fitting.split_raw(raw) == fitting.split(body)
    assert (fitting.plain(raw) is not None) == quick


def test_a_page_lies_under_what_waits_and_leaves_what_is_newer_alone(bench: Bench) -> None:
    waiting, newer = born(bench), born(bench)
    bench.write(commands.edit, waiting, {"address": "台湾路"})
    ids = [waiting, newer, *ids_of(INDEXED_AT_ONCE + 5)]
    bodies = [PLAIN | {"title": f"井盖{n}"} for n in range(len(ids))]
    bodies[5] |= {"mood": "平静"}
    changed = bench.sync(incoming.take_columns, page(ids, bodies, vers={0: 2}))
    assert changed == {("report", each) for each in ids} - {("report", newer)}
    shown = bench.read(queries.detail, waiting)
    assert (shown.row.title, shown.fields["address"]) == ("井盖0", "台湾路")
    assert rows(bench, Shadow)[0].body == bodies[0]
    assert bench.read(queries.detail, newer).row.title == "路灯不亮"
    assert bench.read(queries.detail, ids[-1]).row.title == bodies[-1]["title"]
    with bench.store.reader() as session:
        confirmed = {row.id: row for row in session.scalars(select(SyncRecord))}
        assert [confirmed[each].seq for each in ids[2:5]] == [902, 903, 904]
        assert (confirmed[ids[5]].extra, confirmed[ids[6]].extra) == ({"mood": "平静"}, None)
    assert bench.sync(digest.rebuild) is False, "the digests followed"


def test_a_field_that_no_record_of_a_later_page_has_is_empty_again(bench: Bench) -> None:
    ids = ids_of(INDEXED_AT_ONCE + 5)
    bench.sync(incoming.take_columns, page(ids, [PLAIN | {"address": "台湾路", "people_count": 3} for _ in ids]))
    later = [PLAIN | ({"people_count": 4} if n == 1 else {}) for n in range(len(ids))]
    bench.sync(incoming.take_columns, page(ids, later, vers=dict.fromkeys(range(len(ids)), 2)))
    found = [bench.read(queries.detail, each).fields for each in ids[:2]]
    assert [(each.get("address"), each.get("people_count")) for each in found] == [(None, None), (None, 4)]


def test_a_later_page_takes_the_place_of_an_earlier_one(bench: Bench) -> None:
    ids = ids_of(INDEXED_AT_ONCE + 5)
    bench.sync(incoming.take_columns, page(ids, [PLAIN | {"address": "台湾路"}] * len(ids)))
    later = page(ids, [PLAIN | {"title": "都修好了"}] * len(ids), vers=dict.fromkeys(range(len(ids)), 2))
    bench.sync(incoming.take_columns, later)
    fields = bench.read(queries.detail, ids[7]).fields
    assert (fields["title"], fields.get("address")) == ("都修好了", None)
    assert bench.sync(incoming.take_columns, later) == frozenset(), "the same again changes nothing"
    assert bench.sync(digest.rebuild) is False


def test_a_page_that_is_not_what_was_summed_up_is_not_taken(bench: Bench) -> None:
    forged = packed(ids_of(2), [PLAIN] * 2)
    forged.bodies[1] = Raw(canonical(PLAIN | {"title": "别的"}))
    assert bench.sync(incoming.take_columns, Checked(forged, STATION)) is None
    shorter = packed(ids_of(2), [PLAIN] * 2)
    shorter.stamps.pop()
    assert bench.sync(incoming.take_columns, Checked(shorter, STATION)) is None
    assert rows(bench, SyncRecord) == []


def test_a_kind_of_a_newer_program_is_kept_as_it_came(bench: Bench) -> None:
    bench.sync(incoming.take_columns, page(ids_of(1), [{"a": 1}], "drone"))
    assert rows(bench, ForeignRecord)[0].raw["body"] == {"a": 1}
