"""No collection of cyclic garbage in the middle of a batch: it would look at the whole program for a batch without cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_YOUNG: Final = 0
"""The generation that the collector looks at: the oldest is the whole program, and takes as long as three pages."""


@contextmanager
def undisturbed(*, tidy: bool = False) -> Iterator[None]:
    """Let a bounded piece of work that makes many objects, and drops them again, run without the collector.

    Threads may overlap: whoever found the collector at work lets it go on. ``tidy`` is for one piece of a longer work that
    is undisturbed as a whole: at its end it drops the cycles among what is young, so that they do not pile up.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
        elif tidy:
            gc.collect(_YOUNG)
