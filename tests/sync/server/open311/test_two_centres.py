"""Two centres that know each other by Open311 alone: one's order is the other's report, once, and never comes back.

Real desks, real servers on ports of their own, nothing between them but HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from sync.server.open311.config import Open311
from sync.server.open311.door import Door
from sync.server.open311.keys import hash_of, new_key
from sync.server.open311.offer import Offer
from sync.server.partners.engine import Round, run_once
from sync.server.run import ServerThread
from tests.sync.server.partners.conftest import Town, order_of, send
from tests.sync.server.wire import STATION
from zzdesk.clock import FixedClock, to_iso
from zzdesk.desk import handing, records
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.handover import commands as handover
from zzdesk.reports import commands as reports
from zzdesk.reports import queries

OURS, THEIRS = "urban", "city"
"""What the second centre calls the first, and the first the second."""


class Towns:
    """Two towns: an order of ``a`` becomes a report of ``b``."""

    def __init__(self, folder: Path, clock: FixedClock, a: ServerThread, b: ServerThread, key: str) -> None:
        self.a, self.b = Town(folder / "a", a, clock), Town(folder / "b", b, clock)
        file = folder / "key"
        file.write_text(key)
        file.chmod(0o600)
        self.out = Open311(
            code=THEIRS, adapter="open311", station=STATION, url=f"{b.url}/open311/v2", key_file=str(file),
            services={"noise": "noise"},
        )  # fmt: skip
        self.back = b.centre.door.partners[OURS] if b.centre.door else None
        self.clock = clock

    def round(self) -> tuple[Round, Round]:
        """Let everything travel, in both towns, and six minutes go by."""
        done = []
        for town, line in ((self.a, self.out), (self.b, self.back)):
            town.sync()
            done.append(run_once(town.server.centre, [line] if line else []))
            town.sync()
        self.clock.advance(360)
        return done[0], done[1]


@pytest.fixture
def towns(tmp_path: Path, clock: FixedClock) -> Iterator[Towns]:
    key = new_key()
    partner = Open311(code=OURS, adapter="open311", station=STATION, key_hash=hash_of(key))
    door = Door(Offer("b.example", (STATION,), partners=(OURS,)), {OURS: partner})
    for each in "ab":
        (tmp_path / each).mkdir()
    with (
        ServerThread(tmp_path / "a" / "centre", clock=clock) as a,
        ServerThread(tmp_path / "b" / "centre", clock=clock, door=door) as b,
    ):
        made = Towns(tmp_path, clock, a, b, key)
        yield made
        for desk in (*made.a.desks, *made.b.desks):
            desk.close()


WAY: tuple[tuple[str, dict[str, str]], ...] = (
    ("accept", {}), ("confirm", {"note": "属实"}), ("dispatch", {"handler_unit": "城管中队", "note": "请去看"}),
    ("finish", {"note": "已停工"}), ("inform", {"contact_result": "in-person", "note": "当面说明"}),
    ("evaluate", {"answer": "satisfied"}),
)  # fmt: skip


def reports_of(desk: Desk) -> list[Any]:
    return list(desk.read(queries.list_reports).rows)


def test_an_order_becomes_a_report_there_and_its_end_is_seen_here(towns: Towns) -> None:
    here, there = towns.a.desk(), towns.b.desk()
    report, _ = send(here, THEIRS)
    assert towns.round()[0].sent == 1
    order = order_of(here, report)
    (row,) = reports_of(there)
    assert (order.state, order.external_ref, order.receipt_number) == ("delivered", row.id, row.id)
    body = there.read(records.show, "report", row.id)
    assert (row.title, row.category, body["external_system"]) == ("夜里施工", "noise", OURS)

    # It never comes back to where it came from, by nobody's hand.
    with pytest.raises(RefusedError) as caught:
        there.write(handing.hand_over, {"report_id": row.id, "partner": OURS, "reason": "退给你们"})
    assert "不能再转回去" in caught.value.text()

    assert towns.round()[0].taken == 1
    assert order_of(here, report).state == "working"
    there.write(handover.act, order_of(there, row.id).id, "answer", {"public_answer": "已责令停工，联系13805961234"})
    for action, step in WAY:
        towns.clock.advance(60)
        when = {"contact_at": to_iso(towns.clock.now())} if action == "inform" else {}
        there.write(reports.act, row.id, action, step | when, None)
    towns.round()
    towns.round()
    order = order_of(here, report)
    assert (order.state, order.finished) == ("done", True)
    assert [(line.status, line.text) for line in order.lines] == [
        ("accepted", "已登记，等待核实"), ("done", "已办结：已责令停工，联系138****1234"),
    ]  # fmt: skip
    assert reports_of(here)[0].state == "registered"  # a person here looks at it; nothing closes by itself
    assert [(each.sent, each.taken, each.again) for each in towns.round()] == [(0, 0, 0), (0, 0, 0)]


def test_an_answer_that_was_lost_makes_nothing_twice(towns: Towns, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = towns.a.desk(), towns.b.desk()
    report, _ = send(here, THEIRS)
    really, lost = requests.Session.request, []

    def request(session: requests.Session, method: str, url: str, **more: Any) -> requests.Response:
        answer = really(session, method, url, **more)
        if method == "POST" and "/open311/" in url and not lost:
            lost.append(answer.status_code)
            raise requests.ReadTimeout(url)
        return answer

    monkeypatch.setattr(requests.Session, "request", request)
    done, _ = towns.round()
    assert (lost, done.sent, done.failed) == ([200], 0, 1)
    assert order_of(here, report).state == "waiting"
    done, _ = towns.round()
    assert (done.sent, done.failed) == (1, 0)
    (row,) = reports_of(there)
    assert order_of(here, report).external_ref == row.id


def test_a_centre_that_is_away_gets_it_later(towns: Towns) -> None:
    here = towns.a.desk()
    report, _ = send(here, THEIRS)
    towns.out = Open311(**{f: getattr(towns.out, f) for f in towns.out.__struct_fields__} | {"url": "http://127.0.0.1:9/"})
    done, _ = towns.round()
    assert (done.sent, done.failed) == (0, 1)
    assert done.problems == [(THEIRS, "连不上对方，稍后再试")]
    assert order_of(here, report).state == "waiting"
