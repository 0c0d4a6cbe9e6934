"""Processes of their own that need not start from nothing.

They are forked off a server that has everything imported, opened nothing and runs no thread.  Windows has none: there a
program is started each time.
"""

from __future__ import annotations

import multiprocessing
from typing import Any, Final

POSSIBLE: Final = "forkserver" in multiprocessing.get_all_start_methods()
_PRELOADED: Final = ("tests.faults.child", "tests.e2e.forked")


def context() -> Any:
    """Return the context of ``multiprocessing`` whose processes are forked off; it has one server for all tests."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(list(_PRELOADED))
    return made
