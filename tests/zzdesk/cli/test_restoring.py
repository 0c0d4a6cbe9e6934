"""An operator's evening on the command line: back up, lose the disk, put it back, and everybody has everything again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sync.client import recovery
from sync.server.run import ServerThread
from tests.zzdesk.cli.conftest import STATION, Cli
from zzdesk.errors import RefusedError
from zzdesk.i18n import translate

REPORT = {"title": "路灯不亮", "category": "lighting"}


def _enrol(cli: Cli, run: Cli, data: Path, server: ServerThread) -> None:
    code = run("server", "enrol-code", "--data", data, "--station", STATION, "--json").lines[0]["code"]
    assert cli("enrol", server.url, code).status == 0


def test_a_centre_is_backed_up_lost_and_put_back(cli: Cli, run: Cli, tmp_path: Path) -> None:
    data = tmp_path / "centre"
    with ServerThread(data) as server:
        _enrol(cli, run, data, server)
        cli("add", "report", "--file", "-", given=[REPORT])
        assert cli("sync").status == 0
        made = run("server", "backup", "--data", data, "--to", tmp_path / "usb", "--json").lines[0]
        assert made["durable_seq"] == made["seq"] > 0
        cli("add", "report", "--file", "-", given=[REPORT])
        assert cli("sync").status == 0
        url = server.url
    for path in data.glob("server.db*"):
        path.unlink()
    shutil.copy(Path(made["path"]) / "server.db", data)
    with pytest.raises(RefusedError, match="post-restore"):
        ServerThread(data)
    assert run("server", "device", "list", "--data", data).status == 1, "nor is it looked after before"
    done = run("server", "post-restore", "--data", data, "--json").lines[0]
    assert (done["seq"], done["devices"]) == (made["seq"], 1)
    with ServerThread(data, port=int(url.rpartition(":")[2])):
        again = cli("sync")
        assert translate(recovery.CENTRE_RESTORED) in again.err
        verified = cli("sync", "--verify", "--json")
        assert verified.status == 0
        found = verified.lines[-1]["verified"]
        assert (found["damaged"], found["different"], found["removed"]) == (0, [], 0)
        assert found["records"] >= 2
        assert cli("status", "--json").lines[0]["digest_alert"] is None
    assert run("server", "salvage", "--data", data, "--json").lines == []
    assert run("server", "salvage", "--data", data, "report", "x", "--put-back").status == 1
    assert run("server", "salvage", "--data", data, "report", "x").status == 2


def test_durable_is_declared_and_bounded(cli: Cli, run: Cli, tmp_path: Path) -> None:
    data = tmp_path / "centre"
    with ServerThread(data) as server:
        _enrol(cli, run, data, server)
        cli("add", "report", "--file", "-", given=[REPORT])
        cli("sync")
        assert run("server", "durable", "--data", data, "--seq", "1", "--json").lines == [{"durable_seq": 1}]
        assert run("server", "durable", "--data", data, "--seq", "99999999").status == 1
        assert cli("sync").status == 0
    kept = json.loads((data / "life.json").read_text())
    assert kept["generation"] >= 1


def test_post_restore_needs_a_centre(run: Cli, tmp_path: Path) -> None:
    assert run("server", "post-restore", "--data", tmp_path / "nothing").status == 1
    assert not (tmp_path / "nothing" / "server.db").exists()
