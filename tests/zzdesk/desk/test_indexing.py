"""What is received in bulk can be seen at once; whoever searches finds it all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from zzdesk.clock import FixedClock
from zzdesk.desk.queries import search
from zzdesk.desk.session import Desk, create_home
from zzdesk.ops import incoming
from zzdesk.ops.apply import record_hash
from zzdesk.ops.rows import INDEXED_AT_ONCE
from zzdesk.reports.commands import edit
from zzdesk.reports.queries import list_reports
from zzdesk.store import search as index
from zzdesk.store.keys import TEST_COST

STATION = "350602002004"


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    made, _ = create_home(tmp_path / "home", STATION, "lin", "Tea-table 2026 desk", clock=clock, cost=TEST_COST)
    with made as desk:
        yield desk


def received(desk: Desk, count: int) -> list[str]:
    """Let so many reports arrive in one page; return their ids."""
    records: list[dict[str, Any]] = []
    for n in range(count):
        record_id, body = desk.clock.new_id(), {"title": f"井盖{n}", "category": "road", "state": "registered"}
        body |= {"created_at": "2026-11-23T01:00:00.000Z", "created_by": desk.actor.account_id}
        records.append({
            "kind": "report", "id": record_id, "scope": STATION, "ver": 1, "seq": n + 1, "body": body,
            "stamps": {"*": record_id}, "hash": record_hash("report", record_id, STATION, body),
        })  # fmt: skip
    with desk.store.writer() as session:
        incoming.take_records(session, records)
        session.commit()
    return [record["id"] for record in records]


def waiting(desk: Desk) -> int:
    with desk.store.reader() as session:
        return int(session.execute(text("SELECT count(*) FROM search_due")).scalar_one())


def test_a_long_page_is_shown_first_and_found_by_whoever_searches(desk: Desk) -> None:
    ids = received(desk, INDEXED_AT_ONCE + 100)
    assert waiting(desk) > 0
    assert desk.read(list_reports).rows
    assert desk.read(search, f"井盖{INDEXED_AT_ONCE + 99}")[0].id == ids[-1]
    assert waiting(desk) == 0


def test_a_short_page_is_indexed_with_its_rows(desk: Desk) -> None:
    received(desk, 3)
    assert waiting(desk) == 0


def test_what_was_edited_before_its_turn_is_found_by_what_it_says_now(desk: Desk) -> None:
    ids = received(desk, INDEXED_AT_ONCE + 1)
    desk.write(edit, ids[0], {"title": "路灯"})
    assert [hit.id for hit in desk.read(search, "路灯")] == [ids[0]]
    assert ids[0] not in {hit.id for hit in desk.read(search, "井盖0")}


def test_a_desk_that_closes_goes_on_another_time(desk: Desk) -> None:
    ids = received(desk, 200)
    desk.index_soon()
    desk.lock()
    desk.unlock("Tea-table 2026 desk")
    assert ids[177] in {hit.id for hit in desk.read(search, "井盖177")}


def test_the_index_says_that_it_is_behind(desk: Desk) -> None:
    received(desk, INDEXED_AT_ONCE + 1)
    with desk.store.reader() as session, pytest.raises(index.IndexBehindError):
        index.search(session, "井盖")
