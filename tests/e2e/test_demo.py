"""The demonstration and the self-test as programs: they end by themselves and touch nobody's desk."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QPixmap

from tests.e2e.programs import PROGRAM, environment
from zzdesk.cli.looking import colours_of

pytestmark = pytest.mark.timeout(600)


def run(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run without a display, as somebody whose own folders are under ``home``."""
    places = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    env = environment(QT_QPA_PLATFORM="offscreen", **places, **more)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        env.pop(name, None)
    return subprocess.run([*PROGRAM, *words], capture_output=True, text=True, env=env, timeout=500, check=False)


def left_behind(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file() and "cache" not in path.as_posix().lower()]


@pytest.mark.parametrize(("language", "first", "last"), [("zh", "断网登记", "两台一致"), ("en", "Recorded", "equal")])
def test_the_demonstration_runs_to_its_end(
    qapp: object, tmp_path: Path, language: str, first: str, last: str
) -> None:
    home, temporary = tmp_path / "user", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    pictures_in = str(tmp_path / "pictures")
    done = run(home, "demo", "--pictures", pictures_in, ZZDESK_LANG=language, TMPDIR=str(temporary))
    assert done.returncode == 0, done.stderr
    steps = [line for line in done.stdout.splitlines() if re.match(r"\d  ", line)]
    assert [step[0] for step in steps] == list("123456")
    assert first in steps[0]
    assert last in steps[-1]
    assert pictures_in in done.stdout.splitlines()[-1]
    assert left_behind(home) == []
    assert list(temporary.glob("zzdesk*")) == [], "nothing of the station is left"
    pictures = sorted((tmp_path / "pictures").glob("*.png"))
    assert [path.stem[3:] for path in pictures] == [
        "form", "recorded", "jobs", "mediation", "reconciled", "conflict", "deciding", "decided", "equal",
    ]  # fmt: skip
    assert all(colours_of(QPixmap(str(path))) > 8 for path in pictures)


@pytest.fixture
def display() -> Iterator[str]:
    """A display that nobody looks at."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(words, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def test_with_a_display_the_window_stays_until_it_is_closed(display: str, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(tmp_path))
    env = environment(DISPLAY=display, TMPDIR=str(tmp_path / "tmp"), **places)
    env.pop("QT_QPA_PLATFORM", None)
    words = [*PROGRAM, "demo", "--seconds", "0.1"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("演示结束"):
            break
    assert process.poll() is None, "the window is still there"
    assert list((tmp_path / "tmp").glob("zzdesk-demo-station-*"))
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert list((tmp_path / "tmp").glob("zzdesk*")) == [], "nothing of the station is left"


def test_the_self_test_says_what_it_tested(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    done = run(tmp_path, "self-test", TMPDIR=str(tmp_path / "tmp"))
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert len([line for line in lines if line.startswith("ok  ")]) == 9
    assert lines[-1] == "自检通过"
    assert done.stderr == ""
    assert left_behind(tmp_path) == []
