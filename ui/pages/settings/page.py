"""The settings: a short list of sections at the left, one section at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from ui.context import Context
from ui.pages.base import Page
from ui.pages.settings.about import AboutSection
from ui.pages.settings.accounts import AccountsSection
from ui.pages.settings.appearance import AppearanceSection
from ui.pages.settings.device import DeviceSection
from ui.pages.settings.kiosk import KioskSection
from ui.pages.settings.office import OfficeSection
from ui.pages.settings.readings import ReadingsSection
from ui.pages.settings.safety import SafetySection
from ui.pages.settings.section import Section
from ui.theme import icons, set_kind
from ui.theme.tokens import CONTROL, XL, L, S
from ui.widgets.base import card, column, row

ICONS: Final = {"appearance": "sun", "accounts": "users", "device": "monitor", "kiosk": "briefcase", "office": "calendar",
                "safety": "shield-check", "readings": "eye", "about": "info"}

SECTIONS: Final[dict[str, Callable[[Context], Section]]] = {
    "appearance": AppearanceSection, "accounts": AccountsSection, "device": DeviceSection, "kiosk": KioskSection,
    "office": OfficeSection, "safety": SafetySection, "readings": ReadingsSection, "about": AboutSection,
}  # fmt: skip
"""Made when they are first opened."""
RIGHTS: Final = {"readings": "audit.read", "kiosk": "kiosk.leave", "office": "calendar.import"}
"""Sections that not everybody has."""


class SettingsPage(Page):
    """Every change takes effect and is kept at once; there is no button to save."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.keys = [key for key in ICONS if key not in RIGHTS or context.may(RIGHTS[key])]
        self.sections: dict[str, Section] = {}
        self._places: dict[str, QWidget] = {}
        self.list = QListWidget()
        self.list.setFixedWidth(216)
        self.list.setSpacing(1)
        set_kind(self.list, "menu")
        self.list.setIconSize(QSize(16, 16))
        self._stack = QStackedWidget()
        for key in self.keys:
            item = QListWidgetItem(icons.icon(ICONS[key], "secondary"), "", self.list)
            item.setSizeHint(QSize(200, CONTROL + S))
        self.list.currentRowChanged.connect(self._show)
        frame = card()
        frame.setLayout(column(self._stack, margins=1))
        layout = row(self.list, frame, gap=L)
        layout.setStretch(1, 1)
        self.body.addLayout(layout)
        self.list.setCurrentRow(0)
        self.retranslate()

    def refresh(self) -> None:
        """Ask for what the open section shows."""
        self._show(self.list.currentRow())

    def open_target(self, target: str) -> None:
        """Open a section by its name."""
        if target in self.keys:
            self.list.setCurrentRow(self.keys.index(target))

    def retranslate(self) -> None:
        """Say everything again."""
        names = {"appearance": self.tr("外观和习惯"), "accounts": self.tr("账号"), "device": self.tr("本机"),
                 "kiosk": self.tr("自助机"), "office": self.tr("工作日和办公时间"),
                 "safety": self.tr("备份和安全"), "readings": self.tr("查看记录"), "about": self.tr("关于")}
        self.header.set_texts(self.tr("设置"), self.tr("改动立即生效"))
        self.list.setAccessibleName(self.tr("设置分类"))
        for at, key in enumerate(self.keys):
            self.list.item(at).setText(names[key])

    def _show(self, at: int) -> None:
        key = self.keys[at]
        if key not in self.sections:
            self.sections[key] = SECTIONS[key](self.context)
            self._places[key] = _scrolled(self.sections[key])
            self._stack.addWidget(self._places[key])
        self._stack.setCurrentWidget(self._places[key])
        if self.isVisible():
            self.sections[key].refresh()


def _scrolled(section: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    holder = QWidget()
    holder.setLayout(column(section, None, margins=XL))
    area.setWidget(holder)
    return area


def make_page(context: Context) -> Page:
    """Return the page, made on the first visit."""
    return SettingsPage(context)
