"""What the centre says of itself in a greeting is kept, and a centre that can only be read takes nothing and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.client.engine import sync_once
from sync.client.transport import ProblemError
from sync.server import admin
from sync.server.run import ServerThread
from tests.sync.stations import SECOND, NewDesk, data, held
from zzdesk.clock import FixedClock
from zzdesk.desk.accounts import add_account
from zzdesk.desk.health import sync_health
from zzdesk.desk.queries import status
from zzdesk.reports import commands as reports
from zzdesk.reports.models import Report

LAMP = {"title": "路灯不亮", "category": "lighting"}


def test_name_and_mode_of_the_centre_are_known_without_a_network(
    new_desk: NewDesk, server: ServerThread, tmp_path: Path
) -> None:
    desk = new_desk()
    assert (sync_health(desk).name, sync_health(desk).mode) == ("", "normal")
    admin.rename(data(server, tmp_path), None, "芗城区中心")
    admin.set_mode(data(server, tmp_path), None, "readonly")
    sync_once(desk)
    assert (sync_health(desk).name, sync_health(desk).mode) == ("芗城区中心", "readonly")


def test_a_centre_that_can_only_be_read_is_read_and_what_was_done_waits_here(
    new_desk: NewDesk, server: ServerThread, tmp_path: Path
) -> None:
    first = new_desk()
    add_account(first, "chen", "陈", ["clerk"], SECOND)
    sync_once(first)
    second = new_desk("chen", SECOND)
    there = first.write(reports.register, LAMP).created[0]
    sync_once(first)
    admin.set_mode(data(server, tmp_path), None, "readonly")
    here = second.write(reports.register, LAMP).created[0]
    report = sync_once(second)
    assert (report.read_only, report.pushed, report.pulled > 0, report.rejected) == (True, 0, True, 0)
    assert held(second, Report) == {there, here}
    assert second.read(status).pending == 1
    admin.set_mode(data(server, tmp_path), None, "normal")
    assert sync_once(second).pushed == 1
    sync_once(first)
    assert held(first, Report) == {there, here}


def test_a_desk_that_greeted_before_is_told_to_wait(new_desk: NewDesk, server: ServerThread, tmp_path: Path) -> None:
    from sync.client.engine import SyncClient

    desk = new_desk()
    report = desk.write(reports.register, LAMP).created[0]
    sync_once(desk)
    desk.write(reports.claim, report)
    admin.set_mode(data(server, tmp_path), None, "readonly")
    with pytest.raises(ProblemError) as refused:
        SyncClient(desk).sync(only_claims=True)
    assert refused.value.problem == "read-only"
    assert desk.read(status).pending == 2, "the claim and its note"


def test_the_end_of_log_ins_without_the_centre_follows_its_policy(new_desk: NewDesk, clock: FixedClock) -> None:
    desk = new_desk()
    until = sync_health(desk).login_until
    assert until is not None
    assert (until - clock.now()).days == 30
    clock.advance(10 * 86400)
    assert sync_health(desk).login_until == until
    sync_once(desk)
    again = sync_health(desk).login_until
    assert again is not None
    assert (again - clock.now()).days == 30
