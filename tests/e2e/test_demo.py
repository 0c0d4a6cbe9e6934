"""The demonstration and the self-test as programs: they end by themselves and touch nobody's desk."""

from __future__ import annotations

import re
import subprocess
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
    home = tmp_path / "user"
    home.mkdir()
    done = run(home, "demo", "--pictures", str(tmp_path / "pictures"), ZZDESK_LANG=language)
    assert done.returncode == 0, done.stderr
    steps = [line for line in done.stdout.splitlines() if re.match(r"\d  ", line)]
    assert [step[0] for step in steps] == list("123456")
    assert first in steps[0]
    assert last in steps[-1]
    assert str(tmp_path / "pictures") in done.stdout.splitlines()[-1]
    assert left_behind(home) == []
    pictures = sorted((tmp_path / "pictures").glob("*.png"))
    assert [path.stem[3:] for path in pictures] == [
        "form", "recorded", "jobs", "mediation", "reconciled", "conflict", "deciding", "decided", "equal",
    ]  # fmt: skip
    assert all(colours_of(QPixmap(str(path))) > 8 for path in pictures)


def test_the_self_test_says_what_it_tested(tmp_path: Path) -> None:
    done = run(tmp_path, "self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert len([line for line in lines if line.startswith("ok  ")]) == 8
    assert lines[-1] == "自检通过"
    assert done.stderr == ""
    assert left_behind(tmp_path) == []
