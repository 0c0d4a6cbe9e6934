"""Exchange by USB stick: write what waits into a bundle, take an answer in, carry a bundle for another station."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from ui import sync_bridge
from ui.context import Context
from ui.pages.sync.standing import size_words
from ui.theme import icons
from ui.widgets.base import Button, Translated, row
from ui.widgets.dates import short_moment
from ui.widgets.tag import Tone
from zzdesk.errors import KnownError
from zzdesk.i18n import translate

FILTER: Final = "zzdesk (*.zzb)"


class BundleMenu(Translated, QWidget):
    """The button and its menu. ``said(sentence, tone)`` tells what came of it; ``exchanged()`` after an import.

    Nothing here waits for the network except carrying a bundle for somebody else.
    """

    said = Signal(str, str)
    exchanged = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.button = Button("", "", "arrow-left-right", self.open_menu)
        self.setLayout(row(self.button, gap=0))
        self._under_way = False
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        self.button.setText(self.tr("U 盘交换"))
        self.button.setToolTip(self.tr("没有网络也能交换：把待送达的内容装进一个加密文件，带到中心，再把答复带回来"))

    def menu(self) -> QMenu:
        """Return the menu."""
        menu = QMenu(self)
        menu.addAction(icons.icon("upload"), self.tr("把待送达的内容导出到 U 盘…"), self.export)
        menu.addAction(icons.icon("file-text"), self.tr("只导出记录，附件留到下次…"), self.export_records)
        menu.addAction(icons.icon("download"), self.tr("导入中心的答复…"), self.take_in)
        menu.addSeparator()
        menu.addAction(icons.icon("send"), self.tr("替别的工作站送到中心…"), self.relay)
        return menu

    def open_menu(self) -> None:
        """Open the menu under its button."""
        self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))

    def export(self) -> None:
        """Ask where to, and write the bundle there, with as many files as fit."""
        self._export(None)

    def export_records(self) -> None:
        """Ask where to, and write the bundle there, without the bytes of any file."""
        self._export(0)

    def _export(self, most: int | None) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("导出到哪里"))
        if folder:
            self._run(self.tr("正在写入 U 盘……"), sync_bridge.export_bundle, Path(folder), most, on_done=self._exported)

    def take_in(self) -> None:
        """Ask which answer, and take it in."""
        name, _ = QFileDialog.getOpenFileName(self, self.tr("选中心的答复"), "", FILTER)
        if name:
            self._run(self.tr("正在导入……"), sync_bridge.import_bundle, Path(name), on_done=self._taken_in)

    def relay(self) -> None:
        """Ask which bundle to carry, and where the answer goes; then send it over this desk's line."""
        name, _ = QFileDialog.getOpenFileName(self, self.tr("选要代送的数据包"), "", FILTER)
        if not name:
            return
        answer, _ = QFileDialog.getSaveFileName(
            self, self.tr("中心的答复存到哪里"), str(Path(name).with_suffix("")) + "-answer.zzb", FILTER)
        if answer:
            self._run(self.tr("正在代为送到中心……"), sync_bridge.relay_bundle, Path(name), Path(answer),
                      on_done=lambda header: self._relayed(header, Path(answer)))

    def _run(self, doing: str, work: Callable[..., Any], *given: Any, on_done: Callable[[Any], None]) -> None:
        if self._under_way:
            return
        self._set_busy(True)
        self.said.emit(doing, Tone.INFO)

        def done(found: Any) -> None:
            self._set_busy(False)
            on_done(found)

        self._context.runner.network(work, self._context.desk, *given, on_done=done, on_error=self._failed, owner=self)

    def _set_busy(self, busy: bool) -> None:
        self._under_way = busy
        self.button.setEnabled(not busy)

    def _failed(self, error: KnownError) -> None:
        self._set_busy(False)
        self.said.emit(error.text(), Tone.WARNING)

    def _exported(self, made: Any) -> None:
        said = self.tr("{n} 项和 {files} 个附件已写入 {file}，写完后已读回核对。请带到中心；带回答复之前它们仍算未送达。")
        sentence = said.format(n=made.operations, files=made.files.files, file=made.path.name)
        if made.files.left:
            rest = self.tr("还有 {n} 个附件（{size}）没有带上，导入答复后再导出一次。")
            sentence += rest.format(n=made.files.left, size=size_words(made.files.left_bytes))
        self.said.emit(sentence, Tone.WARNING if made.files.left else Tone.SUCCESS)

    def _taken_in(self, report: Any) -> None:
        self._context.changes.changed.emit(report.changes, None)
        files = report.files.sent + report.files.received
        if report.notices:
            self.said.emit(" ".join(translate(notice) for notice in report.notices), Tone.WARNING)
        elif not (report.pushed or report.pulled or report.rejected or report.conflicts or files):
            self.said.emit(self.tr("这份答复里没有新的内容，可能已经导入过。"), Tone.INFO)
        elif report.rejected:
            self.said.emit(self.tr("答复已导入：送达 {sent} 项，收到 {got} 项，{bad} 项被退回。").format(
                sent=report.pushed, got=report.pulled, bad=report.rejected), Tone.WARNING)
        elif files:
            self.said.emit(self.tr("答复已导入：送达 {sent} 项，收到 {got} 项；附件送达 {up} 个，取来 {down} 个。").format(
                sent=report.pushed, got=report.pulled, up=report.files.sent, down=report.files.received), Tone.SUCCESS)
        else:
            self.said.emit(self.tr("答复已导入：送达 {sent} 项，收到 {got} 项。").format(
                sent=report.pushed, got=report.pulled), Tone.WARNING if report.conflicts else Tone.SUCCESS)
        self.exchanged.emit()

    def _relayed(self, header: Any, answer: Path) -> None:
        when = short_moment(datetime.fromisoformat(header.made_at), self._context.now())
        self.said.emit(
            self.tr("{station} {when} 的数据包已送到中心，答复在 {file}，请带回给他们。").format(
                station=header.sender.station, when=when, file=answer.name), Tone.SUCCESS)
