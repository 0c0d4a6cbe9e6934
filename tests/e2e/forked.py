"""The program inside a process that was forked off: the same command line, environment and streams as if started."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Sequence
from multiprocessing.reduction import DupFd
from typing import Any

import sync.client.enrol
import sync.server.run
import zzdesk.__main__
import zzdesk.cli.app
import zzdesk.desk.records

# What is imported here is nobody's garbage; a child that looked through it would copy every page of it.
gc.freeze()
assert all((sync.client.enrol, sync.server.run, zzdesk.cli.app, zzdesk.desk.records))


class Streams:
    """Standard input, output and error on their way into a child (descriptors are made anew for it as it is pickled)."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._numbers = tuple(numbers)

    def __getstate__(self) -> tuple[Any, ...]:
        return tuple(DupFd(number) for number in self._numbers)

    def __setstate__(self, doubles: tuple[Any, ...]) -> None:
        self._numbers = tuple(double.detach() for double in doubles)

    def take(self) -> None:
        """Make them those of this process."""
        for number, given in enumerate(self._numbers):
            os.dup2(given, number)
            os.close(given)


def become(words: Sequence[str], environment: dict[str, str], streams: Streams) -> None:
    """Run one command line of the program to its end."""
    streams.take()
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, mode, closefd=False) for n, mode in enumerate("rww"))
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["zzdesk", *words]
    zzdesk.__main__.main()
