"""A bare PySide6 window with an empty table: the least that any start of a window costs. Imports nothing of ours."""

from __future__ import annotations

import os


def run() -> None:
    """Paint the empty table, say so, and end."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    class Table(QTableView):
        said = False

        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            super().paintEvent(event)
            if not self.said:
                self.said = True
                QTimer.singleShot(0, self.tell)

        def tell(self) -> None:
            print("painted", flush=True)
            QApplication.quit()

    application = QApplication([])
    window, table = QMainWindow(), Table()
    table.setModel(QStandardItemModel(0, 6))
    window.setCentralWidget(table)
    window.resize(1280, 800)
    window.show()
    application.exec()


if __name__ == "__main__":
    run()
