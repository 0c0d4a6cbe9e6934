"""Handing a report over to another community in the window: to where and why, and it stays until the centre has it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.pages.driver import Driver
from zzdesk.reports import commands as reports

OTHER = "350602002005"


def test_a_report_is_handed_over_with_a_place_and_a_reason(window: Driver) -> None:
    report = window.desk.write(reports.register, {"title": "路灯不亮", "category": "lighting"}).created[0]
    window.window.navigate("reports", report)
    window.settle()
    detail = window.window.shell.pages["reports"].records.detail
    assert "transfer" in [action.key for action in detail.head.actions]
    detail.start("transfer")
    window.settle()
    form = detail.form
    window.write_in(form, reason="不归本社区")
    form.finish()
    assert form.fields["to"].problem.isVisible()
    form.fields["to"].set_value(OTHER)
    window.settle()
    window.field(form, "reason")
    window.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "等中心确认" in window.toast()
    assert detail._loaded.detail.steps[-1].action == "transfer"
    assert detail._loaded.detail.steps[-1].reason == "不归本社区"


def test_a_closed_report_cannot_be_handed_over(window: Driver) -> None:
    report = window.desk.write(reports.register, {"title": "路灯不亮", "category": "lighting"}).created[0]
    window.desk.write(reports.act, report, "refer", {"referred_to": "12345"}, "不归社区办")
    window.window.navigate("reports", report)
    window.settle()
    detail = window.window.shell.pages["reports"].records.detail
    assert "transfer" not in [action.key for action in detail.head.actions]
