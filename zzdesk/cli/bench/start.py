"""How long the desk takes from nothing to its first painted list, beside a bare PySide6 window with an empty table.

Both are processes of their own, started in turns; the key is given and the user logged in (decision 30).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

from zzdesk.cli.bench import bare_window
from zzdesk.cli.bench.figures import Figure
from zzdesk.cli.bench.first_paint import PAINTED
from zzdesk.cli.children import environment, program
from zzdesk.errors import BugError

TURNS: Final = 5
LIMIT_SECONDS: Final = 60


def measure_start(home: Path, key: bytes, records: int) -> Figure:
    """Return the median start of the desk's window against the bare one."""
    plain = [*program(), "bench", "window"]
    lean = plain if getattr(sys, "frozen", False) else [sys.executable, bare_window.__file__]
    desk_words = [*plain, "--home-folder", str(home)]
    ours, bare = [], []
    for turn in range(TURNS + 1):
        first, second = _until_painted(lean, ""), _until_painted(desk_words, key.hex())
        if turn:  # the first turn of all only warms the disk cache and compiles what is not compiled yet
            bare.append(first)
            ours.append(second)
    name = f"start to first painted list, {records} records"
    return Figure(name, statistics.median(ours), "s", statistics.median(bare), "bare PySide6 window", None, 3.0)


def _until_painted(words: list[str], secret: str) -> float:
    started = time.perf_counter()
    compiled = {name: value for name, value in environment().items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=compiled)
    assert process.stdin is not None
    assert process.stdout is not None
    too_long = threading.Timer(LIMIT_SECONDS, process.kill)
    too_long.start()
    process.stdin.write(secret + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    took = time.perf_counter() - started
    process.communicate()
    too_long.cancel()
    if line.strip() != PAINTED:
        raise BugError(f"the window did not paint: {words}")
    return took
