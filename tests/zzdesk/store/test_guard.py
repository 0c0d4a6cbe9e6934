"""The counters of failures: which of them may be forgotten when there are too many, and which may not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from zzdesk.clock import FixedClock
from zzdesk.errors import LockedOutError
from zzdesk.store import guard as module
from zzdesk.store.guard import FAILURES, Guard


def test_other_names_push_out_no_counter_that_is_kept_and_a_lock_that_is_over_is_not_kept_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever types four wrong PINs and then many card numbers has one PIN left, not five."""
    monkeypatch.setattr(module, "_KEPT_NAMES", 6)
    clock = FixedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    guard = Guard(tmp_path / "guard.bin", b"k" * 32, clock)
    guard.create()
    for _ in range(FAILURES - 1):
        guard.attempt("pin", kept=True)
    for number in range(12):
        for _ in range(FAILURES):
            guard.attempt(f"card {number}")
    with pytest.raises(LockedOutError):
        guard.attempt("card 0")
    guard.attempt("pin", kept=True)
    with pytest.raises(LockedOutError):
        guard.check("pin")
    clock.advance(601)
    guard.attempt("another")
    assert guard.names() <= 7
    guard.check("pin")
