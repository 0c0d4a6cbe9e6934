"""A conflict that nobody at the station decides goes to the supervisor, and after that to the street office (hazard 41)."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.client.engine import sync_once
from sync.server import admin
from sync.server.run import ServerThread
from sync.server.scopes import street_of
from tests.sync.stations import OTHER, SECOND, STATION, NewDesk, data, device_of, parked
from zzdesk.clock import FixedClock
from zzdesk.desk import commands, queries
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk
from zzdesk.reports import commands as reports

STREET = STATION[:9]
DUE = 3 * 86400
"""Seconds until somebody should have decided."""


def meet(*desks: Desk) -> None:
    for desk in (*desks, *desks):
        sync_once(desk)


@pytest.fixture
def contested(new_desk: NewDesk, server: ServerThread, tmp_path: Path) -> tuple[Desk, Desk, Desk, str]:
    """Two desks of a station that disagree about a report, and the street office's, which may look; the conflict's id."""
    first = new_desk()
    add_account(first, "chen", "陈", ["clerk", "supervisor"], SECOND)
    sync_once(first)
    second, street = new_desk("chen", SECOND), new_desk("zhuang", station=OTHER)
    admin.give_role(data(server, tmp_path), None, f"zhuang@{OTHER}", "supervisor", STREET)
    admin.open_scopes(data(server, tmp_path), None, device_of(street), [f"{STREET}*"], [])
    report = first.write(reports.register, {"title": "路灯", "category": "lighting"}).created[0]
    meet(first, second)
    first.write(reports.edit, report, {"address": "台湾路"})
    second.write(reports.edit, report, {"address": "修文路"})
    meet(first, second, street)
    (row,) = street.read(queries.conflicts).rows
    return first, second, street, row.id


def test_it_goes_up_step_by_step_and_the_street_office_decides(
    contested: tuple[Desk, Desk, Desk, str], clock: FixedClock
) -> None:
    first, second, street, conflict = contested
    assert [desk.read(queries.conflict, conflict).row.mine for desk in (first, second, street)] == [True, False, False]
    clock.advance(DUE)
    meet(first, second, street)
    found = street.read(queries.conflict, conflict).row
    assert (found.escalated, found.owner_node, found.mine) == (True, None, False)
    assert second.read(queries.conflict, conflict).row.mine
    clock.advance(DUE)
    meet(first, second, street)
    found = street.read(queries.conflict, conflict).row
    assert (found.owner_node, found.mine, found.overdue) == (STREET, True, False)
    assert [row.id for row in street.read(queries.conflicts, mine=True).rows] == [conflict]
    assert second.read(queries.conflicts, mine=True).rows == ()
    street.write(commands.resolve, conflict, values={"address": "修文路"}, reason="已问过两边")
    assert sync_once(street).rejected == 0
    meet(first, second)
    decided = first.read(queries.conflict, conflict)
    assert (decided.row.state, decided.resolution) == ("resolved", "修文路")


def test_before_it_is_handed_up_the_street_office_only_looks(contested: tuple[Desk, Desk, Desk, str]) -> None:
    _, _, street, conflict = contested
    street.write(commands.resolve, conflict, values={"address": "修文路"}, reason="x")
    sync_once(street)
    assert parked(street) == {"report": "scope-denied"}


@pytest.mark.parametrize(
    ("scope", "street"),
    [(STATION, STREET), (f"{STATION}-03", STREET), (STREET, None), ("350602", None), ("case:" + "0" * 36, None)],
)
def test_the_office_above_follows_from_the_code(scope: str, street: str | None) -> None:
    assert street_of(scope) == street
