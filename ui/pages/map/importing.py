"""Taking the station's grids in from the map: a file, and the datum that it is in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from ui.context import Context
from ui.widgets.base import Button, Translated
from zzdesk.desk.atlas import GCJ02, UNKNOWN, WGS84
from zzdesk.errors import KnownError
from zzdesk.places import commands


class ImportGrids(Translated, Button):
    """A button with a menu; ``done`` when the grids of the home are others, ``refused(KnownError)`` when not."""

    done = Signal()
    refused = Signal(object)

    def __init__(self, context: Context, initiator: QWidget) -> None:
        super().__init__("", "", "upload", self._open)
        self._context, self._initiator = context, initiator
        self.retranslate()

    def menu_of_datums(self) -> QMenu:
        """Return the menu: each entry says in which datum the file is that is chosen next."""
        menu = QMenu(self)
        words = {WGS84: self.tr("文件是 WGS-84（国际通用，GPS）…"), GCJ02: self.tr("文件是 GCJ-02（国内地图软件）…"),
                 UNKNOWN: self.tr("不清楚坐标系…")}
        for datum, text in words.items():
            menu.addAction(text, lambda datum=datum: self._choose(datum))
        menu.addSeparator()
        menu.addAction(self.tr("去掉导入的网格"), self.remove)
        return menu

    def take(self, source: Path, datum: str) -> None:
        """Import a file; every wrong feature is told by its number, and nothing changes then."""
        target = self._context.desk.paths.grids
        self._context.runner.write(commands.import_grids, target, source, datum, initiator=self._initiator,
                                   on_done=lambda _: self._told(), on_error=self._say)

    def remove(self) -> None:
        """Do away with the grids."""
        self._context.runner.write(commands.remove_grids, self._context.desk.paths.grids, initiator=self._initiator,
                                   on_done=lambda _: self.done.emit(), on_error=self._say)

    def retranslate(self) -> None:
        """Say everything again."""
        self.setText(self.tr("导入网格"))
        self.setToolTip(self.tr("GeoJSON 文件：每个要素是一个网格，有编码和名称"))
        self.setAccessibleDescription(self.toolTip())

    def _open(self) -> None:
        menu = self.menu_of_datums()
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose(self, datum: str) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("选网格文件"), "", "GeoJSON (*.geojson *.json)")
        if name:
            self.take(Path(name), datum)

    def _told(self) -> None:
        self._context.toast(self.tr("网格已导入，旧的已替换"))
        self.done.emit()

    def _say(self, error: KnownError) -> None:
        self.refused.emit(error)
