"""Working days and office hours in the settings: a table is looked at before it is taken in, hours change from a day on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pages.driver import CTRL, Driver
from tests.zzdesk.calendar.test_office_hours import TABLE
from ui.pages.settings.office import HoursSheet, ImportSheet
from zzdesk.clock import OFFICE_TIME, FixedClock


def test_a_table_is_looked_at_and_hours_change_from_a_day_on(window: Driver, clock: FixedClock, tmp_path: Path) -> None:
    clock.set(datetime(2026, 11, 23, 9, tzinfo=OFFICE_TIME))
    page = window.page("settings")
    page.open_target("office")
    window.settle()
    section = page.sections["office"]
    assert "2026 年：版本" in section.years.text()
    source = tmp_path / "2027.txt"
    source.write_text(TABLE, "utf-8")

    def take(sheet: Any) -> None:
        assert isinstance(sheet, ImportSheet)
        assert sheet.days.toPlainText().splitlines() == ["2026-12-26  放假 → 上班  元旦", "2027-01-01  上班 → 放假  元旦"]
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)

    def look() -> None:
        section.look(source)
        window.settle()  # the sheet opens when the worker has read the file

    window.answer(take, look)
    assert "2027 年：版本 1，导入的" in section.years.text()

    def change(sheet: Any) -> None:
        assert isinstance(sheet, HoursSheet)
        assert (sheet.hours.value(), sheet.go.isEnabled()) == ("08:30-12:00,14:30-17:30", False)
        sheet.start.set_value("2026-12-01")
        sheet.hours.set_value("08:00-12:00,15:00-18:00")
        sheet.start.edited.emit()
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)

    window.answer(change, section.change.click)
    assert section.hours.text().splitlines()[-1] == "2026-12-01 起：08:00-12:00,15:00-18:00"
