"""Keeps the kiosk alive: a small outer program that starts the inner one again when it has crashed or hangs.

It knows no Qt and no database. It holds the password of the kiosk's account and gives it to each inner program by a pipe.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from zzdesk.i18n import N_, translate

LEFT, AGAIN, CANNOT = 0, 75, 3
"""How the inner program ends by itself (``ui.kiosk.application``); everything else is a crash."""
LIVED_S: Final = 30.0
"""What lived that long did not crash at once."""
DELAYS_S: Final = (0.0, 1.0, 2.0, 4.0, 8.0)
"""How long to wait after the first, the second, … crash at once: always back within ten seconds."""
SILENT_S: Final = 20.0
FIRST_S: Final = 120.0
"""So long without a sign of life, at first while it opens the desk, is hanging."""
_LOOK_S: Final = 0.5
READER: Final = "kiosk-reader"
"""The thread that listens to the inner program, for as long as anybody holds its pipe."""
_LAST_WORDS_S: Final = 1.0
"""How long to read what the inner program said before it ended; a child of it may hold its pipe open for ever."""


@dataclass
class Restarts:
    """Says how long to wait before the next start; gives up when it crashes at once again and again."""

    at_once: int = field(default=0)

    def died(self, lived_s: float) -> float | None:
        """Return the seconds to wait after it lived so long; None: five were in vain, a person must look."""
        if lived_s >= LIVED_S:
            self.at_once = 0
        if self.at_once >= len(DELAYS_S):
            return None
        delay = DELAYS_S[self.at_once]
        self.at_once += 1
        return delay


class Keeper:
    """Starts the inner program and watches it.

    Args:
        command: the inner program. stopped: what shows that the kiosk has stopped.
        say: tells who set the kiosk up what happens (one line each).
        has_door: whether an operator's PIN leads out of the screen that says so; where none was ever set, whoever sets
            the kiosk up is here, and reads why it does not start.
    """

    def __init__(self, command: Sequence[str], stopped: Sequence[str], password: str, say: Callable[[str], None],
                 environment: dict[str, str] | None = None, has_door: Callable[[], bool] = lambda: True) -> None:
        self._command, self._stopped, self._password = list(command), list(stopped), password
        self._say, self._environment, self._has_door = say, environment, has_door
        self._ending = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._sign = 0.0

    def end(self, *_: Any) -> None:
        """End with the inner program: the machine is being shut down."""
        self._ending.set()
        if self._process is not None:
            self._process.terminate()

    def run(self) -> int:
        """Keep the kiosk running until an operator leaves it; 0 then, 1 when it could not be kept.

        Nothing else leads to the desktop: whatever ends the inner program, a screen is before it.
        """
        restarts = Restarts()
        while not self._ending.is_set():
            began = time.monotonic()
            status = self._once()
            if status == LEFT or self._ending.is_set():
                return 0
            if status == CANNOT and not self._has_door():
                return 1
            delay = restarts.died(time.monotonic() - began) if status != CANNOT else None
            if delay is None:
                if status != CANNOT:  # it has said itself why it cannot
                    self._say(translate(N_("自助机连续出错，已停下。请看数据文件夹里的 logs，或在屏幕上按“再试一次”。")))
                if (answer := self._show_stopped()) != AGAIN:
                    return int(answer != LEFT and not self._ending.is_set())
                restarts = Restarts()
                continue
            self._say(translate(N_("自助机出错退出（{status}），{delay}秒后重新启动"), status=status, delay=round(delay)))
            self._ending.wait(delay)
        return 0

    def _once(self) -> int:
        process = self._start(self._command)
        assert process.stdin is not None
        try:
            process.stdin.write(self._password + "\n")
            process.stdin.close()
        except OSError:  # it has ended already: its status says how
            pass
        self._sign = time.monotonic() + FIRST_S - SILENT_S
        reader = threading.Thread(target=self._listen, args=(process,), name=READER, daemon=True)
        reader.start()
        status = self._watch(process)
        reader.join(_LAST_WORDS_S)
        self._process = None
        return status

    def _start(self, command: list[str]) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=self._environment)
        return self._process

    def _listen(self, process: subprocess.Popen[str]) -> None:
        """Read until nobody holds the pipe any more; what is left of an earlier program is no sign of the one now."""
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                if process is not self._process:
                    continue
                self._sign = time.monotonic()
                if line.strip() == "ready":
                    self._say(translate(N_("自助机已启动（进程{pid}）"), pid=process.pid))

    def _watch(self, process: subprocess.Popen[str]) -> int:
        while True:
            try:
                return process.wait(_LOOK_S)
            except subprocess.TimeoutExpired:
                if time.monotonic() - self._sign > SILENT_S:
                    self._say(translate(N_("自助机没有反应，正在重新启动")))
                    process.kill()
                    self._sign = time.monotonic()

    def _show_stopped(self) -> int:
        """Show that it has stopped until somebody tries again or an operator leaves; shown again if that screen breaks."""
        restarts = Restarts()
        while True:
            began = time.monotonic()
            with self._start(self._stopped) as process:
                status = process.wait()
            self._process = None
            if status in (AGAIN, LEFT) or self._ending.is_set():
                return status
            delay = restarts.died(time.monotonic() - began)
            if delay is None:  # there is no picture at all: no display, say
                return status
            self._ending.wait(delay)


def program() -> list[str]:
    """Return how this program is started once more."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "zzdesk"]


def keep(keeper: Keeper) -> int:
    """Run a keeper; being told to end, it ends the inner program first."""
    signal.signal(signal.SIGTERM, keeper.end)
    signal.signal(signal.SIGINT, keeper.end)
    return keeper.run()
