"""A program for test_kitchen_table: sits in the session room, notes a sentence and types the next until somebody kills it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.e2e.typing_away import EVERY_MS, say, seated

FIRST = "floor is spoilt"


def main(home: Path, password: str, session: str) -> int:
    """Note a sentence, then type letters for ever; say what was typed and what the database has committed."""
    window = seated(home, password, "text")
    window.navigate("mediation", "")
    page: Any = window.shell.pages["mediation"]
    page.enter_room(session)
    saying = page.room.notes.saying
    timer = QTimer(window)
    letters = 0

    def type_one() -> None:
        nonlocal letters
        if page.room.found is None or letters >= 110:
            return
        if not letters:
            QTest.keyClicks(saying.text, FIRST)
            QTest.keyClick(saying.text, Qt.Key.Key_Return)
        QTest.keyClicks(saying.text, "abcdefghij"[letters % 10])
        letters += 1
        say("typed", saying.text.toPlainText())

    timer.timeout.connect(type_one)
    timer.start(EVERY_MS)
    return QApplication.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
