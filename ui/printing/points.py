"""The codes of a route on a sheet to cut out and hang up at its points: seen first, printed, or kept as PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.context import Context
from ui.printing.sheet import PaperSheet
from ui.printing.slip import FAMILIES
from ui.widgets.dates import CHINA

translate = QCoreApplication.translate


def points_said(route: str, points: Sequence[Any], language: str, by: str) -> dict[str, Any]:
    """Return what the sheet says; ``parts`` are its lines for a screen reader."""
    title = translate("PointsSheet", "巡逻签到码")
    how = translate("PointsSheet", "扫码，或在“签到码”里照着输入")
    return {
        "title": title, "subtitle": route, "lang": language, "fonts": list(FAMILIES), "how": how,
        "foot": translate("PointsSheet", "沿虚线剪下，贴在签到点 · {name} 打印").format(name=by),
        "parts": [{"heading": point.name, "note": point.code, "rows": [], "empty": how} for point in points],
    }  # fmt: skip


class PointsSheet(PaperSheet):
    """Shows the sheet; what leaves the desk is told to the audit."""

    def __init__(self, parent: QWidget, context: Context, segment_id: str, said: dict[str, Any], points: Sequence[Any]) -> None:
        self._segment, self._points = segment_id, tuple(points)
        super().__init__(parent, context, "list", said, len(points))

    def _render(self, dots: float, on_done: Callable[[tuple[bytes, ...]], None]) -> None:
        from zzdesk.desk.checkpoints import sheet_pages

        self._context.runner.call(sheet_pages, self.said, self._points, dots, on_done=on_done, owner=self, on_error=self._failed)

    def save(self) -> None:
        """Ask for a file and write the PDF."""
        name = f"{self.said['title']} {self._context.now().astimezone(CHINA):%Y-%m-%d}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, translate("PaperSheet", "存为 PDF"), name, "PDF (*.pdf)")
        if chosen:
            from zzdesk.desk.checkpoints import write_sheet

            self._context.runner.call(write_sheet, Path(chosen), self.said, self._points, owner=self, on_error=self._failed,
                                      on_done=lambda _: self._out("pdf", translate("PaperSheet", "已存为 PDF")))

    def _out(self, how: str, said: str) -> None:
        from zzdesk.desk.checkpoints import note_sheet

        self._context.runner.write(note_sheet, self._segment, len(self._points))
        self._context.toast(said)
        self.done(self.DialogCode.Accepted)


def offer_points(host: QWidget, context: Context, segment_id: str) -> None:
    """Ask for the points of a route, and show their codes as they will be printed."""
    from zzdesk.desk.checkpoints import hung

    def show(found: tuple[str, Sequence[Any]]) -> None:
        route, points = found
        said = points_said(route, points, context.settings.values.language, context.facts.name)
        sheet = PointsSheet(host.window(), context, segment_id, said, points)
        sheet.exec()
        sheet.deleteLater()

    context.runner.read(hung, segment_id, on_done=show, owner=host,
                        on_error=lambda error: context.toast(error.text(), bad=True))
