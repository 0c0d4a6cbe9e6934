"""Who looked at what was under cover: the auditor sees that it was read, newest first, and nobody else does."""

from __future__ import annotations

from pathlib import Path

import pytest

import zzdesk.catalogue  # noqa: F401 - every table must be known
from zzdesk.clock import FixedClock
from zzdesk.desk.accounts import add_account
from zzdesk.desk.readings import openings, readings
from zzdesk.desk.session import Desk, create_home, open_desk_with_key
from zzdesk.errors import RefusedError
from zzdesk.patrol import commands
from zzdesk.store.keys import TEST_COST

STATION, PASSWORD = "350602002004", "Tea-table 2026 desk"


def as_one(desk: Desk, login: str, clock: FixedClock) -> Desk:
    return open_desk_with_key(desk.home, login, desk.store.key, clock)


def test_the_auditor_pages_through_who_opened_what_and_nobody_else_may(tmp_path: Path, clock: FixedClock) -> None:
    desk, _ = create_home(tmp_path / "home", STATION, "lin", PASSWORD, clock, True, display_name="林美珍", cost=TEST_COST)
    for login, name, role in (("jing", "警", "police-liaison"), ("shen", "沈", "auditor")):
        add_account(desk, login, name, [role], PASSWORD)
    clue = desk.write(commands.seal_clue, {"text": "三楼夜里聚赌"}).created[0]
    for refused in (lambda: desk.read(readings), lambda: desk.read(openings, clue)):
        with pytest.raises(RefusedError):
            refused()
    with as_one(desk, "jing", clock) as police:
        for _ in range(3):
            clock.advance(60)
            police.write(commands.open_clue, clue)
        assert [line.who for line in police.read(openings, clue)] == ["警"] * 3
        with pytest.raises(RefusedError):
            police.read(readings)
    with as_one(desk, "shen", clock) as auditor:
        first = auditor.read(readings, limit=2)
        rest = auditor.read(readings, after=first.after, limit=2)
        lines = [*first.rows, *rest.rows]
        assert [(line.who, line.event, line.record_id) for line in lines] == [("警", "clue.open", clue)] * 3
        assert lines[0].at > lines[1].at > lines[2].at
        assert rest.after is None
        assert auditor.read(openings, clue) == tuple(lines)
    desk.close()
