"""What the windows are made of is loaded on the main thread alone, in pieces that it does not feel."""

from __future__ import annotations

import compileall
import json
import subprocess
import sys
from pathlib import Path

import pytest

import ui
import zzdesk
from tests.ui.conftest import LOGIN, PASSWORD
from ui.ahead import module_names
from zzdesk.desk.session import Desk

# A start as people have it, in a program of its own where nothing has been imported yet: log-in page and password (or
# the key at hand), the early list, the open desk, every page ahead of its visit, every page visited. The watchdog of
# the tests looks on from the password, or from the first picture, to the last import, at what the main thread does.
PROGRAM = """
import sys, threading
from pathlib import Path
astray = []
main = threading.get_ident()
def hook(event, args):
    if event == "import" and threading.get_ident() != main and args[0].partition(".")[0] in ("ui", "PySide6", "shiboken6"):
        astray.append(args[0])
sys.addaudithook(hook)
from PySide6.QtCore import QEventLoop, QTimer
from ui.application import make_application, make_window
application = make_application()
window = make_window(Path(sys.argv[1]), application)
key = sys.stdin.readline().strip()
if key:
    from ui.desk_session import open_with_key
    window.enter(open_with_key(Path(sys.argv[1]), None, bytes.fromhex(key)))
    painted = []
    window.shell.painted.connect(lambda: painted.append(True))
else:
    window.start()
window.show()
def wait_for(done):
    loop, look = QEventLoop(), QTimer()
    look.setInterval(5)
    look.timeout.connect(lambda: loop.quit() if done() else None)
    look.start()
    loop.exec()
from tests.watchdog import Watchdog
dog = Watchdog(budget_ms=50, own_work=True)
if key:
    wait_for(lambda: painted)
    dog.start()
else:
    wait_for(lambda: window.runner.idle)
    dog.start()
    window.root.currentWidget().login_wanted.emit(sys.argv[2], sys.argv[3])
wait_for(lambda: window._ahead is not None and not window._ahead.busy and window.runner.idle)
dog.stop()
from ui.pages import PAGES
late = [name for name in (*PAGES, "records") if not any(m.startswith(f"ui.pages.{name}") for m in sys.modules)]
for key in PAGES:
    window.shell.open_page(key)
    wait_for(lambda: window.runner.idle)
window.close()
import json
print(json.dumps({"astray": astray, "late": late, "blocks": [str(block) for block in dog.blocks]}))
"""


@pytest.mark.parametrize("by", ["password", "key"])
def test_no_worker_imports_what_knows_pyside_and_the_main_thread_is_never_held(
    desk: Desk, home: Path, by: str
) -> None:
    for room in (ui, zzdesk):  # an installed program comes compiled
        assert compileall.compile_dir(room.__path__[0], quiet=1)
    said = desk.store.key.hex() if by == "key" else ""
    desk.close()
    blocks = []
    for _ in range(3):  # what holds the main thread does so at every start; a core that is slow for a moment does not
        found = _start(home, said)
        assert found["astray"] == []
        assert found["late"] == []
        blocks.append(found["blocks"])
        if not blocks[-1]:
            return
    pytest.fail(f"the main thread was blocked at every start: {blocks}")


def _start(home: Path, said: str) -> dict[str, list[str]]:
    words = [sys.executable, "-c", PROGRAM, str(home), LOGIN, PASSWORD]
    done = subprocess.run(words, input=said + "\n", capture_output=True, text=True, check=True, timeout=120)
    answer: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_every_page_is_among_what_is_loaded_ahead() -> None:
    names = list(module_names())
    assert "ui.pages.mediation.sessions" in names
    assert names.index("ui.widgets.forms") < names.index("ui.pages.reports.page")
    assert len(names) == len(set(names))
