"""The outbox as a file that a person can keep or hand to support: masked, complete or not there at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from zzdesk.desk.outbox import export_operations
from zzdesk.desk.session import Desk
from zzdesk.store.engine import translated
from zzdesk.store.files import write_private


def write_operations(desk: Desk, target: Path) -> int:
    """Write every operation that the centre has not taken as one line of JSON; return how many.

    The export must be in the audit (``outbox.note_operations_export``).

    Raises:
        RefusedError: no right, or it is not in the audit. DiskFullError: nothing is left behind.
    """
    lines: list[bytes] = []

    def keep(row: dict[str, Any]) -> None:
        lines.append(msgspec.json.encode(row, order="sorted"))

    done = desk.read(export_operations, keep)
    with translated():
        write_private(target, b"".join(line + b"\n" for line in lines))
    return done
