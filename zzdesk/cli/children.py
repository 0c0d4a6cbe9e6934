"""Processes of this same program, for measurements, the demonstration and the self-test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from zzdesk.errors import BugError

_LISTENING: Final = re.compile(r"listening on (https?://\S+)")
_END_SECONDS: Final = 15


def program() -> list[str]:
    """Return the words that start this program again, frozen or not."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "zzdesk"]


def run(*words: str) -> str:
    """Run another command of this program and return what it printed.

    Raises:
        BugError: it did not end with 0.
    """
    done = subprocess.run([*program(), *words], capture_output=True, text=True, encoding="utf-8", env=environment())
    if done.returncode:
        raise BugError(f"{words[0]} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


@contextmanager
def listening(*words: str) -> Iterator[str]:
    """Start a command that prints where it listens; yield the address, end it afterwards."""
    with started(*words) as (url, _):
        yield url


@contextmanager
def started(*words: str) -> Iterator[tuple[str, int]]:
    """Start a command that prints where it listens; yield the address and its process id, end it afterwards."""
    process = subprocess.Popen(
        [*program(), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env=environment(),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        found = _LISTENING.search(process.stdout.readline())
        if found is None:
            process.kill()
            raise BugError(f"{words[0]} did not start: {process.communicate()[1][-500:]}")
        yield found[1], process.pid
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def environment() -> dict[str, str]:
    """Return our environment, with the project's folder in reach of the child."""
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
