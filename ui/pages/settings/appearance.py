"""Language, light and dark, size, idle lock."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QSpinBox

from ui.context import Context
from ui.pages.settings.section import Section
from ui.widgets.chips import FilterChips


class AppearanceSection(Section):
    """Theme and language change at once; the size at the next start."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, lambda: self.tr("外观和习惯"))
        values = context.settings.values
        self.theme, self.language = FilterChips(), FilterChips()
        self.theme.current, self.language.current = values.theme, values.language
        self._name_chips()
        self.theme.chosen.connect(context.set_theme)
        self.language.chosen.connect(context.set_language)
        self.scale, self.idle, self.every = QComboBox(), QSpinBox(), QSpinBox()
        for percent in (100, 125, 150, 175, 200):
            self.scale.addItem(f"{percent}%", percent)
        self.scale.setCurrentIndex(max(0, self.scale.findData(values.scale)))
        self.scale.activated.connect(lambda _: self._keep("scale", self.scale.currentData()))
        self._number(self.idle, 1, 240, values.idle_lock_minutes, "idle_lock_minutes")
        self._number(self.every, 1, 1440, values.sync_minutes, "sync_minutes")
        self.add(lambda: self.tr("明暗"), self.theme, lambda: self.tr("长时间看屏幕，晚上用深色更舒服"))
        self.add(lambda: self.tr("语言"), self.language)
        self.add(lambda: self.tr("显示大小"), self.scale, lambda: self.tr("下次启动时生效"))
        self.add(lambda: self.tr("离开多久后锁屏（分钟）"), self.idle, lambda: self.tr("窗口 10 分钟，外出的笔记本 5 分钟"))
        self.add(lambda: self.tr("每隔多久自动同步（分钟）"), self.every, lambda: self.tr("没有网络时不受影响，连上后自动补送"))
        context.settings.changed.connect(self._show)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self._name_chips()

    def _name_chips(self) -> None:
        self.theme.set_chips([("system", self.tr("跟随系统")), ("light", self.tr("浅色")), ("dark", self.tr("深色"))])
        self.language.set_chips([("zh", "中文"), ("en", "English")])

    def _number(self, box: QSpinBox, low: int, high: int, value: int, name: str) -> None:
        box.setRange(low, high)
        box.setValue(value)
        box.setFixedWidth(96)
        box.valueChanged.connect(lambda number: self._keep(name, number))

    def _keep(self, name: str, value: Any) -> None:
        self.context.settings.set(name, value)

    def _show(self, name: str) -> None:
        values = self.context.settings.values
        if name == "theme":
            self.theme.mark(values.theme)
        elif name == "language":
            self.language.mark(values.language)
