"""The kiosk's style sheet: light always, large, and high in contrast; roles are the dynamic property ``kind``."""

from __future__ import annotations

from string import Template
from typing import Final

from PySide6.QtWidgets import QApplication

from ui.theme.fonts import body_font
from ui.theme.palette import make_palette
from ui.theme.tokens import LIGHT, KioskSizes

_SHEET: Final = """
QWidget { color: $text; font-size: ${body}px; }
QWidget[kind="kiosk"], QWidget[kind="page"] { background: $page; }
QWidget[kind="plain"], QStackedWidget { background: transparent; }
QFrame[kind="bar"] { background: $panel; border: 0; }
QFrame[kind="card"] { background: $panel; border: 2px solid $border; border-radius: ${radius}px; }
QFrame[kind="code"] { background: $panel; border: 0; }
QLabel { background: transparent; }
QLabel[kind="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="choice"] { font-size: ${choice}px; font-weight: 600; }
QLabel[kind="secondary"] { color: $secondary; }
QLabel[kind="figure"] { font-size: ${figure}px; font-weight: 600; color: $primary; }
QLabel[kind="countdown"] { font-size: ${countdown}px; font-weight: 600; color: $primary; }
QLabel[kind="good"] { color: $success; font-weight: 600; }
QLabel[kind="problem"] { color: $danger; font-weight: 600; }
QLabel[kind="on-primary"] { color: $on_primary; }
QLabel[kind="choice-on-primary"] { color: $on_primary; font-size: ${choice}px; font-weight: 600; }
QLabel[kind="box"] { background: $panel; border: 2px solid $secondary; border-radius: ${radius}px; font-size: ${figure}px;
    font-weight: 600; }
QLabel[kind="box-now"] { background: $selected; border: 3px solid $primary; border-radius: ${radius}px;
    font-size: ${figure}px; font-weight: 600; }
QPushButton { background: $panel; color: $text; border: 2px solid $secondary; border-radius: ${radius}px;
    padding: 0 ${gap}px; font-weight: 600; font-size: ${choice}px; }
QPushButton:pressed { background: $selected; border-color: $primary; }
QPushButton:disabled { color: $disabled; border-color: $border; }
QPushButton[kind="primary"] { background: $primary; color: $on_primary; border-color: $primary; }
QPushButton[kind="primary"]:pressed { background: $primary_pressed; }
QPushButton[kind="primary"]:disabled { background: $neutral_fill; color: $disabled; border-color: $border; }
QPushButton[kind="call"] { background: $warning; color: $on_primary; border-color: $warning; }
QPushButton[kind="call"]:pressed { background: $text; }
QPushButton[kind="key"] { font-size: ${figure}px; padding: 0; }
QPushButton[kind="key-word"] { padding: 0; font-size: ${body}px; }
"""


def dress(application: QApplication, sizes: KioskSizes) -> None:
    """Dress the program for the kiosk in these sizes; widgets follow at once."""
    values: dict[str, object] = {name: getattr(LIGHT, name) for name in LIGHT.__dataclass_fields__}
    values |= {name: getattr(sizes, name) for name in sizes.__dataclass_fields__}
    values |= {"countdown": sizes.figure * 2, "choice": round(sizes.body * 1.2)}
    if not application.styleSheet():
        application.setStyle("Fusion")
    application.setFont(body_font(sizes.body))
    application.setPalette(make_palette(LIGHT))
    application.setStyleSheet(Template(_SHEET).substitute(values))
