"""The monthly report and the subsidy by keyboard: a figure opens its cases, a month is closed, a sheet takes its steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.ui.pages.driver import Driver
from ui.pages import month_book
from ui.pages.mediation import subsidy
from ui.pages.mediation.statistics import MediationMonth, PaperAreas
from ui.pages.mediation.subsidy import Subsidy
from ui.pages.mediation.sweep import FormSheet, SweepForm
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk
from zzdesk.documents.figures import Month
from zzdesk.documents.sheets import parse_workbook
from zzdesk.mediation import commands, statistics_commands, subsidy_commands
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.models import Case
from zzdesk.mediation.quarters import Area, Quarter, quarter_report
from zzdesk.store.unit import UnitOfWork

Key = Qt.Key


def _archived(work: UnitOfWork, outcome: str) -> Any:
    case = commands.add_case(work, {"category": "neighbours", "amount": "6800.00", "accepted_on": "2026-03-05"})
    case.state, case.outcome, case.closed_on = flow.ARCHIVED, outcome, case.accepted_on
    return work.commit()


@pytest.fixture
def made(window: Driver, clock: FixedClock) -> list[str]:
    """Three cases of March, two with an agreement; it is 2 April."""
    clock.set(datetime(2026, 4, 2, 1, 0, tzinfo=UTC))
    desk: Desk = window.desk
    return [desk.write(_archived, outcome).created[0] for outcome in ("written", "oral", "failed")]


def row(sheet: MediationMonth, name: str) -> list[str]:
    at = sheet.model.position_of(name)
    sheet.table.setCurrentIndex(sheet.model.index(at, 0))
    return [str(sheet.model.index(at, column).data()).strip("　 ") for column in range(4)]


def test_a_figure_opens_its_cases_and_a_month_is_closed(
    window: Driver, made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    sheet = MediationMonth(window.window, window.window.context, opened.append)
    sheet.ask("2026-03")
    sheet.show()
    window.settle()
    assert sheet.heading.text() == "人民调解月报（按受理月份）"
    assert row(sheet, "total") == ["受理", "3", "", ""]
    assert row(sheet, "amount") == ["协议涉及金额（元）", "13,600.00", "", ""]
    assert row(sheet, "success") == ["调解成功", "2", "3", "66.7%"]
    window.settle()
    assert sheet.behind.text() == "调解成功：2 件"
    assert {sheet.cases.row(n).id for n in range(sheet.cases.rowCount())} == set(made[:2])
    QTest.keyClick(sheet.table, Key.Key_Return)
    assert sheet.list.hasFocus()

    sheet.bases.setCurrentIndex(1)
    window.settle()
    assert sheet.heading.text() == "人民调解月报（按结束月份）"
    assert row(sheet, "total")[0] == "结束调解"
    sheet.bases.setCurrentIndex(0)
    window.settle()

    target = tmp_path / "三月"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), "Excel (*.xlsx)"))
    sheet.export.click()
    window.settle()
    rows = {each.cells["项目"]: each.cells for each in parse_workbook(target.with_suffix(".xlsx").read_bytes()).rows}
    assert (rows["受理"]["数量"], rows["协议涉及金额（元）"]["数量"]) == ("3", "13600")
    assert rows["综治矛盾纠纷报表（19类） · 婚姻家庭邻里"]["数量"] == "3"

    monkeypatch.setattr(month_book, "confirm", lambda *_: True)
    assert sheet.close_month.isVisibleTo(sheet)
    sheet.close_month.click()
    window.settle()
    assert "校验值" in sheet.banner.accessibleName()
    assert not sheet.close_month.isVisibleTo(sheet)
    window.desk.write(_archived, "written")
    sheet.again()
    window.settle()
    assert row(sheet, "total")[1] == "3"
    assert row(sheet, "after.added")[:2] == ["补报的案件", "1"]
    row(sheet, "outcome.failed")
    window.settle()
    sheet.list.setCurrentIndex(sheet.cases.index(0, 0))
    QTest.keyClick(sheet.list, Key.Key_Return)
    assert (opened, sheet.isVisible()) == ([made[2]], False)
    sheet.deleteLater()


def test_what_breaks_a_check_stands_first_and_a_reason_is_asked_for(
    window: Driver, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with window.desk.store.writer() as session:
        session.get_one(Case, made[0]).category = "of-tomorrow"
        session.commit()
    sheet = MediationMonth(window.window, window.window.context, print)
    sheet.ask("2026-03")
    sheet.show()
    window.settle()
    assert "1 项核对不相符" in sheet.banner.accessibleName()
    assert row(sheet, "check.category.sum")[:3] == ["各类别之和＝总数", "2", "3"]
    window.settle()
    assert [sheet.cases.row(n).id for n in range(sheet.cases.rowCount())] == [made[0]]
    asked: list[str] = []
    monkeypatch.setattr(month_book, "ask_reason", lambda *words: asked.append(words[1]) or "")
    sheet.close_month.click()
    assert asked == ["月结 2026 年 03 月（按受理月份）"]
    sheet.reject()
    sheet.deleteLater()


def test_a_sweep_is_recorded_and_counted(window: Driver, made: list[str]) -> None:
    form = SweepForm(window.window.context)
    sheet, done = FormSheet(window.window, "排查", form), []
    sheet.run(window.window.context, statistics_commands.record_sweep, "好", lambda: done.append(True))
    sheet.show()
    window.settle()
    window.write_in(form, checks="4", found="2", prevented="3")
    window.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    form.set_values({"happened_on": "2026-03-12", "checks": 4, "found": 2, "prevented": 1})
    form.finish()
    window.settle()
    assert done == [True]
    from zzdesk.mediation.statistics_queries import month_report

    tallies = window.desk.read(month_report, Month(2026, 3)).tallies
    assert [tallies[f"sweep.{name}"].value for name in ("checks", "found", "prevented")] == [4, 2, 1]
    sheet.deleteLater()


def test_a_subsidy_sheet_is_submitted_and_not_approved_by_who_drew_it(
    window: Driver, made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for level, form in (("normal", "written"), ("normal", "oral"), ("hard", "written")):
        rule = {"level": level, "form": form, "amount": "500.00" if level == "hard" else "200.00", "from_day": "2026-01-01"}
        window.desk.write(subsidy_commands.enter_rule, rule)
    me = window.desk.actor.account_id
    window.desk.write(subsidy_commands.draw_sheet, {"month": "2026-03", "mediator_id": me})
    sheet = Subsidy(window.window, window.window.context, print)
    sheet.show()
    sheet.refresh()
    window.settle()
    assert sheet.cases.rowCount() == 2
    assert "400.00" in sheet.facts.text()
    written = next(n for n in range(2) if sheet.cases.row(n).form == "written")
    sheet.table.setCurrentIndex(sheet.cases.index(written, 0))
    sheet.levels[2].click()
    window.settle()
    assert "700.00" in sheet.facts.text()
    target = tmp_path / "补贴.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), "Excel (*.xlsx)"))
    sheet.export.click()
    window.settle()
    rows = parse_workbook(target.read_bytes()).rows
    assert [each.cells["补贴（元）"] for each in rows][-1] == "700"
    assert rows[0].cells["结束日期"] == "2026-03-05"
    assert sheet.go.text() == "提交审批"
    sheet.go.click()
    window.settle()
    assert not sheet.go.isVisibleTo(sheet)
    assert "另一个人审批" in sheet.facts.text()
    monkeypatch.setattr(subsidy, "ask_reason", lambda *_: "请核对")
    sheet.back_step.click()
    window.settle()
    assert sheet.go.text() == "提交审批"
    sheet.off.click()
    window.settle()
    assert sheet.cases.rowCount() == 1
    sheet.reject()
    sheet.deleteLater()


def on_paper(window: Driver, sheet: MediationMonth, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person ticks goes to the command with its reason, which refuses what is no area of this station."""
    report = window.desk.read(quarter_report, Quarter(2026, 1))
    below = (Area("350602001", "东铺头街道", ("2026-02",)), Area("350602003", "南坑街道", ("2026-01",), here=False))
    asked = PaperAreas(sheet, below)
    said = [chip.accessibleName() for chip in asked.chips.buttons.values()]
    assert said == ["东铺头街道 · 2026-02", "南坑街道 · 本机没有其数据"]
    asked.chips.buttons["350602003"].click()
    assert not asked.go.isEnabled(), "nobody is left out without a reason"
    asked.edit.setPlainText("还没有联网")
    assert (asked.areas(), asked.reason(), asked.go.isEnabled()) == (("350602003",), "还没有联网", True)
    asked.deleteLater()
    monkeypatch.setattr(PaperAreas, "areas", lambda _: ("350602003",))
    window.answer_sheet("还没有联网")
    sheet._hand_in(replace(report, areas=below))
    window.settle()
    assert "不是本站的下级辖区" in window.toast()


def test_a_quarter_is_not_handed_in_before_its_months_are_closed(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D12: the window says which area and which months; no file is written."""
    sheet, target = MediationMonth(window.window, window.window.context, print), tmp_path / "季报.xlsx"
    sheet.ask("2026-03")
    sheet.show()
    window.settle()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    sheet.quarter.click()
    window.settle()
    assert "还有1个辖区没有全部月结，2026-Q1的综治季报不能上报" in window.toast()
    assert "2026-01、2026-02、2026-03" in sheet.remark.text()
    on_paper(window, sheet, monkeypatch)
    assert not target.exists()
    sheet.reject()
    sheet.deleteLater()
