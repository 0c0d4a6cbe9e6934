"""Rights that are no wider than the work: registering is not editing, and nobody reviews what he changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.desk.test_conflicts import contested
from zzdesk.clock import FixedClock
from zzdesk.desk import commands, records
from zzdesk.desk.session import Desk, create_home
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.store.keys import TEST_COST

REPORT = {"title": "路灯不亮", "category": "lighting"}
FIRM = {"employer_kind": "person", "name": "陈阿水", "identity_number": "350602194903070020"}
WORKER = {"name": "黄阿明", "identity_number": "350625197506153330"}
POSTING = {
    "title": "搬运工", "headcount": 2, "conditions": "能搬重物", "tasks": "搬家具", "place": "西桥市场",
    "wage": "200.00", "pay_unit": "day",
}  # fmt: skip


def test_a_kiosk_registers_and_changes_nothing(station: Station) -> None:
    report = station.add("lin", "report", REPORT)
    worker = station.add("lin", "worker", WORKER)
    for attempt in (
        lambda: station.add("guo", "report", REPORT),
        lambda: station.add("guo", "worker", WORKER | {"identity_number": "350602194903070020"}),
        lambda: station.add("guo", "application", {"posting_id": "p", "worker_id": worker}),
        lambda: station.add("guo", "employer", FIRM),
        lambda: station.edit("guo", "report", report, {"title": "改"}),
        lambda: station.add("guo", "step", {"report_id": report, "note": "改"}),
        lambda: station.act("guo", "report", report, "void", "改"),
        lambda: station.edit("guo", "worker", worker, {"phone": "13705961111"}),
        lambda: station.act("guo", "worker", worker, "pause", "改"),
        lambda: station.act("guo", "worker", worker, "void", "改"),
    ):
        with pytest.raises(RefusedError, match="权限"):
            attempt()
    station.edit("lin", "report", report, {"title": "路灯坏了"})
    station.edit("lin", "worker", worker, {"phone": "13705961111"})


def test_a_mediator_notes_but_does_not_edit_a_report(station: Station) -> None:
    report = station.add("chen", "report", REPORT)
    station.add("chen", "step", {"report_id": report, "note": "居民又来问过"})
    with pytest.raises(RefusedError, match=r"report\.edit"):
        station.edit("chen", "report", report, {"title": "改"})


def test_a_file_is_voided_by_who_took_it_in_or_the_head_of_the_station(
    station: Station, tmp_path: Path
) -> None:
    report = station.add("lin", "report", REPORT)
    path = tmp_path / "a.txt"
    path.write_text("x")
    files = [
        station["lin"].write(records.attach, station.files, "report", report, path).created[0] for _ in "ab"
    ]
    with pytest.raises(RefusedError, match=r"record\.void"):
        station.act("chen", "attachment", files[0], "void", "不要")
    station.act("lin", "attachment", files[0], "void", "传错了")
    with pytest.raises(RefusedError, match=r"record\.void"):
        station.act("chen", "attachment", files[0], "unvoid", "要")
    station.act("zhuang", "attachment", files[1], "void", "传错了")


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Any:
    made, _ = create_home(
        tmp_path / "d", "350602002004", "zhuang", "Xiqiao-2026-shequ", clock, cost=TEST_COST
    )
    yield made
    made.close()


def _as(desk: Desk, *roles: str) -> None:
    actor = desk.actor
    desk._actor = actor.__class__(actor.account_id, actor.login, "", frozenset(roles), actor.station)


def test_deciding_a_conflict_takes_the_right_to_write_the_field(desk: Desk) -> None:
    _, conflict = contested(desk, "address", "台湾路12号", "修文西路3号")
    _as(desk, "mediator")
    with pytest.raises(RefusedError, match=r"report\.edit"):
        desk.write(commands.resolve, conflict, choose="mine")
    _as(desk, "clerk")
    desk.write(commands.resolve, conflict, choose="mine")


def test_deciding_for_a_state_takes_the_right_of_the_step(desk: Desk) -> None:
    _, conflict = contested(desk, "state", "registered", "closed")
    _as(desk, "grid-worker")
    with pytest.raises(RefusedError, match=r"report\.close"):
        desk.write(commands.resolve, conflict, values={"state": "archived"})
    _as(desk, "dispatcher")
    desk.write(commands.resolve, conflict, values={"state": "archived"})


def test_who_changed_an_employer_does_not_vet_it(station: Station) -> None:
    employer = station.add("lin", "employer", FIRM)
    station.edit("zhuang", "employer", employer, {"legal_person": "陈阿水"})
    with pytest.raises(RefusedError, match="改过"):
        station.act("zhuang", "employer", employer, "vet", valid_until="2027-11-23")
    with pytest.raises(RefusedError, match="录入人"):
        station.act("lin", "employer", employer, "vet", valid_until="2027-11-23")
    other = station.add(
        "lin", "employer", FIRM | {"name": "陈阿土", "identity_number": WORKER["identity_number"]}
    )
    with pytest.raises(InvalidError, match="name"):
        station.act("zhuang", "employer", other, "vet", valid_until="2027-11-23", name="陈阿火")
    station.vet(other)
    for changes in ({"valid_until": "2030-01-01"}, {"shown_licence": True}):
        with pytest.raises(RefusedError, match="待核验"):
            station.edit("lin", "employer", other, changes)


def test_who_changed_a_posting_does_not_publish_it(station: Station) -> None:
    employer = station.add("lin", "employer", FIRM)
    station.vet(employer)
    ids = [station.add("lin", "posting", POSTING | {"employer_id": employer}) for _ in "ab"]
    station.edit("zhuang", "posting", ids[0], {"wage": "190.00"})
    station.act("lin", "posting", ids[0], "submit")
    with pytest.raises(RefusedError, match="改过"):
        station.act("zhuang", "posting", ids[0], "publish")
    station.act("lin", "posting", ids[1], "submit")
    with pytest.raises(RefusedError, match="改过"):
        station.act("zhuang", "posting", ids[1], "publish", wage="190.00")
    station.act("zhuang", "posting", ids[1], "publish")
