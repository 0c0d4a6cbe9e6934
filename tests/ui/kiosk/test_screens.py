"""Every screen of the kiosk in its four sizes: large enough for old eyes and fingers, and nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.ui.kiosk.conftest import Kiosk
from ui import shots_kiosk
from ui.kiosk.window import KioskWindow
from ui.languages import Languages

BODY, TARGET, CHOICES = 18, 60, 3


def faults(window: KioskWindow) -> Iterator[str]:
    """Yield what is too small, cut off, or lies over something else."""
    shown = [w for w in window.findChildren(QWidget) if w.isVisible() and isinstance(w, (QLabel, QPushButton))]
    inside = QRect(0, 0, window.width(), window.height())
    for widget in shown:
        name = f"{type(widget).__name__} {widget.accessibleName() or widget.text()!r}"
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        if not inside.contains(place):
            yield f"{name} reaches out of the window: {place}"
        if not isinstance(widget, QPushButton) and widget.text() and not fits(widget):
            yield f"{name} is cut off"
        if isinstance(widget, QPushButton):
            if min(place.width(), place.height()) < TARGET:
                yield f"{name} is too small for a finger: {place.size()}"
            wide = QFontMetrics(widget.font()).horizontalAdvance(widget.text())
            if wide > widget.width() - 8:
                yield f"{name} has no room for its word"
            if widget.toolTip():
                yield f"{name} has a tooltip"
        if widget.text() and widget.fontInfo().pixelSize() < BODY:
            yield f"{name} is written too small"
    buttons = [w for w in shown if isinstance(w, QPushButton)]
    for at, one in enumerate(buttons):
        for other in buttons[at + 1 :]:
            if placed(one, window).intersects(placed(other, window)) and window._over is None:
                yield f"{one.accessibleName()} and {other.accessibleName()} lie over each other"


def placed(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def fits(label: QLabel) -> bool:
    """Say whether a label shows the whole of its text."""
    if label.wordWrap():
        return label.height() >= label.heightForWidth(label.width()) - 1
    return label.width() >= QFontMetrics(label.font()).horizontalAdvance(label.text()) - 1 and (
        label.height() >= QFontMetrics(label.font()).height() - 2)


TOURS = (("zh", "lies", True), ("zh", "stands", True), ("zh", "lies", False), ("en", "lies", True))
"""What fits in extra-large letters fits in large ones; English is longest on a screen that lies."""


def test_no_screen_is_cut_off_or_small_in_any_size(kiosk: Kiosk, qapp: QApplication) -> None:
    """Four visits to every screen; each applies for another job."""
    window, found = kiosk.window, list[str]()
    languages = qapp.findChild(Languages)
    assert isinstance(languages, Languages)
    for language, how, large in TOURS:
        languages.switch(language)
        window.resize(shots_kiosk.SIZES[how])
        seen = []
        for name in shots_kiosk.tour(window, kiosk.flow, kiosk.place.card):
            seen.append(name)
            if window.large != large:
                window.set_large(large)
            qapp.processEvents()
            assert window.size() == shots_kiosk.SIZES[how], name
            assert len(getattr(kiosk.screen, "choices", ())) <= CHOICES
            found += [f"{name} {how} {large}: {fault}" for fault in faults(window)]
            assert window.call.isVisible()
            assert window.call.isEnabled()
        assert len(seen) == 28
    languages.switch("zh")
    assert found == [], "\n".join(found)
