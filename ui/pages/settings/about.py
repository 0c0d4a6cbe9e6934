"""What the program is, what it is made of, and what it promises."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.context import Context
from ui.pages.settings.section import Section
from ui.theme.tokens import L, M
from ui.widgets.avatar import Mark
from ui.widgets.base import Button, Label, column, row
from zzdesk import __version__


class AboutSection(Section):
    """Version, licences, promises."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, lambda: self.tr("关于"))
        self._name, self._version = Label("zzdesk", "headline"), Label(kind="secondary")
        self._promise, self._parts = Label(wrap=True), Label(kind="small", wrap=True)
        self._help = Button("", "", "circle-help", lambda: context.help("privacy"))
        self._folder = Button("", "", "file-text", self._open_folder)
        head = row(Mark(48), column(self._name, self._version, gap=0), None, gap=L)
        buttons = row(self._help, self._folder, None, gap=M)
        for part in (head, self._promise, buttons, self._parts):
            (self.body.addWidget if isinstance(part, Label) else self.body.addLayout)(part)  # type: ignore[operator]
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self._version.setText(self.tr("版本 {version}").format(version=__version__))
        self._promise.setText(self.tr(
            "您写下的内容先保存在本机，加密；送达中心后才说送达。没有统计，没有广告，不向别处发送任何东西。"))
        self._help.setText(self.tr("个人信息怎么保护"))
        self._folder.setText(self.tr("打开日志文件夹"))
        self._parts.setText(self.tr(
            "Apache-2.0 许可。用到 Qt {qt}（LGPL-3）、Python {python}、SQLCipher、SQLAlchemy；图标来自 Lucide（ISC）。"
        ).format(qt=PySide6.__version__, python=platform.python_version()))

    def _open_folder(self) -> None:
        folder = self.context.desk.paths.logs
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


