"""The kiosk's start: the first picture waits for nothing that it does not show."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from ui.shots_kiosk import Place

PROGRAM = """
import json, sys
from pathlib import Path
from ui.application import make_application
from ui.kiosk import application
app = make_application()
window = application.make_window(Path(sys.argv[1]), app)
application.open_in(window, lambda: __import__("threading").Event().wait(), lambda: None)
window.show()
app.processEvents()
loaded = sorted(sys.modules)
print(json.dumps([window.screen_now.spoken, loaded]), flush=True)
import os
os._exit(0)
"""
LATER = ("sqlalchemy", "ui.pages", "ui.main_window", "ui.shell", "PySide6.QtPrintSupport", "PySide6.QtTextToSpeech", "segno",
         "requests", "zzdesk.catalogue", "argon2", "ui.kiosk.flow")


def test_the_first_picture_loads_no_database_no_pages_and_no_printer(place: Place) -> None:
    words = [sys.executable, "-c", PROGRAM, str(place.home)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    spoken, loaded = json.loads(done.stdout.splitlines()[-1])
    assert "正在启动" in spoken
    assert [name for name in loaded if name.startswith(LATER)] == []


def test_what_cannot_be_opened_says_why_and_ends(place: Place, tmp_path: Path) -> None:
    """Wrong password, and an account that is not a kiosk's: not tried again, and nobody is left before a dead screen."""
    words = [sys.executable, "-m", "zzdesk", "--home", str(place.home)]
    done = subprocess.run([*words, "--user", "kiosk", "kiosk", "--inside"], input="wrong\n", capture_output=True, text=True,
                          check=False, timeout=60)
    assert done.returncode == 3
    assert "密码不正确" in done.stderr


FAULT = """
import sys
from ui.kiosk import application
sys.excepthook = application._end_by_fault
raise ValueError("李秀英 13805961234")
"""


def test_a_fault_of_ours_ends_the_inner_program_without_a_word_about_anybody(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FAULT], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 70
    assert "13805961234" not in done.stdout + done.stderr
