"""A program for test_counter: opens the counter's form in the real window and types until somebody kills it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.application import make_application, make_window
from ui.desk_session import Opened, facts_of
from zzdesk.desk import drafts
from zzdesk.desk.session import open_desk
from zzdesk.store.keys import TEST_COST

EVERY_MS = 60


def say(word: str, text: str) -> None:
    print(word, text, flush=True)


def seated(home: Path, password: str, kept: str) -> Any:
    """Return the window of who has logged in; it says when the database has committed a draft, with its field ``kept``."""
    application = make_application()
    window = make_window(home, application)
    desk = open_desk(home, None, password, cost=TEST_COST)
    window.enter(Opened(desk, facts_of(desk)))
    window.show()
    window.activateWindow()

    def save(form_key: str, snapshot: dict[str, Any]) -> None:
        window.runner.write(drafts.save, form_key, snapshot, initiator=window.runner,
                            on_done=lambda _: say("kept", str(snapshot.get(kept, ""))))  # fmt: skip

    window.context.drafts.save = save  # type: ignore[method-assign]
    return window


def main(home: Path, password: str) -> int:
    """Type letters for ever; say what was typed and what the database has committed."""
    window = seated(home, password, "title")
    window.navigate("reports", "new")
    timer = QTimer(window)
    letters = 0

    def type_one() -> None:
        nonlocal letters
        form: Any = window.shell.pages["reports"].shown.pane.form
        field = form.fields["title"].control
        if letters >= 110:
            return
        QTest.keyClicks(field, "abcdefghij"[letters % 10])
        letters += 1
        say("typed", field.text())

    timer.timeout.connect(type_one)
    timer.start(EVERY_MS)
    return QApplication.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
