"""What D06 asks of a report and of a case that turn violent: 先打110 in the way, offline, and its record travels first.

That a refusal ends mediation, and with which notice, belongs to the subject of mediation and its own walk.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.e2e.test_counter import at_centre, counter, fill, go_to
from tests.e2e.test_window_sync import activate, reconcile
from tests.sync.stations import held, parked
from tests.ui.pages.driver import CTRL, NOISE, PASSWORD, STATION, Driver
from tests.ui.pages.test_reports import detail_of
from ui.pages.reports.handover import CallFirstSheet
from ui.pages.reports.intake import DANGER
from zzdesk.clock import FixedClock
from zzdesk.desk import handing
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk, create_home
from zzdesk.desk.workbench import overview
from zzdesk.errors import RefusedError
from zzdesk.handover import commands as handover
from zzdesk.handover import queries as orders
from zzdesk.mediation import commands as mediation
from zzdesk.mediation.models import Case, Dispute, Party
from zzdesk.reports import commands, queries
from zzdesk.store.keys import TEST_COST

pytestmark = [pytest.mark.qt_log_ignore(*NOISE), pytest.mark.timeout(300)]
EARLIER = ("路灯不亮", "井盖松动", "垃圾没有清运")


class Village:
    """A window whose centre cannot be reached until ``network`` is called."""

    def __init__(self, window: Driver, folder: Path, port: int, clock: FixedClock) -> None:
        self.window = window
        self.centre: ServerThread | None = None
        self.police: Desk | None = None
        self._folder, self._port, self._clock = folder, port, clock

    def network(self) -> tuple[Desk, ServerThread]:
        """Let the network come: the window reconciles; return the desk of the police and the centre."""
        self.centre = ServerThread(self._folder / "centre", self._port, clock=self._clock).start()
        reconcile(self.window)
        assert parked(self.window.desk) == {}
        self.police, _ = create_home(
            self._folder / "jing", STATION, "jing", PASSWORD, self._clock, True, display_name="警", cost=TEST_COST)  # fmt: skip
        enrol(self.police, self.centre.url, self.centre.enrol_code(STATION))
        sync_once(self.police)
        return self.police, self.centre

    def close(self) -> None:
        """End everything that was begun."""
        self.window.close()
        if self.police is not None:
            self.police.close()
        if self.centre is not None:
            self.centre.stop()


@pytest.fixture
def clock() -> FixedClock:
    """Monday 2 March 2026, 08:30 in Zhangzhou."""
    return FixedClock(datetime(2026, 3, 2, 0, 30, tzinfo=UTC))


@pytest.fixture
def village(tmp_path: Path, qtbot: QtBot, qapp: QApplication, clock: FixedClock) -> Iterator[Village]:
    desk, _ = create_home(tmp_path / "huang", STATION, "huang", PASSWORD, clock, True, display_name="黄建华", cost=TEST_COST)
    add_account(desk, "jing", "警", ["police-liaison"], PASSWORD)
    with ServerThread(tmp_path / "centre", clock=clock) as centre:
        enrol(desk, centre.url, centre.enrol_code(STATION))
        sync_once(desk)
        port = int(centre.url.rpartition(":")[2].strip("/"))
    found = Village(Driver(qtbot, qapp, desk), tmp_path, port, clock)
    try:
        yield found
    finally:
        found.close()


def called(sheet: Any) -> None:
    """Answer the dialog with the keyboard: what is missing is said first; then who took the call, and the answer."""
    assert isinstance(sheet, CallFirstSheet)
    assert sheet.isModal()
    assert sheet.large.text() == "先拨110"
    fields = sheet.form.fields
    assert fields["called_at"].value() == "2026-03-02T00:30:00.000Z"
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    assert [name for name, field in fields.items() if field.problem.isVisible()] == ["call_taker", "call_outcome"]
    fields["call_taker"].set_value("060512")
    fields["call_outcome"].set_value("已派警，先把两人分开")
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)


def test_somebody_threatens_violence_at_the_counter(village: Village) -> None:
    window = village.window
    for title in EARLIER:
        window.desk.write(commands.register, {"title": title, "category": "lighting"})
    form = counter(window)
    window.type("两家为围墙争吵，一方扬言动手")
    window.press(Qt.Key.Key_Return)
    window.type("mdjf")
    window.press(Qt.Key.Key_Return)
    go_to(window, lambda: form.fields[DANGER].control)
    window.press(Qt.Key.Key_Space)
    fill(window, form, "address", "坂仔村围墙边")
    window.press(Qt.Key.Key_R, CTRL)
    assert "先拨110" in form.banner.accessibleName()
    window.answer(lambda sheet: sheet.reject(), lambda: window.press(Qt.Key.Key_Return, CTRL))
    assert len(window.desk.read(queries.list_reports).rows) == len(EARLIER), "nothing is saved before somebody has called"
    assert form.fields["title"].value() == "两家为围墙争吵，一方扬言动手"
    window.answer(called, lambda: window.press(Qt.Key.Key_Return, CTRL))

    row = window.desk.read(queries.list_reports).rows[0]
    (order,) = window.desk.read(orders.of_report, row.id)
    assert (row.urgency, order.partner, order.state, order.call_taker) == ("high", "110", "waiting", "060512")
    assert "060512" in window.records("reports").detail.handed.shown[0].accessibleName()
    assert window.desk.read(overview).entries[0].id == row.id, "it stands on top of what is to be done"

    police, centre = village.network()
    [first, *_] = [report for report, _ in at_centre(centre, "report")]
    assert first == row.id, "what 110 waits for goes in front of three reports that are older"
    the_police_have_it(window, police, row.id)


def the_police_have_it(window: Driver, police: Desk, report: str) -> None:
    """Their liaison writes the number of the receipt; it stands on the report at the counter."""
    (order,) = police.read(orders.of_report, report)
    police.write(handover.act, order.id, "deliver", {"receipt_number": "110-20260302-0007"})
    sync_once(police)
    reconcile(window)
    activate(window)
    detail = detail_of(window, report)
    assert "110-20260302-0007" in detail.handed.shown[0].accessibleName()


def test_a_case_turns_violent_after_a_refusal(village: Village) -> None:
    """One party refuses, mediation ends; the threat comes later. The police get no word out of the case's papers."""
    window = village.window
    people = [{"role": "applicant", "name": "林志强"}, {"role": "respondent", "name": "陈美玲"}]
    about = {"title": "围墙纠纷", "facts": "林家墙外移"}
    window.desk.write(mediation.accept_whole, {"category": "neighbours"}, about, people)
    (case,) = held(window.desk, Case)
    party = sorted(held(window.desk, Party))[0]
    window.desk.write(mediation.act_paper, "party", party, "refuse", {}, "当面说不调")
    activate(window)
    cases = window.records("mediation")
    cases.open_record(case)
    window.settle()
    detail: Any = cases.detail
    assert "session" not in {action.key for action in detail.head.actions}
    window.answer(called, lambda: detail.start("danger"))
    assert "▲ 有动手危险，已报110" in detail.head.accessibleName()
    body = window.desk.read(orders.of_report, report_of(window.desk, case))
    assert [(order.partner, order.state) for order in body] == [("110", "waiting")]
    with pytest.raises(RefusedError, match="已经转给过"):
        window.desk.write(handing.escalate, case, {
            "reason": "又来了", "called_at": "2026-03-02T00:30:00.000Z", "called_by": "黄", "call_taker": "1",
            "call_outcome": "等",
        })  # fmt: skip
    police, _ = village.network()
    found = police.read(queries.detail, report_of(police, case)).fields
    assert found["urgency"] == "high"
    assert [word for word in ("林志强", "陈美玲", "围墙") if word in repr(found)] == []
    assert (held(police, Party), held(police, Dispute)) == (set(), set()), "nobody outside the team has the notes"


def report_of(desk: Desk, case: str) -> str:
    with desk.store.reader() as session:
        return str(session.get_one(Case, case).report_id)
