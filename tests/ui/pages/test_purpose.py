"""What a file of a report is, is asked with one key, and stands on the report; who goes back takes nothing in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pages.driver import Driver
from tests.ui.pages.test_handover import report
from tests.ui.pages.test_intake import new_form, newest, picture
from tests.ui.pages.test_reports import detail_of
from ui.pages.purpose import PurposeSheet
from zzdesk.desk import records


def purposes(window: Driver, found: str) -> list[str]:
    return sorted(each.purpose for each in window.desk.read(records.attachments, "report", found))


def press(*keys: Qt.Key) -> Callable[[Any], None]:
    def answer(sheet: PurposeSheet) -> None:
        assert isinstance(sheet, PurposeSheet)
        for key in keys:
            QTest.keyClick(sheet.focusWidget() or sheet, key)

    return answer


def test_one_key_says_what_a_file_is(window: Driver, tmp_path: Path) -> None:
    found = report(window)
    box = detail_of(window, found).files
    seen, letter = picture(tmp_path / "a.jpg"), tmp_path / "b.pdf"
    letter.write_bytes(b"%PDF-1.4")
    one, two, three = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3
    asked = ((seen, (Qt.Key.Key_Return,)), (seen, (two,)), (letter, (one, three)), (letter, (Qt.Key.Key_Escape,)))
    for path, keys in asked:  # a PDF is no picture of the matter: 1 answers nothing
        window.answer(press(*keys), lambda path=path: box.take_file(path))
    assert purposes(window, found) == ["identity", "other", "photo"]
    assert sorted(line.accessibleName().split(" · ")[0] for line in box.lines) == ["其他材料", "照片", "身份证明"]


def test_what_a_file_of_a_new_report_is_stands_on_it_and_with_the_draft(window: Driver, tmp_path: Path) -> None:
    form = new_form(window)
    window.type("井盖坏了")
    form.files.take(picture(tmp_path / "a.jpg"), "identity")
    window.settle()
    form.files.purposes.clear()
    form.turn_to(form.key)
    window.settle()
    assert [line.accessibleName().split(" · ")[0] for line in form.files.lines] == ["身份证明"]
    window.pick(form, "category", "ldzm")
    window.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.settle()
    assert purposes(window, newest(window)["id"]) == ["identity"]
