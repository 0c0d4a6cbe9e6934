"""Handing a report over in the real window: what goes is shown, 先拨110 stands in the way, the orders are on the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.ui.pages.driver import CTRL, Driver
from tests.ui.pages.test_report_loop import STALL, keys
from tests.ui.pages.test_reports import detail_of
from ui.models.paging import Role
from ui.pages.reports.handed import PREFIX, attention, files_line, hint, order_tag
from ui.pages.reports.handover import CALL_110, HANDOVER, CallFirstSheet, HandoverSheet
from ui.theme.tokens import DISPLAY
from zzdesk.clock import to_iso
from zzdesk.desk import handing, records
from zzdesk.handover import queries
from zzdesk.reports import commands

SAID: Final = {
    "zh": ["附件 7 个：送到 3 个", "1 个一直没送到，还在试", "1 个对方不收这种类型的文件", "1 个等着送", "1 个等内容传到中心"],
    "en": ["7 files: 3 arrived", "1: not arrived so far, still being tried", "1: the other side does not take this type of file",
           "1: waiting to be sent", "1 waiting until their content is at the centre"],
}  # fmt: skip


def report(window: Driver, **more: Any) -> str:
    return window.desk.write(commands.register, STALL | {"reporter_name": "林志强"} | more).created[0]


def orders(window: Driver, found: str) -> tuple[queries.OrderRow, ...]:
    return window.desk.read(queries.of_report, found)


def order_of(window: Driver, found: str) -> queries.OrderRow:
    (row,) = orders(window, found)
    return row


def commands_show(read: Any, found: str) -> dict[str, Any]:
    return records.show(read, "report", found)


def choose(sheet: HandoverSheet, code: str) -> None:
    box: Any = sheet.whom.control
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    while box.currentData() != code:
        QTest.keyClick(box, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())


def started(window: Driver, detail: Any) -> None:
    """Begin; whom it can go to is asked of the database first, so that the dialog opens a moment later."""
    detail.start(HANDOVER)
    window.settle()


def texts(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_it_says_who_gets_what_and_the_order_stands_on_the_report(window: Driver) -> None:
    found = report(window)
    detail = detail_of(window, found)
    assert {HANDOVER, CALL_110} <= set(keys(detail))

    def fill(sheet: HandoverSheet) -> None:
        assert isinstance(sheet, HandoverSheet)
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
        assert sheet.whom.problem.isVisible()
        choose(sheet, "12345")
        shown = texts(sheet.box)
        assert "12345便民服务平台（派单）" in shown
        assert "林*强" in shown
        assert "林志强" not in shown
        sheet.form.fields["reason"].set_value("不属本站职责")
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)

    window.answer(fill, lambda: started(window, detail))
    (order,) = orders(window, found)
    assert (order.partner, order.state) == ("12345", "waiting")
    (card,) = detail.handed.shown
    assert "待发" in card.accessibleName()
    assert "转给 12345便民服务平台" in card.accessibleName()
    assert "转给 12345便民服务平台" in detail._timeline._canvas.accessibleDescription()
    detail.start(f"{PREFIX}/deliver/{order.id}")
    window.settle()
    assert detail.form is not None
    window.write_in(detail.form, receipt_number="HZ-1")
    window.press(Qt.Key.Key_Return, CTRL)
    assert orders(window, found)[0].receipt_number == "HZ-1"
    assert "已送达" in detail.handed.shown[0].accessibleName()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_how_many_files_go_is_said_before_and_how_they_stand_on_the_order(
    window: Driver, tmp_path: Path, language: str
) -> None:
    window.window.context.set_language(language)
    found = report(window)
    store = records.FileStore(window.desk.paths.files, window.desk.store.key)

    def attach(name: str, purpose: str) -> str:
        (tmp_path / name).write_text(name, "utf-8")
        return window.desk.write(records.attach, store, "report", found, tmp_path / name, {"purpose": purpose}).created[0]

    first = attach("a.txt", "other")
    attach("b.txt", "identity")
    detail = detail_of(window, found)

    def fill(sheet: HandoverSheet) -> None:
        assert not sheet.ticks.boxes
        choose(sheet, "12345")
        box = sheet.ticks.boxes[first]
        assert (box.isVisible(), box.isChecked()) == (True, False), "no picture of the matter: a person ticks it"
        assert {"zh": "其他材料 ***.txt", "en": "***.txt"}[language] in box.text()
        QTest.keyClick(box, Qt.Key.Key_Space)
        shown = texts(sheet.box)
        assert {"zh": "1 个可以交（照片只交", "en": "1 can go (of a photo"}[language] in shown
        assert {"zh": "另有 1 个不交", "en": "1 more stay here"}[language] in shown
        sheet.form.fields["reason"].set_value("不属本站职责")
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)

    window.answer(fill, lambda: started(window, detail))
    (order,) = orders(window, found)
    assert (order.named, order.files.total) == ({first}, 1)
    assert {"zh": "附件 1 个：送到 0 个", "en": "1 files: 0 arrived"}[language] in detail.handed.shown[0].facts.text()
    attach("c.txt", "other")
    detail_of(window, found)
    (card,) = detail.handed.shown
    assert {"zh": "又有 1 个附件", "en": "has 1 more files"}[language] in card.hint.text()
    QTest.keyClick(card.buttons["add-files"], Qt.Key.Key_Space)
    window.settle()
    (box,) = detail.form.fields["files"].control.boxes.values()
    QTest.keyClick(box, Qt.Key.Key_Space)
    window.press(Qt.Key.Key_Return, CTRL)
    window.settle()
    (order,) = orders(window, found)
    assert order.files.total == 2
    assert "add-files" not in detail.handed.shown[0].buttons
    told = queries.Files(7, 3, 1, (("failing", 1), ("type", 1), ("waiting", 2)))
    assert files_line(told).split(" · ") == SAID[language]
    assert (told.refused, files_line(queries.Files())) == (1, "")


def test_where_it_came_from_it_does_not_go(window: Driver) -> None:
    found = report(window, source="12345")
    detail = detail_of(window, found)

    def look(sheet: HandoverSheet) -> None:
        choose(sheet, "12345")
        assert "不能再转回去" in texts(sheet.form)
        assert not sheet.go.isEnabled()
        sheet.reject()

    window.answer(look, lambda: started(window, detail))
    assert orders(window, found) == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_call_comes_first_and_all_of_it_is_asked_for(window: Driver, language: str) -> None:
    window.window.context.set_language(language)
    found = report(window)
    detail = detail_of(window, found)

    def call(sheet: CallFirstSheet) -> None:
        assert isinstance(sheet, CallFirstSheet)
        assert sheet.isModal()
        assert sheet.large.text() == {"zh": "先拨110", "en": "Call 110 first"}[language]
        assert sheet.large.fontInfo().pixelSize() == DISPLAY
        assert sheet.accessibleName().startswith(sheet.large.text())
        assert sheet.form.fields["called_at"].value() is not None
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
        window.settle()
        for field in sheet.form.fields.values():  # each complaint has room of its own
            assert field.problem.height() >= field.problem.fontMetrics().height() or not field.problem.isVisible()
            assert not field.problem.geometry().intersects(field.control.geometry()) or not field.problem.isVisible()
        assert [name for name, field in sheet.form.fields.items() if field.problem.isVisible()] == [
            "call_taker", "call_outcome", "reason"]  # fmt: skip
        for name in ("call_taker", "call_outcome", "reason"):
            sheet.form.fields[name].set_value("060512")
        sheet.form.fields["called_by"].set_value("庄晓燕")
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)

    window.answer(call, lambda: detail.start(CALL_110))
    (order,) = orders(window, found)
    assert (order.partner, order.call_taker, order.called_by) == ("110", "060512", "庄*燕")
    assert "060512" in detail.handed.shown[0].accessibleName()


def test_an_order_that_was_found_opens_its_report(window: Driver) -> None:
    found, _ = report(window), report(window, title="别的")
    fields = {"report_id": found, "partner": "city", "reason": "统一安排"}
    order = window.desk.write(handing.hand_over, fields).created[0]
    window.window.context.navigate("reports", order)
    window.settle()
    page: Any = window.window.shell.pages["reports"]
    assert page.shown.detail.record_id == found


def test_what_came_back_stands_on_the_first_page_until_one_step_settles_it(window: Driver) -> None:
    found = report(window)
    fields = {"report_id": found, "partner": "city", "reason": "统一安排", "refer": True}
    order = window.desk.write(handing.hand_over, fields).created[0]
    window.desk.write(handing.act, order, "return", {}, "不属本部门")
    page: Any = window.page("workbench")
    page.refresh()
    window.settle()
    line = page._model.index(0, 0).data(Role.LINE)
    assert (line.tag.text, line.detail.startswith("请收回办理 · 转给 平安漳州e家")) == ("▲ 对方退回", True)
    page._list.opened.emit(page._model.row(0))
    window.settle()
    detail = window.window.shell.pages["reports"].records.detail
    assert detail.record_id == found
    (card,) = detail.handed.shown
    assert card.buttons["settle"].text() == "收回办理"
    assert not order_of(window, found).unsent
    detail.start(f"{PREFIX}/settle/{order}")
    window.settle()
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(commands_show, found)["state"] == "dispatching"
    assert order_of(window, found).settled_at is not None
    assert "settle" not in detail.handed.shown[0].buttons
    window.page("workbench")
    window.settle()
    assert "转给" not in page._model.index(0, 0).data(Role.LINE).detail


def test_an_order_that_was_not_sent_says_so_and_what_to_do(window: Driver) -> None:
    found = report(window)
    window.desk.write(handing.hand_over, {"report_id": found, "partner": "city", "reason": "统一安排"})
    unsent = replace(order_of(window, found), unsent="no-line")
    assert order_tag(unsent).text == "▲ 没有接通，没送出"
    assert "请打电话告诉对方" in hint(unsent)
    assert [tag.text for tag in attention((unsent,))] == ["▲ 转办件没送出"]


def test_who_refers_to_110_answers_the_same_questions_and_an_order_goes(window: Driver) -> None:
    found = report(window)
    detail = detail_of(window, found)
    detail.start("refer")
    window.settle()
    assert "contact_at" not in detail.form.fields
    window.write_in(detail.form, referred_to="110", reason="有人持刀", note="在桥头")

    def call(sheet: CallFirstSheet) -> None:
        assert isinstance(sheet, CallFirstSheet)
        assert sheet.form.fields["reason"].value() == "有人持刀；在桥头"
        for name in ("call_taker", "call_outcome"):
            sheet.form.fields[name].set_value("060512")
        sheet.form.fields["called_by"].set_value("庄晓燕")
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)

    window.answer(call, lambda: window.press(Qt.Key.Key_Return, CTRL))
    order = order_of(window, found)
    assert (order.partner, order.call_taker, order.state) == ("110", "060512", "waiting")
    shown = window.desk.read(commands_show, found)
    assert (shown["state"], shown["referred_to"]) == ("referred", "110")


def test_who_referred_after_an_order_for_110_is_not_asked_twice(window: Driver) -> None:
    found = report(window)
    call = {"called_at": to_iso(window.window.context.now()), "called_by": "庄晓燕", "call_taker": "06", "call_outcome": "已出警"}
    window.desk.write(handing.hand_over, {"report_id": found, "partner": "110", "reason": "有人持刀"} | call)
    detail = detail_of(window, found)
    detail.start("refer")
    window.settle()
    window.write_in(detail.form, referred_to="110", reason="归公安")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(commands_show, found)["state"] == "referred"
    assert len(orders(window, found)) == 1


def test_who_takes_the_report_back_has_dealt_with_the_order(window: Driver) -> None:
    found = report(window)
    fields = {"report_id": found, "partner": "city", "reason": "统一安排", "refer": True}
    order = window.desk.write(handing.hand_over, fields).created[0]
    window.desk.write(handing.act, order, "return", {}, "不属本部门")
    detail = detail_of(window, found)
    detail.start("take-back")
    window.settle()
    window.write_in(detail.form, reason="本站接着办")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.read(commands_show, found)["state"] == "dispatching"
    assert order_of(window, found).settled_at is not None
    assert window.desk.read(handing.to_follow) == ()
