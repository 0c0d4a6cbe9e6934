"""Homes that are made once and copied: each test has its own, as it was before anybody logged in.

Making one takes twice as long as logging in.  Copies of one home have everything alike, what tells two desks apart, too:
they are for tests with one desk of each name at a station.  How a home is made is shown by tests that make it.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.world import memory_folder
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk, prepare_home
from zzdesk.paths import HomePaths
from zzdesk.settings import load_info
from zzdesk.store.keys import TEST_COST, KeyRing


@dataclass(frozen=True)
class _Template:
    folder: Path
    key: bytes
    clock: dict[str, Any]
    """What the clock has counted when the home was there."""


_made: dict[tuple[Any, ...], _Template] = {}


def new_home(
    home: Path, station: str, login: str, password: str, clock: FixedClock, test: bool = False, *,
    display_name: str | None = None,
) -> Desk:  # fmt: skip
    """Return a new home with its first account logged in, as ``create_home`` does at the cost of tests."""
    made_of = (station, login, password, test, display_name, tuple(sorted(vars(clock).items())))
    template = _made.get(made_of)
    if template is None:
        folder = _folder() / str(len(_made))
        _, key, _ = prepare_home(folder, station, login, password, clock, test, display_name=display_name, cost=TEST_COST)
        template = _made[made_of] = _Template(folder, key, dict(vars(clock)))
    shutil.copytree(template.folder, home)
    vars(clock).update(template.clock)
    paths = HomePaths(home)
    desk = Desk(paths, load_info(paths.info), KeyRing(home, clock, cost=TEST_COST), clock, login)
    desk.enter(template.key, "login")
    return desk


def _folder() -> Path:
    """Return the folder of the templates of this process."""
    if not _root:
        _root.append(Path(tempfile.mkdtemp(prefix="zzhomes", dir=memory_folder())))
        atexit.register(shutil.rmtree, _root[0], ignore_errors=True)
    return _root[0]


_root: list[Path] = []
