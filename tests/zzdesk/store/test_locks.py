"""Locks between processes: held, shared, waited for, and gone with the program that held them."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from zzdesk.errors import BusyError
from zzdesk.store.locks import exclusive, shared

HOLDER = """
import sys
from pathlib import Path
from zzdesk.store import locks
with getattr(locks, sys.argv[2])(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sync.lock"


def _holder(path: Path, how: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(path), how]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_one_at_a_time_in_one_process(path: Path) -> None:
    with exclusive(path):
        with pytest.raises(BusyError), exclusive(path):
            pass
        with pytest.raises(BusyError), shared(path):
            pass
    with exclusive(path):
        pass


def test_sharers_do_not_mind_each_other(path: Path) -> None:
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(shared(path))
        with pytest.raises(BusyError), exclusive(path):
            pass
    with exclusive(path):
        pass


@pytest.mark.parametrize("how", ["exclusive", "shared"])
def test_another_process_is_seen_and_its_death_frees_the_lock(path: Path, how: str) -> None:
    with _holder(path, how) as process:
        with pytest.raises(BusyError) as caught, exclusive(path, busy="正在同步，请稍候。"):
            pass
        assert caught.value.text("zh") == "正在同步，请稍候。"
        process.kill()
        process.wait()
    with exclusive(path):
        pass


def test_waiting_ends_when_the_other_is_done(path: Path) -> None:
    with _holder(path, "exclusive") as process:
        got: list[str] = []

        def wait() -> None:
            with exclusive(path, timeout=20):
                got.append("mine")

        thread = threading.Thread(target=wait)
        thread.start()
        process.communicate("go\n")
        thread.join()
        assert got == ["mine"]


def test_an_exception_frees_the_lock(path: Path) -> None:
    with pytest.raises(RuntimeError), exclusive(path):
        raise RuntimeError
    with exclusive(path):
        pass
