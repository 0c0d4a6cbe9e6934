"""A fault of ours on the command line: a report free of personal data in a file, one sentence for the person."""

from __future__ import annotations

import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from zzdesk import __version__


def report(error: BaseException) -> str:
    """Return where it happened and of what type it is; never the message, which may carry somebody's data."""
    lines = [f"zzdesk {__version__}, Python {platform.python_version()}, {platform.system()}"]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def write(error: BaseException, folder: Path) -> Path | None:
    """Keep the report; return its file, or None where nothing can be written."""
    name = f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / name
        path.write_text(report(error), "utf-8")
    except OSError:
        print(report(error), file=sys.stderr)
        return None
    return path
