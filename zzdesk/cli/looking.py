"""Drawing the real window without a display, and looking at the picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def draw_desk(home: Path, password: str, target: Path) -> int:
    """Open the window of a home, show its reports, save a picture; return how many colours are in it."""
    from PySide6.QtCore import qInstallMessageHandler

    from ui import desk_session
    from ui.application import make_application, make_window, qt_message
    from ui.shots import picture, settle

    qInstallMessageHandler(qt_message)
    window = make_window(home, make_application())
    try:
        window.resize(1280, 800)
        window.enter(desk_session.open_home(home, "", password))
        window.show()
        settle(window)
        window.navigate("reports")
        settle(window)
        pixmap = picture(window, None, 1)
        pixmap.save(str(target))
    finally:
        window.close()
        window.settings.windows.sync()
    return colours_of(pixmap)


def colours_of(pixmap: Any) -> int:
    """Return how many different colours a coarse grid over a picture meets."""
    image = pixmap.toImage()
    spots = ((x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7))
    return len({image.pixel(x, y) for x, y in spots})
