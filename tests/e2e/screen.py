"""A display of its own (Xvfb) and somebody who presses keys on it (xdotool)."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")
PATIENCE_S = 60.0


class Screen:
    """``with Screen() as screen``: a 1366×768 display without a window manager; the keyboard goes to one window."""

    def __enter__(self) -> Screen:
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            pass_fds=(write,), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as told:
            self.name = f":{told.readline().strip()}"
        self.window = ""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.terminate()
        self._server.wait()

    def wait_for_window(self, title: str) -> None:
        """Wait until a window is there, and give it the keyboard."""
        found = self.until(lambda: self._do("search", "--onlyvisible", "--name", title, check=False).split())
        self.window = found[-1]
        self._do("windowfocus", "--sync", self.window)

    def keys(self, *chords: str) -> None:
        """Press keys, such as ``ctrl+Return``."""
        self._do("key", "--delay", "60", *chords)

    def type(self, text: str) -> None:
        """Type letters one after another."""
        self._do("type", "--delay", "40", text)

    def quit_window(self) -> None:
        """Ask the window to close, as its button does."""
        self._do("windowquit", self.window)

    def until(self, ask: Callable[[], T]) -> T:
        """Ask again and again until there is an answer.

        Raises:
            TimeoutError: there was none in a minute.
        """
        pause = threading.Event()
        for _ in range(int(PATIENCE_S / 0.25)):
            if answer := ask():
                return answer
            pause.wait(0.25)
        raise TimeoutError("nothing came of it")

    def _do(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *words], env={**os.environ, "DISPLAY": self.name}, check=check, capture_output=True, text=True)
        return done.stdout
