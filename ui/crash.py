"""When something breaks: a report free of personal data, one dialog, and the work goes on where it can.

The report holds versions, the kind of error and the places in the code; never a message, a value or a path of the
person's, since any of these may hold somebody's name.
"""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import PySide6
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from ui.widgets.base import Button, Label
from ui.widgets.dialogs import Sheet
from zzdesk import __version__
from zzdesk.errors import KnownError
from zzdesk.paths import HomePaths

log = logging.getLogger("zzdesk.crash")
_OURS: Final = ("zzdesk", "ui", "sync")
_kept: list[Any] = []


def report_text(kind: type[BaseException], trace: TracebackType | None, when: datetime) -> str:
    """Return the report: versions, the kind of error, and the frames by module, line and function."""
    frames = [
        f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    head = [
        f"zzdesk {__version__}",
        f"{when:%Y-%m-%d %H:%M:%S} UTC",
        f"Python {platform.python_version()} · PySide6 {PySide6.__version__} · {platform.system()} {platform.machine()}",
        f"{kind.__module__}.{kind.__qualname__}",
    ]
    return "\n".join([*head, *frames])


def _place(filename: str) -> str:
    """Return a file by its package, without the folders that carry a person's name."""
    parts = Path(filename).parts
    for at, part in enumerate(parts):
        if part in _OURS:
            return "/".join(parts[at:])
    return parts[-1] if parts else "?"


class CrashDialog(Sheet):
    """Says what happened, what is safe, and gives the report to copy."""

    def __init__(self, parent: QWidget | None, report: str) -> None:
        super().__init__(
            parent,
            QCoreApplication.translate("CrashDialog", "程序遇到了一个错误"),
            QCoreApplication.translate(
                "CrashDialog", "已经保存的内容没有受影响。请把下面的报告交给技术支持，里面没有居民信息。"
            ),
            QCoreApplication.translate("CrashDialog", "继续工作"),
        )
        self.back.hide()
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setMinimumHeight(200)
        self.setMinimumWidth(560)
        self.report.setAccessibleName(QCoreApplication.translate("CrashDialog", "错误报告"))
        self.body.addWidget(self.report)
        self._copy = Button(
            QCoreApplication.translate("CrashDialog", "复制报告"),
            "",
            "copy",
            lambda: QGuiApplication.clipboard().setText(report),
        )
        self.body.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(
            Label(
                QCoreApplication.translate("CrashDialog", "同样的报告也写在数据文件夹的 logs 里。"),
                "small",
                wrap=True,
            )
        )


class CrashReporter(QObject):
    """Takes every exception that nobody caught, in whatever thread, and shows one dialog at a time."""

    _broken = Signal(str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._showing: CrashDialog | None = None
        self._broken.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def handle(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the report and show it; a KnownError that nobody took is shown as its sentence instead."""
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        text = report_text(kind, trace, datetime.now(UTC))
        log.error("crash report\n%s", text)
        self._write(text)
        self._broken.emit(error.text() if isinstance(error, KnownError) else text)

    def _write(self, text: str) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt").write_text(
                text + "\n", encoding="utf-8"
            )
        except OSError as error:
            log.error("the report could not be written: %s", type(error).__name__)

    def _show(self, text: str) -> None:
        if self._showing is not None or QApplication.instance() is None:
            return
        self._showing = CrashDialog(QApplication.activeWindow(), text)
        self._showing.finished.connect(self._shown)
        self._showing.open()

    def _shown(self) -> None:
        dialog, self._showing = self._showing, None
        if dialog is not None:
            dialog.deleteLater()


def install(paths: HomePaths) -> CrashReporter:
    """Catch what nobody catches: exceptions of all threads, and crashes of the machine code."""
    reporter = CrashReporter(paths.logs)
    sys.excepthook = reporter.handle
    threading.excepthook = lambda args: reporter.handle(args.exc_type, args.exc_value, args.exc_traceback)
    paths.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    paths.logs.mkdir(mode=0o700, exist_ok=True)
    file = open(paths.logs / "fault.log", "a", encoding="utf-8")  # noqa: SIM115 - stays open for the faulthandler
    faulthandler.enable(file)
    _kept[:] = [reporter, file]
    return reporter


def forget() -> None:
    """Let the log of the faulthandler go."""
    for kept in _kept:
        if not isinstance(kept, CrashReporter):
            kept.close()
    _kept.clear()
