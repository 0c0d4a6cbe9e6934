"""``zzdesk due`` and ``zzdesk calendar``: no home, no password, one clear sentence for what cannot be computed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.zzdesk.cli.conftest import Cli

NOTICE = "year 2027\nversion 1\nsource 通知\n2027-01-01..2027-01-03 holiday 元旦\n"


@pytest.mark.parametrize(("words", "due"), [
    ("--from 2026-02-13 --working-days 5", "2026-02-27"),
    ("--from 2026-02-13T16:40 --working-days 5", "2026-02-27"),
    ("--from 2026-02-13T16:40:00Z --working-days 2", "2026-02-25"),
    ("--from 2026-02-13 --working-days 5 --extend 3", "2026-03-03"),
    ("--from 2026-01-06 --natural-days 30", "2026-02-05"),
    ("--from 2026-10-02 --wage", "2026-09-30"),
    ("--from 2026-02-13 --working-days 5 --suspend 2026-02-25..2026-02-27", "2026-03-02"),
    ("--from 2026-02-13 --working-days 5 --suspend 2026-02-26..2026-02-27 --suspend 2026-02-25..2026-02-26", "2026-03-02"),
])  # fmt: skip
def test_due(run: Cli, words: str, due: str) -> None:
    ended = run("due", *words.split(), "--json")
    assert (ended.status, ended.err) == (0, "")
    assert ended.lines[0]["due"] == due
    assert "days" not in ended.lines[0]
    assert run("due", *words.split()).out.startswith(due)


def test_a_confirmation_has_two_last_days_and_names_the_safe_one(run: Cli) -> None:
    found = run("due", "--from", "2026-01-20", "--confirmation", "--json").lines[0]
    assert (found["raw_last_day"], found["extended_last_day"]) == ("2026-02-19", "2026-02-24")
    assert "2026-02-19 之前办最稳妥" in run("due", "--from", "2026-01-20", "--confirmation").out


def test_hours_and_minutes(run: Cli) -> None:
    hours = run("due", "--from", "2026-02-13T16:40", "--working-hours", "8", "--json").lines[0]
    assert hours["at"] == "2026-02-24T09:10:00.000+08:00"
    own = run("due", "--from", "2026-02-13T16:40", "--working-hours", "8", "--office-hours", "09:00-17:00", "--json")
    assert own.lines[0]["at"] == "2026-02-14T16:40:00.000+08:00"
    assert run("due", "--from", "2026-05-09 15:32:10", "--minutes", "10").out.startswith("2026-05-09 15:42:10")


def test_explained_day_by_day(run: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("due", "--from", "2026-02-13", "--working-days", "5", "--explain")
    found = run(*words, "--json").lines[0]
    assert len(found["days"]) == 15
    assert found["days"][1] == {
        "date": "2026-02-14", "weekday": 6, "kind": "swapped", "name": "春节", "known": True, "counted": True,
        "why": "counted", "n": 1, "minutes": None,
    }  # fmt: skip
    assert "2026-02-14\t星期六\t调休上班（春节）\t第 1 天" in run(*words).out
    monkeypatch.setenv("ZZDESK_LANG", "en")
    english = run(*words).out
    assert "2026-02-16\tMonday\tHoliday (Spring Festival)\t" in english
    assert english.isascii()


def test_a_year_without_a_table_says_so(run: Cli, tmp_path: Path) -> None:
    words = ("due", "--from", "2026-12-29", "--working-days", "5")
    ended = run(*words)
    assert (ended.status, ended.err.strip()) == (0, "节假日表缺 2027 年：暂按周末计算，导入后可能改变")
    found = run(*words, "--json").lines[0]
    assert (found["provisional"], found["missing_years"], found["due"]) == (True, [2027], "2027-01-05")
    (tmp_path / "2027.txt").write_text(NOTICE, "utf-8")
    found = run(*words, "--table", tmp_path / "2027.txt", "--json").lines[0]
    assert (found["provisional"], found["due"]) == (False, "2027-01-06")


@pytest.mark.parametrize(("words", "says"), [
    ("--from 2026-02-30 --wage", "--from “2026-02-30”不是日期"),
    ("--from 2026-02-13T25:00 --wage", "--from “2026-02-13T25:00”不是日期时间"),
    ("--from 2026-02-13", "请选一种算法"),
    ("--from 2026-02-13 --wage --confirmation", "给出了 2 种：--confirmation, --wage"),
    ("--from 2026-02-13 --working-days -3", "--working-days 不能小于 1，给出的是 -3"),
    ("--from 2026-02-13 --working-days 0", "不能小于 1"),
    ("--from 2026-02-13 --working-days x", "“x”不是整数"),
    ("--from 2026-02-13 --working-days 1.5", "“1.5”不是整数"),
    ("--from 2026-02-13 --working-days 999999", "期限要是 1 到 3660 的整数"),
    ("--from 2026-02-13 --working-days 5 --suspend 2026-02-27..2026-02-25", "的开始晚于结束"),
    ("--from 2026-02-13 --working-days 5 --suspend 2026-02-27", "要写成 开始..结束"),
    ("--from 2026-02-13 --working-days 5 --suspend a..b", "--suspend “a”不是日期"),
    ("--from 2026-02-13 --working-days 5 --extend -1", "--extend 不能小于 0"),
    ("--from 2026-02-13 --wage --extend 1", "--wage 不能延期"),
    ("--from 2026-02-13 --wage --suspend 2026-02-25..2026-02-27", "--wage 没有挂起"),
    ("--from 2026-02-13 --minutes 10", "--from 要写到几点几分"),
    ("--from 2026-02-13T10:00 --working-hours 1 --office-hours x", "办公时间要从早到晚"),
    ("--from 1990-02-13 --working-days 5", "只能计算2000年到2199年"),
    ("--from 2199-12-30 --working-days 5", "只能计算2000年到2199年"),
    ("--working-days 5", "缺少参数：start"),
])  # fmt: skip
def test_what_cannot_be_computed_says_why(run: Cli, words: str, says: str) -> None:
    ended = run("due", *words.split())
    assert ended.status == 2
    assert ended.out == ""
    assert says in ended.err
    assert len(ended.err.strip().splitlines()) == 1


def test_tables_are_listed_shown_and_checked(run: Cli, tmp_path: Path) -> None:
    listed = run("calendar", "list", "--json").lines
    assert [row["year"] for row in listed] == list(range(2006, 2027))
    shown = run("calendar", "show", "2026")
    assert "2026-02-15..2026-02-23 holiday 春节" in shown.out
    (tmp_path / "again.txt").write_text(shown.out, "utf-8")
    assert run("calendar", "check", tmp_path / "again.txt").out == "2026年，版本 1，39 天\n"
    assert len(run("calendar", "show", "2026", "--json").lines[0]["days"]) == 39
    absent = run("calendar", "show", "2027")
    assert (absent.status, absent.out) == (1, "")
    assert "没有2027年的节假日表" in absent.err
    (tmp_path / "bad.txt").write_text(NOTICE + "2027-01-04 workday 元旦\n", "utf-8")
    wrong = run("calendar", "check", tmp_path / "bad.txt")
    assert wrong.status == 1
    assert "第 5 行" in wrong.err


def test_an_imported_table_counts_at_the_station(run: Cli, cli: Cli, home: Path, tmp_path: Path) -> None:
    (tmp_path / "2027.txt").write_text(NOTICE, "utf-8")
    said = cli("calendar", "import", tmp_path / "2027.txt", "--json")
    assert (said.status, said.lines[0]) == (0, {
        "year": 2027, "version": 1, "source": "通知", "origin": "import", "renewed": 0,
    })  # fmt: skip
    assert cli("calendar", "list", "--json").lines[-1]["origin"] == "import"
    words = ("due", "--from", "2026-12-29", "--working-days", "5", "--json")
    assert cli(*words).lines[0]["due"] == "2027-01-06"
    assert run(*words).lines[0]["due"] == "2027-01-05"
    again = cli("calendar", "import", tmp_path / "2027.txt")
    assert (again.status, again.err.strip()) == (1, "zzdesk: 2027年版本 1 已经导入过")
    assert home.exists()


def test_a_table_that_was_taken_back_counts_no_longer(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZZDESK_NOW", "2026-12-29T09:00:00+08:00")
    report = {"title": "路灯不亮", "category": "lighting", "due_rule": "5"}
    made = cli("add", "report", "--file", "-", given=[report]).out.split()[0]
    (tmp_path / "2027.txt").write_text(NOTICE, "utf-8")
    assert "1 件事件的到期日已重新计算" in cli("calendar", "import", tmp_path / "2027.txt").out
    assert cli("show", "report", made, "--json").lines[0]["due_at"] == "2027-01-06T15:59:59.999Z"
    (table,) = cli("list", "calendar", "--json").lines
    assert cli("add", "calendar", "--file", "-", given=[{"year": 2027}]).status == 1
    assert cli("do", "calendar", table["id"], "void", "--reason", "导错了").status == 0
    assert cli("calendar", "show", "2027").status == 1
    assert cli("calendar", "renew", "2027").out == "1 件事件的到期日已重新计算\n"
    found = cli("show", "report", made, "--json").lines[0]
    assert (found["due_at"], found["due_provisional"]) == ("2027-01-05T15:59:59.999Z", True)
