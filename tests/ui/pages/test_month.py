"""The figures of a month, by keyboard: months on and back, a figure opens its reports, Excel and paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.ui.pages.driver import Driver
from ui.pages.figures import MonthSheet
from ui.printing.sheet import month_said
from zzdesk.clock import OFFICE_TIME, FixedClock
from zzdesk.desk.statistics import month_of
from zzdesk.documents.sheets import parse_workbook
from zzdesk.reports import commands
from zzdesk.reports.queries import from_json

Key = Qt.Key


@pytest.fixture
def made(window: Driver, clock: FixedClock) -> list[str]:
    """Two found and ended by the grid worker in March, and one of April that is open; it is 2 April."""
    ids = []
    for day in (10, 12):
        clock.set(datetime(2026, 3, day, 9, tzinfo=OFFICE_TIME))
        found = {"title": f"{day}日占道", "category": "street-order", "source": "grid-worker"}
        ids.append(window.desk.write(commands.register, found).created[0])
        window.desk.write(commands.act, ids[-1], "close-self", {"note": "已劝离"}, None)
    clock.set(datetime(2026, 4, 2, 9, tzinfo=OFFICE_TIME))
    return [*ids, window.desk.write(commands.register, {"title": "路灯", "category": "lighting"}).created[0]]


def _row(sheet: MonthSheet, name: str) -> list[str]:
    at = sheet.model.position_of(name)
    return [str(sheet.model.index(at, column).data()).strip() for column in range(4)]


def test_a_figure_opens_its_reports(window: Driver, made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = window.records("reports")
    target = tmp_path / "三月"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    sheet = MonthSheet(window.window, window.window.context, "reports", lambda opens: records.show_filter(from_json(opens)))
    sheet.ask("2026-04")
    sheet.show()
    window.settle()
    assert _row(sheet, "registered") == ["本月登记", "1", "", ""]
    assert (sheet.after.isEnabled(), sheet.go.isEnabled()) == (False, True)
    sheet.before.click()
    window.settle()
    assert (sheet.month.text(), sheet.after.isEnabled()) == ("2026 年 03 月", True)
    assert _row(sheet, "in-grid") == ["网格内解决", "2", "2", "100.0%"]
    assert _row(sheet, "content") == ["满意率", "0", "0", "—"]
    assert sheet.checks.text() == "✓ 核对了 4 项，都相符"
    wrong = replace(sheet.said, checks=(*sheet.said.checks[1:], replace(sheet.said.checks[0], left=1)))
    sheet.show_month(wrong)
    assert sheet.checks.text() == "▲ 有评价的＋未评价＝办结：相差 -1"
    sheet.excel.click()
    window.settle()
    sheet.table.setCurrentIndex(sheet.model.index(sheet.model.position_of("content"), 0))
    assert ("不含“基本满意”" in sheet.remark.text(), sheet.go.isEnabled()) == (True, False)
    sheet.table.setCurrentIndex(sheet.model.index(sheet.model.position_of("unrated"), 0))
    QTest.keyClick(sheet.table, Key.Key_Return)
    assert not sheet.isVisible()
    sheet.deleteLater()
    window.settle()
    assert [records.model.row(n).id for n in range(records.model.rowCount())] == [made[1], made[0]]
    assert records.asked.figure.text() == "2026-03 未评价"
    assert records.current_filter().among == "unrated"
    records.asked.figure.click()
    window.settle()
    assert records.current_filter().deed == ""
    assert not records.asked.figure.isVisibleTo(records)
    assert parse_workbook(target.with_suffix(".xlsx").read_bytes()).rows


def test_the_paper_has_every_figure_and_check(window: Driver, made: list[str]) -> None:
    found = window.desk.read(month_of, "reports", "2026-03")
    said = month_said(found, "事件月度统计", "2026 年 3 月", "zh", "庄晓燕")
    figures, checks = said["parts"]
    assert len(figures["rows"]) == len(found.figures)
    assert ["未评价", "2", "", ""] in figures["rows"]
    assert [row[2] for row in checks["rows"]] == ["相符"] * 4
    assert made
