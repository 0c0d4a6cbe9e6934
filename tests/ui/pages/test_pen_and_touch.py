"""The signing pad under a pen and under a finger, driven through the real window as Qt hands the events on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.pages.driver import CTRL, Driver
from tests.ui.pages.test_room import begun, entered, found
from ui.widgets.signature_pad import SignaturePad
from zzdesk.evidence.files import FileStore
from zzdesk.mediation import commands

STROKES = (((60, 100), (110, 140), (170, 90), (230, 150)), ((260, 80), (270, 160)))
CAPABLE = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure | QInputDevice.Capability.Hover


def pen() -> QPointingDevice:
    kinds = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen
    return QPointingDevice("pen", 7, *kinds, CAPABLE, 1, 1)


def write_with(device: QPointingDevice, pad: SignaturePad, strokes: Any, pressure: float = 0.6) -> None:
    """Send a pen's events to the window itself: it finds the pad under them, as for a real pen."""
    top: QWidget = pad.window()
    window = top.windowHandle()

    def send(kind: QEvent.Type, x: int, y: int, force: float) -> None:
        here = QPointF(pad.mapTo(top, QPoint(x, y)))
        down = Qt.MouseButton.LeftButton if force else Qt.MouseButton.NoButton
        event = QTabletEvent(kind, device, here, QPointF(pad.mapToGlobal(QPoint(x, y))), force, 0, 0, 0, 0, 0,
                             Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, down)  # fmt: skip
        QApplication.sendEvent(window, event)

    for stroke in strokes:
        send(QEvent.Type.TabletPress, *stroke[0], pressure)
        for point in stroke[1:]:
            send(QEvent.Type.TabletMove, *point, pressure)
        send(QEvent.Type.TabletRelease, *stroke[-1], 0)
        send(QEvent.Type.TabletMove, stroke[-1][0] + 20, 200, 0)  # over the pad, on the way to the next stroke


def write_with_finger(pad: SignaturePad, strokes: Any) -> None:
    """Send touches, with the ball of the hand resting below the finger."""
    device = QTest.createTouchDevice()
    for stroke in strokes:
        QTest.touchEvent(pad, device).press(0, QPoint(*stroke[0]), pad).press(1, QPoint(400, 240), pad).commit()
        for x, y in stroke[1:]:
            QTest.touchEvent(pad, device).move(0, QPoint(x, y), pad).stationary(1).commit()
        QTest.touchEvent(pad, device).release(0, QPoint(*stroke[-1]), pad).release(1, QPoint(400, 240), pad).commit()


def points(pad: SignaturePad) -> list[list[tuple[int, int]]]:
    return [[(round(x), round(y)) for x, y, _ in stroke] for stroke in pad.strokes]


def test_a_pen_and_a_finger_sign_what_is_kept_as_evidence(window: Driver) -> None:
    _, session = begun(window)
    window.desk.write(commands.edit_paper, "session", session, {"record": "地板泡坏了", "read_back": True})
    here = entered(window, session)
    here.tabs.setCurrentIndex(2)
    mine, theirs = (party.id for party in found(window, session).parties)
    wanted = [list(stroke) for stroke in STROKES]
    seen: list[Any] = []

    def by_pen(sheet: Any) -> None:
        write_with(pen(), sheet.pad, STROKES[:1], pressure=0)
        assert points(sheet.pad) == [[STROKES[0][0]]], "a pen that hovers leaves no ink"
        sheet.again.click()
        assert not sheet.go.isEnabled()
        write_with(pen(), sheet.pad, STROKES)
        seen.append(points(sheet.pad))
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)

    def by_finger(sheet: Any) -> None:
        write_with_finger(sheet.pad, STROKES)
        seen.append(points(sheet.pad))
        QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)

    window.answer(by_pen, here.signing.buttons[mine].click)
    window.answer(by_finger, here.signing.buttons[theirs].click)
    assert seen == [wanted, wanted], "each stroke as it was drawn, and nothing of the hand"
    now = found(window, session)
    assert now.session.fields["signed_by"] == sorted((mine, theirs))
    store = FileStore(window.desk.paths.files, window.desk.store.key)
    for file in now.files:
        drawing = b"".join(store.read(file.sha256)).decode()
        assert (file.purpose, drawing.count("<polyline"), "60.0,100.0 110.0,140.0" in drawing) == ("signature", 2, True)
