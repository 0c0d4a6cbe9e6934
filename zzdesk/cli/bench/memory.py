"""How much more memory a process took at its peak, and its work, as Linux tells; None elsewhere."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

_LINES: Final = re.compile(r"^(VmHWM|VmRSS):\s+(\d+) kB$", re.MULTILINE)
_RESET_PEAK: Final = "5"


class Watched:
    """One process from now on: the growth of its memory, and the seconds that its processors worked."""

    def __init__(self, pid: int) -> None:
        self._folder = Path("/proc") / str(pid)
        self._before = self._resident()
        self._cpu = self._worked()

    def _resident(self) -> int | None:
        """Forget the peak so far, and return what the process holds, in KiB."""
        try:
            (self._folder / "clear_refs").write_text(_RESET_PEAK)
            return self._sizes()["VmRSS"]
        except (OSError, KeyError):
            return None

    def _sizes(self) -> dict[str, int]:
        text = (self._folder / "status").read_text()
        return {name: int(size) for name, size in _LINES.findall(text)}

    def _worked(self) -> float | None:
        try:
            after_name = (self._folder / "stat").read_text().rpartition(")")[2].split()
            return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, ValueError, IndexError):
            return None

    @property
    def growth_kib(self) -> int | None:
        """Return by how much the peak since then lies above what was held then."""
        if self._before is None:
            return None
        return max(0, self._sizes()["VmHWM"] - self._before)

    @property
    def cpu_s(self) -> float | None:
        """Return the processor seconds since then."""
        now = self._worked()
        return None if now is None or self._cpu is None else round(now - self._cpu, 3)
