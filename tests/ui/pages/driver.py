"""What a person can do with the window: press keys, type Chinese, read what stands there."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages.real_keys import ASKED, Hand
from ui.application import make_window
from ui.desk_session import Opened, facts_of
from ui.pages.mediation.sweep import FormSheet
from ui.pages.records import Records
from ui.widgets.dialogs import ReasonSheet, Sheet
from ui.widgets.forms import Form
from zzdesk.desk.session import Desk

STATION = "350602002004"
PASSWORD = "a lamp in the stairwell"
NOISE = (r"propagateSizeHints\(\)", r"does not support raise\(\)", r"does not support grabbing the keyboard")
CTRL = Qt.KeyboardModifier.ControlModifier


class Driver:
    """The window of one desk."""

    def __init__(self, qtbot: QtBot, application: QApplication, desk: Desk) -> None:
        self.qtbot, self.desk, self.closed = qtbot, desk, False
        self.hand = Hand(qtbot, application) if os.environ.get(ASKED) else None
        self.window = make_window(desk.home, application)
        self.window.context.set_language("zh")
        self.window.context.set_theme("light")
        self.window.resize(1366, 768)
        self.window.enter(Opened(desk, facts_of(desk)))
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.settle()

    def close(self) -> None:
        """Close the window as a person does; the desk logs out."""
        if shiboken6.isValid(self.window) and not self.closed:
            self.closed = True
            self.window.close()
            self.window.deleteLater()

    def settle(self) -> None:
        """Wait until nothing is under way: pauses of typing, tasks of the workers, deferred events."""
        def quiet() -> bool:
            timers = self.window.findChildren(QTimer)
            pausing = any(t.isActive() and t.isSingleShot() and t.interval() <= 300 for t in timers)
            return self.window.runner.idle and not pausing

        self.qtbot.waitUntil(quiet, timeout=15_000)
        QApplication.processEvents()
        self.qtbot.waitUntil(quiet, timeout=15_000)

    def page(self, key: str) -> Any:
        """Go to a page and wait until it is there."""
        self.window.navigate(key)
        self.settle()
        return self.window.shell.pages[key]

    def records(self, key: str) -> Records:
        """Go to a page and return the list on it."""
        shown: Records = self.page(key).shown
        return shown

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the cursor is."""
        if self.hand is not None:
            self.hand.press(key, modifiers)
        else:
            QTest.keyClick(self.target(), key, modifiers)
        self.settle()

    def type(self, text: str) -> None:
        """Type; Chinese arrives as an input method brings it."""
        if text.isascii() and self.hand is not None:
            self.hand.type(text)
        elif text.isascii():
            QTest.keyClicks(self.target(), text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self.target(), event)
        self.settle()

    def target(self) -> QWidget:
        """Return who gets the keys: an open list of offers, or the widget with the cursor."""
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def field(self, form: Form, key: str) -> None:
        """Put the cursor into a field, as Tab would in its turn."""
        form.fields[key].control.setFocus()
        assert form.fields[key].control.hasFocus() or form.fields[key].control.isAncestorOf(QApplication.focusWidget())

    def write_in(self, form: Form, **texts: str) -> None:
        """Type into fields."""
        for key, text in texts.items():
            self.field(form, key.replace("__", "."))
            self.type(text)

    def pick(self, form: Form, key: str, text: str, down: int = 0) -> None:
        """Type into a type-ahead line and take an offer: the first, or ``down`` steps below."""
        self.write_in(form, **{key: text})
        for _ in range(down):
            self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)

    def choose(self, form: Form, key: str, code: str) -> None:
        """Choose an entry of a list by walking to it with the arrow keys."""
        self.field(form, key)
        box: Any = form.fields[key].control
        while box.currentData() != code:
            before = box.currentIndex()
            self.press(Qt.Key.Key_Down)
            assert box.currentIndex() != before, f"{key} has no {code}"

    def toast(self) -> str:
        """Return what the toast says."""
        return str(self.window._toast._label.text()) if self.window._toast is not None else ""

    def answer_sheet(self, reason: str) -> None:
        """Answer the next sheet that asks for a reason."""
        def answer() -> None:
            sheet = QApplication.activeModalWidget()
            assert isinstance(sheet, ReasonSheet)
            sheet.edit.setPlainText(reason)
            QTest.keyClick(sheet.edit, Qt.Key.Key_Return, CTRL)

        QTimer.singleShot(0, self.window, answer)

    def answer(self, act: Callable[[Any], None], trigger: Callable[[], None]) -> None:
        """Do what opens a sheet, and do something in the sheet; one that does not close by itself is an error."""
        timer, opened = QTimer(self.window), []

        def give_up() -> None:
            if opened and shiboken6.isValid(opened[0]) and opened[0].isVisible():
                opened[0].reject()
                raise AssertionError([label.text() for label in opened[0].findChildren(QLabel) if label.isVisible()])

        def look() -> None:
            sheet = QApplication.activeModalWidget()
            if isinstance(sheet, (Sheet, FormSheet)):
                timer.stop()
                opened.append(sheet)
                QTimer.singleShot(10_000, self.window, give_up)
                try:
                    act(sheet)
                except BaseException:
                    sheet.reject()
                    raise

        timer.timeout.connect(look)
        timer.start(20)
        trigger()
        timer.stop()
        self.settle()
        self.come_back()

    def come_back(self) -> None:
        """Give the window the cursor again when a sheet has closed, as a window manager would."""
        def back() -> bool:
            self.window.activateWindow()
            target = QApplication.focusWidget()
            return self.window.isActiveWindow() and (target is None or target.window() is self.window)

        self.qtbot.waitUntil(back, timeout=5_000)

    def titles(self, records: Records) -> list[str]:
        """Return the first lines of a list."""
        return [records.line(records.model.row(at)).title for at in range(records.model.rowCount())]
