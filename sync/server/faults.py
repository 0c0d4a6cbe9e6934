"""Reports faults of our own without a single value in the log: what, where, and of which operation."""

from __future__ import annotations

import logging
import traceback

log = logging.getLogger("sync.server")


def report(what: str, error: BaseException, level: int = logging.ERROR) -> None:
    """Log the kind of an error and the place it came from; messages of errors may quote data, so they stay out."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "?"
    log.log(level, "%s failed: %s at %s", what, type(error).__name__, place)


def warn(what: str, count: int = 1) -> None:
    """Tell who looks after the centre that a person has to look at something: codes and counts, never values."""
    log.warning("%s: %d", what, count)
