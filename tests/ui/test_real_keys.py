"""Once on a real X server with a window manager: real key events from log-in to a recorded report."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.translations import ROOT
from tests.ui.conftest import LOGIN, PASSWORD, STATION

NEEDED = ("Xvfb", "xdotool", "openbox")
PROGRAM = [sys.executable, "-m", "zzdesk"]


def until(found: Callable[[], object], what: str, seconds: float = 40) -> object:
    """Ask again and again; the answer as soon as there is one."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while time.monotonic() < deadline:
        if answer := found():
            return answer
        pause.wait(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")


def at_rest(program: subprocess.Popen[bytes]) -> None:
    """Wait until every thread of a program has waited for a third of a second: it has nothing more to do.

    A thread that could run but gets no processor on a busy machine does not count as waiting.
    """
    calm = [0]

    def still() -> bool:
        calm[0] = calm[0] + 1 if not _busy(program.pid) else 0
        return calm[0] >= 4

    until(still, "the program at rest")


def _busy(pid: int) -> bool:
    states = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            states.append((task / "stat").read_text().rpartition(")")[2].split()[0])
    return bool({"R", "D"} & set(states))


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """An X server of this test's own with a window manager, and the environment to reach it."""
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        pytest.skip(f"NOT INSTALLED: {missing}; no real key was pressed")
    with ExitStack() as stack:
        read, write = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL,
        )  # fmt: skip
        stack.callback(_end, server)
        os.close(write)
        with os.fdopen(read) as answer:
            display = f":{answer.readline().strip()}"
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "ZZDESK_PASSPHRASE": PASSWORD,
                       "ZZDESK_LANG": "zh", "PYTHONPATH": str(ROOT), "ZZDESK_IM_MODULE": "compose"}
        manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
        stack.callback(_end, manager)
        yield environment


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(10)


class Hand:
    """Presses keys in the window that has the focus."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment

    def ask(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self._environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def press(self, *keys: str) -> None:
        self.ask("key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        self.ask("type", "--delay", "30", text)

    def title(self) -> str:
        return self.ask("getactivewindow", "getwindowname")


def _run(home: Path, environment: dict[str, str], *words: str) -> str:
    done = subprocess.run([*PROGRAM, "--home", str(home), *words], env=environment, capture_output=True, text=True,
                          check=True)
    return done.stdout


def test_from_log_in_to_a_recorded_report(screen: dict[str, str], home: Path) -> None:
    _run(home, screen, "init", "--station", STATION, "--user", LOGIN, "--recovery-file", str(home) + ".key")
    program = subprocess.Popen([*PROGRAM, "--home", str(home)], env=screen, stderr=subprocess.PIPE)
    hand = Hand(screen)
    try:
        until(lambda: "zzdesk" in hand.title(), "the window")
        _log_in(hand, program)
        hand.press("ctrl+n")
        _fill_in(hand, program)
        hand.press("alt+F4")
        assert program.wait(30) == 0, program.stderr.read() if program.stderr else ""
    finally:
        program.kill()
        program.communicate()
    titles = [json.loads(line)["title"] for line in _run(home, screen, "list", "report", "--json").splitlines()]
    assert titles == ["lamp out"]


def _log_in(hand: Hand, program: subprocess.Popen[bytes]) -> None:
    """Type the password; once more if the window did not have the focus yet."""
    for _ in range(3):
        at_rest(program)
        hand.press("ctrl+a")
        hand.type(PASSWORD)
        hand.press("Return")
        with suppress(AssertionError):
            until(lambda: "西桥社区" in hand.title(), "the desk", 30)
            break
    assert "西桥社区" in hand.title()


def _fill_in(hand: Hand, program: subprocess.Popen[bytes]) -> None:
    """Fill the form in with the keyboard alone, and finish it."""
    at_rest(program)  # the page is made on this first visit
    hand.type("lamp out")
    hand.press("Return")
    hand.type("ldzm")
    hand.press("Return")
    at_rest(program)  # the converter to pinyin is loaded on its first use
    hand.press("ctrl+Return")
    at_rest(program)
