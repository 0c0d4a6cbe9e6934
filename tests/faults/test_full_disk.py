"""Disks that are really full: a small tmpfs under a desk, and one under the centre (hazard 26)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from sync.server.centre import Settings
from sync.server.run import ServerThread
from tests.sync.desks import Office, content
from zzdesk.clock import FixedClock
from zzdesk.errors import DiskFullError
from zzdesk.reports.commands import register
from zzdesk.store import space

MIB = 1024 * 1024
Small = Callable[[str, int], Path]


@contextmanager
def tmpfs(folder: Path, size: int) -> Iterator[Path]:
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"NO TMPFS CAN BE MOUNTED HERE ({made.stderr.decode().strip()}): full disks were not tried")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("ONLY ROOT ON LINUX CAN MOUNT A TMPFS: full disks were not tried")
    mounted = []

    def make(name: str, size: int) -> Path:
        mounted.append(tmpfs(tmp_path / name, size))
        return mounted[-1].__enter__()

    yield make
    for each in mounted:
        each.__exit__(None, None, None)


def fill(folder: Path) -> None:
    """Write until the disk says that it is full."""
    with (folder / "junk").open("wb", buffering=0) as junk, suppress(OSError):
        while junk.write(b"x" * 4096):
            pass


def write_on(office: Office) -> None:
    """Register reports until the disk has no room for one more."""
    for n in range(10_000):
        office.desk.write(register, {"title": f"满{n}", "category": "noise"})


def test_on_a_full_disk_a_desk_still_sends_what_it_has(small: Small, tmp_path: Path, clock: FixedClock) -> None:
    disk = small("desk", 96 * MIB)
    with ServerThread(tmp_path / "centre", clock=clock) as server:
        office = Office(disk / "home", server, clock)
        office.sync()
        assert space.keep_ballast(office.desk.home, 16 * MIB)
        for n in range(20):
            office.desk.write(register, {"title": f"第{n}件", "category": "noise"})
        source = tmp_path / "film"
        source.write_bytes(content(80 * MIB))
        with pytest.raises(DiskFullError, match="附件没有保存"):
            office.files.put(source)
        fill(disk)
        with pytest.raises(DiskFullError):
            write_on(office)
        done = office.sync()
        assert (done.low_space, done.pending) == (True, 0)
        assert done.pushed >= 20
        assert not space.ballast_of(office.desk.home).exists()
        (disk / "junk").unlink()
        assert office.sync().low_space is False
        office.close()


def test_a_centre_whose_disk_is_full_takes_records_and_says_that_it_takes_no_files(
    small: Small, tmp_path: Path, clock: FixedClock
) -> None:
    disk = small("centre", 24 * MIB)
    settings = Settings(blob_reserve=8 * MIB)
    with ServerThread(disk / "data", clock=clock, settings=settings) as server:
        office = Office(tmp_path / "desk", server, clock)
        data = content(20 * MIB)
        _, sha256 = office.attach(tmp_path, data)
        full = office.sync()
        assert (full.pending, full.files.left, full.files.problem) == (0, 1, "no-space")
        assert office.blob(sha256).problem == "no-space"  # type: ignore[union-attr]
        office.desk.write(register, {"title": "还是收得下", "category": "noise"})
        assert office.sync().pending == 0
        subprocess.run(["mount", "-o", f"remount,size={80 * MIB}", str(disk)], check=True)
        done = office.sync()
        assert (done.files.sent, done.files.problem) == (1, None)
        office.close()


def test_a_centre_whose_disk_fills_up_under_a_chunk_loses_nothing(small: Small, tmp_path: Path, clock: FixedClock) -> None:
    disk = small("centre", 40 * MIB)
    with ServerThread(disk / "data", clock=clock, settings=Settings(blob_reserve=0)) as server:
        office = Office(tmp_path / "desk", server, clock)
        data = content(12 * MIB)
        office.attach(tmp_path, data)

        def steal(step: str, done: int, total: int) -> None:
            if step == "files" and not (disk / "junk").exists():
                fill(disk)

        full = office.sync(progress=steal)
        assert (full.pending, full.files.left) == (0, 1)
        assert full.files.problem == "no-space"
        (disk / "junk").unlink()
        done = office.sync()
        assert (done.files.sent, done.files.problem) == (1, None)
        assert done.files.bytes_sent < len(data)
        office.close()
