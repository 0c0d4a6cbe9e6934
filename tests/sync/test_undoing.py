"""Who sent many reports takes them back, and who was sent is changed for many: on real desks, and the centre takes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sync.client.engine import sync_once
from tests.sync.stations import PASSWORD, SECOND, NewDesk, parked, settle
from tests.zzdesk.conftest import STATION
from tests.zzdesk.reports.loops import REPORT
from zzdesk.actor import account_id
from zzdesk.clock import FixedClock
from zzdesk.desk import bulk
from zzdesk.desk.accounts import add_account
from zzdesk.desk.bulk import Deed, Result
from zzdesk.desk.session import Desk
from zzdesk.reports import commands as reports
from zzdesk.reports.queries import detail

Desks = tuple[Desk, Desk, list[str]]


@pytest.fixture
def desks(new_desk: NewDesk) -> Desks:
    """Lin, who may everything, and Xu, a dispatcher; two reports that wait to be sent."""
    lin = new_desk("lin", PASSWORD)
    add_account(lin, "xu", "许", ["dispatcher"], SECOND)
    add_account(lin, "yan", "颜", ["grid-worker"], SECOND)
    sync_once(lin)
    xu = new_desk("xu", SECOND)
    ids = [lin.write(reports.register, REPORT | {"title": title}).created[0] for title in ("占道", "积水")]
    for report in ids:
        lin.write(reports.act, report, "accept", {})
        lin.write(reports.act, report, "confirm", {"note": "看过"})
    settle(lin, xu)
    assert xu.actor.roles == {"dispatcher"}
    return lin, xu, ids


def done(desk: Desk, ids: Sequence[str], deed: Deed) -> Result:
    found = bulk.run(desk, ids, deed, lambda *_: None, lambda: False)
    assert found.refused == ()
    return found


def back(desk: Desk, result: Result) -> Result:
    return bulk.take_back(desk, result, lambda *_: None, lambda: False)


def seen(desk: Desk, ids: Sequence[str], *names: str) -> list[Any]:
    return [tuple(desk.read(detail, report).fields.get(name) for name in names) for report in ids]


SENT = Deed("dispatch", {"handler_unit": "城管中队"})


@pytest.mark.parametrize("between", [True, False], ids=["the centre knew of it", "in one breath"])
def test_a_dispatcher_takes_back_what_they_sent(desks: Desks, *, between: bool) -> None:
    lin, xu, ids = desks
    result = done(xu, ids, SENT)
    assert result.can_undo
    if between:
        sync_once(xu)
    assert back(xu, result).refused == ()
    settle(xu, lin)
    assert parked(xu) == {}
    assert seen(lin, ids, "state", "handler_unit") == [("dispatching", None)] * 2
    [*_, last] = lin.read(detail, ids[0]).steps
    assert (last.action, last.created_by) == ("undo", account_id(STATION, "xu"))
    assert done(xu, ids, SENT).can_undo
    settle(xu, lin)
    assert seen(lin, ids, "state") == [("handling",)] * 2


def test_what_somebody_did_upon_it_meanwhile_is_put_before_a_person(desks: Desks) -> None:
    lin, xu, ids = desks
    result = done(xu, ids, SENT)
    settle(xu, lin)
    lin.write(reports.note, {"report_id": ids[0], "note": "城管说马上去"})
    sync_once(lin)
    assert back(xu, result).refused == ()  # this desk does not know of the note
    settle(xu, lin)
    assert seen(lin, ids, "state") == [("handling",), ("dispatching",)]
    assert parked(xu) != {}


def test_a_step_is_taken_back_at_once_or_not_at_all(desks: Desks, clock: FixedClock) -> None:
    _, xu, ids = desks
    result = done(xu, ids, SENT)
    clock.advance(601)
    assert {each.why for each in back(xu, result).refused} == {"撤销只在办理后十分钟内有效；需要时请按流程退回"}


def test_many_are_given_to_another_unit_and_back_with_the_reason(desks: Desks) -> None:
    lin, xu, ids = desks
    done(xu, ids, SENT)
    result = done(xu, ids, Deed("reassign", {"handler_unit": "市政公司", "reason": "是井盖，不归城管"}))
    settle(xu, lin)
    assert parked(xu) == {}
    assert seen(lin, ids, "state", "handler_unit") == [("handling", "市政公司")] * 2
    [*_, last] = lin.read(detail, ids[1]).steps
    assert (last.action, last.handler_unit, last.reason) == ("reassign", "市政公司", "是井盖，不归城管")
    assert back(xu, result).refused == ()
    settle(xu, lin)
    assert parked(xu) == {}
    assert seen(lin, ids, "handler_unit") == [("城管中队",)] * 2


@pytest.mark.parametrize("between", [True, False], ids=["the centre had said so", "before its word"])
def test_many_are_given_to_another_person_and_taken_back(desks: Desks, *, between: bool) -> None:
    lin, xu, ids = desks
    lin.write(reports.claim, ids[0])
    settle(lin, xu)
    who = account_id(STATION, "yan")
    result = done(xu, ids, Deed("take-over", {"claimed_by": who, "reason": "对口"}))
    if between:
        settle(xu, lin)
        assert seen(lin, ids, "claimed_by") == [(who,)] * 2
    assert back(xu, result).refused == ()
    settle(xu, lin)
    assert parked(xu) == {}
    assert seen(lin, ids, "claimed_by") == [(account_id(STATION, "lin"),), (None,)]
