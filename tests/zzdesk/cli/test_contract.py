"""The contract of the command line: statuses, sentences, and that nobody sees a traceback or somebody's data."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.zzdesk.cli.conftest import STATION, Cli
from zzdesk.cli import crash
from zzdesk.cli.app import COMMANDS, hoisted, root

ONE_SENTENCE = re.compile(r"zzdesk: [^\n]+\n")


def test_every_command_of_the_table_can_be_loaded_and_says_what_it_is_for(run: Cli) -> None:
    context = click.Context(root)
    for name in COMMANDS:
        found = root.get_command(context, name)
        assert found is not None, name
        assert found.help, name
        assert run(name, "--help").status == 0


def test_help_speaks_both_languages(run: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = run("--help").out
    monkeypatch.setenv("ZZDESK_LANG", "en")
    english = run("--help").out
    assert all(f"  {name}" in chinese for name in COMMANDS)
    assert all(f"  {name}" in english for name in COMMANDS)
    assert "用法" in chinese
    assert not re.search(r"[\u4e00-\u9fff]", english)


@pytest.mark.parametrize("words", ["--help", "check phone 13805961234", "--version"])
def test_small_things_load_neither_database_nor_window(words: str) -> None:
    code = (
        "import sys; from zzdesk.cli.app import main; main(sys.argv[1:]);"
        "print([m for m in ('sqlalchemy', 'PySide6', 'requests', 'fastapi', 'sqlcipher3') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, *words.split()], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nothing", "没有这个命令：nothing"),
        ("--nothing", "没有这个选项：--nothing"),
        ("show report", "缺少参数"),
        ("list nothing", "参数 kind 不正确"),
        ("check shoe 42", "参数 what 不正确"),
        ("serve --data x --port ninety", "参数 port 不正确"),
        ("resolve x", "要用一个，也只能用一个"),
        ("resolve x --set nothing", "字段=值"),
    ],
)
def test_wrong_usage_is_two_and_one_sentence(run: Cli, words: str, said: str) -> None:
    ended = run(*words.split())
    assert (ended.status, ended.out) == (2, "")
    assert ONE_SENTENCE.fullmatch(ended.err)
    assert said in ended.err


def test_no_home_is_one_and_says_what_to_do(run: Cli, home: Path) -> None:
    ended = run("--home", home, "status", "--json")
    assert (ended.status, ended.out) == (1, "")
    assert ONE_SENTENCE.fullmatch(ended.err)
    assert "init" in ended.err


def test_a_wrong_password_never_says_what_was_wrong(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZZDESK_PASSPHRASE", "not the right one")
    known, unknown = cli("status"), cli("--user", "nobody", "status")
    assert known.status == unknown.status == 1
    assert known.err == unknown.err
    monkeypatch.delenv("ZZDESK_PASSPHRASE")
    assert "ZZDESK_PASSPHRASE" in cli("status").err


def test_a_passphrase_file_comes_before_the_environment(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    file.write_text("a lamp in the stairwell\n")
    monkeypatch.setenv("ZZDESK_PASSPHRASE", "not the right one")
    assert cli("--passphrase-file", file, "status").status == 0
    assert cli("--passphrase-file", tmp_path / "absent", "status").status == 1


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("list report --home H --json", "--home H list report --json"),
        ("--home H list report --user lin --passphrase-file=P", "--home H --user lin --passphrase-file=P list report"),
        ("init --station 1 --user wang --passphrase-file P", "--passphrase-file P init --station 1 --user wang"),
        ("show report -- --home", "show report -- --home"),
        ("status --home", "--home status"),
    ],
)
def test_options_for_every_command_may_stand_anywhere(written: str, understood: str) -> None:
    assert hoisted(written.split()) == understood.split()


def test_a_home_is_made_with_everything_after_the_command(
    run: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZZDESK_PASSPHRASE")
    secret = tmp_path / "secret"
    secret.write_text("a lamp in the stairwell\n")
    after = ("--passphrase-file", secret, "--home", tmp_path / "new")
    assert run("init", "--station", STATION, "--user", "wang", "--test", *after).status == 0
    assert run("status", "--json", "--user", "wang", *after).lines[0]["user"] == "wang"


def test_init_prints_the_recovery_key_once_on_a_line_of_its_own(run: Cli, tmp_path: Path) -> None:
    words = ("init", "--station", STATION, "--user", "wang", "--test")
    ended = run("--home", tmp_path / "one", *words)
    assert re.fullmatch(r"([0-9A-Z]{4}-){6}[0-9A-Z]{4}\n", ended.out)
    kept = tmp_path / "recovery"
    assert run("--home", tmp_path / "two", *words, "--recovery-file", kept).out == ""
    assert re.fullmatch(r"([0-9A-Z]{4}-){6}[0-9A-Z]{4}\n", kept.read_text())
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    again = run("--home", tmp_path / "one", *words)
    assert (again.status, again.out) == (1, "")


def test_the_recovery_key_opens_and_is_replaced(
    run: Cli, cli: Cli, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    key = run("--home", other, "init", "--station", STATION, "--user", "wang", "--test").out
    monkeypatch.setenv("ZZDESK_NEW_PASSPHRASE", "a brighter lamp in the yard")
    renewed = run("--home", other, "account", "recover", given=key)
    assert renewed.status == 0, renewed.err
    assert run("--home", other, "status").status == 1
    monkeypatch.setenv("ZZDESK_PASSPHRASE", "a brighter lamp in the yard")
    assert run("--home", other, "status").status == 0
    assert run("--home", other, "account", "recover", given=key).status == 1


def test_a_weak_password_is_refused_before_anything_is_made(
    run: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZZDESK_PASSPHRASE", "12345678")
    ended = run("--home", tmp_path / "new", "init", "--station", STATION, "--user", "wang")
    assert ended.status == 1
    assert "password" in ended.err
    assert not (tmp_path / "new").exists()


def test_a_fault_of_ours_leaves_a_report_without_data_and_one_sentence(cli: Cli, home: Path) -> None:
    @click.command("break-down")
    def break_down() -> None:
        name = "王伟 13805961234"
        raise ZeroDivisionError(name)

    root.add_command(break_down)
    try:
        ended = cli("break-down")
    finally:
        del root.commands["break-down"]
    assert (ended.status, ended.out) == (1, "")
    assert ONE_SENTENCE.fullmatch(ended.err)
    (kept,) = (home / "logs").glob("crash-*.txt")
    assert str(kept) in ended.err
    text = kept.read_text()
    assert "ZeroDivisionError" in text
    assert "break_down" in text
    assert "王伟" not in text + ended.err
    assert "13805961234" not in text + ended.err


def test_a_report_names_every_cause() -> None:
    try:
        try:
            raise KeyError("庄")
        except KeyError as error:
            raise ValueError("晓燕") from error
    except ValueError as error:
        text = crash.report(error)
    assert "ValueError" in text
    assert "KeyError" in text
    assert "庄" not in text
    assert "晓燕" not in text


def test_the_clock_can_be_set_in_test_homes_only(
    run: Cli, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = {"title": "路灯不亮", "category": "lighting"}
    real = tmp_path / "real"
    run("--home", real, "init", "--station", STATION, "--user", "wang")
    monkeypatch.setenv("ZZDESK_NOW", "2031-05-06T09:00:00+08:00")
    cli("add", "report", "--file", "-", given=[report])
    run("--home", real, "add", "report", "--file", "-", given=[report])
    assert cli("list", "report", "--json").lines[0]["number"].startswith("SJ20310506")
    number = run("--home", real, "list", "report", "--json").lines[0]["number"]
    assert not number.startswith("SJ20310506")
    monkeypatch.setenv("ZZDESK_NOW", "tomorrow")
    assert cli("status").status == 1


def test_check_needs_no_home(run: Cli) -> None:
    good = run("check", "id", "11010519491231002X", "--json")
    assert good.status == 0
    assert (good.lines[0]["ok"], good.lines[0]["birth"], good.lines[0]["sex"]) == (True, "1949-12-31", "female")
    mixed = run("check", "id", "11010519491231002X", "110105194912310021", "--json")
    assert mixed.status == 1
    assert [line["ok"] for line in mixed.lines] == [True, False]
    assert "110105194912310021" not in mixed.out + mixed.err
    assert run("check", "phone", "0596-2901234").status == 0
    assert run("check", "credit-code", "x").status == 1


def test_serve_refuses_the_open_air_without_tls(run: Cli, tmp_path: Path) -> None:
    ended = run("serve", "--data", tmp_path / "centre", "--host", "0.0.0.0", "--port", "0")
    assert ended.status == 1
    assert ONE_SENTENCE.fullmatch(ended.err)
    assert "TLS" in ended.err


def test_no_display_is_said_and_nothing_hangs(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux runs without a display")
    ended = cli()
    assert ended.status == 1
    assert "--help" in ended.err


def test_the_command_line_names_every_kind() -> None:
    from zzdesk.catalogue import KINDS
    from zzdesk.cli.records import KINDS as NAMED

    assert sorted(NAMED) == sorted(KINDS)
