"""自助机 in the settings: a PIN of two entries, changed only by who knows the one before."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.ui.pages.driver import Driver
from ui.pages.settings.kiosk import PinSheet
from zzdesk.desk import kiosk_door
from zzdesk.settings import load_settings


def labels(sheet: PinSheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())


def test_a_pin_is_typed_twice_and_choices_are_kept_at_once(window: Driver) -> None:
    page = window.page("settings")
    page.open_target("kiosk")
    window.settle()
    section = page.sections["kiosk"]
    assert section.pin.text() == "设 PIN…"

    def fill(sheet: Any) -> None:
        """First two that differ, then the same twice."""
        assert isinstance(sheet, PinSheet)
        fields = sheet.form.fields
        assert list(fields) == ["pin", "again"]
        for again in ("204818", "204817"):
            for key, digits in (("pin", "204817"), ("again", again)):
                fields[key].control.clear()
                QTest.keyClicks(fields[key].control, digits)
            QTest.keyClick(fields["again"].control, Qt.Key.Key_Return)
            window.settle()
            if again != "204817":
                assert "两次输的不一样" in labels(sheet)
                assert not window.desk.read(kiosk_door.pin_is_mine)

    window.answer(fill, section.pin.click)
    window.settle()
    assert section.pin.text() == "换 PIN…"
    section.idle.setValue(10)
    section.idle.setValue(90)
    section.large.click()
    section.voice.click()
    settings = load_settings(window.desk.paths.settings)
    assert (settings.kiosk_idle_seconds, settings.kiosk_large, settings.kiosk_voice) == (90, True, False)
    assert section.idle.minimum() == 45, "thirty seconds before the question"
