"""Deadlines in the window: what is due soonest, why that day, and the ten minutes of a call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.pages.driver import Driver
from tests.zzdesk.reports.test_due_list import _unlimited as unlimited
from ui.labels import value_word
from ui.models.paging import Role
from ui.pages.reports.due import WhySheet, due_tag
from ui.widgets.tag import Tone
from zzdesk.clock import OFFICE_TIME, FixedClock
from zzdesk.desk.session import Desk
from zzdesk.reports import commands, queries

ORDER = {"title": "夜间施工", "category": "noise", "source": "12345", "demand": "complaint", "due_rule": "5"}


def at(clock: FixedClock, text: str) -> None:
    clock.set(datetime.fromisoformat(text).replace(tzinfo=OFFICE_TIME))


def register(desk: Desk, **fields: Any) -> str:
    return desk.write(commands.register, ORDER | fields).created[0]


def opened(window: Driver, report: str) -> Any:
    window.window.navigate("reports", report)
    window.settle()
    return window.window.shell.pages["reports"].records.detail


@pytest.fixture(autouse=True)
def friday(clock: FixedClock) -> None:
    """D02 begins on Friday, 13 February 2026."""
    at(clock, "2026-02-13T16:40")


def test_the_list_puts_what_is_due_soonest_first_and_says_how_it_stands(window: Driver, clock: FixedClock) -> None:
    for title, limit in (("十天", "10"), ("两天", "2"), ("五天", "5")):
        register(window.desk, title=title, due_rule=limit)
    at(clock, "2026-02-26T09:00")
    records = window.records("reports")
    records.chips.choose("due")
    window.settle()
    assert window.titles(records) == ["两天", "五天", "十天"]
    model = records.model
    marks = [model.index(row, 0).data(Role.LINE).mark for row in range(3)]
    assert [(mark.text, mark.tone) for mark in marks] == [
        ("▲ 已超 2 个工作日", Tone.DANGER), ("△ 剩 1 个工作日", Tone.WARNING), ("□ 剩 6 个工作日", Tone.NEUTRAL),
    ]  # fmt: skip
    assert "已超 2 个工作日" in model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_why_it_is_due_then_is_a_key_away_and_lists_every_day(window: Driver) -> None:
    bar = opened(window, register(window.desk)).due
    assert bar.day.text() == "2月27日 星期五到期"
    assert "时限 5 个工作日" in bar.sentence.text()
    assert "占位" not in bar.sentence.text()
    bar.why.setFocus()
    window.press(Qt.Key.Key_Space)
    sheet = next(each for each in QApplication.topLevelWidgets() if isinstance(each, WhySheet) and each.isVisible())
    assert sheet.table.hasFocus()
    rows = [[sheet.model.index(row, column).data() for column in range(4)] for row in range(sheet.model.rowCount())]
    assert len(rows) == 15
    assert rows[1] == ["2026-02-14", "星期六", "调休上班（春节）", "第 1 天"]
    assert rows[2] == ["2026-02-15", "星期日", "节假日（春节）", "放假，不计入"]
    assert rows[-1] == ["2026-02-27", "星期五", "工作日", "第 5 天"]
    window.qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_figure_of_the_table_says_what_it_is(window: Driver) -> None:
    bar = opened(window, register(window.desk, due_rule=None)).due
    assert "时限 15 个工作日" in bar.sentence.text()
    assert "占位数字" in bar.sentence.text()


def test_a_year_without_a_table_is_said(window: Driver, clock: FixedClock) -> None:
    at(clock, "2026-12-29T09:00")
    bar = opened(window, register(window.desk)).due
    assert "缺 2027 年的节假日表" in bar.sentence.text()
    assert "缺 2027" in bar.accessibleName()


def test_a_limit_is_corrected_as_it_is_said(window: Driver) -> None:
    report = register(window.desk)
    detail = opened(window, report)
    detail.start("edit")
    form = detail.form
    assert form.fields["due_rule"].value() == "5 个工作日"
    assert not form.fields["demand"].isHidden()
    form.fields["due_rule"].control.clear()
    window.write_in(form, due_rule="10 个工作日")
    window.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.settle()
    assert detail.due.day.text() == "3月5日 星期四到期"
    detail.start("edit")
    detail.form.fields["due_rule"].control.clear()
    window.write_in(detail.form, due_rule="很快")
    window.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.settle()
    assert "时限写成" in detail.form.fields["due_rule"].problem.text()


def test_what_nobody_limits_shows_no_line(window: Driver) -> None:
    report = register(window.desk)
    window.desk.write(unlimited, report)
    assert opened(window, report).due.isHidden()
    assert due_tag(None) is None


def test_three_presses_are_the_ten_minutes(window: Driver, clock: FixedClock) -> None:
    """D10: accepted 15:32:10, there at 15:41:50."""
    at(clock, "2026-05-09T15:32:10")
    bar = opened(window, register(window.desk, source="110")).call
    for moment, says in (("15:32:10", "接警"), ("15:34:00", "派出"), ("15:41:50", "到场")):
        at(clock, f"2026-05-09T{moment}")
        assert bar.next.text() == says
        bar.next.setFocus()
        window.press(Qt.Key.Key_Space)
        window.settle()
    assert bar.tag.accessibleName() == "● 9′40″，≤10分钟"
    assert bar.moments.text() == "接警 15:32:10  →  派出 15:34:00  →  到场 15:41:50"
    assert bar.next.isHidden()
    assert not bar._timer.isActive()


def test_a_moment_is_noted_down_later(window: Driver, clock: FixedClock) -> None:
    at(clock, "2026-05-09T16:30:00")
    detail = opened(window, register(window.desk, source="110"))
    for text in ("15:32:10", "15:34:00", "15:42:11"):
        detail.call.later.setFocus()
        window.press(Qt.Key.Key_Space)
        window.write_in(detail.form, time=text)
        window.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        window.settle()
    assert detail.call.tag.accessibleName() == "▲ 10′01″，超过10分钟"
    first = detail._events(detail._loaded)[0]
    assert (first.when, first.note) == ("今天 15:42", "今天 16:30 补记")


def test_a_limit_out_of_the_table_is_not_offered_as_ones_own(window: Driver) -> None:
    detail = opened(window, register(window.desk, due_rule=None))
    detail.start("edit")
    assert not detail.form.fields["due_rule"].value()


def test_a_limit_is_said_wherever_it_is_shown() -> None:
    assert value_word("report", "due_rule", "working-days:15;12345-complaint@1") == "15 个工作日"
    assert value_word("report", "due_rule", "fortnights:2") == "fortnights:2"


def test_a_running_call_goes_on_and_others_begin_from_the_menu(window: Driver, clock: FixedClock) -> None:
    at(clock, "2026-05-09T15:32:10")
    detail = opened(window, register(window.desk, source="counter"))
    assert detail.call.isHidden()
    assert "call-accept" in [action.key for action in detail.head.actions]
    detail.start("call-accept")
    window.settle()
    assert detail.call._timer.isActive()
    at(clock, "2026-05-09T15:42:11")
    detail.call._tick()
    assert detail.call.tag.accessibleName() == "▲ 10′01″，超过10分钟"
    window.window.navigate("workbench", "")
    assert not detail.call._timer.isActive()
    report = window.desk.read(queries.list_reports).rows[0]
    assert window.desk.read(queries.detail, report.id).call.runs
