"""The counter's form in the real window, by keyboard: files and places, duplicates side by side, numbers, drafts, refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.ui.pages.driver import CTRL, Driver
from tests.ui.pages.test_reports import detail_of, facts
from tests.zzdesk.evidence.test_photos import picture
from ui.pages.reports.compare import CompareSheet
from ui.pages.reports.intake import KEY, IntakeForm, IntakePane
from ui.pages.reports.personal import PersonalSheet
from ui.pages.reports.refusing import RefusalSheet
from ui.printing.preview import SlipSheet
from zzdesk.clock import FixedClock
from zzdesk.desk import draft_files, drafts, intake, records
from zzdesk.desk.intake import Intake
from zzdesk.desk.session import Desk
from zzdesk.reports import commands, links, queries
from zzdesk.store import audit

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
FIRST = {"title": "文庙门口石板松动，老人绊倒", "category": "road", "address": "香港路北段", "grid": "350602002004-03",
         "spot": "24.510000,117.650000", "reporter_name": "林志强", "reporter_phone": "13800596001"}  # fmt: skip


def new_form(window: Driver) -> IntakeForm:
    records_ = window.records("reports")
    window.press(Qt.Key.Key_N)
    assert records_.pane is not None
    form = records_.pane.form
    assert isinstance(form, IntakeForm)
    return form


def register(desk: Desk, **fields: Any) -> str:
    return desk.write(intake.register, Intake("given", FIRST | fields)).created[0]


def newest(window: Driver) -> dict[str, Any]:
    row = window.desk.read(queries.list_reports).rows[0]
    return dict(window.desk.read(queries.detail, row.id).fields) | {"id": row.id}


def finish(window: Driver) -> None:
    window.press(Qt.Key.Key_Return, CTRL)


def test_a_second_report_of_one_matter_is_seen_beside_the_first_and_linked(window: Driver, clock: FixedClock) -> None:
    first = register(window.desk)
    clock.advance(timedelta(minutes=20).total_seconds())
    form = new_form(window)
    window.type("文庙牌坊前面石板翘起来")
    window.press(Qt.Key.Key_Return)
    window.type("dlss")
    window.press(Qt.Key.Key_Return)
    window.pick(form, "address", "香港路", down=1)
    assert form.fields["spot"].value() == "24.510000,117.650000"
    assert form.fields["grid"].value() == "350602002004-03"
    assert "可能已经登记过" in form.hint.accessibleName()
    window.write_in(form, reporter_name="陈美玲", reporter_phone="13959600002")
    seen: list[str] = []

    def link(sheet: CompareSheet) -> None:
        assert isinstance(sheet, CompareSheet)
        seen.extend([sheet.mine.title.text(), sheet.other.title.text(), sheet.other.why.text(), sheet.other.lines.text()])
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)

    window.answer(link, lambda: finish(window))
    assert seen[:2] == ["文庙牌坊前面石板翘起来", "文庙门口石板松动，老人绊倒"]
    assert "相距 0 米" in seen[2]
    assert "地点相近 · 地址相同" in seen[2]
    assert "今天 09:00 登记" in seen[3]
    second = newest(window)["id"]
    assert [m.id for m in window.desk.read(links.family, second).members] == [first, second]
    detail = detail_of(window, second)
    shown = [button.accessibleName() for button in detail.matter.buttons]
    assert len(shown) == 2
    assert "文庙门口石板松动" in shown[0]
    assert "关联为同一件事" in detail._timeline._canvas.accessibleDescription()
    assert "附议人数" not in facts(detail)
    assert facts(detail_of(window, first))["附议人数"] == "1"
    detail = detail_of(window, second)

    detail.start("unlink")
    window.settle()
    window.type("是两处不同的石板")
    finish(window)
    assert detail.matter.isHidden()
    said = detail._timeline._canvas.accessibleDescription()
    assert "解除关联" in said
    assert "是两处不同的石板" in said
    assert len(window.desk.read(links.family, first).members) == 1


def test_what_is_another_matter_is_registered_apart_and_going_back_saves_nothing(window: Driver) -> None:
    register(window.desk)
    form = new_form(window)
    window.write_in(form, title="文庙前树枝断了")
    window.pick(form, "category", "dlss")
    window.pick(form, "address", "香港路", down=1)
    window.answer(lambda sheet: sheet.reject(), lambda: finish(window))
    assert len(window.desk.read(queries.list_reports).rows) == 1
    assert form.fields["title"].value() == "文庙前树枝断了"
    assert form.button.isEnabled()
    window.answer(lambda sheet: sheet.apart.click(), lambda: finish(window))
    assert len(window.desk.read(queries.list_reports).rows) == 2
    assert len(window.desk.read(links.family, newest(window)["id"]).members) == 1


def test_two_reports_are_linked_by_hand_later(window: Driver) -> None:
    first, second = register(window.desk), register(window.desk, title="牌坊下石板断裂")
    detail = detail_of(window, second)
    detail.start("link")
    window.settle()
    assert detail.form is not None
    window.pick(detail.form, "other", "绊倒")
    finish(window)
    assert {m.id for m in window.desk.read(links.family, second).members} == {first, second}


def test_a_photo_is_added_to_the_draft_and_its_place_taken(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = picture(tmp_path / "文庙.jpg")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(source)], ""))
    form = new_form(window)
    window.type("文庙石板松动")
    window.answer(lambda sheet: QTest.keyClick(sheet, Qt.Key.Key_1), lambda: window.press(Qt.Key.Key_O, CTRL))
    [line] = form.files.lines
    assert line.locate is not None
    line.locate.setFocus()
    window.press(Qt.Key.Key_Space)
    assert form.fields["spot"].value() == "24.510000,117.650000"
    assert "来自照片" in form.fields["spot"].help.text()
    window.pick(form, "category", "dlss")
    finish(window)
    found = newest(window)
    assert (found["latitude"], found["longitude"]) == ("24.510000", "117.650000")
    assert len(window.desk.read(records.attachments, "report", found["id"])) == 1
    assert window.desk.read(draft_files.of_form, KEY) == ()
    assert form.files.rows == ()


def test_every_number_in_a_text_is_listed_and_moved_to_its_field(window: Driver) -> None:
    form = new_form(window)
    window.write_in(form, title="林先生家门口积水", description="13800596001，350602197506153336，再打13959600002")
    window.pick(form, "category", "psjs")
    window.write_in(form, reporter_name="林志强")

    def move(sheet: PersonalSheet) -> None:
        assert isinstance(sheet, PersonalSheet)
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)

    window.answer(move, lambda: finish(window))
    found = newest(window)
    assert found["reporter_phone"] == "138****6001"
    assert found["description"] == "138****6001，350602********3336，再打139****0002"
    [person] = window.desk.read(records.list_records, "person").rows
    assert person["id"] == found["reporter_id"]
    with window.desk.store.reader() as session:
        written = session.connection().exec_driver_sql("SELECT description FROM report").scalar()
    assert written == "138****6001，350602********3336，再打13959600002"


def test_any_number_of_drafts_waits_side_by_side(window: Driver) -> None:
    form = new_form(window)
    pane = window.records("reports").pane
    assert isinstance(pane, IntakePane)
    window.type("第一位居民的事")
    window.press(Qt.Key.Key_N, CTRL | SHIFT)
    assert form.fields["title"].value() is None
    window.type("第二位居民的事")
    window.press(Qt.Key.Key_N, CTRL | SHIFT)
    window.type("第三位居民的事")
    form.save_draft()
    window.settle()
    rows = window.desk.read(drafts.beginning, KEY)
    assert sorted(row.title for row in rows) == ["第一位居民的事", "第三位居民的事", "第二位居民的事"]
    menu = pane.menu(rows)
    first = next(action for action in menu.actions() if "第一位" in action.text())
    first.trigger()
    window.settle()
    assert form.fields["title"].value() == "第一位居民的事"
    window.pick(form, "category", "dlss")
    finish(window)
    assert newest(window)["title"] == "第一位居民的事"
    assert sorted(row.title for row in window.desk.read(drafts.beginning, KEY)) == ["第三位居民的事", "第二位居民的事"]


def test_a_draft_is_thrown_away_and_brought_back(window: Driver) -> None:
    form = new_form(window)
    pane = window.records("reports").pane
    assert isinstance(pane, IntakePane)
    window.type("写错了的一张")
    form.save_draft()
    window.settle()
    [throw] = [a for a in pane.menu(window.desk.read(drafts.beginning, KEY)).actions() if "丢弃" in a.text()]
    throw.trigger()
    window.settle()
    assert window.desk.read(drafts.beginning, KEY) == ()
    assert form.fields["title"].value() is None
    window.window._toast.undo()
    window.settle()
    assert form.fields["title"].value() == "写错了的一张"
    assert len(window.desk.read(drafts.beginning, KEY)) == 1


def test_a_draft_with_a_file_is_thrown_away_when_that_is_said(window: Driver, tmp_path: Path) -> None:
    form = new_form(window)
    form.files.take(picture(tmp_path / "a.jpg"))
    window.settle()
    assert len(form.files.rows) == 1
    window.answer(lambda sheet: sheet.reject(), form.throw_away)
    assert len(window.desk.read(draft_files.of_form, KEY)) == 1
    window.answer(lambda sheet: sheet.accept(), form.throw_away)
    assert window.desk.read(draft_files.of_form, KEY) == ()
    assert window.desk.read(drafts.beginning, KEY) == ()
    assert [path.name for path in window.desk.paths.files.iterdir()] == []


def test_what_is_not_taken_on_is_recorded_with_its_reason(window: Driver) -> None:
    form = new_form(window)
    window.type("厦门的路灯不亮")
    window.pick(form, "category", "ldzm")

    def refuse(sheet: RefusalSheet) -> None:
        assert isinstance(sheet, RefusalSheet)
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
        assert sheet.isVisible()
        assert sheet.form.fields["refusal_reason"].problem.isVisible()
        box: Any = sheet.form.fields["refusal_reason"].control
        while box.currentData() != "outside-area":
            QTest.keyClick(box, Qt.Key.Key_Down)
        assert "12345" in str(sheet.form.fields["refusal_ways"].value())
        shown.start(20)
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)

    papers: list[str] = []
    shown = QTimer(window.window)

    def put_away() -> None:
        sheet = QApplication.activeModalWidget()
        if isinstance(sheet, SlipSheet):
            shown.stop()
            papers.append(sheet.paper.accessibleName())
            sheet.reject()

    shown.timeout.connect(put_away)
    window.answer(refuse, lambda: window.press(Qt.Key.Key_R, CTRL))
    found = newest(window)
    assert (found["state"], found["refusal_reason"]) == ("refused", "outside-area")
    [paper] = papers
    assert found["number"] in paper
    assert "不属于本市管辖的事项" in paper
    shown = facts(detail_of(window, found["id"]))
    assert shown["不予受理的理由"] == "不属于本市管辖的事项"
    assert "12345" in shown["告知的其他途径"]


def test_a_report_that_is_registered_is_refused_in_its_detail(window: Driver) -> None:
    report = register(window.desk)
    detail = detail_of(window, report)
    detail.start("refuse")
    window.settle()
    assert detail.form is not None
    window.choose(detail.form, "refusal_reason", "in-procedure")
    finish(window)
    found = newest(window)
    assert (found["state"], found["refusal_reason"]) == ("refused", "in-procedure")
    assert found["refusal_ways"].startswith("请在该程序中")


def test_the_place_of_a_report_is_corrected_as_one_value(window: Driver) -> None:
    report = register(window.desk)
    detail = detail_of(window, report)
    detail.start("edit")
    window.settle()
    assert detail.form is not None
    assert detail.form.fields["spot"].value() == "24.510000,117.650000"
    window.field(detail.form, "spot")
    detail.form.fields["spot"].control.clear()
    window.type("north")
    finish(window)
    assert detail.form.fields["spot"].problem.isVisible()
    detail.form.fields["spot"].control.clear()
    window.type("24.52,117.66")
    detail.form.save_draft()
    window.settle()
    finish(window)
    found = newest(window)
    assert (found["latitude"], found["longitude"]) == ("24.520000", "117.660000")


def test_a_sealed_name_is_shown_only_for_a_reason(window: Driver) -> None:
    report = register(window.desk, name_hidden=True)
    detail = detail_of(window, report)
    assert facts(detail)["反映人"] == "***"
    covered = detail.facts.masked("反映人")
    window.answer_sheet("派出所来函核实")
    covered.eye.click()
    window.settle()
    assert covered.label.text() == "林志强"
    with window.desk.store.reader() as session:
        assert "派出所来函核实" in str(session.query(audit.Audit).filter(audit.Audit.event == "person.reveal").one().facts)


def test_the_next_form_begins_as_the_last_came_in(window: Driver, open_window: Callable[[Desk], Driver]) -> None:
    register(window.desk, source="phone")
    form = new_form(window)
    assert form.fields["source"].value() == "phone"
    assert window.desk.read(drafts.beginning, KEY) == ()


def test_the_form_opens_from_anywhere_with_one_key(window: Driver) -> None:
    window.page("jobs")
    window.press(Qt.Key.Key_F2)
    window.settle()
    records_ = window.window.shell.pages["reports"].shown
    assert window.window.shell.current == "reports"
    assert records_.editing


def test_a_complaint_that_came_again_stands_on_the_workbench(window: Driver) -> None:
    first = register(window.desk)
    for action, step in (("accept", {}), ("unfounded", {"note": "没有松动"})):
        reason = "到现场看过" if action == "unfounded" else None
        window.desk.write(commands.act, first, action, step, reason)
    now = window.desk.clock.now().isoformat()
    told = {"contact_result": "in-person", "contact_at": now, "note": "当面说明"}
    window.desk.write(commands.act, first, "inform", told)
    window.desk.write(commands.act, first, "evaluate", {"answer": "satisfied"})
    again = register(window.desk)
    page = window.page("workbench")
    page.mark_stale()
    window.settle()
    assert page.repeats.isVisible()
    [button] = page.repeats.buttons
    button.setFocus()
    window.press(Qt.Key.Key_Space)
    detail = window.records("reports").detail
    assert detail.record_id == again
    assert facts(detail)["重复诉求于"].startswith("SJ")  # type: ignore[arg-type]
    detail.start("accept")  # type: ignore[attr-defined]
    window.settle()
    assert "换一位同事" in window.toast()
