"""A supervisor at a desk sees what the centre has put aside, masked, and decides about it over the wire."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sync.client import deciding
from sync.client.engine import SyncClient, sync_once
from sync.client.orders import DeviceWithdrawnError
from sync.client.transport import ProblemError
from sync.server import admin, quarantine
from sync.server import deciding as at_centre
from sync.server.judge import FaultError
from sync.server.run import ServerThread
from sync.server.stage import Item
from sync.server.tables import decision
from tests.sync.stations import OTHER, STATION, NewDesk, add, audited, data, device_of, parked
from tests.sync.test_quarantine import title, waiting  # noqa: F401 - the fixture
from zzdesk.actor import account_id
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.mediation import commands as mediation
from zzdesk.reports import commands as reports

Waiting = tuple[Desk, Desk, str]


def asked(desk: Desk) -> list[deciding.WaitingAnswer]:
    return deciding.waiting(SyncClient(desk)).items


def test_who_may_decide_sees_who_did_what_where_and_why_it_waits(waiting: Waiting) -> None:  # noqa: F811
    first, second, report = waiting
    (found,) = asked(first)
    assert (found.kind, found.id, found.verb, found.why, found.node) == (
        "report", report, "patch", "permission-ended", STATION)  # fmt: skip
    assert (found.user, found.user_name) == (account_id(STATION, "chen"), "陈")
    assert found.device == device_of(second)
    assert found.device_name
    assert found.title.endswith("路灯")
    assert [(f.name, f.how, f.value, f.was) for f in found.fields] == [("title", "to", "路灯坏了", "路灯")]
    assert found.made_at is not None
    assert found.made_at < found.received_at
    assert not found.hidden
    with pytest.raises(RefusedError):
        asked(second)


def test_it_is_let_through_with_a_reason_and_both_desks_learn_of_it(
    waiting: Waiting, server: ServerThread  # noqa: F811
) -> None:
    first, second, report = waiting
    (found,) = asked(first)
    client = SyncClient(first)
    with pytest.raises(RefusedError, match="理由"):
        deciding.decide(client, found.op_id, " ", let_through=True)
    assert deciding.decide(client, found.op_id, "核实过", let_through=True) == {found.op_id: "applied"}
    assert asked(first) == []
    for desk in (second, first):
        sync_once(desk)
    assert title(first, report) == title(second, report) == "路灯坏了"
    with server.centre.database.reading() as connection:
        decided = connection.execute(select(decision)).one()
    assert (decided.decided_by, decided.what, decided.reason) == (account_id(STATION, "lin"), "release", "核实过")
    assert audited(first, "quarantine.decide") == [{"let_through": True}]
    with pytest.raises(ProblemError) as gone:
        deciding.decide(client, found.op_id, "再来", let_through=False)
    assert gone.value.problem == "quarantine-gone"


def test_it_is_refused_and_its_author_reads_why(waiting: Waiting) -> None:  # noqa: F811
    first, second, _ = waiting
    (found,) = asked(first)
    deciding.decide(SyncClient(first), found.op_id, "写错了地方", let_through=False)
    sync_once(second)
    assert parked(second) == {"report": "quarantine-rejected"}


def test_personal_data_is_masked_and_a_case_is_for_its_team_only(
    new_desk: NewDesk, team: tuple[Desk, Desk, str], server: ServerThread, tmp_path: Path, clock: FixedClock
) -> None:
    """The work of a laptop that was reported lost; the supervisor who decides is not of the case's team."""
    first, second, case = team
    first.write(mediation.edit_case, case, {"team": ["chen"]})
    for desk in (first, second):
        sync_once(desk)
    second.write(add, "party", {"case_id": case, "role": "respondent", "name": "黄阿明", "phone": "13705961111"})
    second.write(reports.register, {"title": "漏水", "category": "drainage", "reporter_phone": "13805961234"})
    clock.advance(60)
    admin.set_device(data(server, tmp_path), None, device_of(second), "escrow")
    with pytest.raises(DeviceWithdrawnError):
        sync_once(second)
    found = {each.kind: each for each in asked(first)}
    assert {each.why for each in found.values()} == {"device-withdrawn"}
    said = {f.name: f.value for f in found["report"].fields}
    assert said["reporter_phone"] == "138****1234"
    assert "13805961234" not in str(found)
    assert (found["party"].hidden, found["party"].title) == (True, "")
    assert {f.value for f in found["party"].fields} == {"***"}
    assert "黄" not in str(found["party"])


def test_a_page_goes_on_where_the_one_before_ended(
    new_desk: NewDesk, server: ServerThread, clock: FixedClock
) -> None:
    desk = new_desk()
    clock.advance(31 * 86400)
    for n in range(5):
        desk.write(reports.register, {"title": f"第{n}件", "category": "lighting"})
    clock.advance(60)
    sync_once(desk)
    client, seen, after = SyncClient(desk), [], None
    while True:
        page = deciding.waiting(client, after, 2)
        seen += [each.op_id for each in page.items]
        after = page.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 5


def test_another_stations_supervisor_neither_sees_nor_decides(waiting: Waiting, new_desk: NewDesk) -> None:  # noqa: F811
    first, *_ = waiting
    (found,) = asked(first)
    other = new_desk("zhuang", station="350602002005")
    assert asked(other) == []
    with pytest.raises(ProblemError) as refused:
        deciding.decide(SyncClient(other), found.op_id, "不归我管", let_through=True)
    assert refused.value.problem == "may-not-decide"
    assert asked(first) != []


def test_a_device_that_does_not_reach_the_station_is_no_place_to_decide_there(
    waiting: Waiting, server: ServerThread, tmp_path: Path  # noqa: F811
) -> None:
    first, *_ = waiting
    (found,) = asked(first)
    client = SyncClient(first)
    client.token()
    admin.open_scopes(data(server, tmp_path), None, device_of(first), [OTHER], [STATION])
    assert deciding.waiting(client).items == []
    with pytest.raises(ProblemError) as refused:
        deciding.decide(client, found.op_id, "核实过", let_through=True)
    assert refused.value.problem == "may-not-decide"


def test_what_lies_behind_a_whole_look_at_other_stations_is_seen(
    waiting: Waiting, new_desk: NewDesk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:
    """The centre looks through so many at a time; most are other stations', and the desk asks on."""
    _, _, report = waiting
    there = new_desk("huang", station=OTHER)
    clock.advance(31 * 86400)
    for n in range(5):
        there.write(reports.register, {"title": f"那边第{n}件", "category": "lighting"})
    clock.advance(60)
    sync_once(there)
    monkeypatch.setattr(at_centre, "_LOOKED_THROUGH", 2)
    seen, after = [], None
    while True:
        page = deciding.waiting(SyncClient(there), after)
        seen += [each.id for each in page.items]
        after = page.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 5
    assert report not in seen


def test_a_fault_of_the_centre_is_not_said_to_be_a_missing_right(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[..., Any]  # noqa: F811
) -> None:
    first, _, _ = waiting
    (found,) = asked(first)

    def fail(policies: object, stage: object, items: Sequence[Item], term: object) -> None:
        raise FaultError(items[0], ValueError("a rule that fails"))

    monkeypatch.setattr(quarantine, "judge_group", fail)
    with pytest.raises(ProblemError) as refused:
        deciding.decide(SyncClient(first), found.op_id, "核实过", let_through=True)
    assert refused.value.problem == "cannot-decide"
    expect_log("failed: ValueError")
    monkeypatch.undo()
    assert [each.op_id for each in asked(first)] == [found.op_id]
