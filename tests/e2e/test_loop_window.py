"""D03 in the real window over a real exchange: the loop closes honestly, and what nobody rated is called 未评价."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sync.client.enrol import enrol
from sync.server.run import ServerThread
from sync.server.tables import record as records_table
from tests.e2e.test_window_sync import activate, reconcile, record, shared
from tests.sync.server.wire import rows
from tests.ui.pages.driver import CTRL, NOISE, PASSWORD, Driver
from tests.ui.pages.test_reports import facts
from ui.pages.reports.detail import ReportDetail
from zzdesk.clock import OFFICE_TIME, FixedClock
from zzdesk.desk.session import create_home
from zzdesk.reports import queries
from zzdesk.store.keys import TEST_COST

pytestmark = [pytest.mark.qt_log_ignore(*NOISE), pytest.mark.timeout(300)]
STATION = "350603005004"
"""丽景社区 in 景山街道."""


@pytest.fixture
def april(clock: FixedClock) -> FixedClock:
    """A Tuesday morning in April."""
    clock.set(datetime(2026, 4, 14, 9, 0, tzinfo=OFFICE_TIME))
    return clock


@pytest.fixture
def centre(tmp_path: Path, april: FixedClock) -> Iterator[ServerThread]:
    with ServerThread(tmp_path / "centre", clock=april) as running:
        yield running


@pytest.fixture
def open_desk(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, centre: ServerThread, april: FixedClock
) -> Iterator[Callable[[str, str], Driver]]:
    """Make a desk at the station, enrol it and open its window."""
    opened: list[Driver] = []

    def open_one(login: str, name: str) -> Driver:
        desk, _ = create_home(tmp_path / login, STATION, login, PASSWORD, april, True, display_name=name, cost=TEST_COST)
        enrol(desk, centre.url, centre.enrol_code(STATION))
        opened.append(Driver(qtbot, qapp, desk))
        opened[-1].window.exchange.refresh()
        opened[-1].settle()
        return opened[-1]

    yield open_one
    for driver in opened:
        driver.close()


def shown(window: Driver, report: str) -> ReportDetail:
    """Open a report and wait until it stands there."""
    activate(window)
    records = window.records("reports")
    records.open_record(report)
    window.settle()
    detail: Any = records.detail
    detail.reload()
    window.settle()
    assert isinstance(detail, ReportDetail)
    return detail


def keys(detail: ReportDetail) -> set[str]:
    return {action.key for action in detail.head.actions}


def take(window: Driver, detail: ReportDetail, action: str, choose: dict[str, str] | None = None, **texts: str) -> None:
    """Take a step: press the main button where it is that, fill its form, and finish it with the keyboard."""
    activate(window)
    detail.first_focus()
    if detail.head.actions[0].key == action:
        window.press(Qt.Key.Key_Space)
    else:
        assert action in keys(detail)
        detail.start(action)
        window.settle()
    form = detail.form
    if form is not None:
        for key, code in (choose or {}).items():
            window.choose(form, key, code)
        window.write_in(form, **texts)
        window.press(Qt.Key.Key_Return, CTRL)
    assert detail.form is None, [field.problem.text() for field in form.fields.values()] if form else ""


def meet(*windows: Driver) -> None:
    for window in (*windows, windows[0]):
        reconcile(window)


def state(window: Driver, report: str) -> str:
    return window.desk.read(queries.by_ids, (report,))[0].state


def test_the_loop_closes_honestly(
    centre: ServerThread, open_desk: Callable[[str, str], Driver], april: FixedClock
) -> None:
    lin, chen = open_desk("lin", "林美珍"), open_desk("chen", "陈建国")
    report = record(lin, "占道经营", "jmzx")
    told_before_anything_is_closed(lin, report)
    april.advance(3600)
    another_one_looks_in_the_second_round(lin, chen, report)
    own = what_one_mended_oneself(lin)

    meet(lin, chen)
    assert shared(lin.desk) == shared(chen.desk)
    bodies = [row.body for row in rows(centre, records_table) if row.kind == "report"]
    found = Counter((body["state"], body["evaluation"]) for body in map(_json, bodies))
    assert found == {("closed", "satisfied"): 1, ("closed", "unrated"): 1}
    answers = [_json(row.body).get("answer") for row in rows(centre, records_table) if row.kind == "step"]
    assert sorted(filter(None, answers)) == ["satisfied", "unsatisfied"]
    assert facts(shown(chen, own))["居民评价"] == "未评价"
    assert "第 2 轮" in shown(chen, report).head.accessibleName()


def told_before_anything_is_closed(lin: Driver, report: str) -> None:
    """The program offers nothing else, and its form insists."""
    detail = shown(lin, report)
    take(lin, detail, "accept")
    take(lin, detail, "confirm", note="到场看过，三个摊位")
    take(lin, detail, "dispatch", handler_unit="城管中队")
    take(lin, detail, "finish", note="已劝离")
    assert not {"evaluate", "redo", "close-unrated", "archive"} & keys(detail)
    detail.start("inform")
    lin.settle()
    assert detail.form is not None
    lin.press(Qt.Key.Key_Return, CTRL)
    assert detail.form.fields["contact_result"].problem.isVisible()
    detail.leave_form()
    take(lin, detail, "inform", {"contact_result": "answered"}, contact_phone="13805961234")


def another_one_looks_in_the_second_round(lin: Driver, chen: Driver, report: str) -> None:
    """不满意: round 2, and who verified round 1 is not asked to look again."""
    detail = shown(lin, report)
    take(lin, detail, "redo", note="人一走又摆出来了")
    assert state(lin, report) == "handling"
    assert "第 2 轮" in detail.head.accessibleName()
    take(lin, detail, "finish", note="设了隔离桩")
    assert state(lin, report) == "checking"
    assert "recheck" not in keys(detail)
    assert "上一轮由您核实" in facts(detail)["请换人核实"]

    meet(lin, chen)
    colleagues = shown(chen, report)
    assert colleagues.head.main.text() == "复核通过"
    take(chen, colleagues, "recheck", note="傍晚去看，没有摊位了")
    meet(chen, lin)
    detail = shown(lin, report)
    take(lin, detail, "inform", {"contact_result": "answered"}, contact_phone="13805961234")
    take(lin, detail, "evaluate", {"answer": "satisfied"})
    assert state(lin, report) == "closed"


def what_one_mended_oneself(lin: Driver) -> str:
    """Nobody stands behind it who could be satisfied."""
    own = record(lin, "井盖松动", "dlss")
    activate(lin)
    detail = shown(lin, own)
    assert "close-self" not in keys(detail)  # it came over the counter, as the form says by default
    detail.start("edit")
    lin.settle()
    lin.choose(detail.form, "source", "grid-worker")  # type: ignore[arg-type]
    lin.press(Qt.Key.Key_Return, CTRL)
    take(lin, detail, "close-self", note="当场盖好")
    assert facts(detail)["居民评价"] == "未评价"
    return own


def _json(body: Any) -> dict[str, Any]:
    import json

    return dict(json.loads(body)) if isinstance(body, str) else dict(body)
