"""The look of every window: tokens, palette, style sheet, fonts and icons, switched live."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme.fonts import body_font
from ui.theme.palette import make_palette
from ui.theme.stylesheet import make_stylesheet
from ui.theme.tokens import DARK, LIGHT, THEMES, Tokens


def apply_theme(application: QApplication, name: str) -> None:
    """Dress the whole program in the theme ``light`` or ``dark``; widgets follow at once."""
    tokens = THEMES[name]
    if not application.styleSheet():
        application.setStyle("Fusion")
        application.setFont(body_font())
    sheet = make_stylesheet(tokens)
    worn = application.styleSheet() == sheet  # putting the same one on again costs Qt as much as the first time
    if not worn:
        application.setStyleSheet("")  # from one sheet straight to another costs six times as much as this way round
    application.setPalette(make_palette(tokens))
    if not worn:
        application.setStyleSheet(sheet)


def tokens_now() -> Tokens:
    """Return the tokens of the theme in force, told apart by the palette so that there is no second truth."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < 128 else LIGHT


def set_kind(widget: QWidget, kind: str) -> None:
    """Give a widget the style-sheet role ``kind`` (primary, quiet, card, title, …) and restyle it."""
    if widget.property("kind") == kind:
        return
    widget.setProperty("kind", kind)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    restyle(widget)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget's properties; one that has not been styled yet will be when shown."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


__all__ = ["Tokens", "apply_theme", "restyle", "set_kind", "tokens_now"]
