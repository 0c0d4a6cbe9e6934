"""The style sheet, made from the tokens; roles are the dynamic property ``kind``."""

from __future__ import annotations

from string import Template
from typing import Final

from ui.assets import asset
from ui.theme.tokens import (
    BODY,
    CONTROL,
    DISPLAY,
    FOCUS,
    HEADLINE,
    RADIUS,
    ROW,
    SMALL,
    TITLE,
    XS,
    L,
    M,
    S,
    Tokens,
)

_GENERAL: Final = """
QWidget { color: $text; }
QWidget:disabled { color: $disabled; }
QMainWindow, QWidget[kind="page"] { background: $page; }
QDialog, QWidget[kind="sheet"], QWidget[kind="palette"] { background: $raised; }
QWidget[kind="palette"] { border: 1px solid $border; }
QWidget[kind="palette"] QLineEdit { background: $raised; border: 0; min-height: 44px; font-size: ${TITLE}px; }
QWidget[kind="palette"] QLineEdit:focus { border: 0; padding: 0 ${S}px; }
QWidget[kind="palette"] QListView { background: $raised; }
QWidget[kind="plain"], QScrollArea, QScrollArea > QWidget > QWidget, QStackedWidget { background: transparent; border: 0; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: ${XS}px ${S}px; }
QLabel[kind="display"] { font-size: ${DISPLAY}px; font-weight: 600; }
QLabel[kind="headline"] { font-size: ${HEADLINE}px; font-weight: 600; }
QLabel[kind="title"] { font-size: ${TITLE}px; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="secondary"] { color: $secondary; }
QLabel[kind="small"] { color: $secondary; font-size: ${SMALL}px; }
QLabel[kind="success"] { color: $success; font-size: ${SMALL}px; }
QLabel[kind="problem"] { color: $danger; font-size: ${SMALL}px; }
QLabel[kind="mark"] { color: $danger; }
QLabel[kind="key"] { background: $neutral_fill; border: 1px solid $border; border-radius: 4px; padding: 1px 6px;
    font-size: ${SMALL}px; color: $secondary; }
QLabel[kind="secret"] { background: $page; border: 1px dashed $border; border-radius: ${RADIUS}px; padding: ${L}px;
    font-size: ${HEADLINE}px; font-weight: 600; }
QFrame[kind="card"] { background: $panel; border: 1px solid $border; border-radius: ${RADIUS}px; }
QFrame[kind="panel"] { background: $panel; border: 0; }
QFrame[kind="nav"] { background: $panel; border: 0; border-right: 1px solid $border; }
QFrame[kind="topbar"] { background: $panel; border: 0; border-bottom: 1px solid $border; }
QFrame[kind="statusbar"] { background: $panel; border: 0; border-top: 1px solid $border; }
QFrame[kind="line"] { background: $border; border: 0; max-height: 1px; min-height: 1px; }
QFrame[kind="vline"] { background: $border; border: 0; max-width: 1px; min-width: 1px; }
QFrame[kind="popup"] { background: $raised; border: 1px solid $border; border-radius: ${RADIUS}px; }
QFrame[kind="toast"] { background: $raised; border: 1px solid $border; border-radius: ${RADIUS}px; }
QFrame[kind="banner-info"] { background: $info_fill; border: 1px solid $info; border-radius: ${RADIUS}px; }
QFrame[kind="banner-success"] { background: $success_fill; border: 1px solid $success; border-radius: ${RADIUS}px; }
QFrame[kind="banner-warning"] { background: $warning_fill; border: 1px solid $warning; border-radius: ${RADIUS}px; }
QFrame[kind="banner-danger"] { background: $danger_fill; border: 1px solid $danger; border-radius: ${RADIUS}px; }
QFrame[kind="strip"] { background: $warning_fill; border: 0; border-bottom: 1px solid $border; }
QFrame[kind="selectable"] { background: $panel; border: 1px solid $border; border-radius: ${RADIUS}px; }
QFrame[kind="selected"] { background: $selected; border: 2px solid $primary; border-radius: ${RADIUS}px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $border; }
"""

_BUTTONS: Final = """
QPushButton { background: $panel; color: $text; border: 1px solid $border; border-radius: ${RADIUS}px;
    min-height: ${INNER}px; padding: 0 15px; }
QPushButton:hover { border-color: $primary; background: $hover; }
QPushButton:pressed { background: $selected; }
QPushButton:focus { border: ${FOCUS}px solid $primary; padding: 0 14px; min-height: ${INNER_FOCUS}px; }
QPushButton:disabled { background: $page; color: $disabled; border-color: $border; }
QPushButton[kind="primary"] { background: $primary; color: $on_primary; border-color: $primary; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $primary_hover; border-color: $primary_hover; }
QPushButton[kind="primary"]:pressed { background: $primary_pressed; }
QPushButton[kind="primary"]:focus { border: ${FOCUS}px solid $text; }
QPushButton[kind="primary"]:disabled { background: $neutral_fill; color: $disabled; border-color: $border; }
QPushButton[kind="danger"] { color: $danger; border-color: $danger; }
QPushButton[kind="danger"]:hover { background: $danger_fill; }
QPushButton[kind="quiet"], QToolButton { background: transparent; border: 1px solid transparent;
    border-radius: ${RADIUS}px; padding: 0 ${S}px; min-height: ${INNER}px; }
QPushButton[kind="quiet"]:hover, QToolButton:hover { background: $hover; }
QPushButton[kind="quiet"]:focus, QToolButton:focus { border: ${FOCUS}px solid $primary; padding: 0 7px;
    min-height: ${INNER_FOCUS}px; }
QToolButton:pressed, QToolButton:checked { background: $selected; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $info; padding: 0 ${XS}px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: ${FOCUS}px solid $primary; padding: 0 3px; }
QPushButton[kind="chip"] { background: $panel; border: 1px solid $border; border-radius: 14px; min-height: 26px;
    padding: 0 ${M}px; }
QPushButton[kind="chip"]:hover { border-color: $primary; }
QPushButton[kind="chip"]:checked { background: $selected; border-color: $primary; font-weight: 600; }
QPushButton[kind="chip"]:focus { border: ${FOCUS}px solid $primary; padding: 0 11px; min-height: 24px; }
QPushButton[kind="tile"] { background: $panel; border: 1px solid $border; padding: 0; min-height: 108px; }
QPushButton[kind="tile"]:hover { border-color: $primary; background: $panel; }
QPushButton[kind="tile"]:focus { border: ${FOCUS}px solid $primary; padding: 0; min-height: 106px; }
QPushButton[kind="action"] { background: $page; border: 1px solid transparent; text-align: left; min-height: 38px;
    padding: 0 ${M}px; }
QPushButton[kind="action"]:hover { background: $hover; border-color: $primary; }
QPushButton[kind="action"]:focus { border: ${FOCUS}px solid $primary; min-height: 36px; padding: 0 11px; }
QPushButton[kind="search"] { background: $page; color: $secondary; border: 1px solid $border; text-align: left;
    padding: 0 ${M}px; }
QPushButton[kind="search"]:hover { border-color: $primary; }
QPushButton[kind="status"] { background: transparent; border: 0; border-radius: 4px; min-height: 22px;
    padding: 0 ${S}px; font-size: ${SMALL}px; color: $secondary; }
QPushButton[kind="status"]:hover { background: $hover; color: $text; }
QPushButton[kind="status"]:focus { border: 1px solid $primary; }
"""

_FIELDS: Final = """
QLineEdit, QComboBox, QDateEdit, QTimeEdit, QDateTimeEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit {
    background: $panel; color: $text; border: 1px solid $border; border-radius: ${RADIUS}px;
    selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit, QComboBox, QDateEdit, QTimeEdit, QDateTimeEdit, QSpinBox, QDoubleSpinBox {
    min-height: ${INNER}px; padding: 0 ${S}px; }
QPlainTextEdit, QTextEdit { padding: ${XS}px; }
QLineEdit:hover, QComboBox:hover, QDateEdit:hover, QDateTimeEdit:hover, QSpinBox:hover, QPlainTextEdit:hover {
    border-color: $primary; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QTimeEdit:focus, QDateTimeEdit:focus, QSpinBox:focus,
QDoubleSpinBox:focus { border: ${FOCUS}px solid $primary; min-height: ${INNER_FOCUS}px; padding: 0 7px; }
QPlainTextEdit:focus, QTextEdit:focus { border: ${FOCUS}px solid $primary; padding: 3px; }
QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled, QSpinBox:disabled, QPlainTextEdit:disabled,
QLineEdit[readOnly="true"] { background: $page; color: $secondary; }
QWidget[wrong="true"] { border: ${FOCUS}px solid $danger; }
QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down { border: 0; width: 28px;
    subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow, QDateEdit::down-arrow, QDateTimeEdit::down-arrow { image: url("$controls-chevron-down.svg");
    width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; padding: ${XS}px; outline: 0; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 ${S}px; border-radius: 4px; color: $text; }
QComboBox QAbstractItemView::item:selected, QComboBox QAbstractItemView::item:hover { background: $selected;
    color: $text; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { border: 0;
    width: 22px; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$controls-chevron-up.svg"); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$controls-chevron-down.svg"); width: 12px; height: 12px; }
QCheckBox, QRadioButton { spacing: ${S}px; min-height: 28px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid $secondary;
    background: $panel; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $primary; }
QCheckBox::indicator:checked { background: $primary; border-color: $primary; image: url("$controls-check.svg"); }
QRadioButton::indicator:checked { background: $primary; border-color: $primary; image: url("$controls-dot.svg"); }
QCheckBox:focus, QRadioButton:focus { border: ${FOCUS}px solid $primary; border-radius: 4px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border; background: $page; }
"""

_VIEWS: Final = """
QTableView, QListView, QTreeView { background: $panel; border: 0; outline: 0; selection-background-color: $selected;
    selection-color: $text; gridline-color: $border; }
QListView::item { border-radius: ${RADIUS}px; }
QListView[kind="menu"] { background: transparent; }
QListView[kind="menu"]::item { padding: 0 ${S}px; color: $secondary; border-radius: ${RADIUS}px; }
QListView[kind="menu"]::item:hover { background: $hover; color: $text; }
QListView[kind="menu"]::item:selected { background: $selected; color: $text; }
QListView[kind="menu"]::item:selected:focus { border: ${FOCUS}px solid $primary; }
QHeaderView { background: $panel; border: 0; }
QHeaderView::section { background: $page; color: $secondary; font-size: ${SMALL}px; border: 0;
    border-bottom: 1px solid $border; padding: 0 ${M}px; min-height: 34px; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $page; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $disabled; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: transparent;
    border: 0; width: 0; height: 0; }
QMenu { background: $raised; border: 1px solid $border; padding: ${XS}px; }
QMenu::item { padding: 6px ${L}px 6px ${S}px; border-radius: 4px; color: $text; }
QMenu::item:selected { background: $selected; }
QMenu::separator { height: 1px; background: $border; margin: ${XS}px; }
QMenu::icon { padding-left: ${S}px; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $secondary; padding: ${S}px ${M}px; border: 0;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom: 2px solid $primary; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { border-bottom: 2px solid $primary; }
QTabWidget::pane { border: 0; border-top: 1px solid $border; }
QProgressBar { background: $neutral_fill; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $primary; border-radius: 3px; }
QTextBrowser { background: $panel; border: 0; padding: 0; }
QTextBrowser:focus { border: 0; padding: 0; }
QCalendarWidget QWidget { background: $raised; }
"""


def make_stylesheet(tokens: Tokens) -> str:
    """Return the style sheet of a theme."""
    values: dict[str, object] = {name: getattr(tokens, name) for name in tokens.__dataclass_fields__}
    values |= {"controls": asset("icons", "controls", tokens.name).as_posix()}
    values |= {"XS": XS, "S": S, "M": M, "L": L, "RADIUS": RADIUS, "FOCUS": FOCUS, "ROW": ROW}
    values |= {"SMALL": SMALL, "BODY": BODY, "TITLE": TITLE, "HEADLINE": HEADLINE, "DISPLAY": DISPLAY}
    values |= {"INNER": CONTROL - 2, "INNER_FOCUS": CONTROL - 4}
    return Template(_GENERAL + _BUTTONS + _FIELDS + _VIEWS).substitute(values)
