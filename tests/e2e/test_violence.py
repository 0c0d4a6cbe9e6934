"""D06, a report and a case that turn violent: 先打110 in the way, offline, its record first, the police among the readers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.e2e.test_counter import at_centre, counter, fill, go_to
from tests.e2e.test_window_sync import activate, reconcile
from tests.sync.stations import held, parked
from tests.ui.pages.driver import CTRL, NOISE, PASSWORD, Driver
from tests.ui.pages.test_reports import detail_of
from ui.pages.reports.handover import CallFirstSheet
from ui.pages.reports.intake import DANGER
from ui.printing import casepaper
from ui.widgets.base import Button
from ui.widgets.masked import MaskedField
from zzdesk.clock import FixedClock
from zzdesk.desk import opening, room
from zzdesk.desk.accounts import add_account
from zzdesk.desk.handing import RED
from zzdesk.desk.session import Desk, create_home
from zzdesk.desk.workbench import overview
from zzdesk.errors import RefusedError
from zzdesk.handover import commands as handover
from zzdesk.handover import queries as orders
from zzdesk.mediation import commands as mediation
from zzdesk.mediation import queries as mediations
from zzdesk.mediation.models import Statement
from zzdesk.mediation.models_reading import CaseReading
from zzdesk.reports import commands, queries
from zzdesk.store.keys import TEST_COST

pytestmark = [pytest.mark.qt_log_ignore(*NOISE), pytest.mark.timeout(300)]
STATION = "350628108201"
"""九峰村 in 平和县."""
NAMES = ("林志强", "陈美玲", "围墙")
EARLIER = ("路灯不亮", "井盖松动", "垃圾没有清运")


class Village:
    """A window whose centre cannot be reached until ``network`` is called."""

    def __init__(self, window: Driver, folder: Path, port: int, clock: FixedClock) -> None:
        self.window = window
        self.centre: ServerThread | None = None
        self.clock, self._folder, self._port = clock, folder, port
        self._desks: list[Desk] = []

    def network(self) -> tuple[Desk, ServerThread]:
        """Let the network come: the window reconciles; return the desk of the police and the centre."""
        self.centre = ServerThread(self._folder / "centre", self._port, clock=self.clock).start()
        reconcile(self.window)
        assert parked(self.window.desk) == {}
        return self.desk("jing", "警"), self.centre

    def desk(self, login: str, name: str) -> Desk:
        """Let somebody sit down at another desk of the village, and reconcile it."""
        assert self.centre is not None
        made, _ = create_home(self._folder / login, STATION, login, PASSWORD, self.clock, True, display_name=name, cost=TEST_COST)
        self._desks.append(made)
        enrol(made, self.centre.url, self.centre.enrol_code(STATION))
        sync_once(made)
        sync_once(made)
        return made

    def close(self) -> None:
        """End everything that was begun."""
        self.window.close()
        for desk in self._desks:
            desk.close()
        if self.centre is not None:
            self.centre.stop()


@pytest.fixture
def clock() -> FixedClock:
    """Monday 2 March 2026, 08:30 in Zhangzhou."""
    return FixedClock(datetime(2026, 3, 2, 0, 30, tzinfo=UTC))


@pytest.fixture
def village(tmp_path: Path, qtbot: QtBot, qapp: QApplication, clock: FixedClock) -> Iterator[Village]:
    desk, _ = create_home(tmp_path / "huang", STATION, "huang", PASSWORD, clock, True, display_name="黄建华", cost=TEST_COST)
    for login, name, role in (("jing", "警", "police-liaison"), ("chen", "陈", "mediator"), ("wu", "吴", "clerk")):
        add_account(desk, login, name, [role], PASSWORD)
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
    assert fields["called_at"].value().startswith("2026-03-02T0"), "now, to be corrected where it was earlier"
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


def test_a_party_refuses_and_then_threatens(
    village: Village, tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D06 from the refusal to the reading log, without a network until the call is noted."""
    window, clock = village.window, village.clock
    case = wall(window.desk)
    detail = opened(window, case)
    refused(window, detail)
    notice_is_kept(window, detail, tmp_path / "notice.pdf", monkeypatch)
    clock.advance(3_600)
    for title in EARLIER:
        window.desk.write(commands.register, {"title": title, "category": "lighting"})
    window.answer(lambda sheet: sheet.reject(), lambda: detail.start("danger"))
    assert window.desk.read(mediations.detail, case).fields.get("police_called_at") is None, "nobody has called"
    window.answer(called, lambda: detail.start("danger"))
    assert "▲ 有动手危险，已报110" in detail.head.accessibleName()
    stub = window.desk.read(mediations.detail, case).fields
    file = window.desk.read(mediations.case_file, case)
    assert (stub["escalation"], file.dispute.fields["signs"]) == (RED, ["threat"])  # type: ignore[union-attr]
    (order,) = window.desk.read(orders.of_report, stub["report_id"])
    assert (order.partner, order.state, order.call_taker) == ("110", "waiting", "060512")
    assert window.desk.read(overview).entries[0].id == stub["report_id"], "it stands on top of what is to be done"

    police, centre = village.network()
    assert at_centre(centre, "report")[0][0] == stub["report_id"], "it travels in front of what is older"
    found = police.read(queries.detail, stub["report_id"]).fields
    assert (found["urgency"], [word for word in NAMES if word in repr(found)]) == ("high", [])
    chen, wu = village.desk("chen", "陈"), village.desk("wu", "吴")
    assert [len(held(desk, Statement)) for desk in (police, chen, wu)] == [1, 1, 0], "team and police, nobody else"
    with pytest.raises(RefusedError):
        wu.read(mediations.case_file, case)
    chen.write(opening.note_opened, case)
    the_police_read(village, Driver(qtbot, qapp, police), case)
    sync_once(chen)
    reconcile(window)
    detail = opened(window, case)
    assert [line.text().partition(" · ")[2] for line in detail.readers.lines] == [
        "警（公安，因报警查阅） · 查看完整信息：电话", "警（公安，因报警查阅） · 打开案卷", "陈 · 打开案卷",
    ], "each reader, the newest first"  # fmt: skip


def wall(desk: Desk) -> str:
    """Accept the quarrel about the wall for the team of Huang and Chen; something is said at a first session."""
    people = [{"role": "applicant", "name": "林志强", "phone": "13800596001"}, {"role": "respondent", "name": "陈美玲"}]
    about = {"title": "围墙纠纷", "facts": "林家墙外移"}
    made = desk.write(mediation.accept_whole, {"category": "neighbours", "team": ["huang", "chen"]}, about, people)
    case = next(record for kind, record in made.records if kind == "case")
    session = desk.write(mediation.add_paper, "session", {"case_id": case, "place": "村部"}).created[0]
    desk.write(room.say, session, "", "note", "陈家不认界桩")
    return case


def opened(window: Driver, case: str) -> Any:
    """Show a case in the window."""
    activate(window)
    cases = window.records("mediation")
    cases.open_record(case)
    window.settle()
    return cases.detail


def refused(window: Driver, detail: Any) -> None:
    """One party says 不调: that is written down, and no session can be held or begun any more (article 17)."""
    assert "room" in {action.key for action in detail.head.actions}
    detail.show_tab("parties")
    activate(window)
    button = next(b for b in detail.parties.findChildren(Button) if b.accessibleName() == "拒绝调解 陈*玲")
    button.setFocus()
    window.press(Qt.Key.Key_Space)
    window.type("当面说不调")
    window.press(Qt.Key.Key_Return, CTRL)
    case = detail.record_id
    assert window.desk.read(mediations.detail, case).row.state == "refused"
    assert {"room", "session", "sessions", "extend"}.isdisjoint(action.key for action in detail.head.actions)
    detail.show_tab("sessions")
    assert [b.isVisible() for b in (detail.sessions.enter_button, detail.sessions.begin_button)] == [False, False]
    session = window.desk.read(mediations.case_file, case).sessions[0].id
    for attempt in (
        lambda: window.desk.write(mediation.add_paper, "session", {"case_id": case}),
        lambda: window.desk.write(room.say, session, "", "note", "再劝劝"),
    ):
        with pytest.raises(RefusedError):
            attempt()


def notice_is_kept(window: Driver, detail: Any, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What had begun is ended by a notice that says the other ways (article 26): a PDF whose text can be read."""
    detail.show_tab("dossier")
    window.settle()
    monkeypatch.setattr(casepaper, "ask_reason", lambda *_: "送达当事人")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def keep(sheet: Any) -> None:
        window.qtbot.waitUntil(lambda: sheet.reveal.isEnabled(), timeout=20_000)
        sheet.reveal.click()
        window.qtbot.waitUntil(lambda: not sheet.made.masked and sheet.keep.isEnabled(), timeout=20_000)
        sheet.keep.click()

    window.answer(keep, detail.dossier.buttons["termination"].click)
    said = "".join(PdfReader(target).pages[0].extract_text().split())
    assert [word for word in ("终止调解", "陈美玲", "仲裁", "行政", "诉讼", "第十七条") if word not in said] == []


def the_police_read(village: Village, window: Driver, case: str) -> None:
    """At their desk: first the stub and why it may be read; then, noted, the file, of which nothing can be changed."""
    try:
        detail = opened(window, case)
        assert "公安可以查阅案卷" in detail._closed_door.accessibleName()
        assert not detail.tabs.isVisible()
        assert [action.key for action in detail.head.actions] == ["read"]
        assert held(window.desk, CaseReading) == set()
        detail.first_focus()
        window.press(Qt.Key.Key_Space)
        assert detail.head.actions == ()
        assert "已记下" in detail._closed_door.accessibleName()
        assert "林家墙外移" in " ".join(line.value.text() for line in detail.facts._lines)
        assert [detail.tabs.isTabVisible(at) for at in range(detail.tabs.count())] == [True] * 5 + [False], "no paper to print"
        detail.show_tab("sessions")
        window.settle()
        assert "陈家不认界桩" in detail.sessions.statements.timeline._canvas.accessibleDescription()
        assert not detail.sessions.files.add.isVisible()
        detail.show_tab("parties")
        window.settle()
        assert [b.text() for b in detail.parties.findChildren(Button) if b.isVisible() and b.text()] == [], "eyes alone"
        (phone,) = (f for f in detail.parties.findChildren(MaskedField) if f.label.text() == "138****6001")
        window.answer_sheet("联系当事人")
        phone.eye.click()
        window.settle()
        assert phone.label.text() == "13800596001"
        village.clock.advance(660)
        window.page("mediation").refresh()
        window.settle()
        assert [action.key for action in detail.head.actions] == ["read"], "after ten minutes it is opened, and noted, anew"
        assert not detail.tabs.isVisible()
        reconcile(window)
    finally:
        window.close()


