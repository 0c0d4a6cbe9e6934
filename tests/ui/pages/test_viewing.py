"""The files of a record are opened with the keyboard inside the window, and a vetting names what its reviewer has looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.ui.pages.driver import Driver
from tests.ui.pages.test_jobs import FIRM, jobs
from tests.zzdesk.desk.test_viewing import jpeg, pdf
from ui.pages.viewing import ViewerSheet
from zzdesk.desk.taking import take_in
from zzdesk.jobs import commands
from zzdesk.store.audit import Audit

FILES = {
    "brochure": ("pdf", pdf(2)), "licence": ("jpg", jpeg(1600, 1200)), "mandate": ("zip", b"PK"), "identity": ("jpg", jpeg()),
}  # fmt: skip


@pytest.fixture
def detail(window: Driver, tmp_path: Path) -> Any:
    firm = window.desk.write(commands.register_employer, FIRM).created[0]
    for purpose, (ending, content) in FILES.items():
        path = tmp_path / f"{purpose}.{ending}"
        path.write_bytes(content)
        take_in(window.desk, "employer", firm, path, purpose)
    shown = jobs(window, "employer")
    shown.open_record(firm)
    window.settle()
    return shown.detail


def opened(window: Driver, detail: Any, purpose: str, key: Qt.Key, act: Callable[[Any], None]) -> None:
    """Press a key on the button of a file, and do something in the viewer when the file is there, or is said not to be."""
    at = next(n for n, row in enumerate(detail.files.rows) if row.purpose == purpose)
    button = detail.files.lines[at].open
    button.setFocus()

    def look(sheet: Any) -> None:
        assert isinstance(sheet, ViewerSheet)
        window.qtbot.waitUntil(lambda: sheet.view is not None)
        act(sheet)
        QTest.keyClick(sheet.focusWidget() or sheet, Qt.Key.Key_Escape)

    def trigger() -> None:
        QTest.keyClick(button, key)
        window.settle()

    if purpose == "identity":
        window.answer_sheet("核验材料")
    window.answer(look, trigger)


def test_a_picture_is_zoomed_with_the_keyboard_and_its_line_says_that_it_was_seen(window: Driver, detail: Any) -> None:
    assert all("您还没打开看" in line.accessibleName() for line in detail.files.lines)

    def look(sheet: ViewerSheet) -> None:
        glass = sheet.glass
        assert (sheet.view.sort, glass.has_picture, glass.hasFocus(), sheet.timer.isActive()) == ("picture", True, True, False)
        fitted = glass.percent
        assert fitted < 100
        QTest.keyClick(glass, Qt.Key.Key_Plus)
        assert glass.percent > fitted
        assert f"{glass.percent}%" in glass.accessibleName()
        QTest.keyClick(glass, Qt.Key.Key_Minus)
        QTest.keyClick(glass, Qt.Key.Key_Minus)
        assert glass.percent < fitted
        QTest.keyClick(glass, Qt.Key.Key_0)
        assert glass.percent == fitted

    opened(window, detail, "licence", Qt.Key.Key_Return, look)
    seen = {row.purpose for row in detail.files.rows if row.seen}
    assert seen == {"licence"}
    (line,) = [each for each in detail.files.lines if "您打开看过" in each.accessibleName()]
    assert line.open.hasFocus()


def test_pages_turn_a_paper_closes_by_itself_and_what_cannot_be_shown_is_said(
    window: Driver, detail: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def turn(sheet: ViewerSheet) -> None:
        assert "第 1 页，共 2 页" in sheet.state.text()
        QTest.keyClick(sheet.glass, Qt.Key.Key_PageDown)
        window.qtbot.waitUntil(lambda: "第 2 页，共 2 页" in sheet.state.text())

    def covered(sheet: ViewerSheet) -> None:
        assert sheet.timer.isActive()
        assert sheet.timer.interval() == 30_000
        sheet.timer.setInterval(0)
        window.qtbot.waitUntil(lambda: not sheet.isVisible())

    def unknown(sheet: ViewerSheet) -> None:
        said = [label.text() for label in sheet.stack.notice.findChildren(QLabel)]
        assert any("这种文件在程序里看不了" in each for each in said)
        target = tmp_path / "out.zip"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
        window.answer_sheet("交主管看")
        sheet.take_out()
        window.qtbot.waitUntil(target.exists)

    opened(window, detail, "brochure", Qt.Key.Key_Space, turn)
    opened(window, detail, "identity", Qt.Key.Key_Return, covered)
    opened(window, detail, "mandate", Qt.Key.Key_Return, unknown)
    assert {row.purpose for row in detail.files.rows if row.seen} == {"brochure", "identity"}
    with window.desk.store.reader() as session:
        lines = session.query(Audit).where(Audit.event == "attachment.open").count()
    assert lines == 4  # three openings, and the one that left
