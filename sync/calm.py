"""No collection of cyclic garbage in the middle of a batch: it would look at the whole program for a batch without cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let a bounded piece of work that makes many objects, and drops them again, run without the collector.

    Threads may overlap: whoever found the collector at work lets it go on.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
