"""The reports of the odd-job station by keyboard: a figure opens its lines, the ledger of services, closing, files and paper."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.ui.pages.driver import Driver
from tests.ui.pages.test_jobs import ADULT, jobs, published
from ui.pages import month_book
from ui.pages.jobs import reports
from ui.pages.jobs.reports import LEDGER, JobReports
from zzdesk.documents.figures import Month
from zzdesk.documents.sheets import parse_workbook
from zzdesk.jobs import commands, queries
from zzdesk.jobs.statistics_queries import job_month

Key = Qt.Key


@pytest.fixture
def worked(window: Driver) -> str:
    """A posting of 24 November with somebody who was there all day; it is 2 December."""
    window.desk.clock.set(datetime(2026, 11, 24, 0, 30, tzinfo=UTC))
    posting = published(window, starts_at="2026-11-24T08:00:00+08:00", ends_at="2026-11-24T17:00:00+08:00")
    worker = window.desk.write(commands.register_worker, {"name": "林志强", "identity_number": ADULT}).created[0]
    made: str = window.desk.write(commands.apply, {"posting_id": posting, "worker_id": worker}).created[0]
    window.desk.write(commands.act_application, made, "confirm", {})
    window.desk.clock.set(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    for action, moment in (("check-in", "08:02"), ("check-out", "17:11")):
        said = {f"{action.replace('-', 'ed_')}_at": f"2026-11-24T{moment}:00+08:00"}
        window.desk.write(commands.act_application, made, action, said)
    window.desk.write(commands.book, made)
    window.desk.clock.set(datetime(2026, 12, 2, 1, 0, tzinfo=UTC))
    return made


def row(tab: JobReports, name: str) -> list[str]:
    tab.table.setCurrentIndex(tab.model.index(tab.model.position_of(name), 0))
    return [str(tab.model.index(tab.table.currentIndex().row(), column).data()).strip("　 ") for column in range(4)]


def test_a_figure_opens_its_lines_and_a_month_is_closed(
    window: Driver, worked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = jobs(window, "reports")
    assert tab.month.text() == "2026 年 11 月", "in its first days a month is worked on that is over"
    assert row(tab, "attended") == ["实际到岗（人次）", "1", "1", "100.0%"]
    assert row(tab, "wages.unpaid") == ["月底未付（元）", "160.00", "160.00", "100.0%"]
    row(tab, "day.first")
    window.settle()
    assert tab.behind.text() == "其中原定人员：1 条记录"
    assert tab.line(tab.cases.row(0)).title == "林*强"
    window.window.activateWindow()
    tab.table.setFocus()
    QTest.keyClick(tab.table, Key.Key_Return)
    assert tab.list.hasFocus()

    target = tmp_path / "十一月"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), "Excel (*.xlsx)"))
    tab.export.click()
    window.settle()
    rows = {each.cells["项目"].strip("　"): each.cells for each in parse_workbook(target.with_suffix(".xlsx").read_bytes()).rows}
    assert (rows["实际到岗（人次）"]["数量"], rows["应付工资（元）"]["数量"]) == ("1", "160")

    monkeypatch.setattr(month_book, "confirm", lambda *_: True)
    tab.close_month.click()
    window.settle()
    assert "校验值" in tab.banner.accessibleName()
    assert not tab.close_month.isVisibleTo(tab)
    assert window.desk.read(job_month, Month(2026, 11)).closing is not None
    (line,) = window.desk.read(queries.unpaid_wages).rows
    window.desk.write(commands.act_line, line.id, "correct", {"allowance": "20"}, "漏了补贴")
    tab.again()
    window.settle()
    assert row(tab, "wages.due")[1] == "160.00", "what was closed stays"
    assert row(tab, "after.added.wage_line")[:2] == ["补报：工资台账", "2"]
    assert "之后有" in tab.banner.accessibleName()

    QTest.keyClick(tab.list, Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    window.settle()
    assert tab.month.text() == "2026 年 12 月"
    assert tab.standing.accessibleName() == "本月还没有过完"
    row(tab, "adjustment.2026-11.changed.wage_line")
    window.settle()
    tab.list.setCurrentIndex(tab.cases.index(0, 0))
    QTest.keyClick(tab.list, Key.Key_Return)
    window.settle()
    page = window.page("jobs")
    assert (page.key, page.shown.detail.record_id) == ("wage_line", line.id)


def test_the_ledger_says_object_process_and_result_and_covers_names_on_every_way_out(
    window: Driver, worked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """人力资源市场暂行条例 article 33."""
    tab = jobs(window, "reports")
    tab.leaves.setCurrentIndex(LEDGER)
    window.settle()
    lines = [[str(tab.services.index(at, column).data()) for column in range(6)] for at in range(tab.services.rowCount())]
    assert [line[1] for line in lines] == ["报名", "零工人员", "用工信息", "用工单位"]
    assert lines[0][2] == "林*强 · 早班保洁"
    assert lines[0][3] == "11-24 08:30 报名（窗口） → 08:30 确认录用 → 08:02 签到上工 → 17:11 完工"
    assert lines[0][5] == "160 元"

    for name in ("账.xlsx", "账.pdf"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        tab.export.click()
        window.settle()
    first = parse_workbook((tmp_path / "账.xlsx").read_bytes()).rows[0].cells
    assert (first["时间"], first["工时（分钟）"], first["应付工资（元）"]) == ("2026-11-24 08:30:00", "549", "160")
    assert "林志强" not in repr(first)
    assert (tmp_path / "账.pdf").read_bytes().startswith(b"%PDF")
    seen: list[Any] = []
    monkeypatch.setattr(reports.PaperSheet, "exec", lambda sheet: seen.append(sheet.said))
    tab.print_button.click()
    window.settle()
    assert (seen[0]["title"], len(seen[0]["parts"][0]["rows"])) == ("零工服务台账", 4)
    assert "林志强" not in repr(seen)
    tab.before.click()
    window.settle()
    assert tab.ledger_stack.currentWidget() is tab.ledger_stack.notice
