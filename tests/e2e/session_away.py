"""A program for test_kitchen_table: sits in the session room, notes a sentence and types the next until somebody kills it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.application import make_application, make_window
from ui.desk_session import Opened, facts_of
from zzdesk.desk import drafts
from zzdesk.desk.session import open_desk
from zzdesk.store.keys import TEST_COST

EVERY_MS = 60
FIRST = "floor is spoilt"


def say(word: str, text: str) -> None:
    print(word, text, flush=True)


def main(home: Path, password: str, session: str) -> int:
    """Note a sentence, then type letters for ever; say what was typed and what the database has committed."""
    application = make_application()
    window = make_window(home, application)
    desk = open_desk(home, None, password, cost=TEST_COST)
    window.enter(Opened(desk, facts_of(desk)))
    window.show()
    window.activateWindow()

    def save(form_key: str, snapshot: dict[str, Any]) -> None:
        window.runner.write(drafts.save, form_key, snapshot, initiator=window.runner,
                            on_done=lambda _: say("kept", str(snapshot.get("text", ""))))  # fmt: skip

    window.context.drafts.save = save  # type: ignore[method-assign]
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
