"""Real small disks that run full or turn read-only under a desk or under the centre: said plainly, nothing lost (hazard 26)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from sync.client.engine import SyncReport
from tests.faults import rest
from tests.faults.world import Seat, Template, World, memory_folder
from zzdesk.clock import FixedClock
from zzdesk.desk.session import open_desk_with_key
from zzdesk.errors import DiskFullError, KnownError
from zzdesk.ops.outbox import waiting
from zzdesk.reports import commands as reports

MEGABYTES: Final = 24
RECORDS: Final = 60
LONG: Final = "井盖松动，车辆经过时有响声，夜里影响休息。" * 60

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="mounting a small disk takes root on Linux"
)


class Disk:
    """A file system of a few megabytes in memory, mounted at ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self._mount("-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs")

    def fill(self, leave: int = 0) -> None:
        """Use up the space but for ``leave`` bytes."""
        free = shutil.disk_usage(self.folder).free
        (self.folder / "filler").write_bytes(bytes(max(0, free - leave)))

    def free(self) -> None:
        """Give the space back."""
        (self.folder / "filler").unlink()

    def read_only(self, yes: bool) -> None:
        """Mount it again, read-only or not."""
        self._mount("-o", "remount,ro" if yes else "remount,rw", "tmpfs")

    def end(self) -> None:
        """Take it away."""
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def _mount(self, *words: str) -> None:
        subprocess.run(["mount", *words, str(self.folder)], check=True, capture_output=True)


@contextmanager
def _world_on(template: Template, part: str) -> Iterator[tuple[World, Disk]]:
    """A world of which one part (``desk0`` or ``centre``) lies on a small disk."""
    folder = Path(tempfile.mkdtemp(prefix="disk", dir=template.folder.parent))
    disk = Disk(folder / part)
    try:
        world = World(template, folder)
        try:
            yield world, disk
        finally:
            world.close()
    finally:
        disk.end()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def template() -> Iterator[Template]:
    folder = Path(tempfile.mkdtemp(prefix="zzdisks", dir=memory_folder()))
    yield Template.make(folder / "template", 2)
    shutil.rmtree(folder, ignore_errors=True)


def _write(seat: Seat, count: int = RECORDS) -> int:
    """Register reports until it no longer works; return how many were said to be saved."""
    for n in range(count):
        try:
            seat.desk.write(reports.register, {"title": f"井盖{n}", "category": "road", "description": LONG})
        except DiskFullError:
            return n
    return count


@pytest.mark.parametrize("leave", [0, 40_000, 400_000])
def test_a_desk_whose_disk_runs_full_in_a_round_keeps_everything(template: Template, leave: int) -> None:
    with _world_on(template, "desk0") as (world, disk):
        one, other = world.seats
        _write(one)
        _write(other)
        other.sync()
        disk.fill(leave)
        found = one.sync()
        # Where there is room for the answers, what was written here goes out and nothing comes in.
        assert isinstance(found, DiskFullError) or found.low_space, found
        disk.free()
        assert isinstance(one.sync(), SyncReport)
        world.settle()
        rest.check(world)
        assert len(one.ids("report")) == 3 + 2 * RECORDS


def test_what_a_desk_said_was_saved_on_a_full_disk_is_saved(template: Template) -> None:
    """Logging in writes a line: on a disk that is quite full it says so, and works once there is room."""
    with _world_on(template, "desk0") as (world, disk):
        one = world.seats[0]
        disk.fill(600_000)
        saved = _write(one, 1000)
        assert 0 < saved < 1000
        disk.free()
        one.crash()
        assert len(one.ids("report")) == 3 + saved
        world.settle()
        rest.check(world)


def test_a_centre_whose_disk_runs_full_answers_that_it_failed_and_takes_everything_later(
    template: Template, expect_log: Callable[[str], None]
) -> None:
    with _world_on(template, "centre") as (world, disk):
        one = world.seats[0]
        _write(one)
        disk.fill()
        expect_log("sync.server: ")
        assert isinstance(one.sync(), KnownError | SyncReport)
        assert one.client.desk.store is one.desk.store
        with one.desk.store.reader() as session:
            assert waiting(session).count > 0
        disk.free()
        assert isinstance(one.sync(), SyncReport)
        world.settle()
        rest.check(world)
        assert len(world.seats[1].ids("report")) == 3 + RECORDS


def test_a_desk_on_a_read_only_disk_says_so_and_opens_again_afterwards(template: Template) -> None:
    with _world_on(template, "desk0") as (world, disk):
        one = world.seats[0]
        saved = _write(one, 3)
        clock = one.clock
        one.desk.close()
        disk.read_only(True)
        with pytest.raises(KnownError) as caught:
            open_desk_with_key(one.home, one.login, one.key, FixedClock(clock.now()))
        assert "只读" in caught.value.text("zh"), caught.value.text("zh")
        disk.read_only(False)
        one.desk = open_desk_with_key(one.home, one.login, one.key, clock)
        one.connect(one.url)
        assert len(one.ids("report")) == 3 + saved
        world.settle()
        rest.check(world)
