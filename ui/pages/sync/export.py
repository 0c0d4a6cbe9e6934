"""Writing what the centre has not taken into a file: masked, and noted in the audit first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from ui.pages.base import Page

translate = QCoreApplication.translate


def export_operations(page: Page) -> None:
    """Ask where to, note the export, write the file, and say how much is in it."""
    from zzdesk.desk.outbox import count_operations, note_operations_export

    name, _ = QFileDialog.getSaveFileName(page, translate("SyncPage", "导出到哪个文件"), "zzdesk-outbox.jsonl", "JSON (*.jsonl)")
    if not name:
        return
    runner = page.context.runner

    def failed(error: Any) -> None:
        page.context.toast(error.text(), bad=True)

    def write(_: Any) -> None:
        runner.call(_written, page.context.desk, Path(name), on_error=failed, owner=page, on_done=lambda n: page.context.toast(
            translate("SyncPage", "{n} 项已写入 {file}，个人信息已遮盖").format(n=n, file=Path(name).name)))

    runner.read(count_operations, owner=page, on_error=failed, on_done=lambda count: runner.write(
        note_operations_export, count, initiator=page, on_done=write, on_error=failed))


def _written(desk: Any, target: Path) -> int:
    from zzdesk.desk.sending import write_operations

    return write_operations(desk, target)
