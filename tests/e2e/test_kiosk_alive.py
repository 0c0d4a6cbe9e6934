"""The kiosk as two programs: killed, it is back by itself; told to end, both end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from tests.e2e.programs import ROOT, environment
from ui import shots_kiosk
from zzdesk.clock import SystemClock
from zzdesk.store.keys import TEST_COST

STARTED = re.compile(r"自助机已启动（进程(\d+)）")


def started(process: subprocess.Popen[str]) -> int:
    """Wait for the line that says that the first screen is there; return the inner program's number."""
    assert process.stderr is not None
    for line in process.stderr:
        if found := STARTED.search(line):
            return int(found[1])
    raise AssertionError("it never started")


def test_a_kiosk_that_is_killed_is_back_by_itself(tmp_path: Path) -> None:
    place = shots_kiosk.furnish(tmp_path / "desk", SystemClock(), TEST_COST)
    words = [sys.executable, "-m", "zzdesk", "--home", str(place.home), "--user", "kiosk", "kiosk"]
    password = shots_kiosk.PASSWORD.replace("river", "bridge")
    own = environment(ZZDESK_PASSPHRASE=password, QT_QPA_PLATFORM="offscreen", TMPDIR=str(tmp_path))
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=own, cwd=ROOT) as outer:
        try:
            first = started(outer)
            os.kill(first, signal.SIGKILL)
            second = started(outer)
            assert second != first
            assert password not in Path(f"/proc/{second}/cmdline").read_text()
            assert password not in Path(f"/proc/{second}/environ").read_text()
        finally:
            outer.terminate()
        assert outer.wait(30) == 0
    assert not Path(f"/proc/{second}").exists()
