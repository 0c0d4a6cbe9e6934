"""Narratives that several desks write at once: every sentence stays, however often one of them went on writing offline."""

from __future__ import annotations

from typing import Any

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from sync.textmerge import sentences
from tests.sync.offices import trust
from tests.sync.stations import NewDesk
from zzdesk.clock import FixedClock
from zzdesk.desk import queries
from zzdesk.desk.session import Desk
from zzdesk.ops.capture import COALESCE
from zzdesk.reports import commands as reports
from zzdesk.reports.models import Report


@pytest.fixture
def desks(new_desk: NewDesk) -> tuple[Desk, Desk]:
    """Lin and Chen, each head of the same station at a desk of their own."""
    lin, chen = new_desk("lin"), new_desk("chen")
    trust(lin, chen)
    return lin, chen


def narrative(desk: Desk, report: str) -> str:
    with desk.store.reader() as session:
        return str(session.get_one(Report, report).description)


def told(desk: Desk, report: str, text: str, clock: FixedClock) -> None:
    """Write the narrative anew, as an operation of its own."""
    desk.write(reports.edit, report, {"description": text})
    clock.advance(COALESCE.total_seconds() + 1)


def meet(*desks: Desk) -> None:
    for desk in (*desks, *desks):
        sync_once(desk)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_who_goes_on_writing_offline_does_not_write_over_what_was_woven_in(
    desks: tuple[Desk, Desk], clock: FixedClock, times: int
) -> None:
    lin, chen = desks
    report: str = lin.write(reports.register, {"title": "路灯", "category": "lighting", "description": "灯不亮。"}).created[0]
    meet(*desks)
    told(chen, report, "灯不亮。陈看过了。", clock)
    sync_once(chen)
    mine = [f"林第{n}次去。" for n in range(times)]
    for n in range(times):  # each lies upon the one before, and none of them has seen what Chen wrote
        told(lin, report, "".join((*mine[: n + 1], "灯不亮。")), clock)
    meet(lin, chen)
    assert narrative(lin, report) == narrative(chen, report) == "".join((*mine, "灯不亮。陈看过了。"))


def test_where_going_on_cannot_be_woven_both_are_kept_to_be_decided(desks: tuple[Desk, Desk], clock: FixedClock) -> None:
    lin, chen = desks
    fields: dict[str, Any] = {"title": "路灯", "category": "lighting", "description": "灯不亮。"}
    report: str = lin.write(reports.register, fields).created[0]
    meet(*desks)
    told(chen, report, "灯不亮。陈看过了。", clock)
    sync_once(chen)
    told(lin, report, "林去过。灯不亮。", clock)
    told(lin, report, "林去过。灯不亮。林又去了。", clock)  # where Chen's sentence stands by now
    meet(lin, chen)
    (row,) = chen.read(queries.conflicts).rows
    shown = {candidate.value for candidate in chen.read(queries.conflict, row.id).candidates}
    assert shown == {"林去过。灯不亮。陈看过了。", "林去过。灯不亮。林又去了。"}
    assert "陈看过了。" in sentences(narrative(lin, report))


@pytest.mark.parametrize(("times", "others"), [(0, True), (1, True), (2, True), (2, False)])
def test_who_declares_void_what_he_edited_offline_asks_if_somebody_else_wrote_in_it_too(
    desks: tuple[Desk, Desk], clock: FixedClock, times: int, others: bool
) -> None:
    """His own edit covers what was woven in: the stamp is his, and he has not seen it (hazard 21)."""
    lin, chen = desks
    report: str = lin.write(reports.register, {"title": "路灯", "category": "lighting", "description": "灯不亮。"}).created[0]
    meet(*desks)
    if others:
        told(chen, report, "灯不亮。陈看过了。", clock)
        sync_once(chen)
    for n in range(times):
        told(lin, report, f"林第{n}次去。灯不亮。", clock)
    lin.write(reports.void, report, "登记重复")
    meet(lin, chen)
    asked = chen.read(queries.conflicts).rows
    assert [(each.field, each.state) for each in asked] == [("voided", "open")] * others
    with chen.store.reader() as session:
        assert bool(session.get_one(Report, report).voided) is not others
