"""The operator's commands about devices, roles elsewhere and quarantine, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from sync.client.enrol import enrol
from sync.server.centre import identity
from sync.server.database import open_database
from sync.server.run import ServerThread
from sync.server.tables import meta
from zzdesk.cli.server import server as commands
from zzdesk.clock import FixedClock
from zzdesk.desk.session import create_home
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.ops.state import get_state
from zzdesk.store.keys import TEST_COST

STATION = "350602002004"


@pytest.fixture
def data(tmp_path: Path, clock: FixedClock) -> Path:
    """A centre's folder with one enrolled device."""
    folder = tmp_path / "centre"
    desk, _ = create_home(tmp_path / "desk", STATION, "lin", "Tea-table 2026 desk", clock=clock, cost=TEST_COST)
    with desk, ServerThread(folder, clock=clock) as server:
        enrol(desk, server.url, server.enrol_code(STATION))
        with desk.store.reader() as session:
            (folder / "device.txt").write_text(str(get_state(session).device_id))
    return folder


def say(data: Path, *words: str) -> str:
    done = CliRunner().invoke(commands, [*words, "--data", str(data)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_device_is_suspended_revoked_and_let_in_again(data: Path) -> None:
    mine = (data / "device.txt").read_text()
    seen = []
    for words in (("escrow", mine), ("revoke", mine), ("reactivate", mine)):
        say(data, "device", *words)
        seen.append(json.loads(say(data, "device", "list", "--json"))["status"])
    assert seen == ["escrow", "dead", "active"]
    with pytest.raises(NotFoundError):
        say(data, "device", "escrow", "d-none")


def test_the_reach_of_a_device_is_shown_as_it_is_changed(data: Path) -> None:
    mine = (data / "device.txt").read_text()
    assert say(data, "device", "scopes", mine).split() == [STATION]
    assert say(data, "device", "scopes", mine, "--add", "350602002*").split() == ["350602002*", STATION]
    assert say(data, "device", "scopes", mine, "--remove", "350602002*").split() == [STATION]
    with pytest.raises(InvalidError, match="add"):
        say(data, "device", "scopes", mine, "--add", "somewhere")


def test_roles_and_decisions_name_what_is_not_there(data: Path) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        say(data, "grant", "give", f"nobody@{STATION}", "supervisor", "--scope", "350602002005")
    with pytest.raises(InvalidError, match="role"):
        say(data, "grant", "give", f"lin@{STATION}", "king", "--scope", "350602002005")
    assert say(data, "quarantine", "list") == ""
    with pytest.raises(NotFoundError):
        say(data, "quarantine", "reject", "0192c0de-0000-7000-8000-000000000001", "--by", f"lin@{STATION}", "--reason", "x")
    assert say(data, "announce", "--scope", STATION, "--count", "500")


def test_the_centre_has_a_name_and_can_be_let_only_read(data: Path) -> None:
    assert say(data, "name").strip() == ""
    assert say(data, "name", " 芗城区中心 ").strip() == say(data, "name").strip() == "芗城区中心"
    say(data, "mode", "readonly")
    database = open_database(data)
    try:
        with database.writing() as connection:
            assert identity(connection).mode == "readonly"
            connection.execute(update(meta).values(mode="recovery"))
    finally:
        database.close()
    with pytest.raises(RefusedError, match="恢复"):
        say(data, "mode", "normal")
