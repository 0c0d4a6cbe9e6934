"""The desk's own commands: state, accounts, backups, audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.zzdesk.cli.conftest import PASSPHRASE, Cli

REPORT = {"title": "路灯不亮", "category": "lighting"}


def test_the_state_is_machine_readable(cli: Cli) -> None:
    cli("add", "report", "--file", "-", given=[REPORT])
    found = cli("status", "--json").lines[0]
    assert (found["enrolled"], found["pending"], found["test"], found["user"]) == (False, 2, True, "wang")
    operations = cli("outbox", "--json").lines
    assert [(row["kind"], row["verb"], row["state"]) for row in operations][-1] == ("report", "create", "new")
    assert "values" not in operations[-1]


def test_sync_without_a_centre_is_refused_and_ends_with_a_line(cli: Cli) -> None:
    ended = cli("sync", "--json")
    assert ended.status == 1
    assert ended.lines[-1]["error"] == "refused"
    assert "接入码" in ended.err


def test_enrolling_at_nothing_is_offline_and_changes_nothing(cli: Cli) -> None:
    ended = cli("enrol", "http://127.0.0.1:9", "ABCDE-FGHJK")
    assert ended.status == 1
    assert "已保存在本机" in ended.err
    assert not cli("status", "--json").lines[0]["enrolled"]
    open_air = cli("enrol", "http://example.org", "ABCDE-FGHJK")
    assert "https" in open_air.err


def test_accounts_are_managed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZZDESK_NEW_PASSPHRASE", "the tea is still warm")
    assert cli("account", "add", "lin", "--name", "林志强", "--role", "clerk").status == 0
    rows = {row["login"]: row for row in cli("account", "list", "--json").lines}
    assert rows["lin"]["roles"] == ["clerk"]
    assert cli("account", "roles", "lin", "--role", "mediator", "--role", "clerk").status == 0
    monkeypatch.setenv("ZZDESK_PASSPHRASE", "the tea is still warm")
    assert cli("--user", "lin", "status").status == 0
    assert cli("--user", "lin", "account", "add", "x", "--name", "某", "--role", "clerk").status == 1
    monkeypatch.setenv("ZZDESK_PASSPHRASE", PASSPHRASE)
    assert cli("account", "disable", "lin").status == 0
    monkeypatch.setenv("ZZDESK_PASSPHRASE", "the tea is still warm")
    assert cli("--user", "lin", "status").status == 1
    monkeypatch.setenv("ZZDESK_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("ZZDESK_NEW_PASSPHRASE", "the tea went cold at last")
    assert cli("account", "enable", "lin").status == 0
    assert cli("account", "password").status == 0
    assert cli("status").status == 1


def test_a_backup_can_be_restored_beside_what_is_there(cli: Cli, run: Cli, home: Path, tmp_path: Path) -> None:
    cli("add", "report", "--file", "-", given=[REPORT])
    made = cli("backup", "--to", tmp_path / "usb", "--json").lines[0]
    assert made["records"] > 0
    cli("add", "report", "--file", "-", given=[REPORT])
    refused = cli("restore", made["path"])
    assert refused.status == 1
    restored = cli("restore", made["path"], "--replace", "--json").lines[0]
    assert Path(restored["moved_aside"]).exists()
    assert restored["brought_back"] == 1, "the journal beside the old database had what is newer than the backup"
    assert len(cli("list", "report", "--json").lines) == 2
    elsewhere = tmp_path / "elsewhere"
    assert run("--home", elsewhere, "restore", made["path"]).status == 0
    assert len(run("--home", elsewhere, "list", "report", "--json").lines) == 1


def test_a_damaged_backup_is_refused(cli: Cli, tmp_path: Path) -> None:
    made = Path(cli("backup", "--to", tmp_path / "usb").out.strip())
    database = made / "zzdesk.db"
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 1
    database.write_bytes(data)
    ended = cli("restore", made, "--replace")
    assert ended.status == 1
    assert cli("status").status == 0


def test_the_audit_says_where_it_was_cut(cli: Cli, home: Path) -> None:
    assert cli("audit", "verify").status == 0
    anchor = home / "audit.anchor"
    data = bytearray(anchor.read_bytes())
    data[-1] ^= 1
    anchor.write_bytes(data)
    ended = cli("audit", "verify", "--json")
    assert ended.status == 1
    assert (ended.lines[0]["ok"], ended.lines[0]["fault"]) == (False, "anchor")
    assert "封存点" in ended.err


def test_who_read_what_is_printed_for_the_auditor_alone(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("add", "report", "--file", "-", given=[REPORT | {"reporter_phone": "13800596001"}])
    (report,) = (row["id"] for row in cli("list", "report", "--json").lines)
    assert cli("show", "report", report, "--reveal", "核对电话").status == 0
    case = cli("add", "case", "--file", "-", given=[{"category": "neighbours"}]).out.strip()
    party = cli("add", "party", "--file", "-", given=[{"case_id": case, "role": "applicant", "name": "林阿土"}]).out.strip()
    assert cli("show", "case", case).status == 0, "the stub is for everybody: no line"
    assert (cli("show", "party", party).status, len(cli("list", "party", "--json").lines)) == (0, 1)
    assert cli("list", "session", "--json").lines == [], "nothing was shown: no line"
    assert cli("audit", "readings").status == 1
    monkeypatch.setenv("ZZDESK_NEW_PASSPHRASE", "the tea is still warm")
    assert cli("account", "add", "shen", "--name", "沈", "--role", "auditor").status == 0
    monkeypatch.setenv("ZZDESK_PASSPHRASE", "the tea is still warm")
    rows = cli("--user", "shen", "audit", "readings", "--json").lines
    lines = [(row["event"], row["kind"], row["id"]) for row in rows]
    assert lines[:2] == [("case.open", "case", case)] * 2
    assert set(lines[2:]) == {("person.reveal", "report", report)}
