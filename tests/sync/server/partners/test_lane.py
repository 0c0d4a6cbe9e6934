"""An order for 110 stands for itself: whatever becomes of what was done beside it, it is taken and goes."""

from __future__ import annotations

from sync.client.engine import sync_once
from sync.server.partners.engine import run_once
from tests.sync.server.partners.conftest import CALL, Town, order_of
from zzdesk.desk import handing
from zzdesk.desk.session import Desk
from zzdesk.reports import commands as reports


def test_110_goes_though_the_step_beside_it_is_put_before_a_person(town: Town, desk: Desk) -> None:
    """Two desks without a network: one refuses the report, the other has called the police and ends its own part."""
    other = town.second()
    report = desk.write(reports.register, {"title": "有人持刀", "category": "public-order", "address": "新桥路8号"}).created[0]
    town.sync()
    other.write(reports.act, report, "refuse", {"refusal_reason": "outside-area"})
    sync_once(other)
    fields = {"report_id": report, "partner": "110", "reason": "有人持刀", "refer": True}
    desk.write(handing.hand_over, fields | CALL)
    sync_once(desk)
    assert run_once(town.server.centre, town.lines).sent == 1
    assert len(town.out("110")) == 1
    town.sync()
    assert order_of(other, report).partner == "110"
