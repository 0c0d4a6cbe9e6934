"""How a centre is: as usual, recovering from a restore, or only read while somebody works at it."""

from __future__ import annotations

from typing import Final

NORMAL: Final = "normal"
RECOVERY: Final = "recovery"
"""It was restored and waits for what the desks still have."""
READ_ONLY: Final = "readonly"
